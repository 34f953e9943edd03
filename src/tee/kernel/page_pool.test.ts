// Tests of page_pool.ts.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPagePool, givePages, type PageRange, takePages } from "./page_pool.ts";

describe("a page pool", () => {
  it("rounds up to pages and keeps the maximum", () => {
    const pool = createPagePool(16 * 4096);
    const first = takePages(pool, 1);
    takePages(pool, 4097);
    expect(pool).toMatchObject({ allocated: 3 * 4096, maxAllocated: 3 * 4096 });
    givePages(pool, first as PageRange);
    expect(pool).toMatchObject({ allocated: 2 * 4096, maxAllocated: 3 * 4096 });
  });

  it("uses the lowest gap that has room", () => {
    const pool = createPagePool(16 * 4096);
    const ranges = [4, 2, 4].map((pages) => takePages(pool, pages * 4096) as PageRange);
    givePages(pool, ranges[1] as PageRange);
    expect(takePages(pool, 3 * 4096)).toEqual({ start: 10, count: 3 });
    expect(takePages(pool, 2 * 4096)).toEqual({ start: 4, count: 2 });
  });

  it("refuses what has no room in one piece, without counting", () => {
    const pool = createPagePool(4 * 4096);
    expect(takePages(pool, 5 * 4096)).toBeNull();
    expect(pool.allocated).toBe(0);
  });

  it("never overlaps, and accounts for every page", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 20 * 4096 })), { maxLength: 80 }),
        (steps) => {
          const pool = createPagePool(64 * 4096);
          const held: PageRange[] = [];
          for (const [give, bytes] of steps) {
            if (give) {
              const range = held.splice(bytes % Math.max(1, held.length), 1)[0];
              if (range) givePages(pool, range);
            } else {
              const range = takePages(pool, bytes);
              if (range) held.push(range);
            }
            const sorted = [...held].sort((a, b) => a.start - b.start);
            for (const [i, range] of sorted.entries()) {
              const next = sorted[i + 1];
              expect(range.start + range.count).toBeLessThanOrEqual(next?.start ?? 64);
            }
            expect(pool.allocated).toBe(held.reduce((sum, { count }) => sum + count, 0) * 4096);
          }
        },
      ),
    );
  });
});
