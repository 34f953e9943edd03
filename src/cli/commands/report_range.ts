// `teemem report --range`: who held the memory of each heap in a stretch of time.
import type { Grouping } from "../../analyze/ranges/block_owner.ts";
import { type RangeReport, rangeReports } from "../../analyze/ranges/range_report.ts";
import type { TimeRange } from "../../analyze/ranges/time_range.ts";
import { counted } from "../../base/format.ts";
import { own, type Printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { Recording } from "../../recording/recording.ts";
import type { Paint } from "../../view/terminal/paint.ts";
import { drawRangeReport } from "../../view/terminal/range_view.ts";
import { describedJson } from "../outputs/described_json.ts";
import type { RangeJson } from "../schemas/report.ts";
import { heapsWithEvents, noSuchHeap } from "../systems/heap_name.ts";

/** What is asked of a range. */
export interface RangeQuestion {
  readonly range: TimeRange;
  readonly against?: TimeRange;
  readonly by: Grouping;
  readonly heap?: string;
  readonly top: number;
}

/** What the rows of a table are. */
const NOUNS = {
  site: own("allocated at"),
  file: own("allocated in file"),
  function: own("allocated by function"),
  ta: own("allocated for TA"),
  thread: own("allocated in thread"),
  command: own("allocated in command"),
  mark: own("allocated in"),
  stack: own("allocated by way of"),
} as const satisfies Readonly<Record<Grouping, Printable>>;

/** The reports, heap by heap; an error where no heap matches or was used then. */
export function reportsOfRange(recording: Recording, { heap, ...question }: RangeQuestion): Result<RangeReport[]> {
  const chosen = heapsWithEvents(recording, heap);
  if (chosen.length === 0 && heap !== undefined) return err(noSuchHeap(recording, heap));
  if (chosen.length === 0) return err(`${recording.origin}: no heap events recorded: who held memory is unknown`);
  const reports = chosen.flatMap(({ trace, entries }) => rangeReports(trace, { ...question, entries }));
  return reports.length > 0 ? ok(reports) : err("no heap was used or held anything in this range");
}

/** The same as one line of JSON. */
export function rangeJson(
  { origin, version, cut }: Recording,
  question: RangeQuestion,
  heaps: readonly RangeReport[],
): Printable {
  const value = { recording: origin, version, ...(cut === true ? { cut } : {}), by: question.by, heaps };
  return describedJson<RangeJson>()(value);
}

/** The instance with the highest peak of each heap in full; how many more there are. */
export function drawRanges(reports: readonly RangeReport[], { by, top }: RangeQuestion, paint: Paint): Printable[][] {
  return [...new Set(reports.map(({ heap }) => heap))].map((heap) => {
    const [first, ...rest] = reports.filter((report) => report.heap === heap);
    const lines = first === undefined ? [] : drawRangeReport(first, paint, { top, noun: NOUNS[by] });
    const more = shown`  ${counted(rest.length, "more instance")} with a lower peak; --json has all`;
    return rest.length > 0 ? [...lines, paint.dim(more)] : lines;
  });
}
