// Sums up how buffers grew by realloc, by call site.
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { siteOf } from "../../replay/trace_row.ts";
import type { BlockTable } from "../block_table.ts";
import type { RowRange } from "../row_range.ts";

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

/** All sites that called realloc for a block in some rows, the most bytes copied first. */
export function regrowth(trace: RecordedTrace, table: BlockTable, { from, to }: RowRange): SiteRegrowth[] {
  const sums = new Map<number, Sum>();
  const rowOf = new Map<number, number>();
  for (let row = from; row < to; row++) {
    const old = trace.ends[row] as number;
    if (old < 0 || (trace.makes[row] as number) < 0) continue;
    const site = trace.site[row] as number;
    const sum = sums.get(site) ?? { reallocs: 0, copied: 0, steps: new Map() };
    sums.set(site, sum);
    rowOf.set(site, row);
    const before = trace.size[table.made[old] as number] as number;
    const after = trace.size[row] as number;
    sum.reallocs++;
    sum.copied += Math.min(before, after);
    sum.steps.set(after - before, (sum.steps.get(after - before) ?? 0) + 1);
  }
  return [...sums]
    .map(([site, { reallocs, copied, steps }]): SiteRegrowth => {
      const { place, func } = siteOf(trace, rowOf.get(site) ?? 0);
      const growth = [...steps].filter(([step]) => step > 0).sort(([a], [b]) => a - b);
      const grew = growth.reduce((all, [, times]) => all + times, 0);
      const [least, most] = [OUTER, 1 - OUTER].map((share) => quantile(growth, share * grew)) as [number, number];
      return { site: place || func || "unknown", reallocs, grew, same: steps.get(0) ?? 0, copied, least, most };
    })
    .sort((a, b) => b.copied - a.copied || (a.site < b.site ? -1 : 1));
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
