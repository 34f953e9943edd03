// THE TABLE of statistics, which codec, xtest text and csv follow; OP-TEE 4.0.0 and 4.10.0 struct malloc_stats.
import type { CounterName } from "../malloc/counters.ts";
import type { RecordSize } from "../release/release.ts";

interface FieldText {
  /** Name of the struct member in C. */
  readonly cName: string;
  /** Offset in the record in bytes, for each size of a record; `null` where the record does not have it. */
  readonly offset: Readonly<Record<RecordSize, number | null>>;
  /** As xtest prints it. */
  readonly label: string;
}

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

/** A column of the statistics, of any kind. */
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
  },
  {
    name: "free2Sum",
    cName: "free2_sum",
    offset: { 56: null, 64: 32 },
    width: 8,
    label: "Fragmentation:",
  },
  {
    name: "maxAllocated",
    cName: "max_allocated",
    offset: { 56: 36, 64: 44 },
    width: 4,
    label: "Max bytes allocated:",
  },
  {
    name: "size",
    cName: "size",
    offset: { 56: 40, 64: 48 },
    width: 4,
    label: "Size of pool:",
  },
  {
    name: "failures",
    cName: "num_alloc_fail",
    offset: { 56: 44, 64: 52 },
    width: 4,
    label: "Number of failed allocations:",
  },
  {
    name: "biggestFailure",
    cName: "biggest_alloc_fail",
    offset: { 56: 48, 64: 56 },
    width: 4,
    label: "Size of larges allocation failure:",
  },
  {
    name: "biggestFailureUsed",
    cName: "biggest_alloc_fail_used",
    offset: { 56: 52, 64: 60 },
    width: 4,
    label: "Total bytes allocated at that failure:",
  },
];
