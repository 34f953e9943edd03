// Draws failed requests with the state of the heap.
import type { Failure, FailureReport } from "../../analyze/report/failures.ts";
import { grouped } from "../../base/format.ts";
import { joined, type Printable, printable, shown } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";
import { BLANK, wrapLines } from "./wrap.ts";

/** Refused requests, each with the state of the heap at that moment. */
export function drawFailures({ shown: listed, count }: FailureReport, paint: Paint, limit: number): Printable[] {
  const lines = listed.slice(0, limit).flatMap((failure) => drawFailure(failure, paint));
  const rest = count - Math.min(limit, listed.length);
  return rest > 0 ? [...lines, paint.dim(shown`  and ${grouped(rest)} more`)] : lines;
}

function drawFailure(failure: Failure, paint: Paint): Printable[] {
  const { size, alignment, site, func, line, instance, time, mark, state, allocated, pool } = failure;
  const aligned = alignment !== null ? shown`, alignment ${grouped(alignment)}` : "";
  const place = [
    mark === "" ? BLANK : shown`in ${printable(mark)}`,
    shown`line ${line}`,
    instance > 1 ? shown`instance ${instance}` : BLANK,
    seconds(time),
  ].filter((part) => part !== BLANK);
  const head = shown`  ${paint.red("✗")} ${paint.bold(shown`${grouped(size)} bytes`)}${aligned}  ${joined(place, ", ")}`;
  const caller = shown`    ${printable(func)} ${paint.dim(paint.place(site))}`;
  return [
    head,
    caller,
    ...drawCallers(failure, paint),
    ...(state === null ? unknown(allocated, pool) : known(failure, paint)),
  ];
}

/** Callers that are shown; the outermost are the library's. */
const MOST_CALLERS = 6;

function drawCallers({ callers = [] }: Failure, paint: Paint): Printable[] {
  return callers
    .slice(0, MOST_CALLERS)
    .map(({ func, place }) => shown`      by ${printable(func)} ${paint.dim(paint.place(place))}`);
}

function known({ state }: Failure, paint: Paint): Printable[] {
  if (state === null) return [];
  const ends = state.pieces - state.freeBlocks;
  const text =
    shown`${grouped(state.allocated)} of ${grouped(state.size)} bytes allocated, ${grouped(state.unallocated)} free in ${grouped(state.pieces)} holes ` +
    shown`(${grouped(state.free)} bytes in ${grouped(state.freeBlocks)} free blocks, the rest end mark${ends === 1 ? "" : "s"}), ` +
    shown`largest free block ${grouped(state.largestFree)}: a request of ${grouped(state.largestRequest)} would have fit. ` +
    shown`Fragmentation: ${state.fragmentation} %`;
  return wrapLines(text, paint, "    ");
}

function unknown(allocated: number, pool: number): Printable[] {
  return [shown`    ${grouped(allocated)} of ${grouped(pool)} bytes allocated; the layout of the rest is unknown`];
}

/** Time since reset. */
export function seconds(microseconds: number): Printable {
  return shown`${printable((microseconds / 1e6).toFixed(3))} s`;
}
