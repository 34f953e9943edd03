// What ran when a row was recorded: the mark, and the entry into a TA.
import { countLeading } from "../../base/bisect.ts";
import type { IndexedRecording } from "../../recording/indexed/indexed_recording.ts";
import type { CommandSpan } from "../../recording/recording.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { markOf } from "../../replay/trace_row.ts";
import { createOwnerOf } from "../report/owner.ts";
import type { BlockOwner } from "./block_owner.ts";

/** Names of the mark, the TA and its command; empty for none. */
export type AroundBlock = Pick<BlockOwner, "mark" | "ta" | "command">;

/** Looks them up for a row and its time; the same object as long as they stay. */
export type SurroundingsOf = (row: number, time: number) => AroundBlock;

/** Those of a trace in memory. */
export function inTrace(trace: RecordedTrace, entries: readonly CommandSpan[]): SurroundingsOf {
  return lookUp((row) => trace.marks[markOf(trace, row)]?.name ?? "", entries);
}

/** Those of a heap of an indexed recording. Its marks are those of all lives of the heap. */
export function inIndexed({ heaps, marks, entries }: IndexedRecording, heap: number): SurroundingsOf {
  const isOwn = (key: number): boolean => heaps[key]?.name === heaps[heap]?.name;
  const own = marks.filter((mark) => mark.kind === "mark" && isOwn(mark.heap));
  const before = (n: number, row: number, time: number): boolean => {
    const mark = own[n];
    if (mark === undefined) return false;
    return mark.heap === heap ? mark.row <= row : mark.time <= time;
  };
  const spans = entries.filter((entry) => entry.heap === heap);
  return lookUp(
    (row, time) => own[countLeading(own.length, (n) => before(n, row, time)) - 1]?.name ?? "",
    spans.map(({ fromRow: from, toRow: to, uuid, name }) => ({ from, to, uuid, name })),
  );
}

function lookUp(
  markAt: (row: number, time: number) => string,
  entries: readonly Pick<CommandSpan, "from" | "to" | "uuid" | "name">[],
): SurroundingsOf {
  const entryOf = createOwnerOf(entries.map(({ from, to }, index) => ({ from, to, owner: String(index) })));
  let entry = -1;
  let now: AroundBlock = { mark: "", ta: "", command: "" };
  return (row, time) => {
    const mark = markAt(row, time);
    const within = entryOf === null ? -1 : Number(entryOf(row) || -1);
    if (mark === now.mark && within === entry) return now;
    entry = within;
    const { uuid: ta = "", name: command = "" } = entries[within] ?? {};
    now = { mark, ta, command };
    return now;
  };
}
