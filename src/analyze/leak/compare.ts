// What two lists of live blocks tell for sure, where one of them is damaged or cut.
import { grew, leakChanges, type SiteChange } from "./diff.ts";
import { isTableOfPools } from "./library.ts";
import type { LeakSnapshot } from "./snapshot.ts";

/** The difference of two snapshots. */
export interface Comparison {
  /** Changes that blocks which are missing or not sure cannot explain. */
  readonly rows: readonly SiteChange[];
  /** Those of them that grew, without the heap's pool table. */
  readonly grown: readonly SiteChange[];
  /** How many more places differ, which such blocks can explain. */
  readonly open: number;
  /** Whether something may have grown that does not show. */
  readonly mayHaveGrown: boolean;
}

/** Compares what is sure. */
export function compareSnapshots(before: LeakSnapshot, after: LeakSnapshot): Comparison {
  const all = leakChanges(before, after);
  const isSure = (row: SiteChange): boolean => (grew(row) ? row.blocks > lacks(before) : -row.blocks > lacks(after));
  const rows = all.filter((row) => lacks(grew(row) ? before : after) === 0 || isSure(row));
  const open = all.filter((row) => !rows.includes(row));
  // A block that is gone from its place may be one of those that are not sure.
  const moved = open.filter((row) => !grew(row)).reduce((sum, { blocks }) => sum - blocks, 0);
  return {
    rows,
    grown: rows.filter((row) => grew(row) && !isTableOfPools(row.site)),
    open: open.length,
    mayHaveGrown: open.some(grew) || lacks(after) > moved,
  };
}

/** So many more blocks a list can have had at any place. */
export function lacks({ cut, uncertain }: LeakSnapshot): number {
  return cut === true ? Number.POSITIVE_INFINITY : uncertain;
}
