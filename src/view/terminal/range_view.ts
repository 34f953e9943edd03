// Draws the report on a stretch of time of a heap.

import type { RangeReport } from "../../analyze/ranges/range_report.ts";
import type { Measure } from "../../analyze/ranges/range_sums.ts";
import { counted, grouped } from "../../base/format.ts";
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import { seconds } from "./failure_list.ts";
import { headline } from "./headline.ts";
import { drawHolders } from "./holder_table.ts";
import { drawChanges } from "./leak_tables.ts";
import type { Paint } from "./paint.ts";
import { BLANK, wrapLines } from "./wrap.ts";

/** Tables of a range in their order, and what they show. */
const TABLES = [
  ["peak", "Held at the peak"],
  ["retained", "Allocated in the range, still held at its end"],
  ["allocated", "Allocated in the range, freed or not"],
  ["freed", "Freed in the range"],
] as const satisfies readonly (readonly [Measure, string])[];

/** What differs is told of these two; of the others it says little. */
const COMPARED = ["peak", "retained"] as const satisfies readonly Measure[];

/** How to draw: rows a table, and what the rows are. */
interface RangeStyle {
  readonly top: number;
  /** `call site`, `file` … */
  readonly noun: Printable;
}

/** A range for people; where there is another to compare it with, what differs. */
export function drawRangeReport(report: RangeReport, paint: Paint, { top, noun }: RangeStyle): Printable[] {
  const { changes } = report;
  const tables = TABLES.flatMap(([measure, title]) => {
    const { blocks, bytes, holders } = report[measure];
    const sum = shown`${counted(blocks, "block")}, ${grouped(bytes)} bytes`;
    const rows = blocks > 0 ? drawHolders(named(holders), paint, top, noun) : [];
    return [BLANK, shown`  ${paint.bold(own(title))}: ${sum}`, ...rows];
  });
  const compared = COMPARED.flatMap((measure) => {
    if (changes === undefined) return [];
    const title = TABLES.find(([name]) => name === measure)?.[1] ?? "";
    const rows = changes[measure];
    const lines = rows.length > 0 ? drawChanges(named(rows), paint, top) : [paint.dim("  no difference")];
    return [BLANK, shown`  ${paint.bold(shown`${own(title)}: more or less than in the other range`)}`, ...lines];
  });
  return [...headline(report.heap, subtitle(report), paint), ...drawTop(report, paint), ...compared, ...tables];
}

function subtitle({ version, from, to, operations, instance }: RangeReport): Printable {
  return joined(
    [
      ...(version === "" ? [] : [shown`OP-TEE ${printable(version)}`]),
      shown`${seconds(from)} to ${seconds(to)}`,
      counted(operations, "operation"),
      ...(instance === 1 ? [] : [shown`instance ${instance}`]),
    ],
    ", ",
  );
}

function drawTop({ top, peak }: RangeReport, paint: Paint): Printable[] {
  const text =
    top === null
      ? shown`nothing was allocated or freed; ${grouped(peak.bytes)} bytes were held`
      : shown`peak ${grouped(top.bytes)} bytes, at ${seconds(top.time)}`;
  return wrapLines(text, paint, "  ");
}

/** Rows without a name say so. */
function named<T extends { readonly site: string }>(rows: readonly T[]): T[] {
  return rows.map((row) => (row.site === "" ? { ...row, site: "(none)" } : row));
}
