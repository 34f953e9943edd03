// One long run: what random tests of a few operations do not reach.
import { expect, test } from "vitest";
import { damages, randomFrom } from "../../test/support/contexts.ts";
import { bstats } from "../heap/bstats.ts";
import { addPool } from "./add_pool.ts";
import { createContext } from "./context.ts";
import { free, malloc, memalign, realloc } from "./malloc.ts";

const OPERATIONS = 1_000_000;
const CHECK_EVERY = 1000;
const SLOTS = 400;

test("a million operations leave the heap sound", () => {
  const ctx = createContext(new Uint8Array(96 * 1024), { leakHeaders: true });
  addPool(ctx, 16, 64 * 1024);
  addPool(ctx, 70_000, 20_000);
  const { bytes } = ctx.heap.memory;
  const random = randomFrom(20_231_118);
  const slots = Array.from({ length: SLOTS }, () => ({ at: 0, size: 0, fill: 0 }));
  let failures = 0;
  let highest = 0;

  for (let n = 1; n <= OPERATIONS; n++) {
    const slot = slots[random(SLOTS)] as (typeof slots)[number];
    const kind = random(16);
    const { at, size, fill } = slot;
    const wrong = at !== 0 && size > 0 && (bytes[at] !== fill || bytes[at + size - 1] !== fill);
    if (wrong) throw new Error(`operation ${n}: the block at ${at} does not hold what was put there`);
    if (at !== 0 && kind > 2) {
      free(ctx, at, "million.c", n);
      slot.at = 0;
    } else {
      const wanted = random(8) === 0 ? random(1500) : random(250);
      const result =
        at !== 0
          ? realloc(ctx, at, wanted, "million.c", n)
          : kind < 12
            ? malloc(ctx, wanted, "million.c", n)
            : memalign(ctx, 1 << random(9), wanted, "million.c", n);
      if (result === 0) failures++;
      else {
        Object.assign(slot, { at: result, size: wanted, fill: n & 0xff });
        bytes.fill(n & 0xff, result, result + wanted);
      }
    }
    highest = Math.max(highest, ctx.heap.allocated);
    const cheap = ctx.heap.allocated > 0 && ctx.heap.allocated <= ctx.maxAllocated && ctx.failures === failures;
    if (!cheap) throw new Error(`operation ${n}: the counters are wrong`);
    if (n % CHECK_EVERY === 0) {
      expect(damages(ctx)).toEqual([]);
      const { allocated, free: unused } = bstats(ctx.heap);
      expect(allocated + unused).toBe(ctx.size - 2 * ctx.heap.geometry.header);
    }
  }
  expect(failures).toBeGreaterThan(0);
  expect(ctx.maxAllocated).toBeGreaterThanOrEqual(highest);
  for (const { at } of slots) free(ctx, at);
  expect(damages(ctx)).toEqual([]);
  expect(bstats(ctx.heap)).toMatchObject({ allocated: 16 + 32 + 32 + 16, gets: ctx.heap.releases + 1 });
});
