// Every allocation and free of a heap as the columns of a Firefox profile.
import { blockLives } from "../analyze/block_lives.ts";
import { rowCursor } from "../replay/trace_rows.ts";
import type { SelectedHeap, Selection } from "./selection.ts";
import type { Stacks } from "./stacks.ts";
import type { Text } from "./text.ts";

const MICROS_PER_MS = 1000;

/** An allocation, or with negative bytes a free. */
interface Change {
  /** Microseconds. */
  time: number;
  bytes: number;
  /** Number of the stack: of the free, not of what it frees; -1 for what goes with its instance. */
  stack: number;
  /** Number of the block: no two blocks have the same. The profiler takes it for an address. */
  block: number;
}

const COLUMNS: Readonly<Record<string, (change: Change, stackOf: Int32Array) => number | null>> = {
  time: ({ time }) => time / MICROS_PER_MS,
  weight: ({ bytes }) => bytes,
  stack: ({ stack }, stackOf) => stackOf[stack] ?? null,
  memoryAddress: ({ block }) => block,
  threadId: () => 0,
};

/**
 * The columns, each in a pass of its own, so that none is held in memory. Blocks that were live before the first row are
 * allocated at its time.
 */
export function* allocationColumns(
  selection: Selection,
  heap: number,
  stacks: Stacks,
  stackOf: Int32Array,
  text: Text,
): Generator<string, void, void> {
  let length = 0;
  for (const [name, cell] of Object.entries(COLUMNS)) {
    text.add(`,\n"${name}":[`);
    length = 0;
    const step = createSteps(selection.heaps[heap] as SelectedHeap, heap, stacks, (change) => {
      text.add(`${length++ === 0 ? "" : ","}${cell(change, stackOf)}`);
    });
    while (step()) if (text.full()) yield text.take();
    text.add("]");
  }
  text.add(`,\n"length":${length}`);
}

/** Each call goes on by a row, and shows what it changes; false after the last one. */
function createSteps(
  { trace, range }: SelectedHeap,
  heap: number,
  stacks: Stacks,
  show: (change: Change) => void,
): () => boolean {
  const lives = blockLives(trace);
  const { live } = lives;
  const rowsAt = rowCursor(trace, ["time", "instance", "site"]);
  const numbers = new Float64Array(live.made.length);
  const change: Change = { time: 0, bytes: 0, stack: -1, block: 0 };
  let blocks = 0;
  let ending = false;
  const changes = {
    made(block: number): void {
      numbers[block] = ++blocks;
      add(block, live.bytes[block] as number, stacks.ofBlock(heap, live, block));
    },
    gone(block: number, row: number): void {
      const rows = rowsAt(row);
      const at = row - rows.first;
      const stack = ending ? -1 : stacks.ofRow(heap, row, rows.instance[at] as number, rows.site[at] as number);
      add(block, -(live.bytes[block] as number), stack);
    },
  };
  const add = (block: number, bytes: number, stack: number): void => {
    // Of nothing, the profiler could not tell a free from an allocation.
    if (bytes === 0) return;
    change.bytes = bytes;
    change.stack = stack;
    change.block = numbers[block] as number;
    show(change);
  };
  let row = range.from - 1;
  return () => {
    if (++row >= range.to) return false;
    const rows = rowsAt(row);
    change.time = rows.time[row - rows.first] as number;
    if (row === range.from) lives.before(row, changes);
    lives.at(row, changes);
    ending = true;
    lives.after(row, changes);
    ending = false;
    return true;
  };
}
