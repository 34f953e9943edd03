// The rows above the charts: tests and commands as stretches of time, and what happened at a moment.
import type { IndexedMark } from "../../../recording/indexed/indexed_recording.ts";
import type { FileFacts } from "../worker/questions.ts";

/** A stretch of time with a name; a moment where it has no length. */
export interface Slice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly bad: boolean;
}

export interface SliceRow {
  readonly name: string;
  /** Ascending by `from`. */
  readonly slices: readonly Slice[];
  /** Those of `slices` that are bad. */
  readonly bad: readonly Slice[];
}

export function sliceRow(name: string, slices: readonly Slice[]): SliceRow {
  return { name, slices, bad: slices.filter(({ bad }) => bad) };
}

/** Rows without anything are left out. `heap` null takes those of all heaps. */
export function sliceRows({ marks, entries, heaps, order, to }: FileFacts, heap: number | null): SliceRow[] {
  const tests = marks.filter(({ kind }) => kind === "mark");
  const ofHeap = (one: number): boolean => heap === null || one < 0 || one === heap;
  const heapName = (key: number): string => heaps[key]?.name ?? "";
  const commands = entries.filter((entry) => ofHeap(entry.heap));
  // Lists are numbered: the last lasts as long as the others, and a heap does not begin with the first.
  const end = order === "" ? to : to + 1;
  const events = marks.filter(
    ({ kind, heap }) => kind !== "mark" && ofHeap(heap) && !(order === "list" && kind === "load"),
  );
  const rows = [
    // A test ends where the next begins.
    sliceRow(
      order === "list" ? "lists" : "tests",
      tests.map(({ time, name }, n) => ({ from: time, to: tests[n + 1]?.time ?? end, text: name, bad: false })),
    ),
    sliceRow(
      "commands",
      commands.map(({ from, to, name, heap }) => ({ from, to, text: commandText(heapName(heap), name), bad: false })),
    ),
    sliceRow(
      "events",
      events.map(({ kind, time, name, size, heap }) => ({
        from: time,
        to: time,
        text: eventText(kind, name, size, heapName(heap)),
        bad: isBadMark(kind),
      })),
    ),
  ];
  return rows.filter(({ slices }) => slices.length > 0);
}

/** True for what is drawn in red. */
export function isBadMark(kind: IndexedMark["kind"]): boolean {
  return kind === "refused" || kind === "panic" || kind === "finding";
}

function commandText(heap: string, name: string): string {
  return `${heap.replace(/^ta-/, "")} ${name}`;
}

function eventText(kind: string, name: string, size: number, heap: string): string {
  if (kind === "refused") return `${heap}: allocation of ${size} bytes failed, ${name || "call site unknown"}`;
  if (kind === "load") return `${heap || name} begins`;
  return kind === "missed" ? `${name}: operations were missed` : name;
}
