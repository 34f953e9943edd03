// Tests of events.ts.
import { expect, test } from "vitest";
import { addPool } from "./add_pool.ts";
import { createContext } from "./context.ts";
import { listen } from "./events.ts";
import { alignedAlloc, calloc, free, freeWipe, malloc, memalign, realloc } from "./malloc.ts";
import { MALLOC_FILE } from "./names.ts";

test("a listener hears of every operation right after it", () => {
  const ctx = createContext(new Uint8Array(8192));
  const heard: unknown[][] = [];
  ctx.listener = (...event) => heard.push(event);
  const next = (): unknown[] | undefined => heard.shift();
  const used = (): number => ctx.heap.allocated;

  addPool(ctx, 5, 4096);
  expect(next()).toEqual(["P", 5, 4096, 0, 0, null, 0, 0]);
  expect(next()).toEqual(["R", 0, 16, 0, ctx.table, MALLOC_FILE, 935, used()]);
  const a = malloc(ctx, 10, "a.c", 1);
  expect(next()).toEqual(["M", 0, 10, 0, a, "a.c", 1, used()]);
  const b = calloc(ctx, 3, 7, "b.c", 2);
  expect(next()).toEqual(["C", 0, 21, 3, b, "b.c", 2, used()]);
  const c = realloc(ctx, a, 20, "c.c", 3);
  expect(next()).toEqual(["R", a, 20, 0, c, "c.c", 3, used()]);
  const d = memalign(ctx, 64, 5, "d.c", 4);
  expect(next()).toEqual(["A", 0, 5, 64, d, "d.c", 4, used()]);
  const e = alignedAlloc(ctx, 16, 32);
  expect(next()).toEqual(["A", 0, 32, 16, e, null, 0, used()]);
  free(ctx, b, "f.c", 5);
  expect(next()).toEqual(["F", b, 0, 0, 0, "f.c", 5, used()]);
  freeWipe(ctx, c);
  expect(next()).toEqual(["W", c, 0, 0, 0, null, 0, used()]);
  expect(heard).toEqual([]);
});

test("what is refused is heard with result 0, a free of nothing not at all", () => {
  const ctx = createContext(new Uint8Array(8192));
  const heard: unknown[][] = [];
  addPool(ctx, 16, 4096);
  ctx.listener = (...event) => heard.push(event);
  malloc(ctx, 5000);
  calloc(ctx, 2n ** 32n, 2n ** 33n, null, 8);
  realloc(ctx, 0, 2n ** 64n - 1n);
  memalign(ctx, 3, 8);
  alignedAlloc(ctx, 16, 17);
  free(ctx, 0);
  expect(heard.map(([op, pointer, size, arg, result]) => [op, pointer, size, arg, result])).toEqual([
    ["M", 0, 5000, 0, 0],
    ["C", 0, 0, 2 ** 32, 0],
    ["R", 0, 2 ** 64, 0, 0],
    ["A", 0, 8, 3, 0],
    ["A", 0, 17, 0, 0],
  ]);
  expect(addPool(ctx, 6000, 4)).toBeNull();
  expect(heard).toHaveLength(5);
});

test("listeners are taken away in any order, and none is left behind", () => {
  for (const order of [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ]) {
    for (const first of [null, () => {}]) {
      const ctx = createContext(new Uint8Array(8192));
      addPool(ctx, 16, 4096);
      ctx.listener = first;
      const heard = [0, 0, 0];
      const count = (counts: number[], n: number): void => {
        counts[n] = (counts[n] ?? 0) + 1;
      };
      const stops = heard.map((_, n) => listen(ctx, () => count(heard, n)));
      const expected = [0, 0, 0];
      const there = new Set([0, 1, 2]);
      for (const n of order) {
        malloc(ctx, 8);
        for (const one of there) count(expected, one);
        expect(heard).toEqual(expected);
        stops[n]?.();
        stops[n]?.();
        there.delete(n);
      }
      expect(ctx.listener).toBe(first);
    }
  }
});
