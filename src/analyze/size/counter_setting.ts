// Names the value of a build option from counters alone, where they tell one.
import type { PartialStats } from "../../abi/record.ts";
import { grouped } from "../../base/format.ts";
import { roundUp } from "../../base/integer.ts";
import type { HeapSeries } from "../counters/heap_series.ts";
import { knobOfHeap } from "../heap_knob.ts";
import { knobOf } from "../pool_advice.ts";
import { type BuildFacts, raisedTogether } from "../raise_together.ts";
import { type CounterSize, counterSize } from "./counter_size.ts";
import { type Margin, settingFor } from "./pool_margin.ts";

/** What to set, from counters. Bytes. */
export interface CounterSetting {
  /** The build option. */
  readonly name: string;
  /** Its value: the estimate with the margin, in whole pages or KiB. It may have to be more. */
  readonly value: number;
}

/** Bytes of a page: the memory of TAs is given out in them. */
const PAGE = 4096;

/** The value of a heap's build option; null where the counters tell none: a heap that grows on, a pool without an option. */
export function counterSetting(
  { heap, trend }: Pick<HeapSeries, "heap" | "trend">,
  { estimate, size }: CounterSize,
  margin: Margin,
): CounterSetting | null {
  if (estimate === null || size === null || trend?.grows === true) return null;
  const knob = knobOfHeap(heap, size);
  const setting = settingFor(estimate, margin, knob);
  return setting === undefined ? null : { name: knob.name, value: setting.value };
}

/**
 * The same in sentences, with what must be raised together; for the memory of TAs, how much more it needs, and how large a TA may
 * be. Empty where nothing is known.
 */
export function settingText(one: HeapSeries, size: CounterSize, margin: Margin, facts: BuildFacts = {}): string {
  const { of, name, heap, total } = one;
  if (of === "ta-memory") return [moreTaMemory(name, size), roomForTa(total)].filter(Boolean).join(" ");
  const setting = counterSetting(one, size, margin);
  if (setting === null) return "";
  const by = setting.value - knobOfHeap(heap, size.size ?? 0).configured;
  const text = `Set ${atLeast(setting, size, margin)}. Record the events (\`teemem record\`) to know it to the byte.`;
  return [text, ...raisedTogether(setting.name, by, facts)].join(" ");
}

/** The value in words, the same in each command: what is needed, and where requests failed that it may be more. */
function atLeast(
  { name, value }: CounterSetting,
  { size, estimate, failures, kind }: CounterSize,
  margin: Margin,
): string {
  const added = "percent" in margin ? `${margin.percent} %` : `${grouped(margin.bytes)} bytes`;
  // The one request of the self test is no load.
  const isCut = (failures ?? 0) > 0 && kind !== "upper bound of waste";
  const need = `${isCut ? "at least " : ""}${grouped(estimate ?? 0)} bytes`;
  const cut = isCut ? ", as the peak lacks what failed" : "";
  return `at least ${name}=${value} (the pool has ${grouped(size ?? 0)} bytes now): it needs ${need}${cut}, and ${added} as a margin`;
}

/** The margin where none is asked for. */
const USUAL_MARGIN: Margin = { percent: 10 };

/**
 * What to set the size of a heap to, from its counters, as `teemem size` says it: a part of a sentence. `heap` is the context of
 * the heap; `name` its pool's, empty for a TA. Empty where the counters do not tell.
 */
export function counterValue(heap: string, stats: PartialStats, name: string): string {
  const size = counterSize(stats, { name });
  const setting = counterSetting({ heap, trend: undefined }, size, USUAL_MARGIN);
  return setting === null ? "" : `set ${atLeast(setting, size, USUAL_MARGIN)}`;
}

function moreTaMemory(name: string, { missing }: CounterSize): string {
  if (missing === null || missing === 0) return "";
  return `${knobOf(name)} has to grow by at least ${grouped(roundUp(missing, PAGE))} bytes.`;
}

/** What a further TA may take of the memory of TAs. */
function roomForTa({ size, allocated }: PartialStats): string {
  if (size === undefined || allocated === undefined || size === 0) return "";
  const free = size - allocated;
  return `${grouped(free)} bytes are free: a further TA may take so much at most, with its loader, code, data, heap (TA_DATA_SIZE) and stack (TA_STACK_SIZE), each in whole pages of ${grouped(PAGE)} bytes and in one piece.`;
}
