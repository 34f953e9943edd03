// Takes leak snapshots of a trace at chosen moments.
import { countLeading } from "../../base/bisect.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { blockTable } from "../block_table.ts";
import type { LeakSnapshot, SiteCount } from "./snapshot.ts";

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
  const rows = Float64Array.from(new Set(moments.map(({ row }) => row))).sort();
  const { made, ended } = blockTable(trace);
  const several = trace.instances.length > 1;
  // Differences from one moment to the next, by site: a block counts from the first moment after its birth to its end.
  const sites = trace.sites.length;
  const blocks = new Float64Array((rows.length + 1) * sites);
  const bytes = new Float64Array((rows.length + 1) * sites);
  for (let block = 0; block < trace.blocks; block++) {
    const birth = made[block] as number;
    const site = trace.site[birth] as number;
    const size = trace.size[birth] as number;
    const last = several ? (trace.instances[trace.instance[birth] as number]?.last ?? 0) + 1 : trace.length;
    const end = (ended[block] as number) < 0 ? last : (ended[block] as number);
    const from = firstAbove(rows, birth) * sites + site;
    const to = firstAbove(rows, end) * sites + site;
    blocks[from] = (blocks[from] as number) + 1;
    bytes[from] = (bytes[from] as number) + size;
    blocks[to] = (blocks[to] as number) - 1;
    bytes[to] = (bytes[to] as number) - size;
  }
  for (let i = sites; i < blocks.length; i++) {
    blocks[i] = (blocks[i] as number) + (blocks[i - sites] as number);
    bytes[i] = (bytes[i] as number) + (bytes[i - sites] as number);
  }
  return moments.map(({ name, row }) => {
    const base = (firstAbove(rows, row) - 1) * sites;
    return { name, heap: trace.context, sites: sitesAt(trace, blocks, bytes, base), uncertain: 0 };
  });
}

/** What the instances of a heap had not freed at their last row: one snapshot for each, in their order. */
export function leftByInstances(trace: RecordedTrace): LeakSnapshot[] {
  const { made, ended } = blockTable(trace);
  const found = trace.instances.map(() => new Map<string, { blocks: number; bytes: number }>());
  for (let block = 0; block < trace.blocks; block++) {
    if ((ended[block] as number) >= 0) continue;
    const birth = made[block] as number;
    const sites = found[trace.instance[birth] as number];
    const place = trace.sites[trace.site[birth] as number]?.place ?? "";
    const sum = sites?.get(place) ?? { blocks: 0, bytes: 0 };
    sum.blocks++;
    sum.bytes += trace.size[birth] as number;
    sites?.set(place, sum);
  }
  return trace.instances.map(({ number }, index) => ({
    name: `instance ${number}`,
    heap: trace.context,
    sites: found[index] ?? new Map(),
    uncertain: 0,
  }));
}

/** The end of every mark. */
export function endsOfMarks({ marks, length }: RecordedTrace): TraceMoment[] {
  return marks.map(({ name }, i) => ({ name, row: marks[i + 1]?.row ?? length }));
}

function sitesAt(
  trace: RecordedTrace,
  blocks: Float64Array,
  bytes: Float64Array,
  base: number,
): ReadonlyMap<string, SiteCount> {
  const found = new Map<string, { blocks: number; bytes: number }>();
  for (const [index, { place }] of trace.sites.entries()) {
    const here = blocks[base + index] as number;
    if (here === 0) continue;
    // One place may be in several functions.
    const sum = found.get(place) ?? { blocks: 0, bytes: 0 };
    sum.blocks += here;
    sum.bytes += bytes[base + index] as number;
    found.set(place, sum);
  }
  return found;
}

/** Index of the first of the ascending rows that is above a row. */
function firstAbove(rows: Float64Array, row: number): number {
  return countLeading(rows.length, (n) => (rows[n] as number) <= row);
}
