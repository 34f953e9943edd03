// Draws the calls of clients into TAs, with the memory around them.

import { errorName } from "../../abi/errors.ts";
import { grouped } from "../../base/format.ts";
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";

/** A heap around a call, or around the call with the highest peak of several. In bytes; null: not known. */
interface Around {
  readonly before: number | null;
  readonly peak: number | null;
  readonly exact: boolean;
  readonly after: number | null;
  readonly growth: number | null;
}

/** A row of the table. */
export interface CallRow {
  readonly name: string;
  /** Calls, and those that failed; or the result of one. */
  readonly calls: number;
  readonly failed: number;
  readonly code?: number;
  readonly heap: Around;
  readonly core: Around;
  /** False where another call was going on meanwhile. */
  readonly alone: boolean;
}

const NUMBER = 9;
const NAME = 14;

/** The head of the table. */
export function drawCallHead(paint: Paint): Printable[] {
  const names = ["calls", "before", "peak", "after", "growth", "before", "peak", "growth"] as const;
  const over = shown`${own("heap of the TA").padStart(4 * NUMBER)}${own("core heap").padStart(3 * NUMBER)}`;
  return [
    paint.dim(shown`${own("").padEnd(NAME + NUMBER - 2)}${over}`),
    paint.dim(
      shown`${own("").padEnd(NAME)}${joined(names.map((name, n) => own(name).padStart(n === 0 ? NUMBER - 2 : NUMBER)))}`,
    ),
  ];
}

/** A row of the table. A peak that is only known not to be exceeded has a sign before it. */
export function drawCall({ name, calls, failed, code, heap, core, alone }: CallRow, paint: Paint): Printable {
  const count = grouped(calls).padStart(NUMBER - 2);
  const inside = joined([figure(heap.before), peakOf(heap), figure(heap.after), change(heap.growth, paint)]);
  const beside = joined([figure(core.before), peakOf(core), change(core.growth, paint)]);
  const error =
    code === undefined
      ? shown`${grouped(failed)} failed`
      : (errorName(code) ?? shown`0x${printable((code >>> 0).toString(16))}`);
  const ended = failed === 0 ? "" : shown`  ${paint.red(error)}`;
  return shown`${printable(name).padEnd(NAME)}${count}${inside}${beside}${alone ? "" : " *"}${ended}`;
}

/** What the signs of a table mean, of those that are in it. */
export function drawCallNotes(rows: readonly CallRow[], paint: Paint): Printable[] {
  const bound = rows.some(({ heap, core }) => [heap, core].some(({ peak, exact }) => peak !== null && !exact));
  return [
    ...(bound ? [paint.dim("<= The maximum is older than the call, which stayed at or below it.")] : []),
    ...(rows.every(({ alone }) => alone)
      ? []
      : [paint.dim("* Another call was going on at the same time; its blocks may be counted, too.")]),
  ];
}

function figure(value: number | null): Printable {
  return (value === null ? own("?") : grouped(value)).padStart(NUMBER);
}

function peakOf({ peak, exact }: Around): Printable {
  if (peak === null || exact) return figure(peak);
  return shown`<=${grouped(peak)}`.padStart(NUMBER);
}

function change(bytes: number | null, paint: Paint): Printable {
  if (bytes === null || bytes === 0) return figure(bytes);
  const text = shown`${bytes > 0 ? "+" : ""}${grouped(bytes)}`.padStart(NUMBER);
  return bytes > 0 ? paint.red(text) : paint.green(text);
}
