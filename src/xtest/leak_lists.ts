// Collects leak lines into lists.
import { createFinder, findSlips, sizeSlips } from "./leak_repair.ts";
import { addTally, createTally, guessed, type Tally, usualSize } from "./leak_tally.ts";
import { SENDERS } from "./leak_words.ts";

/** What one call site held when a list was printed. */
export interface SiteTally {
  /** `file:line`. */
  readonly site: string;
  readonly blocks: number;
  /** Bytes asked for. */
  readonly bytes: number;
  /** Blocks whose size has a digit destroyed: it counts with the middle of what it can have been. */
  readonly unsized: number;
}

/** One list of live blocks, as one call of mdbg_check(1) prints it. */
export interface LeakList {
  /** Who printed it: "TC" the core, "TA" a TA, "LD" the loader. */
  readonly from: string;
  /** Its place among the lists of its sender, from 0. */
  readonly index: number;
  /** First and last line in the log, from 1. */
  readonly first: number;
  readonly last: number;
  /** It ends as lists do, with the allocator's own table of pools. Else its end is missing. */
  readonly complete: boolean;
  /** Its end is missing for sure: OP-TEE boots in it, or the log ends within a line of it. */
  readonly broken: boolean;
  /** Largest first. */
  readonly sites: readonly SiteTally[];
  /** Blocks and bytes of all places, and those whose place is gone. */
  readonly blocks: number;
  readonly bytes: number;
  readonly unplaced: { readonly blocks: number; readonly bytes: number };
  /** Lines with damage that still counted. */
  readonly damaged: number;
  /** Lines of which too little is left: up to so many blocks are missing. */
  readonly lost: number;
}

/** Blocks of a list that are not sure or missing, and whether those are most. */
export function doubtIn({ sites, blocks, lost, unplaced }: LeakList): { uncertain: number; unreadable: boolean } {
  const unsized = sites.reduce((sum, site) => sum + site.unsized, 0);
  const uncertain = lost + unplaced.blocks + unsized;
  return { uncertain, unreadable: uncertain > blocks - unplaced.blocks - unsized };
}

/** A list while it is read. */
export interface OpenList {
  readonly sender: number;
  readonly index: number;
  readonly first: number;
  last: number;
  /** By number of the place. */
  readonly tallies: Map<number, Tally>;
  /** By what damage left of the place. */
  readonly scraps: Map<string, Tally>;
  damaged: number;
  lost: number;
  ended: boolean;
  /** It has its end, a table of several pools, but blocks that are older than that table may follow at once. */
  trails: boolean;
  /** Its first line, as site and size. */
  opening: string;
  broken: boolean;
  /** Other lines since its last one. */
  others: number;
}

export function createList(sender: number, index: number, at: number): OpenList {
  return {
    sender,
    index,
    first: at,
    last: at,
    tallies: new Map(),
    scraps: new Map(),
    damaged: 0,
    lost: 0,
    ended: false,
    trails: false,
    opening: "",
    broken: false,
    others: 0,
  };
}

/**
 * Ends the lists of a log: puts slips and scraps where they belong. `leftOut` are the sums of lists that were left out, `rate`
 * is the share of damaged characters.
 */
export function closeLists(
  lists: readonly OpenList[],
  leftOut: ReadonlyMap<number, Tally>,
  nameOf: (site: number) => string,
  rate: number,
): LeakList[] {
  const totals = sumsOf([leftOut, ...lists.map(({ tallies }) => tallies)]);
  const ids = [...totals.keys()];
  const seen = ids.map((site) => ({ site: nameOf(site), blocks: totals.get(site)?.blocks ?? 0 }));
  const slips = new Map([...findSlips(seen, rate)].map(([from, to]) => [ids[from] as number, to < 0 ? -1 : ids[to]]));
  const known = seen
    .filter((_, index) => !slips.has(ids[index] as number))
    .sort((a, b) => b.blocks - a.blocks)
    .slice(0, 1000)
    .map(({ site }) => site);
  const find = createFinder(known);
  const recognised = new Map<string, string | undefined>();
  const recognise = (text: string): string | undefined => {
    if (!recognised.has(text)) recognised.set(text, known[find(text) ?? -1]);
    return recognised.get(text);
  };
  const usual = usualSizes(totals, (site) => (slips.has(site) ? undefined : nameOf(site)), rate);
  return lists.map((list) => {
    const unplaced = createTally();
    const sites = new Map<string, Tally>();
    const add = (name: string | undefined, tally: Tally): void => {
      if (name === undefined) addTally(unplaced, tally);
      else addTally(tallyOf(sites, name), tally);
    };
    let slipped = 0;
    for (const [site, tally] of list.tallies) {
      const was = slips.get(site);
      if (was !== undefined) slipped += tally.blocks;
      add(was === -1 ? undefined : nameOf(was ?? site), tally);
    }
    let lost = list.lost;
    for (const [text, tally] of list.scraps) {
      const site = recognise(text);
      // A blank inside: perhaps somebody else's words.
      if (site === undefined && text.includes(" ")) lost += tally.blocks;
      else add(site, tally);
    }
    for (const [name, { size, wrong }] of usual) {
      const tally = sites.get(name);
      for (const [other, blocks] of tally?.others ?? []) {
        if (tally === undefined || !wrong.has(other)) continue;
        tally.bytes += blocks * (size - other);
        slipped += blocks;
      }
    }
    return closed(list, sites, unplaced, { slipped, lost });
  });
}

/** What all lists hold together, by number of the place. */
function sumsOf(parts: readonly ReadonlyMap<number, Tally>[]): ReadonlyMap<number, Tally> {
  const sums = new Map<number, Tally>();
  for (const part of parts) for (const [site, tally] of part) addTally(tallyOf(sums, site), tally);
  return sums;
}

/** The places with one usual size that also have slips of it, of all lists together. */
function usualSizes(
  all: ReadonlyMap<number, Tally>,
  nameOf: (site: number) => string | undefined,
  rate: number,
): ReadonlyMap<string, { readonly size: number; readonly wrong: ReadonlySet<number> }> {
  const found = new Map<string, { size: number; wrong: ReadonlySet<number> }>();
  if (rate === 0) return found;
  for (const [site, tally] of all) {
    const name = nameOf(site);
    const size = usualSize(tally);
    if (name === undefined || size === undefined || tally.others === undefined) continue;
    const wrong = sizeSlips(size, tally.others, tally.blocks - tally.unsized, rate);
    if (wrong.size > 0) found.set(name, { size, wrong });
  }
  return found;
}

export function tallyOf<K>(tallies: Map<K, Tally>, key: K): Tally {
  let tally = tallies.get(key);
  if (tally === undefined) {
    tally = createTally();
    tallies.set(key, tally);
  }
  return tally;
}

function closed(
  list: OpenList,
  sites: Map<string, Tally>,
  unplaced: Tally,
  { slipped, lost }: { slipped: number; lost: number },
): LeakList {
  const bytesOfUnplaced = unplaced.bytes + guessed(unplaced);
  const rows = [...sites].map(([site, tally]) => finished(site, tally));
  rows.sort((a, b) => b.bytes - a.bytes || (a.site < b.site ? -1 : 1));
  return {
    from: SENDERS[list.sender] ?? "",
    index: list.index,
    first: list.first,
    last: list.last,
    complete: list.ended,
    broken: list.broken && !list.ended,
    sites: rows,
    blocks: rows.reduce((sum, row) => sum + row.blocks, unplaced.blocks),
    bytes: rows.reduce((sum, row) => sum + row.bytes, bytesOfUnplaced),
    unplaced: { blocks: unplaced.blocks, bytes: bytesOfUnplaced },
    damaged: list.damaged + slipped - (lost - list.lost),
    lost,
  };
}

/** Where nearly all blocks of a place have one size, those whose size is gone have it, too. */
function finished(site: string, tally: Tally): SiteTally {
  const { blocks, bytes, unsized } = tally;
  const usual = unsized === 0 ? undefined : usualSize(tally);
  if (usual === undefined) return { site, blocks, bytes: bytes + guessed(tally), unsized };
  return { site, blocks, bytes: bytes + unsized * usual, unsized: 0 };
}
