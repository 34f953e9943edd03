// Finds the heap of a row by the numbers of its texts.
import { RecordingDamage } from "../buffers.ts";
import { contextOf } from "./contexts.ts";
import { createHeapIndex } from "./heap_index.ts";
import type { RecordingIndex } from "./recording_index.ts";

/** Keys of heaps: their indexes. */
export interface HeapKeys {
  /** Key of a life of a heap, by the number of its name and that of its life; -1 where there is none. */
  events(name: number, instance: number): number;
  /** Key of a series of samples by the number of its name, or -1. */
  samples(name: number): number;
  /** Begins a heap. Throws `RecordingDamage` where there are too many. */
  begin(kind: "events" | "samples", number: number, name: string, instance: number): number;
}

/** Each takes memory of its own. */
const MAX_HEAPS = 2 ** 18;

/** Keys of the heaps of an index. `numberOf` gives the numbers of their names in the columns `heap` and `name`. */
export function createHeapKeys(
  index: RecordingIndex,
  numberOf: (column: "heap" | "name", text: string) => number,
): HeapKeys {
  const events = new Map<number, number>();
  const samples = new Map<number, number>();
  const idOf = (name: number, instance: number): number => name * 2 ** 32 + instance;
  index.heaps.forEach(({ kind, context: { name }, instance }, key) => {
    if (kind === "events") events.set(idOf(numberOf("heap", name), instance), key);
    else samples.set(numberOf("name", name), key);
  });
  let [last, found] = [Number.NaN, -1];
  return {
    events(name, instance) {
      const id = idOf(name, instance);
      if (id === last) return found;
      const key = events.get(id) ?? -1;
      if (key >= 0) [last, found] = [id, key];
      return key;
    },
    samples: (name) => samples.get(name) ?? -1,
    begin(kind, number, name, instance) {
      const key = index.heaps.length;
      if (key === MAX_HEAPS) throw new RecordingDamage(`more than ${MAX_HEAPS} heaps`);
      if (kind === "events") events.set(idOf(number, instance), key);
      else samples.set(number, key);
      const context = contextOf(index, name);
      index.heaps.push(createHeapIndex(kind, context, instance));
      if (kind === "events") context.latest = key;
      return key;
    },
  };
}
