// Tells whose the block is that a row makes.
import type { Site } from "../../replay/trace_columns.ts";
import type { BlockOwner } from "./block_owner.ts";
import { ownerTable } from "./owner_table.ts";
import type { AroundBlock, SurroundingsOf } from "./surroundings.ts";

/** Owners by number, and the number of the owner of a row's block. */
export interface RowOwners {
  readonly owners: readonly BlockOwner[];
  /** `site` and `thread` are indexes. */
  ofRow(row: number, time: number, site: number, thread: number): number;
  numberOf(owner: BlockOwner): number;
}

/** There are no more sites than this. */
const MAX_SITES = 2 ** 18;

/** Numbers owners row by row. What surrounds a row changes seldom, and comes back seldom. */
export function rowOwners(
  { sites, threads }: { readonly sites: readonly Site[]; readonly threads: readonly string[] },
  around: SurroundingsOf,
): RowOwners {
  const table = ownerTable();
  const known = new Map<number, number>();
  let now: AroundBlock | undefined;
  return {
    owners: table.owners,
    numberOf: table.numberOf,
    ofRow(row, time, site, thread) {
      const here = around(row, time);
      if (here !== now) known.clear();
      now = here;
      const key = thread * MAX_SITES + site;
      const number = known.get(key);
      if (number !== undefined) return number;
      const made = table.numberOf({ place: "", func: "", ...sites[site], thread: threads[thread] ?? "", ...here });
      known.set(key, made);
      return made;
    },
  };
}
