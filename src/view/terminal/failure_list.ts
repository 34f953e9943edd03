import type { Failure, FailureReport } from "../../analyze/report_failures.ts";
import { grouped } from "../../base/format.ts";
import { printable } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

/** Refused requests, each with the state of the heap at that moment. */
export function drawFailures({ shown, count }: FailureReport, paint: Paint, limit: number): string[] {
  const lines = shown.slice(0, limit).flatMap((failure) => drawFailure(failure, paint));
  const rest = count - Math.min(limit, shown.length);
  return rest > 0 ? [...lines, paint.dim(`  and ${grouped(rest)} more`)] : lines;
}

function drawFailure(failure: Failure, paint: Paint): string[] {
  const { size, alignment, site, func, line, instance, time, mark, state, allocated, pool } = failure;
  const aligned = alignment !== null ? `, alignment ${grouped(alignment)}` : "";
  const place = [
    mark === "" ? "" : `in ${printable(mark)}`,
    `line ${line}`,
    instance > 1 ? `instance ${instance}` : "",
    seconds(time),
  ];
  const head = `  ${paint.red("✗")} ${paint.bold(`${grouped(size)} bytes`)}${aligned}  ${place.filter((part) => part !== "").join(", ")}`;
  const caller = `    ${printable(func)} ${paint.dim(printable(site))}`;
  return [head, caller, ...(state === null ? unknown(allocated, pool) : known(failure))];
}

function known({ state }: Failure): string[] {
  if (state === null) return [];
  const ends = state.pieces - state.freeBlocks;
  const text =
    `${grouped(state.allocated)} of ${grouped(state.size)} bytes allocated, ${grouped(state.unallocated)} free in ${grouped(state.pieces)} holes ` +
    `(${grouped(state.free)} bytes in ${grouped(state.freeBlocks)} free blocks, the rest end mark${ends === 1 ? "" : "s"}), ` +
    `largest free block ${grouped(state.largestFree)}: a request of ${grouped(state.largestRequest)} would have fit. ` +
    `Fragmentation: ${state.fragmentation} %`;
  return wrap(text, 80, "    ").split("\n");
}

function unknown(allocated: number, pool: number): string[] {
  return [`    ${grouped(allocated)} of ${grouped(pool)} bytes allocated; where the rest lay is not known`];
}

/** Time since reset. */
export function seconds(microseconds: number): string {
  return `${(microseconds / 1e6).toFixed(3)} s`;
}
