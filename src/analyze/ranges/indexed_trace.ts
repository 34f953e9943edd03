// The trace of a heap of an indexed recording, in memory: what a replay needs.
import { countLeading } from "../../base/bisect.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { IndexedHeap, IndexedRecording } from "../../recording/indexed/indexed_recording.ts";
import { createColumns } from "../../replay/row_columns.ts";
import { createBlocks } from "../../replay/trace_blocks.ts";
import type { Mark, RecordedTrace } from "../../replay/trace_columns.ts";
import type { Watching } from "./indexed_range.ts";

/** Rows that are held at most: about 70 bytes each. */
const MAX_ROWS = 2 ** 23;

/** All lives of the heap that this one is a life of. An error where there are too many rows, or they make no sense. */
export async function traceOfIndexed(
  recording: IndexedRecording,
  heap: number,
  { signal, progress }: Watching = {},
): Promise<Result<RecordedTrace>> {
  const name = recording.heaps[heap]?.name ?? "";
  const own = recording.heaps.filter((one) => one.kind === "events" && one.name === name);
  const length = own.reduce((sum, { rows }) => sum + rows, 0);
  if (length > MAX_ROWS) return err(`${name} has ${length} operations; at most ${MAX_ROWS} can be replayed here`);
  const instances = new Map(own.map(({ key, instance }) => [key, instance]));
  const blocks = createBlocks(false);
  const columns = createColumns(length);
  let row = 0;
  for await (const part of recording.rows(spanOf(own), signal)) {
    for (let at = 0; at < part.length; at++) {
      const key = part.heap[at] as number;
      const instance = instances.get(key);
      if (instance === undefined || row === length) continue;
      for (const column of COPIED) columns[column][row] = part[column][at] as number;
      const [op, pointer, size, result] = [part.op[at], part.pointer[at], part.size[at], part.result[at]] as number[];
      const allocated = part.allocated[at] as number;
      const problem = blocks.add(row, instance, op ?? 0, pointer ?? 0, size ?? 0, result ?? 0, allocated);
      if (problem !== null) return err(`${name}, row ${row}: ${problem}`);
      columns.instance[row] = blocks.last.instance;
      columns.makes[row] = blocks.last.makes;
      columns.ends[row] = blocks.last.ends;
      row++;
    }
    progress?.(row / Math.max(1, length));
  }
  const problem = blocks.problem();
  if (problem !== null) return err(`${name}: ${problem}`);
  const { version, sites, threads } = recording;
  const marks = marksOf(recording, new Set(own.map(({ key }) => key)), columns.time);
  const rest = { blocks: blocks.count(), sites, threads, instances: blocks.instances(), marks };
  return ok({ version, context: name, length, ...columns, ...rest, skipped: new Int32Array(0) });
}

const COPIED = ["time", "op", "pointer", "size", "arg", "result", "allocated", "site", "thread"] as const;

function spanOf(heaps: readonly IndexedHeap[]): { from: number; to: number } {
  const from = heaps.reduce((least, one) => Math.min(least, one.from), Number.POSITIVE_INFINITY);
  return { from, to: heaps.reduce((most, one) => Math.max(most, one.to), 0) };
}

/** Marks by the row that they stand before. */
function marksOf({ marks }: IndexedRecording, own: ReadonlySet<number>, time: Float64Array): Mark[] {
  const before = (when: number): number => countLeading(time.length, (row) => (time[row] as number) < when);
  return marks.flatMap(({ kind, heap, time: when, name, command }) =>
    kind === "mark" && own.has(heap) ? [{ name, command, row: before(when) }] : [],
  );
}
