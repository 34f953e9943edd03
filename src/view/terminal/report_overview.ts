import type { HeapReport } from "../../analyze/heap_report.ts";
import { grouped, percent } from "../../base/format.ts";
import { printable } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";

/** All heaps of a recording in a line each. */
export function drawOverview(reports: readonly HeapReport[], paint: Paint): string[] {
  const head = `${"heap".padEnd(40)}${"lives".padStart(5)}${"operations".padStart(11)}${"peak".padStart(9)}${"of".padStart(5)}${"refused".padStart(8)}`;
  return [
    paint.dim(head),
    ...reports.map(({ heap, instances, operations, peak, failures }) => {
      const numbers = [
        grouped(instances.length).padStart(5),
        grouped(operations).padStart(11),
        grouped(peak.bytes).padStart(9),
        `${percent(peak.bytes, peak.pool)}%`.padStart(5),
      ].join("");
      const refused = grouped(failures.count).padStart(8);
      return `${printable(heap).padEnd(40)}${numbers}${failures.count > 0 ? paint.red(refused) : refused}`;
    }),
  ];
}
