// @ts-check
// What is different in one file: where its other files lie, how threads start, where a module of WebAssembly comes from.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

/** A thread of the package is started from a file of its own. A thread forgets what stands behind `?`, a module does not. */
const THREAD = /new URL\(`\.\/(\w+)\$\{extname\(import\.meta\.url\)\}`, import\.meta\.url\)/g;
const READ_WASM = "readFile(resolve(__dirname, './zstd.wasm'))";

/** The plugins of rolldown. @returns {import("rolldown").Plugin[]} */
export function inOneFile() {
  const own = fileURLToPath(new URL("./package_path.js", import.meta.url));
  return [
    {
      name: "package-path",
      resolveId: (id) => (id.endsWith("/package/package_path.ts") || id === "./package_path.ts" ? own : null),
    },
    {
      name: "threads",
      transform(code, id) {
        const changed = code.replace(
          THREAD,
          (_, name) =>
            `new URL("data:text/javascript," + encodeURIComponent('import "' + new URL("?${name}", import.meta.url) + '"'))`,
        );
        if (changed === code && /new Worker\(/.test(code) && id.endsWith(".ts"))
          this.error(`${id} starts a thread in an unknown way`);
        return changed === code ? null : { code: changed };
      },
    },
    {
      name: "zstd",
      transform(code, id) {
        if (!id.endsWith("/zstd-wasm/dist/common/index.node.js")) return null;
        if (!code.includes(READ_WASM)) this.error(`${id} reads its WebAssembly in an unknown way`);
        const wasm = gzipSync(readFileSync(join(dirname(id), "zstd.wasm")), { level: 9 }).toString("base64");
        return { code: code.replace(READ_WASM, `require("zlib").gunzipSync(Buffer.from("${wasm}", "base64"))`) };
      },
    },
  ];
}
