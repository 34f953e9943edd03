// Compares what a heap held at several moments, by who held it.

import type { Holder } from "../holders.ts";
import { leakChanges, type SiteChange } from "../leak/diff.ts";
import type { LeakSnapshot } from "../leak/snapshot.ts";
import { type Suspect, suspects } from "../leak/three.ts";

/** How two ranges or moments differ, by group: the largest growth first. */
export function holderChanges(before: readonly Holder[], after: readonly Holder[]): SiteChange[] {
  return leakChanges(snapshotOf(before), snapshotOf(after));
}

/** The rule of three snapshots: who holds what came after the first moment and is still there at the third. */
export function momentSuspects(
  first: readonly Holder[],
  second: readonly Holder[],
  third: readonly Holder[],
): Suspect[] {
  return suspects(snapshotOf(first), snapshotOf(second), snapshotOf(third));
}

function snapshotOf(holders: readonly Holder[]): LeakSnapshot {
  const sites = new Map(holders.map(({ site, blocks, bytes }) => [site, { blocks, bytes }]));
  return { name: "", heap: "", sites, uncertain: 0 };
}
