// Sound heap images that the C code of 4.0 and 4.10 left: a context of that release walks, checks and goes on with them.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { inspectDump } from "../src/analyze/dump/inspect.ts";
import { attachHeap } from "../src/heap/fast/create_bget.ts";
import { loadAddress } from "../src/heap/memory.ts";
import { checkContext } from "../src/malloc/check.ts";
import { createContext, type MallocContext } from "../src/malloc/context.ts";
import { liveBlocks } from "../src/malloc/foreach.ts";
import { calloc, extra, freeWipe, malloc, memalign, realloc } from "../src/malloc/malloc.ts";
import type { FileNames } from "../src/malloc/names.ts";
import { rowOf } from "./support/releases.ts";

/** Any address may be a name's: the image does not hold the names. */
const NAMES: FileNames = { address: () => 0, at: (address) => `0x${address.toString(16)}` };

/** All ways to a block. The old one is passed on, or back where nothing was made of it. */
const OPERATIONS: readonly ((ctx: MallocContext, old: number, size: number) => number)[] = [
  (ctx, old, size) => realloc(ctx, old, size, "a.c", 1) || old,
  (ctx, old, size) => after(ctx, old, malloc(ctx, size)),
  (ctx, old, size) => after(ctx, old, calloc(ctx, 2, size, "a.c", 2)),
  (ctx, old, size) => realloc(ctx, old, 2 * size) || old,
  (ctx, old, size) => after(ctx, old, memalign(ctx, 128, size)),
];

function after(ctx: MallocContext, old: number, made: number): number {
  freeWipe(ctx, old);
  return made;
}

function image(name: string): Uint8Array {
  return new Uint8Array(gunzipSync(readFileSync(new URL(`fixtures/dumps/${name}.bin.gz`, import.meta.url))));
}

/** The state that C keeps outside of the bytes, read off them. */
function contextOver(bytes: Uint8Array, version: string, core: boolean): MallocContext {
  const found = inspectDump(bytes);
  if (!found.ok || found.value.length !== 1) throw new Error("the image holds one heap");
  const [{ word, base, leakHeaders, pools }] = found.value as [(typeof found.value)[0]];
  const release = rowOf(version);
  const ctx = createContext(bytes, { word, base, leakHeaders, release, core, names: NAMES });
  const { sumsFreeList } = release.allocator;
  const heap = attachHeap(
    bytes,
    { word, base, sumsFreeList, zeroGrown: ctx.heap.zeroGrown },
    pools.map(({ pool }) => pool),
  );
  if (!heap.ok) throw new Error(heap.error);
  const first = pools[0]?.pool.at ?? 0;
  const table = pools
    .flatMap(({ blocks }) => blocks)
    .filter((block) => !block.free)
    .map(({ at }) => at + ctx.heap.geometry.header + extra(ctx))
    .find((at) => at + 2 * word <= bytes.length && loadAddress(ctx.heap.memory, at) === base + first);
  const size = pools.reduce((sum, { pool }) => sum + pool.length, 0);
  return Object.assign(ctx, { heap: heap.value, table: table ?? 0, poolCount: pools.length, size, maxAllocated: size });
}

describe.each([
  ["4.0-lp64-ta-mdbg", "4.0.0", false],
  ["4.10-lp64-ta-mdbg", "4.10.0", false],
  ["4.10-ilp32-ta-mdbg", "4.10.0", false],
  ["4.10-lp64-core-pools", "4.10.0", true],
] as const)("%s", (name, version, core) => {
  test("is sound", () => {
    const ctx = contextOver(image(name), version, core);
    expect(ctx.table).not.toBe(0);
    expect(checkContext(ctx)).toEqual([]);
    if (ctx.leakHeaders) expect(liveBlocks(ctx).length).toBeGreaterThan(10);
  });

  test("goes on, without a fault", () => {
    const ctx = contextOver(image(name), version, core);
    const live: number[] = [];
    for (let n = 0; n < 400; n++) {
      const size = (n * 37) % 300;
      const [old = 0] = n % 3 === 0 ? live.splice((n * 7) % Math.max(1, live.length), 1) : [];
      const made = OPERATIONS[n % OPERATIONS.length]?.(ctx, old, size) ?? 0;
      if (made !== 0) live.push(made);
      expect(checkContext(ctx)).toEqual([]);
    }
    expect(live.length).toBeGreaterThan(0);
  });
});

test.each([
  ["4.0-lp64-ta-mdbg", "4.10.0"],
  ["4.10-lp64-ta-mdbg", "4.0.0"],
])("%s has not the layout of %s", (name, version) => {
  expect(checkContext(contextOver(image(name), version, false)).length).toBeGreaterThan(10);
});
