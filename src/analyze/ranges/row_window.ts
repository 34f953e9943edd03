// Some rows of a heap that follow upon each other, in memory.
import type { IndexedRecording, RowPart } from "../../recording/indexed/indexed_recording.ts";

const COLUMNS = ["time", "op", "pointer", "size", "result", "allocated", "site", "row"] as const;

type Columns = { readonly [N in (typeof COLUMNS)[number]]: Float64Array };

/** All rows of the heap in [from, to], in microseconds. */
export interface RowWindow extends Columns {
  readonly length: number;
  readonly from: number;
  readonly to: number;
}

/** What a window shall have: rows from `from` on, up to `time` at least, and as many as are `enough`. */
interface WindowQuery {
  readonly from: number;
  readonly time: number;
  readonly enough: number;
}

/** Reads a window. It may have a few more rows than are enough. */
export async function readWindow(
  recording: IndexedRecording,
  heap: number,
  { from, time, enough }: WindowQuery,
  signal?: AbortSignal,
): Promise<RowWindow> {
  const parts: Columns[] = [];
  let length = 0;
  for await (const part of recording.rows({ heap, from, to: Number.POSITIVE_INFINITY }, signal)) {
    parts.push(copied(part));
    length += part.length;
    const last = part.time[part.length - 1] ?? from;
    if (length < enough || last <= time + 1) continue;
    // Rows of the last moment may go on in the next part, so the window ends before it.
    const columns = joined(parts, length);
    const to = last - 1;
    const whole = columns.time.findLastIndex((at) => at <= to) + 1;
    if (whole > 0) return { ...columns, length: whole, from, to };
  }
  return { ...joined(parts, length), length, from, to: Number.POSITIVE_INFINITY };
}

function copied(part: RowPart): Columns {
  return Object.fromEntries(COLUMNS.map((name) => [name, Float64Array.from(part[name])])) as Columns;
}

function joined(parts: readonly Columns[], length: number): Columns {
  const columns = COLUMNS.map((name) => {
    const column = new Float64Array(length);
    let at = 0;
    for (const part of parts) {
      column.set(part[name], at);
      at += part[name].length;
    }
    return [name, column];
  });
  return Object.fromEntries(columns) as Columns;
}
