// Tests of ta_memory.ts: figures as core/mm/phys_mem.c adds them up, and as boards printed them.
import { describe, expect, test } from "vitest";
import { bootTest } from "../../../test/embedded.ts";
import { poolsOf } from "../../malloc/pools.ts";
import { createPagePool } from "./page_pool.ts";
import { createCoreRam, giveTaPages, takeTaPages, taMemoryStats } from "./ta_memory.ts";

describe("two pools", () => {
  const memory = () => ({
    taRam: createPagePool(4 * 4096),
    coreRam: createCoreRam({ size: 10 * 4096, used: 3 * 4096 }),
  });

  test("sizes and allocated bytes are sums, the maximum is the larger one", () => {
    const both = memory();
    expect(taMemoryStats(both, false)).toEqual({ allocated: 3 * 4096, maxAllocated: 10 * 4096, size: 14 * 4096 });
    const range = takeTaPages(both, 4 * 4096);
    expect(both.taRam.allocated).toBe(4 * 4096);
    const second = takeTaPages(both, 7 * 4096);
    expect(both.coreRam.allocated).toBe(10 * 4096);
    // More than the maximum: neither pool had as much.
    expect(taMemoryStats(both, true)).toEqual({ allocated: 14 * 4096, maxAllocated: 10 * 4096, size: 14 * 4096 });
    expect(taMemoryStats(both, false).maxAllocated).toBe(0);
    expect(takeTaPages(both, 1)).toBeNull();
    if (range) giveTaPages(both, range);
    if (second) giveTaPages(both, second);
    expect([both.taRam.allocated, both.coreRam.allocated]).toEqual([0, 3 * 4096]);
  });

  test("a range that neither pool has room for in one piece is refused, though both together have", () => {
    expect(takeTaPages(memory(), 8 * 4096)).toBeNull();
  });
});

test.each([
  ["4.0.0", [68640], { allocated: 0, maxAllocated: 0, size: 13631488 }],
  ["4.3.0", [134176], { allocated: 0, maxAllocated: 0, size: 13631488 }],
  ["4.5.0", [199296], { allocated: 909312, maxAllocated: 2097152, size: 15728640 }],
  ["4.10.0", [198912, 320, 3840], { allocated: 974848, maxAllocated: 2097152, size: 15728640 }],
])("%s boots with its own pools", (version, pools, stats) => {
  const { core } = bootTest("", version);
  expect(poolsOf(core.heap).map(({ length }) => length)).toEqual(pools);
  expect(taMemoryStats(core, false)).toEqual(stats);
});
