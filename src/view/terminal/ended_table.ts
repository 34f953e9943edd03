// Draws the table of TAs that have exited.
import type { AllocStats } from "../../abi/record.ts";
import type { TeeTime } from "../../abi/time.ts";
import { counted, grouped } from "../../base/format.ts";
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";

/** A TA that ended, with its heap right before. */
interface EndedRow {
  readonly uuid: string;
  /** Empty where only the UUID is known. */
  readonly name: string;
  readonly stats: AllocStats;
  readonly panicked: boolean;
  /** Since 1970. */
  readonly when: TeeTime;
}

/** Ended TAs as a table, oldest first: when, peak, what was left of how much, and who. */
export function drawEnded(rows: readonly EndedRow[], paint: Paint): Printable[] {
  if (rows.length === 0) return [own("No TA has exited.")];
  const head = shown`${own("ended (UTC)").padEnd(12)}${own("peak").padStart(10)}${own("left").padStart(10)}${own("size").padStart(10)}`;
  return [
    paint.dim(shown`${head}  TA`),
    ...rows.map(({ uuid, name, stats, panicked, when }) => {
      const time = new Date(when.seconds * 1000 + when.millis).toISOString().slice(11, 23).padEnd(12);
      const numbers = joined([stats.maxAllocated, stats.allocated, stats.size].map((n) => grouped(n).padStart(10)));
      const fate = panicked ? shown`  ${paint.red("panicked")}` : "";
      const refused =
        stats.failures > 0 ? shown`  ${paint.yellow(shown`${counted(stats.failures, "request")} failed`)}` : "";
      return shown`${printable(time)}${numbers}  ${printable(name || uuid)}${fate}${refused}`;
    }),
  ];
}
