// Listeners for heap operations.
import type { HeapOp } from "./operation.ts";

/**
 * Is notified of every operation right after it, in order. All arguments are plain values, so that listening creates no garbage.
 * @param op what was asked
 * @param pointer what was passed in (free, realloc: a payload offset; pool: its offset), else 0
 * @param size bytes asked for (calloc: of all members together; pool: its length)
 * @param arg calloc: members; memalign: alignment, 0 for an aligned_alloc whose size is no multiple of it; else 0
 * @param result payload offset, 0 if the request failed
 * @param file source file of the caller, null if unknown
 * @param line its line, 0 if unknown
 * @param allocated bytes allocated after the operation
 */
export type HeapListener = (
  op: HeapOp,
  pointer: number,
  size: number,
  arg: number,
  result: number,
  file: string | null,
  line: number,
  allocated: number,
) => void;

/** What keeps the listeners of a heap. */
interface Heard {
  listener: HeapListener | null;
  readonly behalf?: { readonly file: string | null; readonly line: number } | null;
}

/** A listener in front of others. */
interface Chained extends HeapListener {
  /** What is left of the chain from here on: without those that were taken away. */
  readonly rest: () => HeapListener | null;
}

/**
 * Adds a listener behind those that are there, and returns what takes it away again, in any order. With none left, operations
 * cost nothing for it.
 */
export function listen(heap: Heard, added: HeapListener): () => void {
  const before = heap.listener;
  let silent = false;
  const hear: HeapListener = (op, pointer, size, arg, result, file, line, allocated) => {
    if (before !== null) before(op, pointer, size, arg, result, file, line, allocated);
    if (silent) return;
    const { file: asker, line: where } = heap.behalf ?? { file, line };
    added(op, pointer, size, arg, result, asker, where, allocated);
  };
  const both: Chained = Object.assign(hear, { rest: () => (silent ? restOf(before) : both) });
  heap.listener = both;
  return () => {
    // Somebody may have been added behind: then this one falls silent, and goes when that one goes.
    silent = true;
    heap.listener = restOf(heap.listener);
  };
}

function restOf(listener: HeapListener | null): HeapListener | null {
  return listener !== null && "rest" in listener ? (listener as Chained).rest() : listener;
}
