// The report on heaps that only have counters.
import { type HeapSeries, heapSeries } from "../../analyze/counters/heap_series.ts";
import type { CounterTrend } from "../../analyze/counters/trend.ts";
import { trendText } from "../../analyze/counters/trend_text.ts";
import { knobOfHeap } from "../../analyze/heap_knob.ts";
import { notInLast } from "../../analyze/not_recorded.ts";
import { type BuildFacts, raisedTogether } from "../../analyze/raise_together.ts";
import { type CounterSetting, counterSetting, settingText } from "../../analyze/size/counter_setting.ts";
import { type CounterSize, counterSize } from "../../analyze/size/counter_size.ts";
import type { Margin } from "../../analyze/size/pool_margin.ts";
import { counted, grouped } from "../../base/format.ts";
import { own, type Printable, printable, shown } from "../../base/printable.ts";
import type { Recording } from "../../recording/recording.ts";
import type { Paint } from "../../view/terminal/paint.ts";
import { BLANK, wrapLines } from "../../view/terminal/wrap.ts";
import { matchesHeap } from "../systems/heap_name.ts";

/** What the counters of a heap say whose events were not recorded. */
export interface CounterReport extends CounterSize {
  /** As statistics call it. */
  readonly heap: string;
  readonly samples: number;
  /** Null where fewer than two reports can be compared. */
  readonly trend: CounterTrend | null;
  /** What to set; null where the counters do not tell. */
  readonly setting?: CounterSetting | null;
  readonly head: Printable;
}

/** Heaps that only have samples: their highest maximum, what failed, how they grow; with a margin, what to set, and with it. */
export function counterReport(
  recording: Recording,
  heap: string | undefined,
  margin?: Margin,
  build: BuildFacts = {},
): CounterReport[] {
  const all = heapSeries(recording);
  const facts = { ...build, ...memoryOfTas(all) };
  return all
    .filter((one) => matchesHeap(one.heap, heap) || (heap !== undefined && one.name.startsWith(heap)))
    .filter(({ total }) => total.size !== 0)
    .map((one) => reportOf(one, facts, margin));
}

/** What TAs may take, and what is free of it, where counters tell. */
function memoryOfTas(heaps: readonly HeapSeries[]): BuildFacts {
  const { size, allocated } = heaps.find(({ of }) => of === "ta-memory")?.total ?? {};
  if (size === undefined || size === 0) return {};
  return { taMemory: size, ...(allocated === undefined ? {} : { taFree: size - allocated }) };
}

function reportOf(one: HeapSeries, facts: BuildFacts, margin: Margin | undefined): CounterReport {
  const { heap, name, of, samples, total, trend } = one;
  const growth = trend?.grows === true ? trendText(trend, of) : "";
  const size = counterSize(total, { name: of === "ta" ? "" : name, growth });
  const difference = growth === "" ? trendText(trend, of) : "";
  const open = size.kind === "not recorded" ? "" : notInLast(total.unsure);
  const setting = margin === undefined ? "" : settingText(one, size, margin, facts);
  const failed = size.kind === "lower bound" || size.kind === "fragmented";
  const option = margin === undefined && failed ? knobOfHeap(heap, size.size ?? 0).name : "";
  const text = [difference, size.text, open, setting, ...raisedTogether(option, null, facts)]
    .filter((part) => part !== "")
    .join(" ");
  const head = shown`${printable(name) || "(pool without a name)"}  peak ${figure(size.peak)} of ${figure(size.size)} bytes in ${counted(samples.length, "sample")}, ${figure(size.failures)} failed`;
  return {
    heap: name,
    samples: samples.length,
    trend: trend ?? null,
    ...size,
    text,
    ...(margin === undefined ? {} : { setting: counterSetting(one, size, margin) }),
    head,
  };
}

/** Such reports for people, one after the other. */
export function drawCounterReports(reports: readonly CounterReport[], paint: Paint): Printable[] {
  return reports.flatMap(({ head, text }) => {
    // A UUID and its figures have no room in one narrow line.
    const [name = head, about = BLANK] = head.length > paint.width ? head.split(/ {2}(?=peak )/) : [head];
    return [printable(name), ...(about === "" ? [] : wrapLines(about, paint, "  ")), ...wrapLines(text, paint, "    ")];
  });
}

/** What is not known is a question mark. */
function figure(value: number | null): Printable {
  return value === null ? own("?") : grouped(value);
}
