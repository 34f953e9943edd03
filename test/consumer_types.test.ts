// Compiles programs that use the built package, as a user's compiler does: with an older library of types, every declaration checked.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const { exports } = JSON.parse(readFileSync(`${ROOT}package.json`, "utf8")) as { exports: Record<string, unknown> };
const DOORS = Object.entries(exports)
  .filter(([, paths]) => typeof paths === "object" && paths !== null && "types" in paths)
  .map(([door]) => `teemem${door.slice(1)}`);
/** The entry points that need the types of Node.js. */
const OF_NODE = ["teemem/daemon", "teemem/source"];

const folder = mkdtempSync(join(tmpdir(), "teemem-consumer-"));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, "node_modules", "@types"), { recursive: true });
symlinkSync(ROOT, join(folder, "node_modules", "teemem"));
symlinkSync(join(ROOT, "node_modules", "@types", "node"), join(folder, "node_modules", "@types", "node"));

/** What the compiler says of a program, or of several by their file. */
function compiled(program: string | Readonly<Record<string, string>>, types: readonly string[] = []): string {
  const files = typeof program === "string" ? { "program.ts": program } : program;
  const compilerOptions = {
    target: "es2022",
    lib: ["es2022", "dom"],
    module: "nodenext",
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: false,
    types,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: Object.keys(files) }));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  const { stdout, stderr, status } = spawnSync(process.execPath, [tsc, "-p", "."], { cwd: folder, encoding: "utf8" });
  expect([stderr, stdout === "" ? 0 : status]).toEqual(["", status]);
  return stdout;
}

const load = (doors: readonly string[]): string =>
  doors.map((door, n) => `import * as m${n} from "${door}"; export const k${n}: object = m${n};`).join("\n");

test("every entry point has types that a compiler of es2022 knows", () => {
  expect(compiled(load(DOORS.filter((door) => !OF_NODE.includes(door))))).toBe("");
  expect(compiled(load(DOORS), ["node"])).toBe("");
});

test("a program with views, turns and results compiles, and one that is wrong does not", () => {
  const head = 'import { createHeap, openHeap, type BlockView, type ByteHeap, type Result } from "teemem";';
  const right = `${head}
    const heap = createHeap({ size: 65536 });
    const view: BlockView<Float32Array<ArrayBuffer>> | null = heap.allocate(Float32Array, 4);
    { using block = heap.view(heap.malloc(10), Uint8Array); block.array[0] = 1; }
    const shared = createHeap({ bytes: new SharedArrayBuffer(4096), lock: new Int32Array(new SharedArrayBuffer(8)) });
    const number: number = shared.exclusive(() => 5, { timeout: 0 });
    const opened: Result<ByteHeap<SharedArrayBuffer>> = openHeap({ bytes: shared.bytes });
    export { number, opened, view };`;
  expect(compiled(right)).toBe("");
  const wrong = compiled(`${head}
    createHeap({});
    createHeap({ size: 4096, bytes: new Uint8Array(4096) });
    const heap = createHeap({ bytes: new SharedArrayBuffer(4096) });
    export const view: BlockView<Uint8Array<ArrayBuffer>> | null = heap.allocate(Uint8Array, 1);
    heap.exclusive(async () => 5);
    heap.view(16, class { static BYTES_PER_ELEMENT = 1; });`);
  expect([...wrong.matchAll(/^program\.ts\((\d+),\d+\): error/gm)].map(([, line]) => Number(line))).toEqual([
    2, 3, 5, 6, 7,
  ]);
});

describe("the comment of each entry point, which is its page in the reference", () => {
  const comments = DOORS.map((door) => {
    const source = readFileSync(
      `${ROOT}src/${door === "teemem" ? "library" : door.slice("teemem/".length)}/index.ts`,
      "utf8",
    );
    const [comment = ""] = source.split("*/");
    const [, code = ""] = /```ts\n(.*?) \* ```/s.exec(comment) ?? [];
    return { door, comment, example: code.replaceAll(/^ \* ?/gm, "") };
  });
  const fileOf = (door: string): string => `${door.replace("/", "_")}.ts`;

  test.each(comments)("$door: a name, a sentence and an example", ({ door, comment, example }) => {
    expect(comment).toMatch(/^\/\*\*\n \* [A-Z].+\.\n/);
    expect(comment).toContain(`\n * @module ${door}\n`);
    expect(example).toContain(` from "${door}";`);
  });

  test("the examples compile, and run without types", { timeout: 120_000 }, () => {
    const files = Object.fromEntries(comments.map(({ door, example }) => [fileOf(door), example]));
    expect(compiled(files, ["node"])).toBe("");
    for (const { door, example } of comments) {
      const file = fileOf(door).replace(/ts$/, "mjs");
      writeFileSync(join(folder, file), example);
      const { stderr, status } = spawnSync(process.execPath, [file], { cwd: folder, encoding: "utf8" });
      expect([door, stderr, status]).toEqual([door, "", 0]);
    }
  });
});
