// The operations of a heap as cells of a parquet table.
import type { SchemaElement } from "hyparquet-writer";
import { callStackLine } from "../base/call_stack.ts";
import { HEAP_OPS, OP, OPERATIONS } from "../malloc/operation.ts";
import { eventRows } from "./event_rows.ts";
import type { SelectedHeap } from "./selection.ts";

/** A value; a text may be given in UTF-8. */
export type ParquetCell = bigint | number | string | Uint8Array | null;

const text = { type: "BYTE_ARRAY", converted_type: "UTF8" } as const;
const signed = { type: "INT64" } as const;
// A request may be as large as SIZE_MAX.
const unsigned = { type: "INT64", converted_type: "UINT_64" } as const;
const REQUIRED = { repetition_type: "REQUIRED" } as const;
const OPTIONAL = { repetition_type: "OPTIONAL" } as const;

/** The columns, as in csv. */
export const EVENT_SCHEMA: readonly SchemaElement[] = [
  { name: "time_us", ...signed, ...REQUIRED },
  { name: "heap", ...text, ...REQUIRED },
  { name: "instance", type: "INT32", ...REQUIRED },
  { name: "op", ...text, ...REQUIRED },
  { name: "pointer", ...unsigned, ...OPTIONAL },
  { name: "size", ...unsigned, ...REQUIRED },
  { name: "arg", ...unsigned, ...REQUIRED },
  { name: "result", ...unsigned, ...OPTIONAL },
  { name: "allocated", ...signed, ...REQUIRED },
  { name: "block", ...signed, ...OPTIONAL },
  { name: "block_bytes", ...signed, ...OPTIONAL },
  { name: "thread", ...text, ...OPTIONAL },
  { name: "mark", ...text, ...OPTIONAL },
  { name: "func", ...text, ...OPTIONAL },
  { name: "place", ...text, ...OPTIONAL },
  { name: "stack", ...text, ...OPTIONAL },
];

/** Largest value of an unsigned cell: what is more was SIZE_MAX, which a float has rounded up. */
const MOST = 2n ** 64n - 1n;

/** Gives the cells of a row; rows are asked for in ascending order. What is not known is null, and so is NULL. */
export function eventCells({ trace }: SelectedHeap): (row: number) => readonly ParquetCell[] {
  const encoder = new TextEncoder();
  // Each text is encoded once, not once a row.
  const cell = (value: string): Uint8Array | null => (value === "" ? null : encoder.encode(value));
  const rowOf = eventRows(trace);
  const heap = encoder.encode(trace.context);
  const sites = trace.sites.map(({ func, place, stack = "" }) => [cell(func), cell(place), cell(callStackLine(stack))]);
  const threads = trace.threads.map(cell);
  const marks = trace.marks.map(({ name }) => cell(name));
  const ops = new Map(
    HEAP_OPS.map((letter): [number, Uint8Array] => [OP[letter], encoder.encode(OPERATIONS[letter].name)]),
  );
  const none = encoder.encode("");
  return (row) => {
    const { rows, at, block, bytes, mark } = rowOf(row);
    return [
      BigInt(rows.time[at] as number),
      heap,
      trace.instances[rows.instance[at] as number]?.number ?? 0,
      ops.get(rows.op[at] as number) ?? none,
      address(rows.pointer[at] as number),
      whole(rows.size[at] as number),
      whole(rows.arg[at] as number),
      address(rows.result[at] as number),
      BigInt(rows.allocated[at] as number),
      block < 0 ? null : BigInt(block),
      block < 0 ? null : BigInt(bytes),
      threads[rows.thread[at] as number] ?? null,
      marks[mark] ?? null,
      ...(sites[rows.site[at] as number] ?? [null, null, null]),
    ];
  };
}

function address(value: number): bigint | null {
  return value === 0 ? null : whole(value);
}

function whole(value: number): bigint {
  const exact = BigInt(value);
  return exact > MOST ? MOST : exact;
}
