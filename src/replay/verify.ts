// Verifies a recorded trace, address by address.
import { HeapPanic } from "../heap/panic.ts";
import type { ContextOptions, MallocContext } from "../malloc/context.ts";
import { asksMemory, OP } from "../malloc/operation.ts";
import { performOperation, REFUSED_POOL } from "../malloc/perform.ts";
import type { Release } from "../release/release.ts";
import { instanceContext, spanOf } from "./heap_instance.ts";
import { recordedBuild } from "./recorded_build.ts";
import type { Instance, RecordedTrace, TraceRows } from "./trace_columns.ts";
import { lineOf, markName, tableRows } from "./trace_row.ts";
import { rowParts } from "./trace_rows.ts";

/** Where the replay first differs from what was recorded. */
export interface Difference {
  readonly row: number;
  /** Line of the trace file, from 1. */
  readonly line: number;
  /** Number of the instance, as in the file. */
  readonly instance: number;
  /** Mark that the row belongs to; empty before the first. */
  readonly mark: string;
  /** `ret`: address returned; `alloc`: bytes allocated; `ptr`: block passed in; `pool`: pool refused; `panic`. */
  readonly what: "ret" | "alloc" | "ptr" | "pool" | "panic";
  /** What was recorded: an address or a number of bytes; 0 where there is none. */
  readonly expected: number;
  readonly got: number;
  /** Of a panic, the allocator's own words; else empty. */
  readonly explanation: string;
}

/** Outcome of a verification. */
export interface Verification {
  /** Operations that were compared before the difference; all if there is none. */
  readonly operations: number;
  readonly instances: number;
  readonly difference: Difference | null;
}

/** How a recorded trace is compared with the allocator. */
export interface VerifyOptions {
  /** Search of the recorded allocator, default first fit. A trace does not tell. */
  readonly fit?: "first" | "best";
  /** Default 4.0. */
  readonly release?: Release;
  /** Stop before this row, default the end. */
  readonly until?: number;
  /** Sees the allocator after each request that fails as recorded. Do not change it. */
  readonly onRefused?: (row: number, ctx: MallocContext) => void;
  /** Sees the allocator after each row that went as recorded. Do not change it. */
  readonly onRow?: (row: number, ctx: MallocContext) => void;
  /** Is notified how many rows are done, every few thousand rows. */
  readonly onProgress?: (rows: number) => void;
}

const PROGRESS_ROWS = 8192;

/**
 * Replays a recorded trace through the allocator over the recorded pools, and compares every address returned and every
 * value of "bytes allocated". Ends at the first difference. Word size and leak headers are those of the recording.
 */
export function verifyTrace(trace: RecordedTrace, options: VerifyOptions = {}): Verification {
  const build: ContextOptions = {
    ...recordedBuild(trace),
    fit: options.fit ?? "first",
    ...(options.release && { release: options.release }),
  };
  const contexts: (MallocContext | null)[] = trace.instances.map(() => null);
  const tables = tableRows(trace);
  const end = Math.min(options.until ?? trace.length, trace.length);
  const seen = new Set<number>();
  for (const part of rowParts(trace, 0, end)) {
    const rows = comparedColumns(part);
    for (let row = part.from; row < part.to; row++) {
      if (row % PROGRESS_ROWS === 0) options.onProgress?.(row);
      const at = row - rows.first;
      const index = rows.instance[at] as number;
      const instance = trace.instances[index] as Instance;
      let ctx = contexts[index] ?? null;
      if (ctx === null) {
        ctx = openInstance(instance, build);
        contexts[index] = ctx;
        seen.add(index);
      }
      if (instance.last === row) contexts[index] = null;
      const found = compareRow(rows, at, ctx, tables);
      if (found === null) {
        options.onRow?.(row, ctx);
        if (options.onRefused && rows.result[at] === 0 && asksMemory(rows.op[at] as number))
          options.onRefused(row, ctx);
        continue;
      }
      const place = { row, line: lineOf(trace, row), instance: instance.number, mark: markName(trace, row) };
      return { operations: row, instances: seen.size, difference: { ...place, ...found } };
    }
  }
  return { operations: end, instances: seen.size, difference: null };
}

/** Columns that are looked at in every row. */
type Compared = Pick<
  TraceRows,
  "first" | "instance" | "op" | "pointer" | "size" | "arg" | "result" | "allocated" | "ends"
>;

function comparedColumns({ first, instance, op, pointer, size, arg, result, allocated, ends }: TraceRows): Compared {
  return { first, instance, op, pointer, size, arg, result, allocated, ends };
}

function openInstance(instance: Instance, build: ContextOptions): MallocContext {
  const { base, length } = spanOf(instance.pools);
  return instanceContext(base, length, build);
}

type Found = Pick<Difference, "what" | "expected" | "got" | "explanation">;

function unlike(what: Found["what"], expected: number, got: number): Found {
  return { what, expected, got, explanation: "" };
}

function compareRow(rows: Compared, at: number, ctx: MallocContext, tables: ReadonlySet<number>): Found | null {
  const before = ctx.heap.allocated;
  const base = ctx.heap.memory.base;
  const passed = rows.pointer[at] as number;
  const op = rows.op[at] as number;
  if (op !== OP.P && passed !== 0 && rows.ends[at] === -1) return unlike("ptr", passed, 0);
  let result: number;
  try {
    result = performRow(rows, at, ctx, tables);
  } catch (error) {
    if (!(error instanceof HeapPanic)) throw error;
    return { what: "panic", expected: rows.result[at] as number, got: 0, explanation: error.message };
  }
  if (result === REFUSED_POOL) return unlike("pool", passed, 0);
  const address = result === 0 ? 0 : base + result;
  if (address !== rows.result[at]) return unlike("ret", rows.result[at] as number, address);
  // Upstream's pool operation is recorded before the pool table is allocated, which has a row of its own.
  const allocated = op === OP.P ? before : ctx.heap.allocated;
  if (allocated !== rows.allocated[at]) return unlike("alloc", rows.allocated[at] as number, allocated);
  return null;
}

/** Performs a row. Returns the offset of what it made, 0 for nothing, `REFUSED_POOL`. */
function performRow(rows: Compared, at: number, ctx: MallocContext, tables: ReadonlySet<number>): number {
  if (rows.op[at] === OP.R && tables.has(rows.first + at)) return ctx.table;
  const passed = rows.pointer[at] as number;
  const pointer = passed === 0 ? 0 : passed - ctx.heap.memory.base;
  return performOperation(ctx, rows.op[at] as number, pointer, rows.size[at] as number, rows.arg[at] as number);
}
