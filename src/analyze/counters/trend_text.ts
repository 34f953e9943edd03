// Says in a sentence how the bytes in use change from report to report.
import { counted, grouped } from "../../base/format.ts";
import type { PoolRole } from "../../release/release.ts";
import type { CounterTrend } from "./trend.ts";

/** Whose memory it is: a pool by its role, or the heap of a TA. */
export type CountedHeap = PoolRole | "ta" | undefined;

/** Why memory of a kind is not given back, and how to find who keeps it. */
const CAUSES: Readonly<Partial<Record<NonNullable<CountedHeap>, string>>> = {
  heap: "`teemem leaks before.log after.log` with the leak lists before and after (`xtest --stats --memleak` on the board) names the call site.",
  "ta-memory": "TAs stay loaded: sessions that are not closed, or TAs that are kept alive.",
  ta: "It lasts as long as the instance; `teemem leaks before.log after.log` with the TA's leak lists names the call site.",
};

/** The difference of two reports, or how a heap grows over more; empty where nothing can be said of it. */
export function trendText(trend: CounterTrend | undefined, heap: CountedHeap): string {
  if (trend === undefined) return "";
  const { samples, restarts, first, last, grows, rises } = trend;
  if (grows) return growth(trend, heap);
  if (restarts > 0 || samples > 3) return "";
  const change = last - first;
  if (samples === 2)
    return change === 0 ? "As many bytes in use in both reports." : `${signed(change)} bytes between the two reports.`;
  return rises === 2
    ? `${signed(change)} bytes over 3 reports, more each time; more reports show whether it goes on.`
    : "";
}

function growth(trend: CounterTrend, heap: CountedHeap): string {
  const { samples, restarts, rises, falls, even, perSample, free, samplesLeft } = trend;
  const often = `${grouped(rises)} of ${counted(samples - 1, "time")}`;
  const pace = `Grows by ${even ? "" : "about "}${grouped(Math.round(perSample))} bytes from report to report, ${often}, and ${falls === 0 ? "never falls" : `falls ${counted(falls, "time")}`}: it leaks, or a cache fills.`;
  const anew =
    restarts === 0
      ? ""
      : `Its counters began anew ${counted(restarts, "time")}; this is of the ${grouped(samples)} reports in between.`;
  const left =
    free === null || samplesLeft === null
      ? ""
      : `At that pace ${grouped(free)} free bytes last about ${grouped(samplesLeft)} more rounds${minutes(trend)}.`;
  return [pace, anew, left, heap === undefined ? "" : CAUSES[heap]].filter(Boolean).join(" ");
}

function minutes({ free, perMinute }: CounterTrend): string {
  if (perMinute === null || free === null) return "";
  return `, ${counted(Math.floor(free / perMinute), "minute")} at ${grouped(Math.round(perMinute))} bytes a minute`;
}

function signed(bytes: number): string {
  return `${bytes < 0 ? "−" : "+"}${grouped(Math.abs(bytes))}`;
}
