// Draws the calls of clients into TAs, with the memory around them.

import { errorName } from "../../abi/errors.ts";
import { grouped } from "../../base/format.ts";
import { own, type Printable, printable, shown } from "../../base/printable.ts";
import { type AroundColumn, aroundForm, drawAround, drawAroundHead, growthLook } from "./around_table.ts";
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

const NAME = 10;
const CALLS = 6;

const COLUMNS: readonly AroundColumn<CallRow>[] = [
  { title: "before", heap: "heap of the TA", spare: true, text: ({ heap }) => figure(heap.before) },
  { title: "peak", heap: "heap of the TA", spare: false, text: ({ heap }) => peakOf(heap) },
  { title: "after", heap: "heap of the TA", spare: true, text: ({ heap }) => figure(heap.after) },
  {
    title: "growth",
    heap: "heap of the TA",
    spare: false,
    text: ({ heap }) => change(heap.growth),
    look: ({ heap }) => growthLook(heap.growth),
  },
  { title: "before", heap: "core heap", spare: true, text: ({ core }) => figure(core.before) },
  { title: "peak", heap: "core heap", spare: false, text: ({ core }) => peakOf(core) },
  {
    title: "growth",
    heap: "core heap",
    spare: true,
    text: ({ core }) => change(core.growth),
    look: ({ core }) => growthLook(core.growth),
  },
];

const formFor = (paint: Paint) => aroundForm(COLUMNS, paint, { name: NAME + CALLS, figure: 9, usual: 80 });

/** The head of the table. */
export function drawCallHead(paint: Paint): Printable[] {
  const [over, titles] = drawAroundHead(formFor(paint), paint);
  const calls = paint.dim(own("calls").padStart(NAME + CALLS));
  return [shown`${own(" ").repeat(NAME + CALLS)}${over}`, shown`${calls}${titles}`];
}

/** A row of the table. A peak that is only known not to be exceeded has a sign before it. */
export function drawCall(row: CallRow, paint: Paint): Printable {
  const { name, calls, failed, code, alone } = row;
  const error =
    code === undefined
      ? shown`${grouped(failed)} failed`
      : (errorName(code) ?? shown`0x${printable((code >>> 0).toString(16))}`);
  const ended = failed === 0 ? "" : shown`  ${paint.red(error)}`;
  const first = shown`${printable(name).padEnd(NAME)}${grouped(calls).padStart(CALLS)}`;
  return shown`${first}${drawAround(formFor(paint), row, paint)}${alone ? "" : " *"}${ended}`;
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
  return value === null ? own("?") : grouped(value);
}

function peakOf({ peak, exact }: Around): Printable {
  return peak === null || exact ? figure(peak) : shown`<=${grouped(peak)}`;
}

function change(bytes: number | null): Printable {
  return bytes === null || bytes <= 0 ? figure(bytes) : shown`+${grouped(bytes)}`;
}
