// Tests of request.ts: where the C code of 4.0.0 and 4.10.0, compiled and run, begins to look at the heap.
import { expect, test } from "vitest";
import { addPool } from "./add_pool.ts";
import { createContext, type MallocContext } from "./context.ts";
import { calloc, free, malloc, memalign, realloc } from "./malloc.ts";

/** A heap whose free list leads nowhere: whoever searches it for more than its first block has, falls off. */
function broken(word: 4 | 8, leakHeaders: boolean): { ctx: MallocContext; live: number } {
  const ctx = createContext(new Uint8Array(32768), { word, leakHeaders });
  addPool(ctx, 0, 16384);
  const first = malloc(ctx, 100);
  const live = malloc(ctx, 40);
  free(ctx, first);
  const link = first - (leakHeaders ? 4 * word : 0);
  ctx.heap.memory.bytes[link + word - 1] = 0x7f;
  return { ctx, live };
}

test.each([
  [8, false, 32n],
  [8, true, 68n],
  [4, false, 16n],
  [4, true, 36n],
] as const)(
  "words of %i bytes, leak headers %s: LONG_MAX + 1 - %i is the largest that is looked for",
  (word, leakHeaders, least) => {
    const limit = 2n ** BigInt(8 * word - 1);
    const requests: readonly ((size: bigint) => number)[] = [
      (size) => malloc(broken(word, leakHeaders).ctx, size),
      (size) => calloc(broken(word, leakHeaders).ctx, 1n, size),
      (size) => memalign(broken(word, leakHeaders).ctx, 32, size),
      (size) => {
        const { ctx, live } = broken(word, leakHeaders);
        return realloc(ctx, live, size);
      },
    ];
    for (const request of requests) {
      for (const beyond of [least - 1n, 1n, 0n, -1n, -limit]) {
        // What padding to a whole footer makes equal is refused with it.
        if (leakHeaders && beyond === least - 1n) expect(request(limit - (least - 3n))).toBe(0);
        else expect(request(limit - beyond)).toBe(0);
      }
      for (const within of [least, least + 1n, 100n, 511n, 513n, 600n, 2048n])
        expect(() => request(limit - within)).toThrow(/data-abort/);
    }
  },
);

test("a failure counts whichever way it came about", () => {
  const ctx = createContext(new Uint8Array(4096));
  addPool(ctx, 0, 4096);
  for (const size of [2n ** 63n - 1n, 2n ** 63n - 64n, 2n ** 64n - 1n, 2 ** 63, 2 ** 70, 1e300])
    expect(malloc(ctx, size)).toBe(0);
  expect(ctx.failures).toBe(6);
});
