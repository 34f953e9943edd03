// Compiles programs that use the built package, as a user's compiler does: with an older library of types, every declaration checked.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

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

/** What the compiler says of a program. */
function compiled(program: string, types: readonly string[] = []): string {
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
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(join(folder, "program.ts"), program);
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
