// The lines of mdbg_check(1) on the secure console: OP-TEE 4.0.0 lib/libutils/isoc/bget_malloc.c.

import { type Printable, printable, shown } from "../base/printable.ts";
import { faultAt, splitLines, type TextFault } from "./fault.ts";

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
  /** Who printed it: "TC" the core, "TA" a trusted application, "LD" the loader. */
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

const START = /(?:^|[\s\]*])[A-Z]\/([A-Z]{2}):.{0,24}?\bbuffer: (?=\d)/;
const REST = /^(\d{1,10}) bytes (\S.*?):(\d{1,5})$/;

/** The line of one block, as the core (`from` "TC") or a TA prints it. */
export function printLeak({ size, file, line }: Leak, from = "TC"): Printable {
  return shown`I/${printable(from)}: buffer: ${size} bytes ${printable(file)}:${line}\n`;
}

/**
 * Reads all leak lines of a console log, in order. Other lines may stand between; a `*` (two cores printed at once) or
 * a time stamp may stand before. Never fails; a log without leak headers gives none.
 */
export function parseLeaks(log: string): LeakLog {
  const leaks: LeakLine[] = [];
  const odd: TextFault[] = [];
  for (const [i, text] of splitLines(log).entries()) {
    const start = START.exec(text);
    if (start === null) continue;
    const rest = REST.exec(text.slice(start.index + start[0].length).trimEnd());
    const [, size, file, line] = rest ?? [];
    if (size === undefined || file === undefined || line === undefined) {
      odd.push(faultAt(i + 1, '"buffer: <number> bytes <file>:<line>"', text));
    } else {
      leaks.push({ size: Number(size), file, line: Number(line), from: start[1] ?? "", at: i + 1 });
    }
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
