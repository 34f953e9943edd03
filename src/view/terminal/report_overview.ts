// Draws all heaps of a recording in one line each.
import type { HeapReport } from "../../analyze/report/heap_report.ts";
import { grouped, percent } from "../../base/format.ts";
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";

/** All heaps of a recording in a line each. */
export function drawOverview(reports: readonly HeapReport[], paint: Paint): Printable[] {
  const head = shown`${own("heap").padEnd(40)}${own("inst.").padStart(5)}${own("operations").padStart(11)}${own("peak").padStart(9)}${own("of").padStart(5)}${own("failed").padStart(8)}`;
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
      return shown`${printable(heap).padEnd(40)}${numbers}${failures.count > 0 ? paint.red(refused) : refused}`;
    }),
  ];
}
