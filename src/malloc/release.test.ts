// Tests of what a release changes in the malloc layer. The traces of test/golden/releases.test.ts hold what the C code did.
import { describe, expect, test } from "vitest";
import { rowOf } from "../../test/support/releases.ts";
import { addPool } from "./add_pool.ts";
import { createContext, type MallocContext } from "./context.ts";
import { liveBlocks } from "./foreach.ts";
import { calloc, free, malloc, memalign, realloc, reallocZeroed } from "./malloc.ts";

function context(version: string, core = false): MallocContext {
  const ctx = createContext(new Uint8Array(16384).fill(0x77), { release: rowOf(version), core, leakHeaders: true });
  addPool(ctx, 16, 8192);
  return ctx;
}

describe("what a reallocation adds", () => {
  const added = (ctx: MallocContext, move: typeof realloc): number[] => {
    // The old block has room for 32 bytes, footer and slack included, which are copied.
    const block = move(ctx, malloc(ctx, 16), 64);
    return [...new Set(ctx.heap.memory.bytes.subarray(block + 32, block + 64))];
  };

  test.each([
    ["4.5.0", false, [0], [0]],
    ["4.5.0", true, [0x77], [0x77]],
    ["4.6.0", false, [0x77], [0]],
    ["4.10.0", false, [0x77], [0]],
    ["4.10.0", true, [0x77], [0]],
  ])("%s, in the core %s: realloc %j, TEE_Realloc %j", (version, core, plain, zeroed) => {
    expect(added(context(version, core), realloc)).toEqual(plain);
    expect(added(context(version, core), reallocZeroed)).toEqual(zeroed);
  });

  test.each([
    ["4.5.0", 0x77],
    ["4.6.0", 0],
  ])("%s: TEE_Realloc of nothing gives bytes of %i", (version, byte) => {
    const ctx = context(version);
    const block = reallocZeroed(ctx, 0, 40);
    expect([...ctx.heap.memory.bytes.subarray(block, block + 40)]).toEqual(Array(40).fill(byte));
    const plain = realloc(ctx, 0, 40);
    expect(ctx.heap.memory.bytes[plain]).toBe(0x77);
  });
});

test.each([
  ["4.0.0", [768, 774, 780, 780, 0, 935]],
  ["4.1.0", [769, 775, 781, 781, 0, 936]],
  ["4.7.0", [706, 719, 725, 712, 732, 825]],
  ["4.9.0", [714, 727, 733, 720, 740, 833]],
  ["4.10.0", [705, 718, 724, 711, 731, 831]],
])("lines of the plain entry points: %s", (version, lines) => {
  const ctx = context(version);
  malloc(ctx, 1);
  calloc(ctx, 1, 2);
  realloc(ctx, 0, 3);
  reallocZeroed(ctx, 0, 4);
  memalign(ctx, 64, 5);
  const sites = liveBlocks(ctx).toSorted((a, b) => (a.size % 16) - (b.size % 16));
  expect(sites.map(({ line }) => line)).toEqual([lines.at(-1), ...lines.slice(0, -1)]);
  expect(sites.map(({ file }) => file === "unknown")).toEqual(
    lines.map((line, n) => lines[(n + 5) % 6] === 0 && line >= 0),
  );
});

test.each([
  ["4.7.0", true, "brel"],
  ["4.8.0", true, "bget_buf_size"],
  ["4.9.0", false, "brel"],
  ["4.10.0", false, "bget_buf_size"],
] as const)("a release of a free block: %s, in the core %s: %s", (version, core, func) => {
  const ctx = createContext(new Uint8Array(4096), { release: rowOf(version), core });
  addPool(ctx, 16, 2048);
  const block = malloc(ctx, 40);
  malloc(ctx, 40);
  free(ctx, block);
  expect(() => free(ctx, block)).toThrow(new RegExp(`^${func}:`));
});
