// Causes of a failure, from counters in several reports: heaps that grow, and what failed before the last of them.
import { uuidText } from "../../abi/uuid.ts";
import { grouped } from "../../base/format.ts";
import type { HeapSeries } from "../counters/heap_series.ts";
import { trendText } from "../counters/trend_text.ts";
import type { Symptoms } from "./case.ts";
import type { TriageRule } from "./rule.ts";

export const GROWTH_RULES: readonly TriageRule[] = [
  {
    id: "counters-grow",
    when: (s) =>
      growing(s).map(
        ({ name, trend }) =>
          `${name}: ${grouped(trend?.first ?? 0)} to ${grouped(trend?.last ?? 0)} bytes in use over ${trend?.samples} reports`,
      ),
    sure: "likely",
    pool: "memory that is not given back",
    knobs: [],
    why: (s) =>
      growing(s)
        .map(({ name, of, trend }) => `${name}: ${trendText(trend, of)}`)
        .join(" "),
    next: "repeat the same work more often: a cache stops growing, a leak does not; a larger heap only lasts longer",
    threads: ["#4410"],
  },
];

function growing({ series = [] }: Symptoms): readonly HeapSeries[] {
  return series.filter(({ trend }) => trend?.grows === true);
}

/** The last report, and what those before it say: what failed before the counters began anew, or in a TA that is gone. */
export function withEarlier(
  { pools, tas }: Pick<Symptoms, "pools" | "tas">,
  series: readonly HeapSeries[],
): Pick<Symptoms, "pools" | "tas" | "series"> {
  const total = (name: string): object => {
    const { unsure: _unsure, earlier: _earlier, ...stats } = series.find((one) => one.name === name)?.total ?? {};
    return stats;
  };
  const gone = series.filter(
    ({ name, of, total }) =>
      of === "ta" && (total.failures ?? 0) > 0 && tas?.some(({ uuid }) => uuidText(uuid) === name) !== true,
  );
  const all = [
    ...(tas ?? []).map((ta) =>
      ta.heap.size === 0 ? ta : { ...ta, heap: { ...ta.heap, ...total(uuidText(ta.uuid)) } },
    ),
    ...gone.map(({ name }) => ({ uuid: name, heap: { name: "", ...total(name) } })),
  ];
  return {
    ...(pools === undefined ? {} : { pools: pools.map((pool) => ({ ...pool, ...total(pool.name) })) }),
    ...(tas === undefined && all.length === 0 ? {} : { tas: all }),
    series,
  };
}

/** What changed over two or three reports without being a cause. */
export function changeNotes({ series = [] }: Symptoms): string[] {
  return series
    .filter(({ trend }) => trend !== undefined && !trend.grows && trend.first !== trend.last)
    .map(({ name, of, trend }) => [name, trendText(trend, of)])
    .filter(([, text]) => text !== "")
    .map(([name, text]) => `${name}: ${text}`);
}
