// Tests of check.ts.
import { describe, expect, test } from "vitest";
import { damages } from "../../test/support/contexts.ts";
import { store } from "../heap/memory.ts";
import { addPool } from "./add_pool.ts";
import { checkContext, describeDamage } from "./check.ts";
import { createContext, type MallocContext } from "./context.ts";
import { extra, free, malloc } from "./malloc.ts";
import { poolsOf } from "./pools.ts";

function context(leakHeaders: boolean, pools = 2): MallocContext {
  const ctx = createContext(new Uint8Array(8192), { leakHeaders });
  for (let n = 0; n < pools; n++) addPool(ctx, 1024 + 2048 * n, 1024);
  return ctx;
}

function blockOf(ctx: MallocContext, payload: number): number {
  return payload - extra(ctx) - ctx.heap.geometry.header;
}

describe("pool table", () => {
  const entry = (ctx: MallocContext, n: number, word: 0 | 1): number => ctx.table + 16 * n + 8 * word;

  test.each([
    [0, 0, 2 ** 40, "pool table: entry 0 points outside of the memory"],
    [1, 0, 0, "pool table: entry 1 points outside of the memory"],
    [1, 0, 0x40000000 + 3072 + 8, "pool table: entry 1 is not aligned"],
    [0, 0, 0x40000000 + 1024 + 16, "pool table: entry 0 does not point to a pool"],
    [0, 0, 0x40000000 + 3072, "pool table: two pools overlap"],
    [0, 1, 0, "pool table: entry 0 points outside of the memory"],
    [0, 1, -1024, "pool table: entry 0 points outside of the memory"],
    [0, 1, 1030, "pool table: entry 0 is not aligned"],
    [0, 1, 32, "pool table: entry 0 is shorter than a pool can be"],
    [1, 1, 1040, "pool table: lengths sum to 2064, but pools of 2048 bytes were added"],
  ] as const)("entry %i, word %i as %i: %s", (n, word, value, what) => {
    for (const leakHeaders of [false, true]) {
      const ctx = context(leakHeaders);
      store(ctx.heap.memory, entry(ctx, n, word), value);
      const [damage] = checkContext(ctx);
      expect(damage).toMatchObject({ at: blockOf(ctx, ctx.table), what });
      expect(damage?.site).toBe(leakHeaders ? "lib/libutils/isoc/bget_malloc.c:935" : null);
    }
  });

  test("the block before the table is the suspect, also where its pool is no longer known", () => {
    for (const n of [0, 1]) {
      const ctx = context(true);
      malloc(ctx, 400, "a.c", 3);
      // The next table lies right behind this block's successor in address order.
      const suspect = malloc(ctx, 100, "overrun.c", 7);
      const table = ctx.table;
      expect(blockOf(ctx, suspect)).toBeLessThan(blockOf(ctx, table));
      store(ctx.heap.memory, entry(ctx, n, 0), 5);
      const [line] = damages(ctx);
      expect(line).toMatch(new RegExp(`bget_malloc\\.c:935: pool table: entry ${n} points outside of the memory`));
      expect(line).toMatch(/; the block before it is \d+ \(address 0x[\da-f]+\)/);
    }
  });

  test("that is not where a block is, is found", () => {
    for (const [table, what] of [
      [-16, "the pool table does not lie in the memory"],
      [8190, "the pool table does not lie in the memory"],
      [2 ** 40, "the pool table does not lie in the memory"],
    ] as const) {
      const ctx = context(false);
      ctx.table = table;
      expect(checkContext(ctx)[0]?.what).toBe(what);
    }
    const outside = context(false);
    outside.heap.memory.bytes.copyWithin(256, outside.table, outside.table + 32);
    outside.table = 256;
    expect(checkContext(outside)[0]?.what).toBe("the pool table does not lie in a pool");

    const freed = context(false);
    const copy = malloc(freed, 64);
    freed.heap.memory.bytes.copyWithin(copy, freed.table, freed.table + 32);
    freed.table = copy + 16;
    freed.heap.memory.bytes.copyWithin(copy + 16, copy, copy + 32);
    expect(checkContext(freed)[0]?.what).toBe("the pool table is not the payload of a block");

    const long = context(false);
    const small = malloc(long, 16);
    long.heap.memory.bytes.copyWithin(small, long.table, long.table + 32);
    long.table = small;
    expect(checkContext(long).length).toBeGreaterThan(0);
  });

  test("garbage of any kind is a damage, never an exception", () => {
    for (const byte of [0, 0x7f, 0x80, 0xff]) {
      const ctx = context(true, 3);
      ctx.heap.memory.bytes.fill(byte);
      expect(checkContext(ctx).length).toBeGreaterThan(0);
    }
  });
});

describe("leak headers", () => {
  const damage = (change: (ctx: MallocContext, payload: number) => void): string => {
    const ctx = context(true);
    const suspect = malloc(ctx, 24, "victim.c", 20);
    const at = malloc(ctx, 30, "before.c", 10);
    expect(suspect).toBeGreaterThan(at);
    change(ctx, suspect);
    const lines = damages(ctx);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`(address 0x${(ctx.heap.memory.base + blockOf(ctx, suspect)).toString(16)}`);
    expect(lines[0]).toMatch(/; the block before it is \d+ \(address 0x[\da-f]+\) from before\.c:10$/);
    return lines[0] ?? "";
  };
  const bytes = (ctx: MallocContext): DataView => ctx.heap.memory.view;

  test("the magic number", () => {
    const line = damage((ctx, at) => bytes(ctx).setUint32(at - 16, 0, true));
    expect(line).toContain(" from victim.c:20: the magic number of the leak header is damaged");
  });

  test("the footer", () => {
    const line = damage((ctx, at) => bytes(ctx).setUint8(at + 24, 0));
    expect(line).toContain(" from victim.c:20: the footer is damaged: written beyond the end of the payload");
  });

  test("a size that the block cannot have", () => {
    for (const size of [2 ** 31, 100, 4095]) {
      const line = damage((ctx, at) => bytes(ctx).setUint32(at - 20, size, true));
      expect(line).toContain(`the leak header says ${size} bytes, which takes a block of`);
    }
  });

  test("a file name that nobody knows", () => {
    const line = damage((ctx, at) => bytes(ctx).setUint32(at - 32, 0x1230, true));
    expect(line).toContain("the leak header's file name 0x1230 is not that of a known file");
  });
});

describe("counters", () => {
  const whatAfter = (change: (ctx: MallocContext) => void): string[] => {
    const ctx = context(false);
    free(ctx, malloc(ctx, 500));
    malloc(ctx, 5000);
    change(ctx);
    return checkContext(ctx).map(({ what }) => what);
  };

  test.each([
    [
      "the maximum is less than the allocated bytes",
      (ctx: MallocContext) => Object.assign(ctx, { maxAllocated: 8, biggestFailureUsed: 0 }),
    ],
    [
      "more was allocated at the largest failure than at the maximum",
      (ctx: MallocContext) => Object.assign(ctx, { biggestFailureUsed: 2000 }),
    ],
    [
      "the maximum is more than the size of all pools",
      (ctx: MallocContext) => Object.assign(ctx, { maxAllocated: 4000 }),
    ],
    [
      "a largest failure is set, but no failure is counted",
      (ctx: MallocContext) => Object.assign(ctx, { failures: 0 }),
    ],
  ])("%s", (what, change) => {
    expect(whatAfter(() => {})).toEqual([]);
    expect(whatAfter(change)).toEqual([what]);
  });

  test.each([
    [
      "a maximum that is allocated now",
      (ctx: MallocContext) => ({ maxAllocated: ctx.heap.allocated, biggestFailureUsed: 0 }),
    ],
    [
      "a maximum of 0, after a reset",
      () => ({ maxAllocated: 0, failures: 0, biggestFailure: 0, biggestFailureUsed: 0 }),
    ],
    ["the largest failure at the maximum", (ctx: MallocContext) => ({ biggestFailureUsed: ctx.maxAllocated })],
    ["a maximum of all that there is", (ctx: MallocContext) => ({ maxAllocated: ctx.size })],
  ])("%s is sound", (_what, change) => {
    expect(whatAfter((ctx) => Object.assign(ctx, change(ctx)))).toEqual([]);
  });

  test("a damage of counters has no block before it, and lies at the first pool", () => {
    const ctx = context(false);
    ctx.failures = 0;
    ctx.biggestFailure = 1;
    const [damage] = checkContext(ctx);
    expect(damage).toMatchObject({ at: 1024, before: -1, addressBefore: -1, siteBefore: null, address: 0x40000400 });
    expect(damage && describeDamage(damage)).toBe(
      "block 1024 (address 0x40000400): a largest failure is set, but no failure is counted",
    );
  });
});

test("a damage names block, address and the block before it", () => {
  const ctx = context(false);
  const [a, b] = [malloc(ctx, 24), malloc(ctx, 24)];
  store(ctx.heap.memory, a - 8, -72);
  const [damage] = checkContext(ctx);
  expect(damage).toEqual({
    at: a - 16,
    before: b - 16,
    what: "block size -72 is not a multiple of 16",
    address: 0x40000000 + a - 16,
    site: null,
    addressBefore: 0x40000000 + b - 16,
    siteBefore: null,
  });
  expect(damage && describeDamage(damage)).toBe(
    `block ${a - 16} (address 0x${(0x40000000 + a - 16).toString(16)}): block size -72 is not a multiple of 16; ` +
      `the block before it is ${b - 16} (address 0x${(0x40000000 + b - 16).toString(16)})`,
  );
  expect(poolsOf(ctx)).toHaveLength(2);
});
