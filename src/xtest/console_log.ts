// Reads the leak lists of a secure-console log.
import { createLineFeeder } from "../text/line_feeder.ts";
import { createLeakLines } from "./leak_lines.ts";
import { closeLists, type LeakList, type OpenList, tallyOf } from "./leak_lists.ts";
import { createSeries, type SeriesCount } from "./leak_series.ts";
import { countBlock } from "./leak_tally.ts";
import { allocatorBlock, SENDERS } from "./leak_words.ts";
import { findNear } from "./near.ts";
import { createSiteTable, hashSite } from "./site_table.ts";

/** The leak lists of a secure-console log. */
export interface ConsoleLog {
  /** In the order in which they begin. Of a log with very many, not all: `series` says which. */
  readonly lists: readonly LeakList[];
  /** How many lists there were of each sender, and how many of them are in `lists`. */
  readonly series: readonly SeriesCount[];
  /** Lines of the whole log. */
  readonly lines: number;
  /** Blocks of all lists. */
  readonly blocks: number;
  /** Leak lines with damage that still counted, and those of which too little is left, of all lists. */
  readonly damaged: number;
  readonly lost: number;
  /** The log has more call sites than are kept: blocks of further ones count as `OTHER_SITES`. */
  readonly crowded: boolean;
}

/** Reads a log as it comes. */
export interface ConsoleReader {
  /** How many lists have begun. */
  readonly lists: number;
  /**
   * Takes one line, without its end: the bytes from `from` (inclusive) to `to` (exclusive), which are not kept. `number` is
   * its place in the log, from 1, and rises from call to call. `cut`: the log ends in it, with no newline. A log comes by
   * lines or by `push`, not by both. True for a whole leak line.
   */
  takeLine(bytes: Uint8Array, from: number, to: number, number: number, cut?: boolean): boolean;
  /** So many lines were left out of the text here: they may have been of the list that is open. */
  leaveOut(lines: number): void;
  /** Takes the next bytes, in pieces of any size. */
  push(bytes: Uint8Array): void;
  /** Ends the log. Call it once. */
  end(): ConsoleLog;
}

/** How to read a log. */
export interface ConsoleOptions {
  /** A line that holds this text stands between two lists. */
  readonly split?: string;
  /** So many lists of each sender are kept at most. */
  readonly most?: number;
}

/** So many other lines in a row end a list; fewer may be another core's. */
const GAP = 64;
/** A boot, and opening and closing the statistics TA, happen between lists. */
const BOOT = /OP-TEE version: |[Pp]rimary CPU initializing/;
const STATISTICS = /d96a5b40-e2c7-b1af-8794-1002a5d5c61b/;
const TABLE = "bget_malloc.c:";
const MOST_LISTS = 4096;
const MOST_SCRAPS = 2 ** 16;
const LONGEST_SCRAP = 80;
/** Bytes of the table of one pool, on 64 bit; that of several was allocated anew when they came, behind other blocks. */
const ONE_POOL = 16;
/** Characters of a leak line that are always the same. */
const FIXED = 15;

/**
 * Reads the lists that mdbg_check(1) prints (OP-TEE 1.0 to 4.10) out of a console log with other lines between, two cores'
 * lines mixed, time stamps, CR LF, and damage. Every sender has its own lists. A list ends with the table of pools of its
 * heap, and with the blocks that follow it at once where it is a table of several pools, when the statistics TA is opened or closed or OP-TEE boots, at the `split` text, or after 64 other lines.
 * Takes memory for a few thousand lists and some ten thousand call sites, however long the log is.
 * Long: one state of the lists that are open, which all lines change.
 */
export function createConsoleReader({ split, most = MOST_LISTS }: ConsoleOptions = {}): ConsoleReader {
  const sites = createSiteTable();
  const isTable: boolean[] = [];
  const series = createSeries(most);
  const open: (OpenList | undefined)[] = SENDERS.map(() => undefined);
  let lines = 0;
  let blocks = 0;
  let errors = 0;
  /** Lost lines ahead of a list, the last of their lines, and those that belong to no list. */
  let ahead = 0;
  let aheadAt = 0;
  let orphans = 0;
  let latest = 0;

  function isOpen(list: OpenList | undefined): list is OpenList {
    if (list === undefined || list.others >= GAP) return false;
    return !list.ended || (list.trails && list.others === 0);
  }
  function listOf(sender: number): OpenList {
    let list = open[sender];
    if (!isOpen(list)) {
      list = series.begin(sender, lines);
      open[sender] = list;
      if (lines - aheadAt < GAP) list.lost += ahead;
      else orphans += ahead;
      ahead = 0;
    }
    list.last = lines;
    list.others = 0;
    latest = sender;
    blocks++;
    return list;
  }
  function known(site: number): number {
    if (site === isTable.length) isTable.push(allocatorBlock(sites.nameOf(site)) === "table");
    return site;
  }
  function indexOf(site: string): number {
    const bytes = Uint8Array.from(site, (character) => character.charCodeAt(0));
    return known(sites.indexOf(bytes, 0, bytes.length, hashSite(bytes, 0, bytes.length)));
  }
  const leaks = createLeakLines({
    isOpen: (sender) => (sender === undefined ? open.some(isOpen) : isOpen(open[sender])),
    whole(bytes, { sender, size, siteFrom, siteTo, hash }) {
      const site = known(sites.indexOf(bytes, siteFrom, siteTo, hash));
      const block = `${size} ${site}`;
      const before = open[sender];
      // The next list begins as this one did.
      if (before?.ended === true && before.opening === block) before.trails = false;
      // A heap has one table: one right behind another shows that lines of two lists are mixed.
      if (isTable[site] === true && before?.ended === true && before.last === lines - 1) before.lost++;
      const list = listOf(sender);
      if (list.tallies.size === 0) list.opening = block;
      countBlock(tallyOf(list.tallies, site), size);
      if (isTable[site] !== true) return;
      list.ended = true;
      list.trails = size > ONE_POOL;
    },
    damaged({ from, size, about, site, whole, errors: wrong }) {
      const sender = SENDERS.indexOf(from);
      const list = listOf(sender < 0 ? latest : sender);
      list.damaged++;
      errors += wrong;
      if (whole) countBlock(tallyOf(list.tallies, indexOf(site)), size, about);
      else {
        const text = list.scraps.size < MOST_SCRAPS ? site.slice(0, LONGEST_SCRAP) : "";
        countBlock(tallyOf(list.scraps, text), size, about);
      }
      if (findNear(site, TABLE, 0, 2) !== undefined && allocatorBlock(site) !== "entry") list.ended = true;
    },
    /** Counts for its list, or for the one that begins next. */
    lost(sender = latest) {
      const list = open[sender];
      if (isOpen(list)) list.lost++;
      else {
        ahead++;
        aheadAt = lines;
      }
    },
    other(text) {
      const boots = BOOT.test(text);
      const between = boots || STATISTICS.test(text) || (split !== undefined && text.includes(split));
      for (const list of open) {
        if (list === undefined) continue;
        if (boots && isOpen(list)) list.broken = true;
        list.others++;
        if (between) list.others = GAP;
      }
    },
  });
  function takeLine(bytes: Uint8Array, from: number, to: number, number: number, cut = false): boolean {
    lines = number;
    const before = blocks;
    leaks.take(bytes, from, to, cut);
    return blocks > before;
  }
  let ends = false;
  const feeder = createLineFeeder((bytes, from, to) => takeLine(bytes, from, to, lines + 1, ends));
  return {
    get lists() {
      return series.begun;
    },
    takeLine,
    leaveOut(count) {
      const list = open[latest];
      if (isOpen(list)) list.lost += count;
    },
    push: feeder.push,
    end() {
      ends = true;
      feeder.end();
      leaks.end();
      const rate = blocks === 0 ? 0 : errors / (FIXED * blocks);
      const lists = closeLists(series.kept(), series.leftOut, sites.nameOf, rate);
      return {
        lists,
        series: series.counts,
        lines,
        blocks,
        damaged: lists.reduce((sum, { damaged }) => sum + damaged, series.damaged),
        lost: lists.reduce((sum, { lost }) => sum + lost, series.lost + orphans + ahead),
        crowded: sites.crowded,
      };
    },
  };
}

/** Reads a log that is there as a whole. */
export function readConsoleLog(bytes: Uint8Array, options: ConsoleOptions = {}): ConsoleLog {
  const reader = createConsoleReader(options);
  reader.push(bytes);
  return reader.end();
}
