// The stacks of blocks: call site and who called it, mark, heap.
import { readCallStack } from "../base/call_stack.ts";
import { printable } from "../base/printable.ts";
import type { RecordedTrace, Site } from "../replay/trace_columns.ts";
import { markOf } from "../replay/trace_row.ts";
import { rowParts } from "../replay/trace_rows.ts";
import type { SelectedHeap } from "./selection.ts";

/** The stack of a block, in the form of profilers: the call site, called by the test or command, called by the heap. */
export interface Stack {
  /** Index into the selected heaps. */
  readonly heap: number;
  /** Index into the trace's marks, -1 before the first. */
  readonly mark: number;
  /** Index into the trace's sites. */
  readonly site: number;
}

/** All stacks of a selection. */
export interface Stacks {
  readonly list: readonly Stack[];
  /** The stack of the block that a row made, by the site of the row. */
  of(heap: number, row: number, site: number): number;
}

/** Finds the stacks of all blocks that were made before the end of the selected rows. */
export function stacksOf(heaps: readonly SelectedHeap[]): Stacks {
  const list: Stack[] = [];
  const known = heaps.map(() => new Map<number, number>());
  const keyOf = ({ sites }: RecordedTrace, mark: number, site: number): number => (mark + 1) * sites.length + site;
  for (const [heap, { trace, range }] of heaps.entries()) {
    const ids = known[heap] as Map<number, number>;
    let mark = -1;
    for (const { from, to, first, makes, site } of rowParts(trace, 0, range.to)) {
      for (let row = from; row < to; row++) {
        if ((makes[row - first] as number) < 0) continue;
        while ((trace.marks[mark + 1]?.row ?? trace.length) <= row) mark++;
        const stack = { heap, mark, site: site[row - first] as number };
        const key = keyOf(trace, mark, stack.site);
        if (!ids.has(key)) ids.set(key, list.push(stack) - 1);
      }
    }
  }
  return {
    list,
    of(heap, row, site) {
      const { trace } = heaps[heap] as SelectedHeap;
      return known[heap]?.get(keyOf(trace, markOf(trace, row), site)) ?? -1;
    },
  };
}

/** A frame of a stack as tools show it. */
export interface StackFrame {
  readonly func: string;
  readonly file: string;
  /** 0 where there is none. */
  readonly line: number;
}

const PLACE = /^(.*):(\d{1,9})$/s;

/** The call site. Where no function is known the place stands for it. */
export function siteFrame({ func, place }: Pick<Site, "func" | "place">): StackFrame {
  const match = PLACE.exec(place);
  const file = match?.[1] ?? place;
  return { func: printable(func || place || "unknown"), file: printable(file), line: Number(match?.[2] ?? 0) };
}

/** What was run. */
function markFrame(trace: RecordedTrace, mark: number): StackFrame {
  return { func: printable(trace.marks[mark]?.name ?? "") || "(before the first mark)", file: "", line: 0 };
}

/** The heap, which everything grows from. */
export function heapFrame({ context }: Pick<RecordedTrace, "context">): StackFrame {
  return { func: `heap ${printable(context) || "without a name"}`, file: "", line: 0 };
}

/** From the innermost to the outermost; the last two are the mark and the heap. */
export function framesOf(heaps: readonly SelectedHeap[], { heap, mark, site }: Stack): readonly StackFrame[] {
  const { trace } = heaps[heap] as SelectedHeap;
  return [...siteFrames(trace.sites[site] ?? { func: "", place: "" }), markFrame(trace, mark), heapFrame(trace)];
}

/** The call site, and where the way there is known, all of it. */
function siteFrames({ func, place, stack = "" }: Site): readonly StackFrame[] {
  const way = readCallStack(stack);
  // A library of the host is on no stack of the TA, but asks on its behalf.
  const isKnown = place !== "" && place !== "unknown" && !way.some((frame) => frame.place === place);
  const site = isKnown || way.length === 0 ? [{ func, place }] : [];
  return [...site, ...way].map(siteFrame);
}

/** The name of the mark of a stack. */
export function markOfStack(heaps: readonly SelectedHeap[], { heap, mark }: Stack): string {
  return markFrame((heaps[heap] as SelectedHeap).trace, mark).func;
}
