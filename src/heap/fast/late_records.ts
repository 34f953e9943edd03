// Inserting into a long ring would take many steps; such records wait in a binary heap instead. The first record of a
// ring comes before all records of its heap.
import type { SizeIndex } from "./index_state.ts";

/** Stands as the next record of one that is in a heap; its previous record is its place there. */
export const LATE = -1;

/** Puts a record into the heap of its ring. */
export function addLate(x: SizeIndex, record: number, ring: number): void {
  const heap = x.late.get(ring) ?? [];
  x.late.set(ring, heap);
  x.lateCount++;
  x.words[record] = LATE;
  rise(x, heap, heap.length, record);
}

/** Takes a record out of the heap of its ring. */
export function removeLate(x: SizeIndex, record: number, ring: number): void {
  const heap = x.late.get(ring) as number[];
  const last = heap.pop() as number;
  x.lateCount--;
  if (last !== record) sink(x, heap, rise(x, heap, x.words[record + 1] as number, last), last);
}

/** Puts a record where it belongs on the way from a place to the root. Returns its place. */
function rise(x: SizeIndex, heap: number[], from: number, record: number): number {
  let at = from;
  while (at > 0) {
    const parent = heap[(at - 1) >> 1] as number;
    if (isBefore(x, parent, record)) break;
    put(x, heap, at, parent);
    at = (at - 1) >> 1;
  }
  return put(x, heap, at, record);
}

/** Puts a record where it belongs on the way from a place to the leaves. */
function sink(x: SizeIndex, heap: number[], from: number, record: number): void {
  let at = from;
  for (;;) {
    let below = 2 * at + 1;
    if (below >= heap.length) break;
    if (below + 1 < heap.length && isBefore(x, heap[below + 1] as number, heap[below] as number)) below++;
    const other = heap[below] as number;
    if (isBefore(x, record, other)) break;
    put(x, heap, at, other);
    at = below;
  }
  put(x, heap, at, record);
}

/** True if the one record comes before the other in the list. */
export function isBefore(x: SizeIndex, a: number, b: number): boolean {
  return (x.words[a + 2] as number) < (x.words[b + 2] as number);
}

function put(x: SizeIndex, heap: number[], at: number, record: number): number {
  heap[at] = record;
  x.words[record + 1] = at;
  return at;
}
