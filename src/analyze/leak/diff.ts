// Compares two leak snapshots.
import { at, type LeakSnapshot, type SiteCount } from "./snapshot.ts";

/** What became of one place between two snapshots. */
export interface SiteChange {
  readonly site: string;
  readonly before: SiteCount;
  readonly after: SiteCount;
  /** After less before. */
  readonly blocks: number;
  readonly bytes: number;
}

/** All places whose blocks or bytes changed, the largest growth first, the largest shrinking last. */
export function leakChanges(before: LeakSnapshot, after: LeakSnapshot): SiteChange[] {
  const sites = new Set([...before.sites.keys(), ...after.sites.keys()]);
  return [...sites]
    .map((site) => changeOf(site, at(before, site), at(after, site)))
    .filter(({ blocks, bytes }) => blocks !== 0 || bytes !== 0)
    .sort((a, b) => b.bytes - a.bytes || b.blocks - a.blocks || (a.site < b.site ? -1 : 1));
}

/** Does a place hold more than before? More bytes, or more blocks where no bytes are known. */
export function grew({ blocks, bytes }: SiteChange): boolean {
  return bytes > 0 || (bytes === 0 && blocks > 0);
}

function changeOf(site: string, before: SiteCount, after: SiteCount): SiteChange {
  return { site, before, after, blocks: after.blocks - before.blocks, bytes: after.bytes - before.bytes };
}
