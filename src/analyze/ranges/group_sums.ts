// Groups what the owners of blocks hold as people ask for it.
import type { Holder } from "../holders.ts";
import { type BlockOwner, GROUPINGS, type Grouping } from "./block_owner.ts";
import type { Measure, OwnedSum, RangeSums } from "./range_sums.ts";

/** Who holds what of a measure, the most bytes first. */
export function holdersIn({ sums, owners }: RangeSums, measure: Measure, grouping: Grouping): Holder[] {
  return groupSums(sums[measure], owners, grouping);
}

/** Adds up owners of one group, largest sum first; equal sums by name. */
function groupSums(sums: Iterable<OwnedSum>, owners: readonly BlockOwner[], grouping: Grouping): Holder[] {
  const nameOf = GROUPINGS[grouping];
  const groups = new Map<string, { site: string; blocks: number; bytes: number }>();
  for (const { owner, blocks, bytes } of sums) {
    const site = nameOf(owners[owner] as BlockOwner);
    const group = groups.get(site) ?? { site, blocks: 0, bytes: 0 };
    group.blocks += blocks;
    group.bytes += bytes;
    groups.set(site, group);
  }
  return [...groups.values()].sort((a, b) => b.bytes - a.bytes || (a.site < b.site ? -1 : 1));
}
