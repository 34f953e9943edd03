// Takes leak snapshots of a trace at chosen moments.
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import type { LeakSnapshot } from "./snapshot.ts";
import { siteTallies } from "./tallies.ts";

/** A moment of a trace: right before the row, or after the last with its `length`. */
export interface TraceMoment {
  readonly row: number;
  readonly name: string;
}

/**
 * The live blocks of a trace at some moments, by call site, in the order of the moments. Of a heap with several
 * instances, the blocks of one are gone after its last row; what it had not freed then is in `leftByInstances`.
 */
export function snapshotsOfTrace(trace: RecordedTrace, moments: readonly TraceMoment[]): LeakSnapshot[] {
  const tallies = siteTallies(trace);
  const ends = trace.instances.length > 1 ? endsOfInstances(trace) : [];
  const found = new Map<number, LeakSnapshot["sites"]>();
  let ended = 0;
  for (const row of Float64Array.from(new Set(moments.map(({ row }) => row))).sort()) {
    for (let end = ends[ended]; end !== undefined && end.last + 1 < row; end = ends[++ended]) {
      tallies.advance(end.last + 1);
      tallies.drop(end.index);
    }
    tallies.advance(row);
    found.set(row, tallies.sites());
  }
  return moments.map(({ name, row }) => ({
    name,
    heap: trace.context,
    sites: found.get(row) ?? new Map(),
    uncertain: 0,
  }));
}

/** What the instances of a heap had not freed at their last row: one snapshot for each, in their order. */
export function leftByInstances(trace: RecordedTrace): LeakSnapshot[] {
  const sites: LeakSnapshot["sites"][] = [];
  for (const left of eachLeft(trace)) sites[left.index] = left.sites;
  return trace.instances.map(({ number }, index) => ({
    name: `instance ${number}`,
    heap: trace.context,
    sites: sites[index] ?? new Map(),
    uncertain: 0,
  }));
}

/** What all instances of a heap together had not freed at their last rows. */
export function leftTogether(trace: RecordedTrace): LeakSnapshot {
  const sites = new Map<string, { blocks: number; bytes: number }>();
  for (const left of eachLeft(trace))
    for (const [site, { blocks, bytes }] of left.sites) {
      const sum = sites.get(site) ?? { blocks: 0, bytes: 0 };
      sites.set(site, { blocks: sum.blocks + blocks, bytes: sum.bytes + bytes });
    }
  return { name: `left by ${trace.instances.length} instances`, heap: trace.context, sites, uncertain: 0 };
}

/** What each instance had not freed, in the order in which they end. */
function* eachLeft(trace: RecordedTrace): Generator<{ readonly index: number; readonly sites: LeakSnapshot["sites"] }> {
  const tallies = siteTallies(trace);
  for (const { index, last } of endsOfInstances(trace)) {
    tallies.advance(last + 1);
    yield { index, sites: tallies.sites(index) };
    tallies.drop(index);
  }
}

function endsOfInstances({ instances }: RecordedTrace): { readonly index: number; readonly last: number }[] {
  return instances.map(({ last }, index) => ({ index, last })).sort((a, b) => a.last - b.last);
}

/** The end of every mark. */
export function endsOfMarks({ marks, length }: RecordedTrace): TraceMoment[] {
  return marks.map(({ name }, i) => ({ name, row: marks[i + 1]?.row ?? length }));
}
