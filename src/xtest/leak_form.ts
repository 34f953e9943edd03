// Reads a whole leak line in any form: whatever stands before it, blanks and tabs, commas in numbers, and a rest that is not its own.
import type { LeakHit } from "./leak_bytes.ts";
import { BUFFER, SENDER, SENDERS } from "./leak_words.ts";
import { hashSite } from "./site_table.ts";

/** Characters that may stand between the sender and `buffer:`: function, line, thread. */
const MOST_BETWEEN = 40;
const LONGEST_SENDER = "TEE-CORE:".length;
/** What follows `buffer:`. A number may have marks between its thousands, or be hexadecimal. */
const BLOCK =
  /\s{1,16}(0x[\da-f]{1,8}|\d{1,3}(?:[.,'_]\d{3}){1,3}|\d{1,10})\s{1,16}bytes\s{1,16}([\w./+@~-]{1,512}:\d{1,5})(?![\w./+@~-])/y;
/** Behind the line number: nothing, or what can be no part of it. */
const REST = /^(?:$|[\s|"'`<>\\,;)\]}](?!\d))/;
/** Letters of another leak line whose newline was lost. */
const LETTERS = /buf|uff|ffe|fer|byt|yte/;
/** The same before the line: most other words with those letters have no number beside them. */
const ANOTHER = /(?:buf|uff|ffe|fer)\S{0,4}\s{1,4}\d|\d\s{1,4}\S?(?:byt|yte)/;

/** Where a leak line begins. */
interface LeakStart {
  /** First character of its sender, and the one behind `buffer:`. */
  readonly at: number;
  readonly behind: number;
  /** Index into `SENDERS`. */
  readonly sender: number;
}

/** A leak line that lacks nothing. */
interface LeakText extends LeakStart {
  readonly size: number;
  /** Where `file:line` stands. */
  readonly siteFrom: number;
  readonly siteTo: number;
}

/** Reads a whole leak line; null for everything else, damaged ones among it. */
export function readLeakText(text: string): LeakText | null {
  const start = leakStart(text);
  if (start === null || ANOTHER.test(text.slice(0, start.at))) return null;
  BLOCK.lastIndex = start.behind;
  const [, digits, site] = BLOCK.exec(text) ?? [];
  const siteTo = BLOCK.lastIndex;
  if (digits === undefined || site === undefined || !isForeign(text.slice(siteTo))) return null;
  return { ...start, size: sizeOf(digits), siteFrom: siteTo - site.length, siteTo };
}

function sizeOf(digits: string): number {
  return Number(digits.startsWith("0x") ? digits : digits.replace(/\D/g, ""));
}

/** What stands behind the line number does not belong to it, and is no other leak line. */
function isForeign(rest: string): boolean {
  return rest === "" || (REST.test(rest) && !LETTERS.test(rest));
}

/** The same for a text whose bytes have one character each: fills `hit`, and says where the sender begins, or gives -1. */
export function matchForm(text: string, bytes: Uint8Array, from: number, hit: LeakHit): number {
  const leak = readLeakText(text);
  if (leak === null) return -1;
  hit.sender = leak.sender;
  hit.size = leak.size;
  hit.siteFrom = from + leak.siteFrom;
  hit.siteTo = from + leak.siteTo;
  hit.hash = hashSite(bytes, hit.siteFrom, hit.siteTo);
  return leak.at;
}

/** Whether a text that begins as a leak line does lacks nothing or its end; null where it begins otherwise. */
export function leakState(text: string): "whole" | "open" | null {
  if (leakStart(text) === null) return null;
  return readLeakText(text) === null ? "open" : "whole";
}

/** True for a line that begins as a leak line does, up to its number, however it goes on. */
export function beginsLeak(text: string): boolean {
  const start = leakStart(text);
  return start !== null && /^\s{1,16}\d/.test(text.slice(start.behind, start.behind + 17));
}

/** The first `buffer:` behind a sender, with no letter or digit beside it; the nearest sender counts. */
export function leakStart(text: string): LeakStart | null {
  for (let at = text.indexOf(BUFFER); at >= 0; at = text.indexOf(BUFFER, at + 1)) {
    const behind = at + BUFFER.length;
    if (/\w/.test(text[behind] ?? "") || /\w/.test(text[at - 1] ?? "")) continue;
    const first = Math.max(0, at - MOST_BETWEEN - LONGEST_SENDER);
    const found = [...text.slice(first, at).matchAll(SENDER)].at(-1);
    if (found === undefined || at - first - found.index - found[0].length > MOST_BETWEEN) continue;
    return { at: first + found.index, behind, sender: senderOf(found) };
  }
  return null;
}

/** Index into `SENDERS` of what `SENDER` matched. */
export function senderOf([, short, core]: RegExpExecArray): number {
  return SENDERS.indexOf(short ?? (core === undefined ? "TA" : "TC"));
}
