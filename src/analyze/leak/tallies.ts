// Counts the live blocks of each instance of a heap by call site, row by row.
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { followBlocks } from "../live_blocks.ts";
import type { SiteCount } from "./snapshot.ts";

/** Live blocks and their bytes as asked for, by index into the trace's sites. */
interface Tally {
  readonly blocks: Float64Array;
  readonly bytes: Float64Array;
}

/** The live blocks of instances by call site. */
interface SiteTallies {
  /** Goes on to right before a row, or behind the last. */
  advance(row: number): void;
  /** Forgets the blocks of an instance. */
  drop(instance: number): void;
  /** What one instance holds, or all together hold, by `file:line`. */
  sites(instance?: number): ReadonlyMap<string, SiteCount>;
}

/** Begins before the first row. */
export function siteTallies(trace: RecordedTrace): SiteTallies {
  const tallies = new Map<number, Tally>();
  const live = followBlocks(trace, {
    made: ({ instance, site, size }, block) => {
      const heap = instance[block] as number;
      let tally = tallies.get(heap);
      if (tally === undefined) {
        tally = { blocks: new Float64Array(trace.sites.length), bytes: new Float64Array(trace.sites.length) };
        tallies.set(heap, tally);
      }
      count(tally, site[block] as number, 1, size[block] as number);
    },
    gone: ({ instance, site, size }, block) => {
      const tally = tallies.get(instance[block] as number);
      if (tally !== undefined) count(tally, site[block] as number, -1, -(size[block] as number));
    },
  });
  return {
    advance: live.advance,
    drop: (instance) => tallies.delete(instance),
    sites(instance) {
      const found = new Map<string, { blocks: number; bytes: number }>();
      const wanted = instance === undefined ? tallies.values() : [tallies.get(instance)];
      for (const tally of wanted) if (tally !== undefined) addTo(found, trace, tally);
      return found;
    },
  };
}

function count({ blocks, bytes }: Tally, site: number, change: number, size: number): void {
  blocks[site] = (blocks[site] as number) + change;
  bytes[site] = (bytes[site] as number) + size;
}

function addTo(found: Map<string, { blocks: number; bytes: number }>, trace: RecordedTrace, tally: Tally): void {
  for (const [site, here] of tally.blocks.entries()) {
    if (here === 0) continue;
    // One place may be in several functions.
    const place = trace.sites[site]?.place ?? "";
    const sum = found.get(place) ?? { blocks: 0, bytes: 0 };
    sum.blocks += here;
    sum.bytes += tally.bytes[site] as number;
    found.set(place, sum);
  }
}
