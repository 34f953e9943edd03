// A leak snapshot: live blocks by call site.
import { doubtIn, type LeakList } from "../../xtest/leak_lists.ts";
import type { SeriesCount } from "../../xtest/leak_series.ts";

/** What one call site holds. Bytes asked for. */
export interface SiteCount {
  readonly blocks: number;
  readonly bytes: number;
}

/** The live blocks of a heap at one moment, by call site. */
export interface LeakSnapshot {
  /** Where it is from, for people: `before.log`, `before.log, list 2`, `core after pkcs11-1007`. */
  readonly name: string;
  /** `core`, `TA`, `ldelf` or `ta-UUID`: only snapshots of one heap can be compared. */
  readonly heap: string;
  readonly sites: ReadonlyMap<string, SiteCount>;
  /** Blocks whose place or size is gone, and lines that are lost: so many blocks may be missing in `sites`. */
  readonly uncertain: number;
  /** It lacks the end that lists have: any place can hold more. */
  readonly cut?: boolean;
  /** Something broke into it, so that its end is missing for sure. */
  readonly broken?: boolean;
  /** Fewer blocks are sure than not. */
  readonly unreadable?: boolean;
  /** The heap is gone: what is here was never freed. */
  readonly ended?: boolean;
  /** The last of a series of one heap that is gone: what was left then. */
  readonly left?: ReadonlyMap<string, SiteCount>;
  /** Its place in the series of lists of a log, from 0; how many there are, and every so many of them are here. */
  readonly index?: number;
  readonly series?: Pick<SeriesCount, "lists" | "every">;
}

const NOTHING: SiteCount = { blocks: 0, bytes: 0 };

const HEAPS: Readonly<Record<string, string>> = { TC: "core", TA: "TA", LD: "ldelf" };

/** A list of a console log. */
export function snapshotOfList(list: LeakList, name: string, series: readonly SeriesCount[] = []): LeakSnapshot {
  return {
    name,
    heap: HEAPS[list.from] ?? list.from,
    sites: new Map(list.sites.map(({ site, blocks, bytes }) => [site, { blocks, bytes }])),
    ...doubtIn(list),
    cut: !list.complete,
    broken: list.broken,
    index: list.index,
    ...seriesOf(list, series),
  };
}

/** Only of a list whose series is not here as a whole. */
function seriesOf({ from }: LeakList, series: readonly SeriesCount[]): Pick<LeakSnapshot, "series"> {
  const own = series.find((one) => one.from === from);
  return own === undefined || own.every === 1 ? {} : { series: { lists: own.lists, every: own.every } };
}

/** Adds up blocks that are there one by one. */
export function snapshotOfBlocks(
  blocks: Iterable<{ readonly size: number; readonly site: string }>,
  name: string,
  heap: string,
): LeakSnapshot {
  const sites = new Map<string, { blocks: number; bytes: number }>();
  for (const { size, site } of blocks) {
    const sum = sites.get(site) ?? { blocks: 0, bytes: 0 };
    sum.blocks++;
    sum.bytes += size;
    sites.set(site, sum);
  }
  return { name, heap, sites, uncertain: 0 };
}

/** All blocks of a snapshot. */
export function totalOf({ sites }: LeakSnapshot): SiteCount {
  let blocks = 0;
  let bytes = 0;
  for (const site of sites.values()) {
    blocks += site.blocks;
    bytes += site.bytes;
  }
  return { blocks, bytes };
}

/** What a place holds in a snapshot; nothing, if it is not there. */
export function at({ sites }: LeakSnapshot, site: string): SiteCount {
  return sites.get(site) ?? NOTHING;
}

/** The same snapshot with other names for its places, such as addresses that were resolved. Equal names are one place. */
export function renameSites(snapshot: LeakSnapshot, nameOf: (site: string) => string): LeakSnapshot {
  const sites = new Map<string, SiteCount>();
  for (const [site, { blocks, bytes }] of snapshot.sites) {
    const name = nameOf(site);
    const known = sites.get(name) ?? NOTHING;
    sites.set(name, { blocks: known.blocks + blocks, bytes: known.bytes + bytes });
  }
  return { ...snapshot, sites };
}
