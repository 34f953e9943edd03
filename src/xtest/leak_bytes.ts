// Whole leak lines, read byte by byte: a log of a hundred megabytes has two million of them.
import { HASH_START, hashStep } from "./site_table.ts";

/** What a whole leak line says; used again for every line. */
export interface LeakHit {
  /** Second and third letter of the prefix, as `from` in `SENDERS`. */
  sender: number;
  /** Bytes asked for. */
  size: number;
  /** Where `file:line` stands. */
  siteFrom: number;
  siteTo: number;
  hash: number;
}

/** Who prints leak lines. */
export const SENDERS: readonly string[] = ["TC", "TA", "LD"];

export function createHit(): LeakHit {
  return { sender: 0, size: 0, siteFrom: 0, siteTo: 0, hash: 0 };
}

const BUFFER = [..."buffer: "].map(code);
const BYTES = [..." bytes "].map(code);
const BLANK = code(" ");
const COLON = code(":");
const SLASH = code("/");
const ZERO = code("0");
const [LETTER_A, LETTER_C, LETTER_D, LETTER_L, LETTER_T] = [..."ACDLT"].map(code);

/** Characters of paths that compilers see: all others are damage. */
const PATH = Uint8Array.from({ length: 256 }, (_, byte) => (/[\w./+@~-]/.test(String.fromCharCode(byte)) ? 1 : 0));

/**
 * Reads `I/TC: buffer: 24 bytes core/mm/vm.c:307` where it stands from `from` to `to`, with one letter for the level and one
 * or two blanks. False for everything else, damaged lines among it.
 */
export function matchLeak(bytes: Uint8Array, from: number, to: number, hit: LeakHit): boolean {
  if (to - from < 24 || bytes[from + 1] !== SLASH || bytes[from + 4] !== COLON || bytes[from + 5] !== BLANK)
    return false;
  const sender = senderAt(bytes, from + 2);
  if (sender < 0) return false;
  const at = from + (bytes[from + 6] === BLANK ? 7 : 6);
  return hasAt(bytes, at, BUFFER) && matchBlock(bytes, at + BUFFER.length, to, sender, hit);
}

/** Reads what follows `buffer: `, and nothing may follow it. */
export function matchBlock(bytes: Uint8Array, from: number, to: number, sender: number, hit: LeakHit): boolean {
  let at = from;
  let size = 0;
  for (; at < to; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit < 0 || digit > 9) break;
    size = 10 * size + digit;
  }
  if (at === from || at - from > 10 || at + BYTES.length >= to || !hasAt(bytes, at, BYTES)) return false;
  at += BYTES.length;
  let colon = to;
  while (colon > at && isDigit(bytes[colon - 1] as number)) colon--;
  colon--;
  if (colon <= at || bytes[colon] !== COLON || to - colon < 2 || to - colon > 6) return false;
  let hash = HASH_START;
  for (let i = at; i < colon; i++) {
    const byte = bytes[i] as number;
    if (PATH[byte] === 0) return false;
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

/** Index into `SENDERS` of the two letters at `at`, or -1. */
function senderAt(bytes: Uint8Array, at: number): number {
  const [first, second] = [bytes[at], bytes[at + 1]];
  if (first === LETTER_T) return second === LETTER_C ? 0 : second === LETTER_A ? 1 : -1;
  return first === LETTER_L && second === LETTER_D ? 2 : -1;
}

const UF = pairOf("uf");
const FF = pairOf("ff");
const FE = pairOf("fe");
const YT = pairOf("yt");

function pairOf(text: string): number {
  return text.charCodeAt(0) * 256 + text.charCodeAt(1);
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
