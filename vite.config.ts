// Builds the page of `teemem serve` and `teemem report --html` into dist/view/web: one script, its workers inside, one style.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

/**
 * Zstandard as the worker needs it: its code stands in the script, gzipped. The package's own way asks an address for it, which
 * a page from disk or with a strict policy may not.
 */
function inlineZstd(): Plugin {
  const wasm = fileURLToPath(new URL("node_modules/@bokuweb/zstd-wasm/dist/web/zstd.wasm", import.meta.url));
  return {
    name: "inline-zstd",
    enforce: "pre",
    load(id) {
      if (!id.endsWith("/zstd-wasm/dist/web/index.web.js")) return null;
      const packed = gzipSync(readFileSync(wasm), { level: 9 }).toString("base64");
      return `import { Module, waitInitialized } from "./module";
        const packed = Uint8Array.from(atob("${packed}"), (letter) => letter.charCodeAt(0));
        export async function init() {
          const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
          Module.init(new Uint8Array(await new Response(stream).arrayBuffer()));
          await waitInitialized();
        }
        export * from "./simple/decompress";
        export * from "./simple/compress";`;
    },
  };
}

/** A module of Node.js in the page is a mistake; vite would put an empty one in its place. */
function withoutNode(): Plugin {
  return {
    name: "without-node",
    enforce: "pre",
    resolveId(id, from) {
      if (id.startsWith("node:")) throw new Error(`${from} imports ${id}, and the page runs in a browser`);
      return null;
    },
  };
}

export default defineConfig({
  root: "src/view/web",
  // Addresses are relative: a prefix before the page does no harm.
  base: "./",
  publicDir: false,
  plugins: [withoutNode()],
  build: {
    outDir: "../../../dist/view/web",
    emptyOutDir: true,
    target: "es2022",
    // A report is one file, so nothing is split off or inlined as an address that it would have to ask for.
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: 1_000_000,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { output: { codeSplitting: false }, checks: { bundlerTimings: false } },
  },
  worker: {
    format: "iife",
    plugins: () => [withoutNode(), inlineZstd()],
    rolldownOptions: { output: { codeSplitting: false }, checks: { bundlerTimings: false } },
  },
});
