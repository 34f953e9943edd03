// @ts-check
// The allocators, each over bytes of its own and behind the same door.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { MemPool } from "@thi.ng/malloc";
import * as doors from "./doors.js";

const { addPool, checkContext, createContext, free, malloc } = doors.malloc;

/**
 * @typedef {object} Subject One allocator.
 * @property {(size: number) => number} take Allocates; 0 if nothing fits.
 * @property {(at: number) => void} give Frees.
 * @property {() => Uint8Array} bytes The memory that `take` gives out of, as it is now.
 * @property {"first" | "best"} [fit] Of teemem.
 * @property {boolean} bounded True if it has only the heap that it was given.
 * @property {(live: number) => void} check Throws where it is damaged or its counters are wrong for so many live blocks.
 */

/** @typedef {ReturnType<typeof createContext>} MallocContext */

/**
 * @typedef {object} Maker
 * @property {string} name
 * @property {string} less What it does not do that teemem does; empty if nothing.
 * @property {RegExp} [only] The workloads that it is measured with, if not all.
 * @property {(heap: number, tlsf: Uint8Array) => Subject | Promise<Subject>} make
 */

const NO_STATISTICS = "no statistics, no checks";

/** @type {readonly Maker[]} */
export const MAKERS = [
  { name: "teemem first fit", less: "", make: (heap) => teemem(heap, "first") },
  { name: "teemem best fit", less: "", make: (heap) => teemem(heap, "best") },
  { name: "teemem first fit, 32 bit", less: "", only: /^churn/, make: (heap) => teemem(heap, "first", { word: 4 }) },
  { name: "teemem best fit, 32 bit", less: "", only: /^churn/, make: (heap) => teemem(heap, "best", { word: 4 }) },
  { name: "AssemblyScript TLSF", less: NO_STATISTICS, make: tlsf },
  { name: "Emscripten malloc", less: NO_STATISTICS, make: emscripten },
  { name: "@thi.ng/malloc", less: NO_STATISTICS, make: thing },
  {
    name: "teemem first fit, scan",
    less: "",
    only: /holes/,
    make: (heap) => teemem(heap, "first", { lookup: "scan" }),
  },
  { name: "teemem best fit, scan", less: "", only: /holes/, make: (heap) => teemem(heap, "best", { lookup: "scan" }) },
];

/** @param {number} heap @param {"first" | "best"} fit @param {{ word?: 4 | 8, lookup?: "scan" }} [options] @returns {Subject} */
function teemem(heap, fit, options) {
  const bytes = new Uint8Array(heap + 16);
  const ctx = createContext(bytes, { fit, ...options });
  addPool(ctx, 16, heap);
  return {
    fit,
    ...bind(ctx, malloc, free),
    bytes: () => bytes,
    bounded: true,
    check(live) {
      // Walks all blocks: headers, free list, and the counters against them.
      const [damage] = checkContext(ctx);
      if (damage) throw new Error(damage.what);
      const counted = ctx.heap.gets - ctx.heap.releases - 1;
      if (counted !== live) throw new Error(`${counted} live blocks counted, ${live} expected`);
    },
  };
}

/**
 * What is a parameter V8 finds faster than what stands in the module, and the peers' functions need neither.
 * @param {MallocContext} ctx @param {typeof malloc} take @param {typeof free} give @returns {Pick<Subject, "take" | "give">}
 */
function bind(ctx, take, give) {
  return { take: (size) => take(ctx, size), give: (at) => give(ctx, at) };
}

/** @param {number} heap @returns {Subject} */
function thing(heap) {
  const buf = new ArrayBuffer(heap);
  const pool = new MemPool({ buf, align: 16 });
  const bytes = new Uint8Array(buf);
  return {
    take: (size) => pool.malloc(size),
    give(at) {
      if (!pool.free(at)) throw new Error(`@thi.ng/malloc does not know the block at ${at}`);
    },
    bytes: () => bytes,
    bounded: true,
    check(live) {
      const { count } = pool.stats().used;
      if (count !== live) throw new Error(`${count} live blocks counted, ${live} expected`);
    },
  };
}

/** Text in AssemblyScript; `heap` is its runtime's allocator. */
const TLSF = `export function malloc(size: usize): usize { return heap.alloc(size); }
export function free(at: usize): void { heap.free(at); }
`;

/** Compiles the allocator of AssemblyScript's own runtime. Pages are there from the start, so that it never has to grow. */
export async function compileTlsf() {
  const { main } = (await import("assemblyscript/asc")).default;
  /** @type {Uint8Array | null} */
  let wasm = null;
  const { error, stderr } = await main(
    ["tlsf.ts", "--outFile", "tlsf.wasm", "-O3", "--noAssert", "--runtime", "minimal", "--initialMemory", "1024"],
    {
      readFile: (name) => (name === "tlsf.ts" ? TLSF : null),
      writeFile(name, contents) {
        if (name === "tlsf.wasm" && typeof contents !== "string") wasm = contents;
      },
      listFiles: () => [],
    },
  );
  if (error || wasm === null) throw new Error(`AssemblyScript: ${stderr.toString()}`);
  return /** @type {Uint8Array} */ (wasm);
}

/** @param {number} _heap @param {Uint8Array} wasm @returns {Promise<Subject>} */
async function tlsf(_heap, wasm) {
  const abort = () => {
    throw new Error("AssemblyScript aborts");
  };
  const { instance } = await WebAssembly.instantiate(/** @type {BufferSource} */ (wasm), { env: { abort } });
  const { malloc: take, free: give, memory } = /** @type {any} */ (instance.exports);
  return { take, give, bytes: () => new Uint8Array(memory.buffer), bounded: false, check: () => {} };
}

/** The malloc that Emscripten linked into a package of this project. @returns {Promise<Subject>} */
async function emscripten() {
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve("@bokuweb/zstd-wasm"));
  const { Module, waitInitialized } = require(join(folder, "module.js"));
  if (Module._malloc === undefined || Module.HEAPU8 === undefined) {
    Module.init(readFileSync(join(folder, "zstd.wasm")));
    await waitInitialized();
    // So that it does not have to grow later.
    Module._free(Module._malloc(48 * 1024 * 1024));
  }
  const { _malloc: take, _free: give } = Module;
  return { take, give, bytes: () => Module.HEAPU8, bounded: false, check: () => {} };
}
