// Finds what stands in quotes in a line, as CSV, YAML, Python, C and log formats write texts, and takes the quotes and escapes off.
import { toUtf8 } from "./latin1.ts";

/** A text in quotes. */
export interface Quoted {
  /** Where its first quote stands, and what is behind the last one. */
  readonly from: number;
  readonly to: number;
  /** Without quotes and escapes, one character a byte. */
  readonly text: string;
}

/** What may stand before a first quote and behind a last one; a letter before it says what kind of text it is: `b'…'`. */
const BEFORE = /(?:^|[\s,;:=|([{>])[bBuU]?$/;
const BEHIND = /^[\s,;:|)\]}<]/;
const ESCAPE = /\\(?:x([\da-f]{2})|u([\da-f]{4})|([0-3]?[0-7]{1,2})|([\s\S]))/gi;
const NAMED: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", e: "\u001b", a: "", b: "", f: "", v: "" };
/** So many in a line are looked at. */
const MOST = 4096;

/** All texts in quotes, in order. A quote that is doubled or behind a backslash belongs to the text. */
export function quotedIn(line: string): readonly Quoted[] {
  const found: Quoted[] = [];
  for (let at = 0; at < line.length && found.length < MOST; at++) {
    const quote = line.charAt(at);
    if ((quote !== '"' && quote !== "'") || !BEFORE.test(line.slice(Math.max(0, at - 2), at))) continue;
    const end = endOf(line, at + 1, quote);
    if (end < 0) continue;
    found.push({ from: at, to: end + 1, text: unescaped(line.slice(at + 1, end), quote) });
    at = end;
  }
  return found;
}

/** Where the last quote stands of a text that begins at `from`; -1 if there is none. */
function endOf(line: string, from: number, quote: string): number {
  for (let at = from; at < line.length; at++) {
    const one = line.charAt(at);
    if (one === "\\") at++;
    else if (one === quote && line.charAt(at + 1) === quote) at++;
    else if (one === quote && (at + 1 === line.length || BEHIND.test(line.charAt(at + 1)))) return at;
  }
  return -1;
}

function unescaped(text: string, quote: string): string {
  return text
    .replaceAll(quote + quote, quote)
    .replace(ESCAPE, (_, hex?: string, wide?: string, octal?: string, other?: string) => {
      if (other !== undefined) return NAMED[other] ?? other;
      if (wide !== undefined) return toUtf8(String.fromCodePoint(Number.parseInt(wide, 16)));
      return String.fromCharCode(octal === undefined ? Number.parseInt(hex ?? "0", 16) : Number.parseInt(octal, 8));
    });
}
