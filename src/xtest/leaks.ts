// The lines of mdbg_check(1) on the secure console: OP-TEE 4.0.0 lib/libutils/isoc/bget_malloc.c.

import { type Printable, printable, shown } from "../base/printable.ts";
import { faultAt, splitLines, type TextFault } from "./fault.ts";
import { beginsLeak, readLeakText } from "./leak_form.ts";
import { SENDERS } from "./leak_words.ts";

/** One live block of a heap with leak headers. */
export interface Leak {
  /** Bytes asked for. */
  readonly size: number;
  /** Source file as the compiler named it; "unknown" where the caller gave none. */
  readonly file: string;
  /** Source line, 16 bits. */
  readonly line: number;
}

/** A leak line in a log. */
export interface LeakLine extends Leak {
  /** Who printed it: "TC" the core, "TA" a TA, "LD" the loader. */
  readonly from: string;
  /** Line number in the log, the first is 1. */
  readonly at: number;
}

/** What a log holds. */
export interface LeakLog {
  readonly leaks: readonly LeakLine[];
  /** Lines that start like a leak line and go on differently: torn on the console, or somebody else's. */
  readonly odd: readonly TextFault[];
}

/** The line of one block, as the core (`from` "TC") or a TA prints it. */
export function printLeak({ size, file, line }: Leak, from = "TC"): Printable {
  return shown`I/${printable(from)}: buffer: ${size} bytes ${printable(file)}:${line}\n`;
}

/**
 * Reads all leak lines of a console log, in order, in every form that `readConsoleLog` knows. Other lines may stand between.
 * Never fails; a log without leak headers gives none. Damaged lines are in `odd`.
 */
export function parseLeaks(log: string): LeakLog {
  const leaks: LeakLine[] = [];
  const odd: TextFault[] = [];
  for (const [i, line] of splitLines(log).entries()) {
    const leak = readLeakText(line);
    if (leak !== null) {
      const site = line.slice(leak.siteFrom, leak.siteTo);
      const colon = site.lastIndexOf(":");
      const place = { file: site.slice(0, colon), line: Number(site.slice(colon + 1)) };
      leaks.push({ size: leak.size, ...place, from: SENDERS[leak.sender] ?? "", at: i + 1 });
    } else if (beginsLeak(line)) odd.push(faultAt(i + 1, '"buffer: <number> bytes <file>:<line>"', line));
  }
  return { leaks, odd };
}

/** Splits leak lines into lists: a new one starts where another line stands between. */
export function leakLists(leaks: readonly LeakLine[]): readonly (readonly LeakLine[])[] {
  const lists: LeakLine[][] = [];
  for (const leak of leaks) {
    const last = lists.at(-1);
    const before = last?.at(-1);
    if (last !== undefined && before?.at === leak.at - 1 && before.from === leak.from) last.push(leak);
    else lists.push([leak]);
  }
  return lists;
}
