// What `teemem exec` reports at the end: every heap in a line, what TAs never freed, and the heaps with trouble in full.
import { findingsOf } from "../../analyze/report/advice.ts";
import { type HeapReport, heapReport } from "../../analyze/report/heap_report.ts";
import { rowRange } from "../../analyze/row_range.ts";
import { counted, grouped } from "../../base/format.ts";
import { type Printable, printable, shown } from "../../base/printable.ts";
import type { Recording } from "../../recording/recording.ts";
import { drawHeapReport } from "../../view/terminal/heap_report_view.ts";
import { drawHolders } from "../../view/terminal/holder_table.ts";
import { createPaint, type Paint } from "../../view/terminal/paint.ts";
import { drawOverview } from "../../view/terminal/report_overview.ts";
import { blocksText } from "../outputs/blocks_text.ts";
import type { Io } from "../outputs/outcome.ts";
import { commandWords, heapsWithEvents } from "../systems/heap_name.ts";

/** Rows of tables in full reports. */
const TOP = 8;

/**
 * Writes the report of a recording on standard error. `nameOf` gives the name of a TA by its UUID, `file` is where the recording
 * is kept, if it is.
 */
export function reportClient(
  recording: Recording,
  nameOf: (uuid: string) => string | undefined,
  file: string | undefined,
  io: Io,
): void {
  const reports = heapsWithEvents(recording, undefined).flatMap(({ trace, entries }) => {
    const range = rowRange(trace, undefined);
    return (range.ok ? heapReport(trace, { range: range.value, entries }) : undefined) ?? [];
  });
  const paint = createPaint(io.err);
  const tas = reports.filter(({ heap }) => heap.startsWith("ta-"));
  const titled = (heap: string): string => nameOf(heap.slice(3)) ?? heap;
  const trouble = reports.flatMap((report) => {
    const findings = findingsOf(report, file === undefined ? "" : commandWords([file], report.heap));
    return report.failures.count > 0 ? [drawHeapReport(report, findings, paint, TOP)] : [];
  });
  const named = reports.map((report) => ({ ...report, heap: titled(report.heap) }));
  const kept = tas.map((report) => keptBlocks(titled(report.heap), report, paint)).filter((lines) => lines.length > 0);
  // Apart from what the client has said.
  io.err.write("\n");
  io.err.write(blocksText([drawOverview(named, paint), ...kept, ...trouble]));
}

/** What the TA itself has not freed when its instances ended; what a panic leaves is no leak. */
function keptBlocks(name: string, { leaked }: HeapReport, paint: Paint): Printable[] {
  if (leaked.blocks === 0) return [];
  const of = leaked.instances === 1 ? "" : ` by ${leaked.instances} instances`;
  const title = shown`${printable(name)}: ${counted(leaked.blocks, "block")} with ${grouped(leaked.bytes)} bytes not freed at the end${printable(of)}`;
  return [paint.bold(title), ...drawHolders(leaked.bySite, paint)];
}
