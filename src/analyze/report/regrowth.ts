// Sums up how buffers grew by realloc, by call site.
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { nameOfSite } from "../held_blocks.ts";
import type { BlockFollower } from "../live_blocks.ts";
import type { RowRange } from "../row_range.ts";
import { callersOf } from "./callers.ts";

/** How one call site changed the sizes of its blocks. */
export interface SiteRegrowth {
  /** `file:line`, or the function where no line is known. */
  readonly site: string;
  /** Reallocs that gave a block; those that made it larger, and those that left its size as it was. */
  readonly reallocs: number;
  readonly grew: number;
  readonly same: number;
  /** Bytes of content that were copied: OP-TEE's realloc always takes a new block. */
  readonly copied: number;
  /** By how many bytes blocks grew, the lowest and the highest tenth left out; 0 where none grew. */
  readonly least: number;
  readonly most: number;
}

interface Sum {
  reallocs: number;
  copied: number;
  /** How often the size changed by so many bytes. */
  readonly steps: Map<number, number>;
}

const OUTER = 0.1;

/** Counts reallocs while the blocks of a trace are followed. */
interface RegrowthCount extends BlockFollower {
  /** All sites that called realloc for a block, the most bytes copied first. */
  report(): SiteRegrowth[];
}

/** Counts the reallocs that gave a block in some rows. */
export function regrowthCount(trace: RecordedTrace, { from, to }: RowRange): RegrowthCount {
  const sums = new Map<number, Sum>();
  const callers = callersOf(trace.sites);
  let before = 0;
  return {
    gone(live, block) {
      before = live.size[block] as number;
    },
    made(live, block, row) {
      if (row < from || row >= to || live.born[block] === row) return;
      const site = callers[live.site[block] as number] as number;
      const sum = sums.get(site) ?? { reallocs: 0, copied: 0, steps: new Map() };
      sums.set(site, sum);
      const after = live.size[block] as number;
      sum.reallocs++;
      sum.copied += Math.min(before, after);
      sum.steps.set(after - before, (sum.steps.get(after - before) ?? 0) + 1);
    },
    report: () =>
      [...sums]
        .map(([site, sum]) => regrowthOf(nameOfSite(trace.sites[site]), sum))
        .sort((a, b) => b.copied - a.copied || (a.site < b.site ? -1 : 1)),
  };
}

function regrowthOf(site: string, { reallocs, copied, steps }: Sum): SiteRegrowth {
  const growth = [...steps].filter(([step]) => step > 0).sort(([a], [b]) => a - b);
  const grew = growth.reduce((all, [, times]) => all + times, 0);
  const [least, most] = [OUTER, 1 - OUTER].map((share) => quantile(growth, share * grew)) as [number, number];
  return { site, reallocs, grew, same: steps.get(0) ?? 0, copied, least, most };
}

/** The value in a place of ascending values with their counts; 0 of none. */
function quantile(sorted: readonly (readonly [value: number, times: number])[], place: number): number {
  let passed = 0;
  for (const [value, times] of sorted) {
    passed += times;
    if (passed >= place) return value;
  }
  return 0;
}
