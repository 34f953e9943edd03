// Draws all heaps of a recording in one line each.
import type { HeapReport } from "../../analyze/report/heap_report.ts";
import { grouped, percent } from "../../base/format.ts";
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import { fitted } from "./columns.ts";
import type { Paint } from "./paint.ts";

/** Columns of the figures. */
const FIGURES = 38;

/** All heaps of a recording in a line each. */
export function drawOverview(reports: readonly HeapReport[], paint: Paint): Printable[] {
  const name = Math.min(40, paint.width - FIGURES);
  const head = shown`${own("heap").padEnd(name)}${own("inst.").padStart(5)}${own("operations").padStart(11)}${own("peak").padStart(9)}${own("of").padStart(5)}${own("failed").padStart(8)}`;
  return [
    paint.dim(head),
    ...reports.map(({ heap, instances, operations, peak, failures }) => {
      const numbers = joined([
        grouped(instances.length).padStart(5),
        grouped(operations).padStart(11),
        grouped(peak.bytes).padStart(9),
        shown`${percent(peak.bytes, peak.pool)}%`.padStart(5),
      ]);
      const refused = grouped(failures.count).padStart(8);
      return shown`${fitted(printable(heap), name)}${numbers}${failures.count > 0 ? paint.red(refused) : refused}`;
    }),
  ];
}
