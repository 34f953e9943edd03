// Memory that a call has while it works.
import { TEE } from "../../abi/errors.ts";
import type { MallocContext } from "../../malloc/context.ts";
import { calloc, free, freeWipe, malloc } from "../../malloc/malloc.ts";
import { TaPanic } from "../ta/panic.ts";

/** A block: `M` or `C` (zeroed), bytes, file, lines of its allocation and of its end, which is `F` or `W` (wiped). */
export type Scratch = readonly [op: "M" | "C", size: number, file: string, from: number, to: number, end?: "F" | "W"];

/**
 * Runs `work` with some blocks of a heap, allocated in order and freed in the opposite one. Without room the application
 * panics, as the TA library does when the core refuses.
 */
export function using<T>(heap: MallocContext, blocks: readonly Scratch[], work: () => T): T {
  const held: number[] = [];
  const release = (): void => {
    for (let n = held.length - 1; n >= 0; n--) {
      const [, , file, , to, end = "F"] = blocks[n] as Scratch;
      (end === "F" ? free : freeWipe)(heap, held[n] as number, file, to);
    }
  };
  for (const [op, size, file, from] of blocks) {
    const block = op === "C" ? calloc(heap, 1, size, file, from) : malloc(heap, size, file, from);
    if (block === 0) {
      release();
      throw new TaPanic(TEE.OUT_OF_MEMORY);
    }
    held.push(block);
  }
  let result: T;
  try {
    result = work();
  } catch (error) {
    release();
    throw error;
  }
  if (result instanceof Promise) return result.finally(release) as T;
  release();
  return result;
}

/** Blocks that come and go at once, all before the next. */
export function touch(heap: MallocContext, ...blocks: readonly Scratch[]): void {
  for (const block of blocks) using(heap, [block], () => undefined);
}
