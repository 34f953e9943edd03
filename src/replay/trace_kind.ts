// Detects the kind of a heap trace.
import { pastBlanks } from "../base/blanks.ts";

/** The two kinds of heap trace: of the golden set (operations to perform), or recorded from a running OP-TEE. */
export type TraceKind = "golden" | "recorded";

const NEWLINE = 10;
const HASH = 35;
/** Characters of a line that tell. */
const ENOUGH = 200;
const TITLE = /^# OP-TEE .*heap event trace/;
const HEADER = /^#inst\t/;
const ROW = /^\d+\t\d+\t/;
const ARENA = /^arena\b/;
/** What TITLE and HEADER have behind the hash: most comments need no closer look. */
const SECOND = new Set([..." i"].map((letter) => letter.charCodeAt(0)));

/** Tells the kind by the comments at the top or the first line below them; null if it is no heap trace. */
export function traceKind(bytes: Uint8Array): TraceKind | null {
  const decoder = new TextDecoder();
  let start = 0;
  for (let at = pastBlanks(bytes, 0); at < bytes.length; at = pastBlanks(bytes, start)) {
    const isFirst = at === start || bytes[at - 1] === NEWLINE;
    if (isFirst && bytes[at] === HASH && !SECOND.has(bytes[at + 1] ?? 0)) {
      start = lineAfter(bytes, at);
      continue;
    }
    const line = decoder.decode(bytes.subarray(at, at + ENOUGH)).split("\n", 1)[0] ?? "";
    if (isFirst && (TITLE.test(line) || HEADER.test(line) || ROW.test(line))) return "recorded";
    if (ARENA.test(line)) return "golden";
    if (!isFirst || bytes[at] !== HASH) return null;
    start = lineAfter(bytes, at);
  }
  return null;
}

function lineAfter(bytes: Uint8Array, at: number): number {
  const end = bytes.indexOf(NEWLINE, at);
  return end < 0 ? bytes.length : end + 1;
}
