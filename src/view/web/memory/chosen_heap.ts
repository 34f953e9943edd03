// The heap whose memory the views show, and the range of it that is chosen.
import type { IndexedHeap } from "../../../recording/indexed/indexed_recording.ts";
import { useApp } from "../state/app.ts";
import type { Range } from "../state/choice.ts";
import type { FileFacts } from "../worker/questions.ts";

export interface ChosenHeap {
  readonly file: string;
  readonly heap: IndexedHeap;
  /** The chosen range, or all of the heap's time. Microseconds. */
  readonly range: Range;
  /** True where no range is chosen. */
  readonly whole: boolean;
}

/** The chosen heap, or the one with the most operations; null where the recording has no heap events. */
export function useChosenHeap(): ChosenHeap | null {
  const { chosen, files } = useApp();
  const { file, heap: key, range } = chosen.now.value;
  const opening = files.list.value.find(({ id }) => id === file)?.opening;
  const heap = opening?.state === "open" ? heapOf(opening.facts, key) : undefined;
  if (heap === undefined) return null;
  return { file, heap, range: range ?? { from: heap.from, to: heap.to }, whole: range === null };
}

function heapOf({ heaps }: FileFacts, key: string): IndexedHeap | undefined {
  const events = heaps.filter(({ kind }) => kind === "events");
  const named = events.find((one) => String(one.key) === key);
  return (
    named ??
    events.reduce<IndexedHeap | undefined>((most, one) => (one.rows > (most?.rows ?? -1) ? one : most), undefined)
  );
}

/** `core`, `ta-UUID #3`. */
export function heapTitle({ name, instance }: IndexedHeap): string {
  return instance > 1 ? `${name} #${instance}` : name;
}
