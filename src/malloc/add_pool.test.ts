// Tests of add_pool.ts.
import { describe, expect, test } from "vitest";
import { damages } from "../../test/support/contexts.ts";
import { addPool } from "./add_pool.ts";
import { createContext } from "./context.ts";
import { liveBlocks } from "./foreach.ts";
import { free, malloc } from "./malloc.ts";
import { poolsOf } from "./pools.ts";

describe.each([8, 4] as const)("words of %i bytes", (word) => {
  const q = word === 8 ? 16 : 8;

  test("both ends are rounded inward", () => {
    const ctx = createContext(new Uint8Array(4096), { word });
    expect(addPool(ctx, 1, 2 * q + 1100)).toEqual({ at: q, length: Math.floor((1101 + q) / q) * q });
    expect(damages(ctx)).toEqual([]);
  });

  test("the first pool has 1024 bytes at least, later ones room for an empty block", () => {
    const ctx = createContext(new Uint8Array(4096), { word });
    expect(addPool(ctx, 16, 1023)).toBeNull();
    expect(addPool(ctx, 17, 1024)).toBeNull();
    expect(ctx).toMatchObject({ poolCount: 0, table: 0, size: 0 });
    expect(addPool(ctx, 16, 1024)).toEqual({ at: 16, length: 1024 });
    expect(addPool(ctx, 2048, 3 * q - 1)).toBeNull();
    expect(addPool(ctx, 2048, 3 * q)).toEqual({ at: 2048, length: 3 * q });
    expect(damages(ctx)).toEqual([]);
  });

  test("the table grows with every pool, by a get and a release", () => {
    const ctx = createContext(new Uint8Array(8192), { word, leakHeaders: true });
    const pools = [16, 2048, 1040, 6000, 4096].map((at) => addPool(ctx, at, at === 16 ? 1024 : 512));
    expect(poolsOf(ctx)).toEqual(pools);
    expect(ctx).toMatchObject({ poolCount: 5, size: 1024 + 4 * 512 });
    expect(ctx.heap).toMatchObject({ gets: 5, releases: 4 });
    expect(liveBlocks(ctx)).toEqual([
      { at: ctx.table, size: 10 * word, file: "lib/libutils/isoc/bget_malloc.c", line: 935 },
    ]);
    expect(damages(ctx)).toEqual([]);
  });

  test("no room for the table is a panic, as upstream asserts", () => {
    const ctx = createContext(new Uint8Array(4096), { word, leakHeaders: true });
    addPool(ctx, 16, 1024);
    while (malloc(ctx, 1) !== 0);
    expect(() => addPool(ctx, 2048, 3 * q)).toThrow(/raw_malloc_add_pool: no room for the pool table/);
  });
});

test("without a pool there is nothing, and nothing is damaged", () => {
  const ctx = createContext(new Uint8Array(64));
  expect(malloc(ctx, 1)).toBe(0);
  free(ctx, 0);
  expect(damages(ctx)).toEqual([]);
});
