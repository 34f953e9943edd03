// Draws failed requests with the state of the heap.
import type { Failure, FailureKind, FailureReport } from "../../analyze/report/failures.ts";
import type { Moment } from "../../analyze/report/peak.ts";
import { counted, grouped } from "../../base/format.ts";
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";
import { BLANK, wrapLines } from "./wrap.ts";

/** Failed requests, each with the state of the heap at that moment; equal ones that follow upon each other once. */
export function drawFailures({ shown: listed, count }: FailureReport, paint: Paint, limit: number): Printable[] {
  const groups = groupsOf(listed).slice(0, limit);
  const lines = groups.flatMap((group) => drawFailure(group, paint));
  const rest = count - groups.reduce((sum, group) => sum + group.length, 0);
  return rest > 0 ? [...lines, paint.dim(shown`  and ${grouped(rest)} more`)] : lines;
}

type Group = readonly [Failure, ...Failure[]];

/** Failures that differ in nothing but the moment are told once. */
function groupsOf(listed: readonly Failure[]): Group[] {
  const groups: [Failure, ...Failure[]][] = [];
  for (const failure of listed) {
    const group = groups.at(-1);
    if (group !== undefined && likenessOf(group[0]) === likenessOf(failure)) group.push(failure);
    else groups.push([failure]);
  }
  return groups;
}

function likenessOf({ row, line, time, ...same }: Failure): string {
  return JSON.stringify(same);
}

function drawFailure(group: Group, paint: Paint): Printable[] {
  const [failure] = group;
  const { size, alignment, site, func, instance, time, mark, state, allocated, pool } = failure;
  const aligned = alignment !== null ? shown`, alignment ${grouped(alignment)}` : "";
  const last = group.at(-1) as Failure;
  const place = [
    mark === "" ? BLANK : shown`in ${printable(mark)}`,
    group.length === 1 ? rowName(failure) : shown`${rowName(failure)} to ${grouped(last.line)}`,
    instance > 1 ? shown`instance ${instance}` : BLANK,
    seconds(time),
  ].filter((part) => part !== BLANK);
  const times = group.length === 1 ? BLANK : shown`, ${grouped(group.length)} times`;
  const head = shown`  ${paint.red("✗")} ${paint.bold(shown`${grouped(size)} bytes`)}${aligned}${times}  ${joined(place, ", ")}`;
  const caller = shown`    ${printable(func)} ${paint.dim(paint.place(site))}`;
  return [
    head,
    caller,
    ...drawCallers(failure, paint),
    ...(state === null ? unknown(allocated, pool) : known(failure, paint)),
  ];
}

/** A row by the name by which people find it: only a text has lines, and begins with some of another kind. */
export function rowName({ line, row }: Moment): Printable {
  return shown`${own(line === row + 1 ? "operation" : "line")} ${grouped(line)}`;
}

/** Callers that are shown; the outermost are the library's. */
const MOST_CALLERS = 6;

function drawCallers({ callers = [] }: Failure, paint: Paint): Printable[] {
  return callers
    .slice(0, MOST_CALLERS)
    .map(({ func, place }) => shown`      by ${printable(func)} ${paint.dim(paint.place(place))}`);
}

/** Failures that another pool would have spared. */
const BY_SIZE: ReadonlySet<FailureKind> = new Set(["exhausted", "fragmented", "misfit"]);

function known({ state, block, kind }: Failure, paint: Paint): Printable[] {
  if (state === null || block === null) return [];
  const marks = state.pieces - state.freeBlocks;
  const ends = shown`end mark${marks === 1 ? "" : "s"}`;
  const free =
    state.freeBlocks === 0
      ? shown`none free: the other ${grouped(state.unallocated)} are the pool's ${ends}. `
      : shown`${grouped(state.unallocated)} free in ${counted(state.pieces, "hole")} (${grouped(state.free)} bytes in ${counted(state.freeBlocks, "free block")}, the rest ${ends}), largest free block ${grouped(state.largestFree)}: a request of ${grouped(state.largestRequest)} would have fit. `;
  const needs = BY_SIZE.has(kind) ? shown`The request needs a block of ${grouped(block)}. ` : "";
  const text = shown`${grouped(state.allocated)} of ${grouped(state.size)} bytes allocated, ${free}${needs}Fragmentation: ${state.fragmentation} %`;
  return wrapLines(text, paint, "    ");
}

function unknown(allocated: number, pool: number): Printable[] {
  return [shown`    ${grouped(allocated)} of ${grouped(pool)} bytes allocated; the layout of the rest is unknown`];
}

/** Time since reset. */
export function seconds(microseconds: number): Printable {
  return shown`${printable((microseconds / 1e6).toFixed(3))} s`;
}
