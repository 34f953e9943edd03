// Follows the README in a fresh clone and in an empty folder.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { emptyFolder, type Folder } from "./shell.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MANIFEST = JSON.parse(readFileSync(`${ROOT}package.json`, "utf8")) as {
  readonly version: string;
  readonly exports: Readonly<Record<string, unknown>>;
};

/** What programs import. */
const DOORS = Object.keys(MANIFEST.exports)
  .filter((path) => !path.endsWith(".json") && !path.includes("*"))
  .map((path) => `teemem${path.slice(1)}`);
const WELL = { code: 0, out: "", err: "" };

/** A clone of what is committed, with its packages. */
function clone(folder: Folder): void {
  expect(folder.sh(`git clone -q '${ROOT}' clone && cd clone && npm ci`)).toMatchObject({ code: 0 });
}

test("README's first command, twice, and the programs after each", () => {
  using folder = emptyFolder();
  clone(folder);
  for (let time = 1; time <= 2; time++) {
    const start = folder.sh("npm start", "clone");
    expect([start.code, start.out]).toEqual([0, expect.stringContaining("teemem demo: the memory of a real OP-TEE")]);
    expect(folder.sh("npx teemem --version", "clone")).toEqual({ code: 0, out: `${MANIFEST.version}\n`, err: "" });
    const stats = folder.sh("npx xtest --stats --alloc", "clone");
    expect([stats.code, stats.err, stats.out.split("\n")[0]]).toEqual([0, "", "Pool:                Heap"]);
    // Upstream's usage goes to stderr with 1.
    expect(folder.sh("npx xtest --stats", "clone")).toMatchObject({ code: 1, out: "" });
  }
});

test("npm pack in a fresh clone packs what runs, and that alone; it works where it is installed", () => {
  using folder = emptyFolder();
  clone(folder);
  const packed = folder.sh("npm pack --json --silent", "clone");
  expect(packed.code).toBe(0);
  const [{ files, filename, size }] = JSON.parse(packed.out.slice(packed.out.indexOf("["))) as [
    { readonly files: readonly { readonly path: string }[]; readonly filename: string; readonly size: number },
  ];
  const paths = files.map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(["dist/cli/teemem.js", "dist/cli/xtest.js", "README.md", "LICENSE"]));
  expect(paths.filter((path) => /\.map$|tsbuildinfo|\.test\.|^src\/|^test\//.test(path))).toEqual([]);
  expect(size).toBeLessThan(6_000_000);

  expect(folder.sh(`mkdir app && cd app && npm init -y && npm install ../clone/${filename}`)).toMatchObject({
    code: 0,
  });
  expect(folder.sh("npx teemem --version", "app")).toEqual({ code: 0, out: `${MANIFEST.version}\n`, err: "" });
  expect(folder.sh("npx teemem demo", "app")).toMatchObject({ code: 0, err: "" });
  expect(folder.sh("npx xtest --stats --alloc", "app").out).toMatch(/^Pool: {16}Heap\n/);
  for (const name of DOORS) {
    const line = `node --input-type=module -e "console.log(Object.keys(await import('${name}')).length > 0)"`;
    expect([name, folder.sh(line, "app")]).toEqual([name, { code: 0, out: "true\n", err: "" }]);
  }

  const schema = `require("teemem/schemas/stats.schema.json").$id`;
  expect(folder.sh(`node -p '${schema}'`, "app")).toEqual({ code: 0, out: "urn:teemem:schema:stats\n", err: "" });

  // The library's first example is its user's own file.
  expect(
    folder.sh("npm pkg set type=module && mkdir examples && cp ../clone/examples/first_heap.js examples", "app"),
  ).toMatchObject({ code: 0 });
  const printed = readFileSync(`${ROOT}test/fixtures/examples/first_heap.txt`, "utf8");
  expect(folder.sh("node examples/first_heap.js", "app")).toEqual({ code: 0, out: printed, err: "" });

  // Declarations are whole: those of layers without an entry point are not packed.
  const imports = DOORS.map((name, n) => `import * as door${n} from "${name}";\nconsole.log(door${n});\n`);
  writeFileSync(join(folder.path, "app/doors.ts"), imports.join(""));
  const options = "--module nodenext --target es2023 --lib es2023,esnext.disposable,dom --strict --noEmit --types node";
  const roots = "--typeRoots ../clone/node_modules/@types";
  expect(folder.sh(`../clone/node_modules/.bin/tsc ${options} ${roots} doors.ts`, "app")).toEqual(WELL);

  const linted = folder.sh(`npm run lint:package -- "$PWD/${filename}"`, "clone");
  expect([linted.code, linted.out + linted.err]).toEqual([0, expect.stringContaining("All good!")]);
});
