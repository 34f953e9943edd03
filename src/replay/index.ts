/**
 * Heap traces through the allocator: golden ones, and recorded ones with another size or fit.
 *
 * ```ts
 * import { parseRecordedTrace, whatIf } from "teemem/replay";
 *
 * const trace = parseRecordedTrace(new TextEncoder().encode("…the bytes of a heap trace…"));
 * console.log(trace.ok ? whatIf(trace.value, { pool: 65536 }) : trace.error);
 * ```
 *
 * @module teemem/replay
 */
// Files of this project import what they need from its own file.
export { OP } from "../malloc/operation.ts";
export { type ByteStore, memoryStore } from "./byte_store.ts";
export { type GoldenRun, playGolden, type Sink, startGolden } from "./golden_player.ts";
export { poolProblem } from "./golden_pools.ts";
export { type GoldenOp, type GoldenTrace, parseGoldenTrace } from "./golden_trace.ts";
export { type RecordedBuild, recordedBuild } from "./recorded_build.ts";
export { parseRecordedTrace } from "./recorded_trace.ts";
export type { EndState, Summary } from "./summary.ts";
export type {
  Instance,
  Mark,
  RecordedPool,
  RecordedTrace,
  Site,
  TraceColumns,
  TraceParts,
  TraceRows,
} from "./trace_columns.ts";
export { type TraceKind, traceKind } from "./trace_kind.ts";
export { createTraceReader, type TraceReader } from "./trace_reader.ts";
export { endOfMark, lineOf, markName, markOf, siteOf } from "./trace_row.ts";
export { rowParts } from "./trace_rows.ts";
export { formatVariant, parseVariant, type Variant, wordOfAbi } from "./variant.ts";
export { type Difference, type Verification, type VerifyOptions, verifyTrace } from "./verify.ts";
export { type WhatIfOptions, whatIf } from "./what_if.ts";
export type { LifeReport, MarkFailures, RefusedRequest, WhatIfReport } from "./what_if_report.ts";
