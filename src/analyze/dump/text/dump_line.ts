// Reads one line of a dump that was printed as text: an address and groups of hexadecimal digits behind anything.

import { byteAt, isBlank, nextWord, pastDigits, pastPrefix, pastSpaces } from "./hex_text.ts";

/** What a line holds. Groups stand in the order of the text. */
export interface DumpLine {
  /** The digits of its address; null for a line of nothing but bytes. */
  readonly address: string | null;
  /** Address or groups begin with `0x`, as debuggers print them: they give words in the order of the board. */
  readonly prefixed: boolean;
  /** A colon stands behind the address: xxd, and whoever prints words in the order of the board as well. */
  readonly colon: boolean;
  /** Where the address stands in the line. */
  readonly column: number;
  /** Bytes of a group: 1, 2, 4, 8; 0 where there is no group: the address alone ends a dump of od. */
  readonly width: number;
  /** As the digits stand in the text. */
  readonly bytes: Uint8Array;
  /** The column of characters, empty if there is none. */
  readonly characters: Uint8Array;
}

/** Groups of one width. */
type Groups = Pick<DumpLine, "width" | "bytes" | "characters">;

/** Bytes that a line can have: xxd allows 256. */
const MOST = 256;
/** Digits of an address that stands among other words. */
const LEAST_ADDRESS = 4;
const MOST_ADDRESS = 16;
/** Bytes of a line without an address. */
const LEAST_BARE = 4;
const SCRATCH = new Uint8Array(MOST);
const NONE = new Uint8Array();
const BARE = { address: null, prefixed: false, colon: false, column: 0 } as const;

const [STAR, COMMA, COLON, LESS, MORE, BAR, BLANK] = [..."*,:<>| "].map((character) => character.charCodeAt(0));

/** The dump line that a line of text holds, null if it holds none. `like`: one that it probably looks like. */
export function dumpLine(text: Uint8Array, like: DumpLine | null = null): DumpLine | null {
  let best = like === null ? null : lineAt(text, like.column);
  if (best !== null && best.bytes.length >= (like?.bytes.length ?? 0)) return best;
  for (let at = pastSpaces(text, 0); at < text.length; at = nextWord(text, at)) {
    const found = lineAt(text, at);
    if (found !== null && (best === null || found.bytes.length > best.bytes.length)) best = found;
  }
  return best ?? bareLine(text);
}

/** Whether a line stands for lines like the one before. */
export function isSqueezed(text: Uint8Array): boolean {
  let end = text.length;
  while (end > 0 && isBlank(text, end - 1)) end--;
  return end > 0 && text[end - 1] === STAR && (end === 1 || isBlank(text, end - 2));
}

/** The last word of a line. */
export function lastWord(text: Uint8Array): string {
  const words = String.fromCharCode(...text.subarray(-2 * MOST_ADDRESS)).trim();
  return words.slice(words.lastIndexOf(" ") + 1);
}

function lineAt(text: Uint8Array, at: number): DumpLine | null {
  if (at > 0 && !isBlank(text, at - 1)) return null;
  const from = pastPrefix(text, at);
  let to = pastDigits(text, from);
  if (to - from < LEAST_ADDRESS || to - from > MOST_ADDRESS) return null;
  const address = String.fromCharCode(...text.subarray(from, to));
  to = pastSymbol(text, to);
  const colon = text[to] === COLON;
  if (colon) to++;
  else if (to < text.length && !isBlank(text, to)) return null;
  const groups = groupsAt(text, to);
  const first = pastSpaces(text, to);
  const prefixed = from > at || pastPrefix(text, first) > first;
  if (groups !== null) return { address, prefixed, colon, column: at, ...groups };
  const alone = first === text.length && at === pastSpaces(text, 0);
  return alone ? { address, prefixed, colon, column: at, width: 0, bytes: NONE, characters: NONE } : null;
}

/** gdb names the symbol behind an address: ` <heap+16>`. */
function pastSymbol(text: Uint8Array, at: number): number {
  if (text[at] !== BLANK || text[at + 1] !== LESS) return at;
  const end = text.indexOf(MORE as number, at);
  return end < 0 ? at : end + 1;
}

/** Groups of one width from there on, up to the column of characters. */
function groupsAt(text: Uint8Array, from: number): Groups | null {
  let width = 0;
  let length = 0;
  let gap = 0;
  let at = from;
  for (;;) {
    const word = pastSpaces(text, at);
    const digits = pastPrefix(text, word);
    let to = pastDigits(text, digits);
    const size = (to - digits) / 2;
    if (text[to] === COMMA) to++;
    if (size === 0 || (to < text.length && !isBlank(text, to))) break;
    // The last group of a file can be shorter than the others.
    if (width === 0 ? !isWidth(size) : size !== width && !(size < width && size % 1 === 0)) break;
    if (length + size > MOST) return null;
    // Blanks that are wider than those before lead to the characters, but for the middle of a line of bytes.
    const space = word - at;
    if (length > 0 && gap > 0 && space > gap && !(width === 1 && length % 8 === 0 && space === 2)) break;
    if (length > 0 && gap === 0) gap = space;
    if (width === 0) width = size;
    for (let n = 0; n < size; n++) SCRATCH[length + n] = byteAt(text, digits + 2 * n);
    length += size;
    at = to;
    if (size < width) break;
  }
  return length === 0 ? null : { width, bytes: SCRATCH.slice(0, length), characters: characters(text, at) };
}

/** The characters behind the groups: between bars (hexdump), in angles (od), or behind blanks (xxd, md). */
function characters(text: Uint8Array, at: number): Uint8Array {
  const from = pastSpaces(text, at);
  if (from === at || from === text.length) return NONE;
  return text.subarray(text[from] === BAR || text[from] === MORE ? from + 1 : from);
}

/** A line that ends in nothing but bytes, as `xxd -p`, `xxd -i`, `od -An -tx1` and some logs of OP-TEE print them. */
function bareLine(text: Uint8Array): DumpLine | null {
  for (let at = pastSpaces(text, 0); at < text.length; at = nextWord(text, at)) {
    const groups = groupsAt(text, at);
    if (groups?.width === 1 && groups.characters.length === 0 && groups.bytes.length >= LEAST_BARE)
      return { ...BARE, ...groups };
  }
  const from = pastSpaces(text, 0);
  const to = pastDigits(text, from);
  const length = (to - from) / 2;
  if (length < 2 * LEAST_BARE || length > MOST || length % 1 !== 0 || pastSpaces(text, to) < text.length) return null;
  const bytes = Uint8Array.from({ length }, (_, n) => byteAt(text, from + 2 * n));
  return { ...BARE, width: 1, bytes, characters: NONE };
}

function isWidth(size: number): boolean {
  return size === 1 || size === 2 || size === 4 || size === 8;
}
