// THE TABLE of statistics. Codec, xtest text, metrics and help all follow it; OP-TEE 4.0.0 and 4.10.0 struct malloc_stats.
import type { AllocStats } from "./record.ts";

interface FieldText {
  /** Name of the struct member in C. */
  readonly cName: string;
  /** Offset in the record in bytes, for both sizes; `null` where the record does not have it. */
  readonly offset: { readonly 56: number | null; readonly 64: number };
  /** As xtest prints it. */
  readonly label: string;
  /** Prometheus name. */
  readonly metric: string;
  readonly metricType: "gauge" | "counter";
  readonly unit: "bytes" | "requests" | "bytes²";
  readonly help: string;
}

/** Names of the 32-bit counters. */
export type CounterName = Exclude<keyof AllocStats, "free2Sum">;

/** A row with an unsigned 32-bit value. */
export interface CounterField extends FieldText {
  readonly name: CounterName;
  readonly width: 4;
}

/** The row with an unsigned 64-bit value. xtest prints it as a percentage. */
export interface SquareField extends FieldText {
  readonly name: "free2Sum";
  readonly width: 8;
}

export type StatField = CounterField | SquareField;

/** Bytes of the name in front of the counters, its NUL included. */
export const NAME_BYTES = 32;

/** One row for each statistic, in the order xtest prints them. */
export const STAT_FIELDS: readonly StatField[] = [
  {
    name: "allocated",
    cName: "allocated",
    offset: { 56: 32, 64: 40 },
    width: 4,
    label: "Bytes allocated:",
    metric: "optee_heap_allocated_bytes",
    metricType: "gauge",
    unit: "bytes",
    help: "in use now, block headers included",
  },
  {
    name: "free2Sum",
    cName: "free2_sum",
    offset: { 56: null, 64: 32 },
    width: 8,
    label: "Fragmentation:",
    metric: "optee_heap_free_square_bytes",
    metricType: "gauge",
    unit: "bytes²",
    help: "sum of the squared sizes of the free blocks; one free block gives the most, many small ones little",
  },
  {
    name: "maxAllocated",
    cName: "max_allocated",
    offset: { 56: 36, 64: 44 },
    width: 4,
    label: "Max bytes allocated:",
    metric: "optee_heap_max_allocated_bytes",
    metricType: "gauge",
    unit: "bytes",
    help: "most in use since the last reset",
  },
  {
    name: "size",
    cName: "size",
    offset: { 56: 40, 64: 48 },
    width: 4,
    label: "Size of pool:",
    metric: "optee_heap_size_bytes",
    metricType: "gauge",
    unit: "bytes",
    help: "length of all pools of the allocator",
  },
  {
    name: "failures",
    cName: "num_alloc_fail",
    offset: { 56: 44, 64: 52 },
    width: 4,
    label: "Number of failed allocations:",
    metric: "optee_heap_failures_total",
    metricType: "counter",
    unit: "requests",
    help: "requests refused since the last reset",
  },
  {
    name: "biggestFailure",
    cName: "biggest_alloc_fail",
    offset: { 56: 48, 64: 56 },
    width: 4,
    label: "Size of larges allocation failure:",
    metric: "optee_heap_biggest_failure_bytes",
    metricType: "gauge",
    unit: "bytes",
    help: "largest request refused, without headers",
  },
  {
    name: "biggestFailureUsed",
    cName: "biggest_alloc_fail_used",
    offset: { 56: 52, 64: 60 },
    width: 4,
    label: "Total bytes allocated at that failure:",
    metric: "optee_heap_biggest_failure_used_bytes",
    metricType: "gauge",
    unit: "bytes",
    help: "in use when the largest request was refused",
  },
];
