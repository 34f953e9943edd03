// `teemem report` of exact moments: the memory around the calls of clients into TAs.
import { type CallGroup, callsOf, groupCalls } from "../../analyze/calls/call_groups.ts";
import { shippedTa } from "../../analyze/shipped_tas.ts";
import { counted } from "../../base/format.ts";
import { type Printable, printable, shown } from "../../base/printable.ts";
import type { Recording } from "../../recording/recording.ts";
import { drawCall, drawCallHead, drawCallNotes } from "../../view/terminal/call_table.ts";
import type { Paint } from "../../view/terminal/paint.ts";
import { matchesHeap } from "../systems/heap_name.ts";

/** The commands of each TA that clients called, TA by TA; of one heap where it is named. */
export function callReports({ moments = [] }: Recording, heap: string | undefined): CallGroup[] {
  return groupCalls(callsOf(moments)).filter(({ uuid }) => matchesHeap(`ta-${uuid}`, heap));
}

/** The same as a table for each TA. */
export function drawCallReports(groups: readonly CallGroup[], paint: Paint): Printable[][] {
  return [...new Set(groups.map(({ uuid }) => uuid))].map((uuid) => {
    const rows = groups.filter((group) => group.uuid === uuid);
    const calls = rows.reduce((sum, row) => sum + row.calls, 0);
    const title = shown`${paint.bold(printable(shippedTa(uuid)?.name ?? uuid))}  ${counted(calls, "call")} of clients`;
    return [title, ...drawCallHead(paint), ...rows.map((row) => drawCall(row, paint)), ...drawCallNotes(rows, paint)];
  });
}
