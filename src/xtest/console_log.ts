// Reads the leak lists of a secure-console log.

import { createLineFeeder } from "../text/line_feeder.ts";
import { createHit, type LeakHit, looksLikeLeak, matchLeak, SENDERS } from "./leak_bytes.ts";
import { type DamagedLeak, isLost, readDamaged } from "./leak_damage.ts";
import { matchForm } from "./leak_form.ts";
import { closeLists, createList, type LeakList, type OpenList, tallyOf } from "./leak_lists.ts";
import { countBlock } from "./leak_tally.ts";
import { findNear } from "./near.ts";
import { createSiteTable, HASH_START, hashStep } from "./site_table.ts";

/** The leak lists of a secure-console log. */
export interface ConsoleLog {
  /** In the order in which they begin. */
  readonly lists: readonly LeakList[];
  /** Lines of the whole log. */
  readonly lines: number;
  /** Leak lines with damage that still counted, and those of which too little is left. */
  readonly damaged: number;
  readonly lost: number;
  /** Why not all of it was read: it has more lists or call sites than anybody can look through; else null. */
  readonly problem: string | null;
}

/** Reads a log as it comes. */
export interface ConsoleReader {
  /** How many lists have begun. */
  readonly lists: number;
  /**
   * Takes one line, without its end: the bytes from `from` (inclusive) to `to` (exclusive), which are not kept. `number` is
   * its place in the log, from 1, and rises from call to call. A log comes by lines or by `push`, not by both.
   */
  takeLine(bytes: Uint8Array, from: number, to: number, number: number): void;
  /** Takes the next bytes, in pieces of any size. */
  push(bytes: Uint8Array): void;
  /** Ends the log. Call it once. */
  end(): ConsoleLog;
}

/** How to read a log. */
export interface ConsoleOptions {
  /** A line that holds this text stands between two lists. */
  readonly split?: string;
}

/** So many other lines in a row end a list; fewer may be another core's. */
const GAP = 64;
/** Opening and closing the statistics TA, and a boot, happen between lists. */
const BETWEEN = /d96a5b40-e2c7-b1af-8794-1002a5d5c61b|OP-TEE version: |[Pp]rimary CPU initializing/;
/** The first block of a heap, which stands last in its list: the table of its pools. */
const TABLE = "bget_malloc.c:";
const MOST_SCRAPS = 1e6;
const MAX_LISTS = 2 ** 16;
const MAX_SITES = MAX_LISTS;
const PIECE = 2 ** 16;
const FIXED = 15;

/**
 * Reads the lists that mdbg_check(1) prints (OP-TEE 1.0 to 4.10) out of a console log with other lines between, two cores'
 * lines mixed, time stamps, CR LF, and damage. Every sender has its own lists. A list ends with the table of pools of its
 * heap, when the statistics TA is opened or closed or OP-TEE boots, at the `split` text, or after 64 other lines.
 * Long: one state of the lists that are open, which all lines change.
 */
export function createConsoleReader({ split }: ConsoleOptions = {}): ConsoleReader {
  const sites = createSiteTable();
  const isTable: boolean[] = [];
  const lists: OpenList[] = [];
  const open: (OpenList | undefined)[] = SENDERS.map(() => undefined);
  const hit = createHit();
  let lines = 0;
  let blocks = 0;
  let errors = 0;
  let scraps = 0;
  let orphans = 0;
  let offset = 0;
  let latest = 0;

  function listOf(sender: number): OpenList {
    let list = open[sender];
    if (list === undefined || list.ended || list.others >= GAP) {
      list = createList(sender, lines);
      lists.push(list);
      open[sender] = list;
    }
    list.last = lines;
    list.others = 0;
    latest = sender;
    blocks++;
    return list;
  }
  function known(site: number): number {
    if (site === isTable.length) isTable.push(sites.nameOf(site).includes(TABLE));
    return site;
  }
  function indexOf(site: string): number {
    const bytes = Uint8Array.from(site, (character) => character.charCodeAt(0));
    return known(sites.indexOf(bytes, 0, bytes.length, bytes.reduce(hashStep, HASH_START)));
  }
  function takeWhole(bytes: Uint8Array): void {
    const list = listOf(hit.sender);
    const site = known(sites.indexOf(bytes, hit.siteFrom, hit.siteTo, hit.hash));
    countBlock(tallyOf(list.tallies, site), hit.size);
    if (isTable[site] === true) list.ended = true;
  }
  function takeDamaged({ from, size, about, site, whole, errors: wrong }: DamagedLeak): void {
    const sender = SENDERS.indexOf(from);
    const list = listOf(sender < 0 ? latest : sender);
    list.damaged++;
    errors += wrong;
    if (whole) countBlock(tallyOf(list.tallies, indexOf(site)), size, about);
    else {
      const text = scraps < MOST_SCRAPS ? site : "";
      if (!list.scraps.has(text)) scraps++;
      countBlock(tallyOf(list.scraps, text), size, about);
    }
    if (findNear(site, TABLE, 0, 2) !== undefined) list.ended = true;
  }
  /** A line of another form: one with something before it, a damaged one, or somebody else's. */
  function takeOther(bytes: Uint8Array, from: number, to: number): void {
    const likely = looksLikeLeak(bytes, from, to);
    if (!likely && open.every((list) => list === undefined || list.ended)) return;
    const text = latin1(bytes, from, to);
    if (likely) {
      if (matchForm(text, bytes, from, to, hit)) {
        offset = Math.max(0, text.indexOf("/T") - 1);
        takeWhole(bytes);
        return;
      }
      const damaged = readDamaged(text);
      damaged.forEach(takeDamaged);
      if (damaged.length > 0) return;
      if (isLost(text)) {
        const list = open[latest];
        if (list === undefined) orphans++;
        else list.lost++;
        return;
      }
    }
    const between = BETWEEN.test(text) || (split !== undefined && text.includes(split));
    for (const list of open) {
      if (list === undefined) continue;
      list.others++;
      if (between) list.others = GAP;
    }
  }
  /** Each list and each place takes memory of its own. */
  function fullProblem(): string | null {
    const what = lists.length > MAX_LISTS ? "leak lists" : sites.count() > MAX_SITES ? "call sites" : null;
    return what === null ? null : `more than ${MAX_LISTS} ${what} in this log; cut it to the relevant time`;
  }
  function takeLine(bytes: Uint8Array, from: number, to: number, number: number): void {
    lines = number;
    if (from === to && open.every((list) => list === undefined)) return;
    if (lists.length > MAX_LISTS || sites.count() > MAX_SITES) return;
    if (matchAt(bytes, from, to, offset, hit)) takeWhole(bytes);
    else takeOther(bytes, from, to);
  }
  const feeder = createLineFeeder((bytes, from, to) => takeLine(bytes, from, to, lines + 1));
  return {
    get lists() {
      return lists.length;
    },
    takeLine,
    push: feeder.push,
    end() {
      feeder.end();
      const closed = closeLists(lists, SENDERS, sites.nameOf, blocks === 0 ? 0 : errors / (FIXED * blocks));
      const sum = (of: (list: LeakList) => number): number => closed.reduce((all, list) => all + of(list), 0);
      return {
        lists: closed,
        lines,
        damaged: sum(({ damaged }) => damaged),
        lost: orphans + sum(({ lost }) => lost),
        problem: fullProblem(),
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

/** Whether a log has a leak list. Reads as far as it must. */
export function hasLeakList(bytes: Uint8Array): boolean {
  const reader = createConsoleReader();
  for (let at = 0; at < bytes.length && reader.lists === 0; at += PIECE) reader.push(bytes.subarray(at, at + PIECE));
  return reader.lists > 0 || reader.end().lists.length > 0;
}

/** At the beginning of the line, behind a `*`, or where the line before had it. */
function matchAt(bytes: Uint8Array, from: number, to: number, offset: number, hit: LeakHit): boolean {
  if (bytes[from] === STAR && matchLeak(bytes, from + 1, to, hit)) return true;
  return matchLeak(bytes, from, to, hit) || (offset > 0 && matchLeak(bytes, from + offset, to, hit));
}

const STAR = 42;

function latin1(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, Math.min(to, from + 4096)));
}
