// The rows above the charts: tests and commands as stretches of time, and what happened at a moment.
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
}

/** Rows without anything are left out. `heap` null takes those of all heaps. */
export function sliceRows({ marks, entries, heaps, to }: FileFacts, heap: number | null): SliceRow[] {
  const tests = marks.filter(({ kind }) => kind === "mark");
  const ofHeap = (one: number): boolean => heap === null || one < 0 || one === heap;
  const heapName = (key: number): string => heaps[key]?.name ?? "";
  const rows: SliceRow[] = [
    {
      name: "tests",
      // A test ends where the next begins.
      slices: tests.map(({ time, name }, n) => ({ from: time, to: tests[n + 1]?.time ?? to, text: name, bad: false })),
    },
    {
      name: "commands",
      slices: entries
        .filter((entry) => ofHeap(entry.heap))
        .map(({ from, to, name, heap }) => ({
          from,
          to,
          text: `${heapName(heap).replace(/^ta-/, "")} ${name}`,
          bad: false,
        })),
    },
    {
      name: "events",
      slices: marks
        .filter((mark) => mark.kind !== "mark" && ofHeap(mark.heap))
        .map(({ kind, time, name, size, heap }) => ({
          from: time,
          to: time,
          text: eventText(kind, name, size, heapName(heap)),
          bad: kind === "refused" || kind === "panic",
        })),
    },
  ];
  return rows.filter(({ slices }) => slices.length > 0);
}

function eventText(kind: string, name: string, size: number, heap: string): string {
  if (kind === "refused") return `${heap}: allocation of ${size} bytes failed, ${name || "call site unknown"}`;
  if (kind === "load") return `${heap || name} begins`;
  return kind === "missed" ? `${name}: operations were missed` : name;
}
