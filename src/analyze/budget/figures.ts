// Measures the figure that one line of a budget limits.
import { counted, grouped } from "../../base/format.ts";
import { lastPart, placeParts, sameEnd } from "../../base/place_parts.ts";
import type { Holder } from "../holders.ts";
import { type Budget, type BudgetLine, OTHERS } from "./budget.ts";
import type { Limit } from "./limit.ts";
import type { HeapMeasure, Measured, Unmeasured } from "./measure.ts";
import { totalPeak } from "./total_peak.ts";

/** What a limit is held against in one heap, in its unit. */
export function measureLine(line: BudgetLine, measure: HeapMeasure, reader: LeftReader): Measured | Unmeasured {
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
      return line.site === OTHERS ? worstOther(line, left, reader) : atSite(reader.at(line.site, left));
    }
  }
}

function inUnit(peak: Measured | Unmeasured, { unit }: Limit, pool: number): Measured | Unmeasured {
  if ("why" in peak || unit !== "percent") return peak;
  const { value, where } = peak;
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

/**
 * Finds what was left at a place. A limit names it by `file:line`, or by its file alone, for all lines of it. The ends of paths
 * are compared: what a path begins with depends on where the program was built.
 */
interface LeftReader {
  at(key: string, left: readonly Holder[]): readonly Holder[];
  /** True for a place that a limit of a heap names. */
  isNamed(heap: string, site: string): boolean;
}

/** A reader for the places of a budget. Both they and what was left may be many: each is gone through once. */
export function createLeftReader({ lines }: Budget): LeftReader {
  const named = new Map<string, Map<string, string[]>>();
  for (const { heap, metric, site } of lines) {
    if (metric !== "leaks" || site === OTHERS) continue;
    const sites = named.get(heap) ?? new Map<string, string[]>();
    named.set(heap, sites);
    enter(sites, lastPart(site), site);
  }
  const indexes = new WeakMap<readonly Holder[], ReadonlyMap<string, readonly Holder[]>>();
  return {
    at(key, left) {
      const index = indexes.get(left) ?? bySite(left);
      indexes.set(left, index);
      return (index.get(lastPart(key)) ?? []).filter(({ site }) => namesOf(site).some((name) => sameEnd(key, name)));
    },
    isNamed: (heap, site) =>
      namesOf(site).some((name) =>
        named
          .get(heap)
          ?.get(lastPart(name))
          ?.some((key) => sameEnd(key, name)),
      ),
  };
}

function enter<T>(index: Map<string, T[]>, key: string, value: T): void {
  const list = index.get(key) ?? [];
  index.set(key, list);
  list.push(value);
}

function bySite(left: readonly Holder[]): Map<string, Holder[]> {
  const index = new Map<string, Holder[]>();
  for (const holder of left) for (const name of namesOf(holder.site)) enter(index, lastPart(name), holder);
  return index;
}

/** A call site with its line, and its file. */
function namesOf(site: string): readonly string[] {
  const { file, line } = placeParts(site);
  return line === 0 ? [site] : [site, file];
}

function atSite(here: readonly Holder[]): Measured {
  const blocks = here.reduce((sum, holder) => sum + holder.blocks, 0);
  return {
    value: here.reduce((sum, { bytes }) => sum + bytes, 0),
    where: blocks === 0 ? "" : `in ${counted(blocks, "block")}`,
  };
}

/** The worst of all places that no other line of this heap names. */
function worstOther(line: BudgetLine, left: readonly Holder[], reader: LeftReader): Measured {
  const others = left.filter(({ site }) => !reader.isNamed(line.heap, site));
  const [top] = others;
  if (top === undefined) return { value: 0, where: "" };
  const over = others.filter(({ bytes }) => bytes > line.limit.value).length;
  return {
    value: top.bytes,
    where: `${top.site}${over > 1 ? `, and ${counted(over - 1, "more call site", "more call sites")}` : ""}`,
  };
}

function sumOfFailures(measures: readonly HeapMeasure[]): Measured | Unmeasured {
  let value = 0;
  for (const measure of measures) {
    const one = measure.failures();
    if ("why" in one) return { why: `${measure.heap}: ${one.why}` };
    value += one.value;
  }
  return { value, where: "" };
}

/** What a limit is held against in all heaps together. */
export function measureTotal({ metric }: BudgetLine, measures: readonly HeapMeasure[]): Measured | Unmeasured {
  const recorded = measures.flatMap((measure) =>
    measure.trace === null ? [] : [{ ...measure, trace: measure.trace }],
  );
  if (metric === "failures") return sumOfFailures(measures);
  if (recorded.length === 0) return { why: "only counters were recorded; they cannot be added up over time" };
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
