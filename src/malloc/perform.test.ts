// Tests of perform.ts.
import fc from "fast-check";
import { expect, test } from "vitest";
import { addPool } from "./add_pool.ts";
import { createContext, type MallocContext } from "./context.ts";
import { alignedAlloc, calloc, free, freeWipe, malloc, memalign, realloc } from "./malloc.ts";
import { MALLOC_FILE } from "./names.ts";
import { OP } from "./operation.ts";
import { performOperation, REFUSED_POOL } from "./perform.ts";
import { getStats } from "./stats.ts";

const HEAP = 8192;

type Step = readonly [kind: number, size: number, which: number, members: number];

/** Does what the steps say, with the functions themselves. */
function work(ctx: MallocContext, steps: readonly Step[]): void {
  const blocks: number[] = [];
  addPool(ctx, 0, HEAP / 2);
  for (const [kind, size, which, members] of steps) {
    const old = blocks.length > 0 ? (blocks.splice(which % blocks.length, 1)[0] ?? 0) : 0;
    const site = ["a.c", size] as const;
    let made = 0;
    if (kind === 0) made = malloc(ctx, size, ...site);
    else if (kind === 1) made = calloc(ctx, members, size, ...site);
    else if (kind === 2) made = memalign(ctx, members, size, ...site);
    else if (kind === 3) made = alignedAlloc(ctx, 64, 32 * members, ...site);
    else if (kind === 4) made = realloc(ctx, old, size, ...site);
    else (kind === 5 ? free : freeWipe)(ctx, old, ...site);
    if (kind < 4 && old !== 0) blocks.push(old);
    if (made !== 0) blocks.push(made);
    else if (kind === 4 && old !== 0) blocks.push(old);
  }
  addPool(ctx, HEAP / 2, HEAP / 2);
}

test("what a listener was given, performed again, gives the same bytes and counters", () => {
  const step = fc.tuple(fc.nat(6), fc.nat(700), fc.nat(99), fc.nat(9));
  const property = fc.property(fc.array(step, { maxLength: 60 }), fc.boolean(), (steps, leakHeaders) => {
    const bytes = [new Uint8Array(HEAP), new Uint8Array(HEAP)] as const;
    const [first, second] = bytes.map((memory) => createContext(memory, { leakHeaders })) as [
      MallocContext,
      MallocContext,
    ];
    first.listener = (op, pointer, size, arg, result, file, line) => {
      // The allocator itself moves its table of pools.
      if (file === MALLOC_FILE) return;
      expect(performOperation(second, OP[op], pointer, size, arg, file, line)).toBe(result);
    };
    work(first, steps);
    expect(bytes[1]).toEqual(bytes[0]);
    expect(getStats(second)).toEqual(getStats(first));
  });
  fc.assert(property);
});

test("a product that overflowed is performed as the bytes that were left of it", () => {
  const ctx = createContext(new Uint8Array(HEAP));
  addPool(ctx, 0, HEAP);
  expect(performOperation(ctx, OP.C, 0, 100, 3)).toBeGreaterThan(0);
  expect(performOperation(ctx, OP.C, 0, 100, 0)).toBeGreaterThan(0);
});

test("a pool that is too small is refused", () => {
  const ctx = createContext(new Uint8Array(HEAP));
  expect(performOperation(ctx, OP.P, 0, 1000, 0)).toBe(REFUSED_POOL);
  expect(performOperation(ctx, OP.P, 0, 1024, 0)).toBe(0);
});
