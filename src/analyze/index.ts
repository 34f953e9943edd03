// The entry point `teemem/analyze`: what the figures of a heap mean. Pure functions over plain data.
export type { Budget, BudgetLine, BudgetProblem, Metric } from "./budget/budget.ts";
export { type Check, checkBudget } from "./budget/check.ts";
export { parseBudget } from "./budget/file.ts";
export { type HeapMeasure, measuresOf } from "./budget/measure.ts";
export { updateBudget } from "./budget/update.ts";
export {
  type DumpBlock,
  type DumpDamage,
  type DumpOptions,
  type DumpPool,
  type DumpReport,
  inspectDump,
} from "./dump/inspect.ts";
export { type Held, type Holder, holders } from "./holders.ts";
export { type Holes, holesOf } from "./holes.ts";
export { grew, leakChanges, type SiteChange } from "./leak/diff.ts";
export { leakGrowth, type SiteGrowth } from "./leak/growth.ts";
export { type LeakSnapshot, type SiteCount, snapshotOfBlocks, snapshotOfList, totalOf } from "./leak/snapshot.ts";
export { type Suspect, suspects } from "./leak/three.ts";
export { endsOfMarks, leftByInstances, snapshotsOfTrace, type TraceMoment } from "./leak/trace.ts";
export { type AdvisedPool, knobOf, poolAdvice } from "./pool_advice.ts";
export { type HeapReport, heapReport, type ReportOptions } from "./report/heap_report.ts";
export { type CounterSize, counterSize } from "./size/counter_size.ts";
export { type HeapRunner, type HeapSize, heapSize } from "./size/heap_size.ts";
export { type Trend, trendOf } from "./trend.ts";
export type { Evidence, Sureness, Symptoms } from "./triage/case.ts";
export type { TriageRule } from "./triage/rule.ts";
export { TRIAGE_RULES } from "./triage/rules.ts";
export { type TaMemory, taMemory } from "./triage/ta_memory.ts";
export { completed, triage, type Verdict } from "./triage/triage.ts";
