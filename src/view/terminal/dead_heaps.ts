// Draws the heaps of a dump that dead TAs left in freed memory: one line each.
import type { DumpReport } from "../../analyze/dump/dump_report.ts";
import { counted, grouped } from "../../base/format.ts";
import { type Printable, shown } from "../../base/printable.ts";
import { addressText } from "./dump_notes.ts";
import type { Paint } from "./paint.ts";

/** A heading, and one line for each heap. */
export function drawDeadHeaps(reports: readonly DumpReport[], paint: Paint): Printable[] {
  return [
    paint.bold(shown`${counted(reports.length, "heap")} in freed memory, left by TAs that have ended`),
    ...reports.map((report) => paint.dim(drawLine(report))),
  ];
}

function drawLine({ offset, base, pools, damage }: DumpReport): Printable {
  const [first] = pools;
  const at = first?.pool.at ?? 0;
  const size = pools.reduce((sum, { pool }) => sum + pool.length, 0);
  const used = pools.flatMap(({ blocks }) => blocks).filter(({ free }) => !free);
  const bytes = used.reduce((sum, block) => sum + block.size, 0);
  const rest = damage.length === 0 ? "" : ", partly overwritten";
  return shown`  offset ${addressText(offset + at)}, once at ${addressText(base + at)}: ${grouped(size)} bytes, ${counted(used.length, "used block")} of ${grouped(bytes)}${rest}`;
}
