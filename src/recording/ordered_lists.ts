// Writes leak lists as one heap that changes from list to list, which is how a page shows them: a list has no pool, no
// addresses and no time, so none is written, and lists are numbered from 0 in the order in which they were printed.
import { OP } from "../malloc/operation.ts";
import { ROW_COLUMNS } from "../replay/row_columns.ts";
import type { RecordedTrace, Site } from "../replay/trace_columns.ts";
import { rowCursor } from "../replay/trace_rows.ts";
import { listsOf, placeOfList, type RecordedList } from "./list_row.ts";
import type { Recording } from "./recording.ts";
import type { RowSink } from "./rows.ts";
import { writeRecording } from "./write_recording.ts";

/** Writes a recording for a page: as `writeRecording` does, but leak lists of one heap as one instance of it. */
export function writeShown(recording: Recording, writer: RowSink): void {
  const lists = recording.traces.flatMap((trace, index) => {
    const states = listsOf(trace);
    return states === null ? [] : [{ trace, index, states }];
  });
  const operations = recording.traces.flatMap((_, index) => (lists.some((one) => one.index === index) ? [] : [index]));
  writeRecording(
    {
      ...recording,
      traces: operations.flatMap((index) => recording.traces[index] ?? []),
      entries: recording.entries.flatMap((span) => {
        const trace = operations.indexOf(span.trace);
        return trace < 0 ? [] : [{ ...span, trace }];
      }),
    },
    writer,
  );
  for (const { trace, states } of lists) writeLists(trace, states, writer);
}

/** The sizes of the blocks of each call site, by its number. */
type Sizes = ReadonlyMap<number, readonly number[]>;

interface Held {
  readonly pointer: number;
  readonly size: number;
}

const TEXTS = {
  whole: "",
  cut: ", cut: it lacks its end",
  broken: ", broken off",
  unreadable: ", most of it unreadable",
};

function writeLists(trace: RecordedTrace, states: readonly RecordedList[], writer: RowSink): void {
  const held = new Map<number, Held[]>();
  const row = { heap: trace.context, instance: 1, thread: "-" } as const;
  let [next, allocated] = [1, 0];
  // A heap begins with a pool. This one has no bytes: they are not known.
  writer.add({ ...row, op: "add_pool", place: placeOfList("whole") });
  for (const [n, sizes] of sizesByList(trace).entries()) {
    const { state = "whole", uncertain = 0 } = states[n] ?? {};
    const doubt = uncertain === 0 ? "" : `, ${uncertain} not sure`;
    writer.add({ op: "mark", time: n, heap: trace.context, name: `list ${n + 1}${TEXTS[state]}${doubt}` });
    const sites = [...new Set([...held.keys(), ...sizes.keys()])].map((site) => {
      const before = held.get(site) ?? [];
      return { site, before, ...changes(before, sizes.get(site) ?? []), ...(trace.sites[site] as Site) };
    });
    // What is gone goes first: never more is held than in one of the two lists.
    for (const { gone, func, place } of sites)
      for (const { pointer, size } of gone) {
        allocated -= size;
        writer.add({ ...row, op: "free", time: n, pointer, allocated, func, place });
      }
    for (const { site, before, gone, came, func, place } of sites) {
      const added = came.map((size): Held => {
        allocated += size;
        writer.add({ ...row, op: "found", time: n, size, result: next, allocated, func, place });
        return { pointer: next++, size };
      });
      held.set(site, [...before.filter((one) => !gone.includes(one)), ...added]);
    }
  }
}

/** The least that makes a site's blocks those of the next list. Blocks of a site share its bytes evenly, so sizes alone tell no block. */
function changes(
  before: readonly Held[],
  after: readonly number[],
): { gone: readonly Held[]; came: readonly number[] } {
  const bytes = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0);
  const had = bytes(before.map(({ size }) => size));
  const has = bytes(after);
  const more = after.length - before.length;
  if (more === 0 && had === has) return { gone: [], came: [] };
  if (more > 0 && has - had >= more) return { gone: [], came: shared(has - had, more) };
  const last = more < 0 ? before.slice(more) : [];
  if (last.length > 0 && had - bytes(last.map(({ size }) => size)) === has) return { gone: last, came: [] };
  return { gone: before, came: after };
}

function shared(bytes: number, blocks: number): number[] {
  return Array.from({ length: blocks }, (_, n) => Math.floor(bytes / blocks) + Number(n < bytes % blocks));
}

function sizesByList(trace: RecordedTrace): Sizes[] {
  const lists = trace.instances.map(() => new Map<number, number[]>());
  const rowsAt = rowCursor(trace, ROW_COLUMNS);
  for (let at = 0; at < trace.length; at++) {
    const { first, op, instance, site, size } = rowsAt(at);
    if (op[at - first] === OP.P) continue;
    const sizes = lists[instance[at - first] as number];
    const number = site[at - first] as number;
    const known = sizes?.get(number);
    if (known === undefined) sizes?.set(number, [size[at - first] as number]);
    else known.push(size[at - first] as number);
  }
  return lists;
}
