/**
 * What the figures of a heap mean: holders, leaks, budgets, memory dumps, advice. Pure functions over plain data.
 *
 * ```ts
 * import { inspectDump } from "teemem/analyze";
 *
 * const dump = inspectDump(new Uint8Array(65536));
 * console.log(dump.ok ? dump.value.length : dump.error);
 * ```
 *
 * @module teemem/analyze
 */
// Files of this project import what they need from its own file.
export type { Budget, BudgetLine, BudgetProblem, Metric } from "./budget/budget.ts";
export { type Check, checkBudget } from "./budget/check.ts";
export { parseBudget } from "./budget/file.ts";
export { type HeapMeasure, measuresOf } from "./budget/measure.ts";
export { updateBudget } from "./budget/update.ts";
export { type CallGroup, callsOf, groupCalls } from "./calls/call_groups.ts";
export type { HeapAround, TaCall } from "./calls/ta_call.ts";
export { type HeapSeries, heapSeries } from "./counters/heap_series.ts";
export type { CounterTotal } from "./counters/total.ts";
export { type CounterTrend, counterTrend } from "./counters/trend.ts";
export type { DumpBlock, DumpDamage, DumpLeakLayout, DumpPool, DumpReport } from "./dump/dump_report.ts";
export { inspectDump } from "./dump/inspect.ts";
export type { DumpOptions } from "./dump/options.ts";
export type { ProgramNames } from "./dump/slide.ts";
export { type Held, type Holder, holders } from "./holders.ts";
export { type Holes, holesOf } from "./holes.ts";
export { grew, leakChanges, type SiteChange } from "./leak/diff.ts";
export { leakGrowth, type SiteGrowth } from "./leak/growth.ts";
export { type LeakSnapshot, type SiteCount, snapshotOfBlocks, snapshotOfList, totalOf } from "./leak/snapshot.ts";
export { type Suspect, suspects } from "./leak/three.ts";
export { endsOfMarks, leftByInstances, snapshotsOfTrace, type TraceMoment } from "./leak/trace.ts";
export { type AdvisedPool, knobOf, poolAdvice } from "./pool_advice.ts";
export { type BlockOwner, GROUPING_NAMES, type Grouping } from "./ranges/block_owner.ts";
export { holderChanges, momentSuspects } from "./ranges/changes.ts";
export { type FlameNode, flameOf } from "./ranges/flame.ts";
export { holdersIn } from "./ranges/group_sums.ts";
export { type HeapShape, heapMap, type MapPart, type PlacedBlock, type PoolMap } from "./ranges/heap_map.ts";
export { holeFit, type MemoryRequest } from "./ranges/hole_fits.ts";
export type { Measure, OwnedSum, RangePeak, RangeSums } from "./ranges/range_sums.ts";
export { rowsWithin, type TimeRange } from "./ranges/time_range.ts";
export { type InstanceRange, rangesOfTrace } from "./ranges/trace_range.ts";
export { type HeapReport, heapReport, type ReportOptions } from "./report/heap_report.ts";
export { type CounterSize, counterSize } from "./size/counter_size.ts";
export { type HeapRunner, type HeapSize, heapSize } from "./size/heap_size.ts";
export { type Trend, trendOf } from "./trend.ts";
export type { Evidence, Sureness, Symptoms } from "./triage/case.ts";
export { completed } from "./triage/failure.ts";
export type { TriageRule } from "./triage/rule.ts";
export { TRIAGE_RULES } from "./triage/rules.ts";
export { type TaMemory, taMemory } from "./triage/ta_memory.ts";
export { triage, type Verdict } from "./triage/triage.ts";
