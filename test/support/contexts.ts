// Contexts for tests.
import { checkContext, describeDamage } from "../../src/malloc/check.ts";
import type { ContextOptions, MallocContext } from "../../src/malloc/context.ts";

/** A build of the allocator with a name for test titles. */
export interface Build extends ContextOptions {
  readonly title: string;
  readonly word: 4 | 8;
  readonly fit: "first" | "best";
  readonly leakHeaders: boolean;
  readonly validate: boolean;
}

/** Every combination of word size, fit, leak headers and debug build. */
export const BUILDS: readonly Build[] = ([8, 4] as const).flatMap((word) =>
  (["first", "best"] as const).flatMap((fit) =>
    [false, true].flatMap((leakHeaders) =>
      [false, true].map((validate) => ({
        title: `${word * 8} bits, ${fit} fit${leakHeaders ? ", leak headers" : ""}${validate ? ", debug" : ""}`,
        word,
        fit,
        leakHeaders,
        validate,
      })),
    ),
  ),
);

/** One line for each damage that the checker finds: compare with `[]`. */
export function damages(ctx: MallocContext): string[] {
  return checkContext(ctx).map(describeDamage);
}

/** Keeps a context with its bytes, and puts it back. */
export function saveContext(ctx: MallocContext): () => void {
  const { heap, ...layer } = ctx;
  const bytes = heap.memory.bytes.slice();
  const counters = { ...heap };
  return () => {
    heap.memory.bytes.set(bytes);
    Object.assign(heap, counters);
    Object.assign(ctx, layer);
  };
}

/** Whole numbers from 0 to below a limit, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
}
