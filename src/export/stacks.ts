// The stacks of blocks: call site, mark, heap.
import type { BlockTable } from "../analyze/block_table.ts";
import { printable } from "../base/printable.ts";
import type { RecordedTrace, Site } from "../replay/trace_columns.ts";
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
  /** For each heap the stack of each block. */
  readonly ofBlock: readonly Int32Array[];
}

/** Finds the stacks of all blocks that were made before the end of the selected rows. */
export function stacksOf(heaps: readonly SelectedHeap[], tables: readonly BlockTable[]): Stacks {
  const list: Stack[] = [];
  const ofBlock = heaps.map(({ trace, range }, heap) => {
    const { made } = tables[heap] as BlockTable;
    const ids = new Int32Array(trace.blocks).fill(-1);
    const known = new Map<number, number>();
    let mark = -1;
    for (let block = 0; block < trace.blocks; block++) {
      const row = made[block] as number;
      if (row >= range.to) break;
      while ((trace.marks[mark + 1]?.row ?? trace.length) <= row) mark++;
      const site = trace.site[row] as number;
      const key = (mark + 1) * trace.sites.length + site;
      let id = known.get(key);
      if (id === undefined) {
        id = list.push({ heap, mark, site }) - 1;
        known.set(key, id);
      }
      ids[block] = id;
    }
    return ids;
  });
  return { list, ofBlock };
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

/** From the innermost to the outermost. */
export function framesOf(
  heaps: readonly SelectedHeap[],
  { heap, mark, site }: Stack,
): readonly [StackFrame, StackFrame, StackFrame] {
  const { trace } = heaps[heap] as SelectedHeap;
  return [siteFrame(trace.sites[site] ?? { func: "", place: "" }), markFrame(trace, mark), heapFrame(trace)];
}
