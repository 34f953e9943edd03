// The marks of a trace, for `teemem replay --marks`.
import { counted, grouped } from "../../base/format.ts";
import { joined, type Printable, printable, shown } from "../../base/printable.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { describedJson } from "../outputs/described_json.ts";
import type { MarksJson } from "../schemas/replay.ts";
import { table } from "./what_if_text.ts";

/** The marks of a recorded trace: name, how many operations belong to it, and what was run. */
export function marksText(name: string, trace: RecordedTrace): Printable {
  const before = trace.marks[0]?.row ?? trace.length;
  const rows: string[][] = marksOf(trace).map((mark) => [mark.name, grouped(mark.operations), mark.command]);
  if (before > 0) rows.unshift(["(before the first mark)", grouped(before), ""]);
  const lines = [
    shown`${printable(name)}: ${counted(trace.marks.length, "mark")}, ${counted(trace.length, "operation")}`,
    ...table([["mark", "operations", "command"], ...rows], "lrl").map((line) => shown`  ${line}`),
  ];
  return shown`${joined(lines, "\n")}\n`;
}

/** The same as one line of JSON. */
export function marksJson(name: string, trace: RecordedTrace): Printable {
  const { context, length } = trace;
  return describedJson<MarksJson>()({ trace: name, context, operations: length, marks: marksOf(trace) });
}

function marksOf({ marks, length }: RecordedTrace): { name: string; operations: number; command: string }[] {
  return marks.map(({ name, command, row }, i) => ({
    name,
    operations: (marks[i + 1]?.row ?? length) - row,
    command,
  }));
}
