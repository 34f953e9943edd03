/** The two kinds of heap trace: of the golden set (operations to perform), or recorded from a running OP-TEE. */
export type TraceKind = "golden" | "recorded";

const NEWLINE = 10;
const TITLE = /^# OP-TEE .*heap event trace/;
const HEADER = /^#inst\t/;
const ROW = /^\d+\t\d+\t/;
const ARENA = /^\s*arena\b/;

/** Tells the kind by the comments at the top or the first line below them; null if it is no heap trace. */
export function traceKind(bytes: Uint8Array): TraceKind | null {
  const decoder = new TextDecoder();
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(NEWLINE, start);
    const end = found < 0 ? bytes.length : found;
    const line = decoder.decode(bytes.subarray(start, Math.min(end, start + 200)));
    if (TITLE.test(line) || HEADER.test(line) || ROW.test(line)) return "recorded";
    if (ARENA.test(line)) return "golden";
    if (line.trim() !== "" && !line.startsWith("#")) return null;
    start = end + 1;
  }
  return null;
}
