// The heaps of a recording that only have counters, and what these say together.

import { parseUuid } from "../../abi/uuid.ts";
import { counted } from "../../base/format.ts";
import { tracesOfOperations } from "../../recording/list_row.ts";
import type { Recording, Sample } from "../../recording/recording.ts";
import type { PoolRole } from "../../release/release.ts";
import { poolNamed } from "../../release/releases.ts";
import { type CounterTotal, counterTotal } from "./total.ts";
import { type CounterTrend, counterTrend } from "./trend.ts";
import { type CountedHeap, trendText } from "./trend_text.ts";

/** A heap without recorded events. */
export interface HeapSeries {
  /** As recordings and budgets call it: `core`, `nexus`, `ta-UUID`; else the name of the pool. */
  readonly heap: string;
  /** As statistics have it: the name of the pool, or the UUID of the TA. */
  readonly name: string;
  readonly of: CountedHeap;
  readonly samples: readonly Sample[];
  readonly total: CounterTotal;
  /** Undefined where fewer than two reports can be compared. */
  readonly trend: CounterTrend | undefined;
}

const CONTEXTS: Readonly<Partial<Record<PoolRole, string>>> = { heap: "core", nexus: "nexus" };

/** All of them, in the order in which they were met. A heap whose events were recorded is left out: they tell more. */
export function heapSeries({ samples, traces }: Pick<Recording, "samples" | "traces">): HeapSeries[] {
  const used = traces.filter(({ length }) => length > 0);
  const recorded = new Set(tracesOfOperations(used).map(({ context }) => context));
  const byHeap = new Map<string, { readonly name: string; readonly list: Sample[] }>();
  for (const sample of samples) {
    const heap = recordedName(sample.heap);
    if (recorded.has(heap)) continue;
    const one = byHeap.get(heap) ?? { name: sample.heap, list: [] };
    byHeap.set(heap, one);
    one.list.push(sample);
  }
  return [...byHeap].map(([heap, { name, list }]) => ({
    heap,
    name,
    of: poolNamed(name)?.role ?? (isOfTa(name) ? "ta" : undefined),
    samples: list,
    total: counterTotal(list),
    trend: isOfTa(name) && hasSeveralInstances(list) ? undefined : counterTrend(list),
  }));
}

/** The name under which recordings and budgets have what statistics call a pool or a TA. */
export function recordedName(name: string): string {
  const role = poolNamed(name)?.role;
  return (role === undefined ? undefined : CONTEXTS[role]) ?? (isTa(name) ? `ta-${name.toLowerCase()}` : name);
}

function isTa(name: string): boolean {
  return parseUuid(name).ok;
}

/** A UUID, or the words for one that is not readable, see `uuidText`. */
function isOfTa(name: string): boolean {
  return isTa(name) || name.includes("UUID");
}

/** Two samples of one moment are of two instances, and which is which does not show. */
function hasSeveralInstances(samples: readonly Sample[]): boolean {
  return samples.some(({ time }, i) => samples[i - 1]?.time === time);
}

/** How heaps change over the reports up to a moment, by their names in statistics; without those of which nothing can be said. */
export function changesOf(
  { samples, traces }: Pick<Recording, "samples" | "traces">,
  until = Number.POSITIVE_INFINITY,
): ReadonlyMap<string, string> {
  const heaps = heapSeries({ samples: samples.filter(({ time }) => time <= until), traces });
  const texts = heaps.map(({ name, of, trend, total: { earlier } }) => {
    const failed = earlier === 0 ? "" : `${counted(earlier, "request")} failed before its counters began anew.`;
    return [name, [trendText(trend, of), failed].filter(Boolean).join(" ")] as const;
  });
  return new Map(texts.filter(([, text]) => text !== ""));
}
