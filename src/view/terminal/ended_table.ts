import type { AllocStats } from "../../abi/record.ts";
import type { TeeTime } from "../../abi/time.ts";
import { counted, grouped } from "../../base/format.ts";
import type { Paint } from "./paint.ts";

/** A trusted application that ended, with its heap right before. */
export interface EndedRow {
  readonly uuid: string;
  /** Empty where only the UUID is known. */
  readonly name: string;
  readonly stats: AllocStats;
  readonly panicked: boolean;
  /** Since 1970. */
  readonly when: TeeTime;
}

/** Ended applications as a table, oldest first: when, peak, what was left of how much, and who. */
export function drawEnded(rows: readonly EndedRow[], paint: Paint): string[] {
  if (rows.length === 0) return ["No trusted application has ended."];
  const head = `${"ended (UTC)".padEnd(12)}${"peak".padStart(10)}${"left".padStart(10)}${"size".padStart(10)}`;
  return [
    paint.dim(`${head}  trusted application`),
    ...rows.map(({ uuid, name, stats, panicked, when }) => {
      const time = new Date(when.seconds * 1000 + when.millis).toISOString().slice(11, 23).padEnd(12);
      const numbers = [stats.maxAllocated, stats.allocated, stats.size].map((n) => grouped(n).padStart(10)).join("");
      const fate = panicked ? `  ${paint.red("panicked")}` : "";
      const refused = stats.failures > 0 ? `  ${paint.yellow(`${counted(stats.failures, "request")} refused`)}` : "";
      return `${time}${numbers}  ${name || uuid}${fate}${refused}`;
    }),
  ];
}
