// The usual leak line, read byte by byte: a log of a hundred megabytes has two million of them.
import { BUFFER, BYTES, LONGEST_PATH, MOST_DIGITS, PATH, SENDERS } from "./leak_words.ts";
import { HASH_START, hashStep } from "./site_table.ts";

/** What a whole leak line says; used again for every line. */
export interface LeakHit {
  /** Index into `SENDERS`. */
  sender: number;
  /** Bytes asked for. */
  size: number;
  /** Where `file:line` stands. */
  siteFrom: number;
  siteTo: number;
  hash: number;
}

export function createHit(): LeakHit {
  return { sender: 0, size: 0, siteFrom: 0, siteTo: 0, hash: 0 };
}

const BEFORE = [...`${BUFFER} `].map(code);
const BETWEEN = [...` ${BYTES} `].map(code);
const [BLANK, COLON, SLASH, ZERO] = [code(" "), code(":"), code("/"), code("0")];
const IN_PATH = Uint8Array.from({ length: 256 }, (_, byte) => (PATH.test(String.fromCharCode(byte)) ? 1 : 0));

/**
 * Reads `I/TC: buffer: 24 bytes core/mm/vm.c:307` where it stands from `from` to `to`, with one letter for the level, one or
 * two blanks behind the sender, and single ones elsewhere. False for everything else: other forms, and damaged lines.
 */
export function matchLeak(bytes: Uint8Array, from: number, to: number, hit: LeakHit): boolean {
  if (to - from < 24 || bytes[from + 1] !== SLASH || bytes[from + 4] !== COLON || bytes[from + 5] !== BLANK)
    return false;
  const sender = senderAt(bytes, from + 2);
  if (sender < 0) return false;
  const at = from + (bytes[from + 6] === BLANK ? 7 : 6);
  return hasAt(bytes, at, BEFORE) && matchBlock(bytes, at + BEFORE.length, to, sender, hit);
}

/** Reads what follows `buffer: `, and nothing may follow it. */
function matchBlock(bytes: Uint8Array, from: number, to: number, sender: number, hit: LeakHit): boolean {
  let at = from;
  let size = 0;
  for (; at < to; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit < 0 || digit > 9) break;
    size = 10 * size + digit;
  }
  if (at === from || at - from > MOST_DIGITS || at + BETWEEN.length >= to || !hasAt(bytes, at, BETWEEN)) return false;
  at += BETWEEN.length;
  let colon = to;
  while (colon > at && isDigit(bytes[colon - 1] as number)) colon--;
  colon--;
  if (colon <= at || bytes[colon] !== COLON || to - colon < 2 || to - colon > 6 || colon - at > LONGEST_PATH)
    return false;
  let hash = HASH_START;
  for (let i = at; i < colon; i++) {
    const byte = bytes[i] as number;
    if (IN_PATH[byte] === 0) return false;
    hash = hashStep(hash, byte);
  }
  for (let i = colon; i < to; i++) hash = hashStep(hash, bytes[i] as number);
  hit.sender = sender;
  hit.size = size;
  hit.siteFrom = at;
  hit.siteTo = to;
  hit.hash = hash;
  return true;
}

/** Could this line be a leak line, whole or damaged? It has two letters in a row of `buffer` or `bytes` that few words have. */
export function looksLikeLeak(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to - 1; at++) {
    const pair = (bytes[at] as number) * 256 + (bytes[at + 1] as number);
    if (pair === UF || pair === FF || pair === FE || pair === YT) return true;
  }
  return false;
}

const [UF, FF, FE, YT] = ["uf", "ff", "fe", "yt"].map((pair) => pair.charCodeAt(0) * 256 + pair.charCodeAt(1));

const FIRST = SENDERS.map((name) => name.charCodeAt(0));
const SECOND = SENDERS.map((name) => name.charCodeAt(1));

/** Index into `SENDERS` of the two letters at `at`, or -1. */
export function senderAt(bytes: Uint8Array, at: number): number {
  for (let i = 0; i < FIRST.length; i++) if (bytes[at] === FIRST[i] && bytes[at + 1] === SECOND[i]) return i;
  return -1;
}

function hasAt(bytes: Uint8Array, at: number, wanted: readonly number[]): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false;
  return true;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= ZERO + 9;
}

function code(character: string): number {
  return character.charCodeAt(0);
}
