// The stacks of blocks: call site and who called it, command, mark, heap.
import type { LiveBlocks } from "../analyze/live_blocks.ts";
import { siteFrames } from "../analyze/site_frames.ts";
import { markOf } from "../replay/trace_row.ts";
import { rowParts } from "../replay/trace_rows.ts";
import { type CommandNames, commandNames } from "./command_names.ts";
import type { SelectedHeap, Selection } from "./selection.ts";
import { commandFrame, heapFrame, markFrame, type StackFrame, siteFrame } from "./stack_frame.ts";

/**
 * The stack of a block, in the form of profilers: the call site, called by the command of the TA, called by the test that ran,
 * called by the heap.
 */
interface Stack {
  /** Index into the selected heaps. */
  readonly heap: number;
  /** Index into the trace's marks, -1 before the first. */
  readonly mark: number;
  /** Index into the names of the heap's commands, -1 outside of all. */
  readonly command: number;
  /** Index into the trace's sites. */
  readonly site: number;
}

/** All stacks of a selection. */
export interface Stacks {
  /** In the order in which their heaps come, and in each in that of their first rows. */
  readonly list: readonly Stack[];
  /** Number of the stack of a live block. */
  ofBlock(heap: number, live: LiveBlocks, block: number): number;
  /** Number of the stack of a row. */
  ofRow(heap: number, row: number, instance: number, site: number): number;
  /** Frames from the innermost to the outermost: the heap. */
  frames(stack: Stack): readonly StackFrame[];
}

/** Which rows have a stack: those that make a block, or also those that end one. */
type StackRows = "makes" | "makes and ends";

/** Finds the stacks of all rows before the end of the selected ones. */
export function stacksOf({ recording, heaps }: Selection, which: StackRows = "makes"): Stacks {
  const list: Stack[] = [];
  const tables = heaps.map((heap, n) => heapStacks(heap, n, commandNames(heap, recording.entries), list));
  for (const [n, { trace, range }] of heaps.entries()) {
    const { add } = tables[n] as HeapStacks;
    for (const { from, to, first, makes, ends, instance, site } of rowParts(trace, 0, range.to))
      for (let row = from; row < to; row++) {
        const at = row - first;
        if ((makes[at] as number) >= 0 || (which === "makes and ends" && (ends[at] as number) >= 0))
          add(row, instance[at] as number, site[at] as number);
      }
  }
  const ofRow: Stacks["ofRow"] = (heap, row, instance, site) => tables[heap]?.find(row, instance, site) ?? -1;
  return {
    list,
    ofRow,
    ofBlock: (heap, { made, instance, site }, block) =>
      ofRow(heap, made[block] as number, instance[block] as number, site[block] as number),
    frames: (stack) => framesOf(heaps, tables[stack.heap]?.names ?? [], stack),
  };
}

interface HeapStacks {
  /** Names of the heap's commands. */
  readonly names: readonly string[];
  find(row: number, instance: number, site: number): number | undefined;
  add(row: number, instance: number, site: number): void;
}

function heapStacks({ trace }: SelectedHeap, heap: number, commands: CommandNames, list: Stack[]): HeapStacks {
  const ids = new Map<number, number>();
  const width = commands.names.length + 1;
  const keyOf = (mark: number, command: number, site: number): number =>
    ((mark + 1) * width + command + 1) * trace.sites.length + site;
  return {
    names: commands.names,
    find: (row, instance, site) => ids.get(keyOf(markOf(trace, row), commands.at(row, instance), site)),
    add(row, instance, site) {
      const stack = { heap, mark: markOf(trace, row), command: commands.at(row, instance), site };
      const key = keyOf(stack.mark, stack.command, site);
      if (!ids.has(key)) ids.set(key, list.push(stack) - 1);
    },
  };
}

function framesOf(
  heaps: readonly SelectedHeap[],
  commands: readonly string[],
  { heap, mark, command, site }: Stack,
): readonly StackFrame[] {
  const { trace } = heaps[heap] as SelectedHeap;
  return [
    ...siteFrames(trace.sites[site] ?? { func: "", place: "" }).map(siteFrame),
    ...(command < 0 ? [] : [commandFrame(commands[command] ?? "")]),
    // Where nothing is marked, nothing is before the first mark either.
    ...(trace.marks.length === 0 ? [] : [markFrame(trace, mark)]),
    heapFrame(trace),
  ];
}

/** The name of the mark of a stack; empty where the recording has no marks. */
export function markOfStack(heaps: readonly SelectedHeap[], { heap, mark }: Stack): string {
  const { trace } = heaps[heap] as SelectedHeap;
  return trace.marks.length === 0 ? "" : markFrame(trace, mark).func;
}
