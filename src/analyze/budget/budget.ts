// The parts of a memory budget: metrics, limits and heaps.
import type { Limit, Unit } from "./limit.ts";

/** What can be limited. */
export type Metric = "peak" | "fragmentation" | "failures" | "blocks" | "left" | "leaks";

/** A row of the table of metrics. */
interface MetricRow {
  readonly metric: Metric;
  /** What a number may be, the first for a bare one. */
  readonly units: readonly Unit[];
  /** True if it can be limited for all heaps together. */
  readonly total: boolean;
  readonly help: string;
}

/** All metrics, in the order in which a new budget has them. */
export const METRICS: readonly MetricRow[] = [
  {
    metric: "peak",
    units: ["bytes", "percent"],
    total: true,
    help: "most bytes allocated at one moment, or % of the pool",
  },
  {
    metric: "fragmentation",
    units: ["percent"],
    total: false,
    help: "the worst, as xtest --stats shows it since OP-TEE 4.6",
  },
  { metric: "failures", units: ["count"], total: true, help: "requests that failed" },
  { metric: "blocks", units: ["count"], total: true, help: "blocks that were never freed" },
  { metric: "left", units: ["bytes"], total: true, help: "bytes in blocks that were never freed" },
  { metric: "leaks", units: ["bytes"], total: false, help: "bytes never freed, by call site: file or file:line" },
];

/** What a budget calls all heaps together, and all places that it does not name. */
export const TOTAL = "total";
export const OTHERS = "others";

/** One limit of a budget. */
export interface BudgetLine {
  /** As written: `core`, `ta-*`, a UUID or its beginning; `total` for all heaps together. */
  readonly heap: string;
  readonly metric: Metric;
  /** Leaks: `file`, `file:line` or `others`; else empty. */
  readonly site: string;
  readonly limit: Limit;
  /** Line of the file, from 1. */
  readonly line: number;
  /** Where the number stands in the text: offsets [from, to), quotes included. */
  readonly from: number;
  readonly to: number;
}

/** A budget once it is read. */
export interface Budget {
  readonly lines: readonly BudgetLine[];
  /** Recordings that it is for, as written; relative to its own folder. */
  readonly recordings: readonly string[];
}

/** Something wrong with a budget file. */
export interface BudgetProblem {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}
