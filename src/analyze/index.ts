// The package's door `teemem/analyze`: what the figures of a heap mean. Pure functions over plain data.
export type { Budget, BudgetLine, BudgetProblem, Metric } from "./budget.ts";
export { type Check, checkBudget } from "./budget_check.ts";
export { parseBudget } from "./budget_file.ts";
export { type HeapMeasure, measuresOf } from "./budget_measure.ts";
export { updateBudget } from "./budget_update.ts";
export { type CounterSize, counterSize } from "./counter_size.ts";
export {
  type DumpBlock,
  type DumpDamage,
  type DumpOptions,
  type DumpPool,
  type DumpReport,
  inspectDump,
} from "./dump/inspect.ts";
export { type HeapReport, heapReport, type ReportOptions } from "./heap_report.ts";
export { type HeapRunner, type HeapSize, heapSize } from "./heap_size.ts";
export { type Held, type Holder, holders } from "./holders.ts";
export { type Holes, holesOf } from "./holes.ts";
export { grew, leakChanges, type SiteChange } from "./leak_diff.ts";
export { leakGrowth, type SiteGrowth } from "./leak_growth.ts";
export { type LeakSnapshot, type SiteCount, snapshotOfBlocks, snapshotOfList, totalOf } from "./leak_snapshot.ts";
export { type Suspect, suspects } from "./leak_three.ts";
export { endsOfMarks, leftByInstances, snapshotsOfTrace, type TraceMoment } from "./leak_trace.ts";
export { type Trend, trendOf } from "./leak_trend.ts";
export { type AdvisedPool, knobOf, poolAdvice } from "./pool_advice.ts";
export { type TaMemory, taMemory } from "./ta_memory.ts";
export { completed, triage, type Verdict } from "./triage.ts";
export type { Evidence, Sureness, Symptoms } from "./triage_case.ts";
export type { TriageRule } from "./triage_rule.ts";
export { TRIAGE_RULES } from "./triage_rules.ts";
