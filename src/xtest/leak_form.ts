// The forms of a leak line, as mdbg_check(1) of OP-TEE 1.0 to 4.10 prints it: `buffer: N bytes FILE:LINE` behind a sender.
import { type LeakHit, matchBlock, SENDERS } from "./leak_bytes.ts";

/** How a line names its sender, behind a blank, `]` or `*`. A new form is one row. */
const FORMS: readonly { readonly from: string; readonly sender: RegExp }[] = [
  { from: "TC", sender: /[\s\]*][A-Z]\/TC:/ },
  { from: "TA", sender: /[\s\]*][A-Z]\/TA:/ },
  { from: "LD", sender: /[\s\]*][A-Z]\/LD:/ },
  // Until 2.x.
  { from: "TC", sender: /\WTEE-CORE:/ },
  { from: "TA", sender: /\WUSER-TA:/ },
];

const BUFFER = "buffer: ";
/** Characters that may stand between the sender and `buffer: `: function, line, thread. */
const MOST_BETWEEN = 40;
const LONGEST_SENDER = " TEE-CORE:".length;
/** Letters of another line, damaged, whose newline was lost. */
const ANOTHER = /buf|uff|ffe|fer|byt|yte/;

interface LeakStart {
  /** Where the sender begins, and where the number of bytes does. */
  readonly at: number;
  readonly number: number;
  /** Index into `SENDERS`. */
  readonly sender: number;
}

/** Reads a whole leak line of any form; its text and its bytes have one character each. False for everything else. */
export function matchForm(text: string, bytes: Uint8Array, from: number, to: number, hit: LeakHit): boolean {
  const start = findStart(text);
  if (start === null || ANOTHER.test(text.slice(0, start.at))) return false;
  return matchBlock(bytes, from + start.number, to, start.sender, hit);
}

/** True for a line that begins as a leak line does, however it goes on. */
export function beginsAsLeak(text: string): boolean {
  return findStart(text) !== null;
}

/** The first `buffer: ` with a number behind a sender. */
function findStart(line: string): LeakStart | null {
  // A sender stands behind a blank, or first.
  const text = ` ${line}`;
  for (let at = text.indexOf(BUFFER); at >= 0; at = text.indexOf(BUFFER, at + 1)) {
    const end = at + BUFFER.length;
    if (!/\d/.test(text[end] ?? "") || /\w/.test(text[at - 1] ?? "")) continue;
    for (let rest = Math.max(0, at - MOST_BETWEEN - LONGEST_SENDER); rest < at; ) {
      const found = firstSender(text.slice(rest, at));
      if (found === null) break;
      const behind = rest + found.end;
      if (at - behind <= MOST_BETWEEN)
        return { at: Math.max(0, rest + found.at - 1), number: end - 1, sender: SENDERS.indexOf(found.from) };
      rest = behind - 1;
    }
  }
  return null;
}

function firstSender(text: string): { readonly from: string; readonly at: number; readonly end: number } | null {
  const found = FORMS.flatMap(({ from, sender }) => {
    const match = sender.exec(text);
    return match === null ? [] : [{ from, at: match.index, end: match.index + match[0].length }];
  });
  return found.sort((a, b) => a.at - b.at)[0] ?? null;
}
