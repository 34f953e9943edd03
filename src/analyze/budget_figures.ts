import { counted, grouped } from "../base/format.ts";
import { type Budget, type BudgetLine, OTHERS } from "./budget.ts";
import type { Limit } from "./budget_limit.ts";
import type { HeapMeasure, Measured, Unmeasured } from "./budget_measure.ts";
import type { Holder } from "./holders.ts";
import { totalPeak } from "./total_peak.ts";

/** What a limit is held against in one heap, in its unit. */
export function measureLine(budget: Budget, line: BudgetLine, measure: HeapMeasure): Measured | Unmeasured {
  switch (line.metric) {
    case "peak":
      return inUnit(measure.peak(), line.limit, measure.pool);
    case "failures":
      return measure.failures();
    case "fragmentation":
      return measure.fragmentation();
    default: {
      const left = measure.left();
      if ("why" in left) return left;
      if (line.metric !== "leaks") return sumOf(left, line.metric);
      return line.site === OTHERS ? worstOther(budget, line, left) : atSite(line.site, left);
    }
  }
}

function inUnit({ value, where }: Measured, { unit }: Limit, pool: number): Measured | Unmeasured {
  if (unit !== "percent") return { value, where };
  if (pool === 0) return { why: "the size of its pool is not known; limit the peak in bytes" };
  return {
    value: (100 * value) / pool,
    where: `${grouped(value)} of ${grouped(pool)} bytes${where === "" ? "" : `, ${where}`}`,
  };
}

function sumOf(left: readonly Holder[], metric: "blocks" | "left"): Measured {
  const value = left.reduce((sum, { blocks, bytes }) => sum + (metric === "blocks" ? blocks : bytes), 0);
  const [top] = left;
  return {
    value,
    where:
      top === undefined ? "" : `most at ${top.site}: ${grouped(top.bytes)} bytes in ${counted(top.blocks, "block")}`,
  };
}

/** A site is named by `file:line`, or by its file alone, for all lines of it. */
function isAt(key: string, site: string): boolean {
  return site === key || (site.startsWith(`${key}:`) && /^:\d+$/.test(site.slice(key.length)));
}

function atSite(key: string, left: readonly Holder[]): Measured {
  const here = left.filter(({ site }) => isAt(key, site));
  const blocks = here.reduce((sum, holder) => sum + holder.blocks, 0);
  return {
    value: here.reduce((sum, { bytes }) => sum + bytes, 0),
    where: blocks === 0 ? "" : `in ${counted(blocks, "block")}`,
  };
}

/** The worst of all places that no other line of this heap names. */
function worstOther({ lines }: Budget, line: BudgetLine, left: readonly Holder[]): Measured {
  const named = lines.filter(({ heap, metric, site }) => heap === line.heap && metric === "leaks" && site !== OTHERS);
  const others = left.filter(({ site }) => !named.some((one) => isAt(one.site, site)));
  const [top] = others;
  if (top === undefined) return { value: 0, where: "" };
  const over = others.filter(({ bytes }) => bytes > line.limit.value).length;
  return {
    value: top.bytes,
    where: `${top.site}${over > 1 ? `, and ${counted(over - 1, "more place", "more places")}` : ""}`,
  };
}

/** What a limit is held against in all heaps together. */
export function measureTotal({ metric }: BudgetLine, measures: readonly HeapMeasure[]): Measured | Unmeasured {
  const recorded = measures.flatMap((measure) =>
    measure.trace === null ? [] : [{ ...measure, trace: measure.trace }],
  );
  if (metric === "failures") return { value: measures.reduce((sum, one) => sum + one.failures().value, 0), where: "" };
  if (recorded.length === 0) return { why: "only counters were recorded, which cannot be added up over time" };
  if (metric === "peak") {
    const { bytes, time } = totalPeak(recorded.map(({ trace }) => trace));
    return { value: bytes, where: `at ${(time / 1e6).toFixed(3)} s, ${counted(recorded.length, "heap")} together` };
  }
  const left = recorded.flatMap((measure) => {
    const found = measure.left();
    return "why" in found ? [] : found;
  });
  return sumOf(
    [...left].sort((a, b) => b.bytes - a.bytes),
    metric === "blocks" ? "blocks" : "left",
  );
}
