// Tests of foreach.ts.
import { describe, expect, test } from "vitest";
import { store } from "../heap/memory.ts";
import { addPool } from "./add_pool.ts";
import { createContext } from "./context.ts";
import { isWithinAllocated, leakLine, liveBlocks, overlapsHeap } from "./foreach.ts";
import { calloc, extra, free, malloc, memalign, realloc } from "./malloc.ts";

function context(leakHeaders: boolean, word: 4 | 8 = 8) {
  const ctx = createContext(new Uint8Array(8192), { word, leakHeaders });
  addPool(ctx, 1024, 2048);
  return ctx;
}

describe("live blocks", () => {
  test("are listed in address order with file and line, the pool table among them", () => {
    const ctx = context(true);
    addPool(ctx, 4096, 1024);
    const a = malloc(ctx, 24, "core/mm.c", 20);
    const b = calloc(ctx, 2, 5, null);
    const c = memalign(ctx, 256, 7, "long.c", 0x12345);
    const d = malloc(ctx, 0);
    const e = realloc(ctx, malloc(ctx, 9), 11);
    free(ctx, malloc(ctx, 9));
    const lines = liveBlocks(ctx);
    expect(lines.map(({ at }) => at)).toEqual([a, b, c, d, e, ctx.table].sort((x, y) => x - y));
    expect(lines.map(leakLine).sort()).toEqual([
      "buffer: 0 bytes lib/libutils/isoc/bget_malloc.c:768",
      "buffer: 10 bytes unknown:0",
      "buffer: 11 bytes lib/libutils/isoc/bget_malloc.c:780",
      "buffer: 24 bytes core/mm.c:20",
      "buffer: 32 bytes lib/libutils/isoc/bget_malloc.c:935",
      "buffer: 7 bytes long.c:9029",
    ]);
  });

  test("without leak headers there is nothing to list", () => {
    const ctx = context(false);
    malloc(ctx, 24, "core/mm.c", 20);
    expect(liveBlocks(ctx)).toEqual([]);
  });

  test("names that nobody knows are shown as addresses", () => {
    const ctx = context(true);
    const a = malloc(ctx, 24, "core/mm.c", 20);
    ctx.heap.memory.view.setBigUint64(a - extra(ctx), 0x1234n, true);
    expect(liveBlocks(ctx).map(({ file }) => file)).toContain("0x1234");
  });

  test("a damaged leak header ends the listing with a panic, as upstream's", () => {
    const ctx = context(true);
    const a = malloc(ctx, 24, "core/mm.c", 20);
    ctx.heap.memory.bytes[a + 24] = 0;
    expect(() => liveBlocks(ctx)).toThrow(/assert_header: footer is damaged/);
  });
});

describe("is within allocated", () => {
  test.each([false, true])("the payload and nothing around it counts (leak headers: %s)", (leakHeaders) => {
    const ctx = context(leakHeaders);
    const a = malloc(ctx, 21);
    expect(isWithinAllocated(ctx, a, 21)).toBe(true);
    expect(isWithinAllocated(ctx, a + 20, 1)).toBe(true);
    expect(isWithinAllocated(ctx, a - 1, 1)).toBe(false);
    expect(isWithinAllocated(ctx, a, 0)).toBe(true);
    // Slack counts where no leak header says how much was asked for.
    expect(isWithinAllocated(ctx, a, 32)).toBe(!leakHeaders);
    expect(isWithinAllocated(ctx, a, 33)).toBe(false);
    free(ctx, a);
    expect(isWithinAllocated(ctx, a, 1)).toBe(false);
  });

  test("a range that wraps around is nowhere", () => {
    for (const word of [4, 8] as const) {
      const ctx = context(false, word);
      const a = malloc(ctx, 21);
      expect(isWithinAllocated(ctx, a, 2n ** BigInt(8 * word) - 1n)).toBe(false);
      expect(isWithinAllocated(ctx, a, 2n ** BigInt(8 * word))).toBe(true);
    }
    expect(isWithinAllocated(createContext(new Uint8Array(64)), 16, 1)).toBe(false);
  });
});

describe("overlaps heap", () => {
  const ctx = context(false);
  test.each([
    [1024, 1, true],
    [1023, 1, false],
    [1023, 2, true],
    [3071, 1, true],
    [3072, 1, false],
    [3071, 500, true],
    [1500, 0, true],
    // As in 4.0.0: what begins below a pool and ends at or behind its end is missed.
    [1000, 3072 - 1000 - 1, true],
    [1000, 3072 - 1000, false],
    [1000, 3000, false],
    [5000, 2n ** 64n - 1n, true],
  ] as const)("from %i, %s bytes: %s", (at, length, expected) => {
    expect(overlapsHeap(ctx, at, length)).toBe(expected);
  });

  test("an empty context overlaps nothing", () => {
    expect(overlapsHeap(createContext(new Uint8Array(64)), 0, 64)).toBe(false);
  });
});

test("a pool whose recorded length wraps overlaps with everything, as in C", () => {
  for (const word of [4, 8] as const) {
    const ctx = createContext(new Uint8Array(8192), { word });
    addPool(ctx, 0, 2048);
    addPool(ctx, 4096, 2048);
    expect(overlapsHeap(ctx, 2048, 16)).toBe(false);
    store(ctx.heap.memory, ctx.table + 3 * word, -16);
    expect(overlapsHeap(ctx, 2048, 16)).toBe(true);
  }
});
