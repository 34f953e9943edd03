// Detects the kind of a file by its content.
import { pastBlanks } from "../base/blanks.ts";
import { traceKind } from "../replay/trace_kind.ts";
import { hasLeakList } from "../xtest/console_log.ts";

/** What a recording can be read from. */
export type InputKind = "arrow" | "arrow-file" | "recorded" | "golden" | "xtest" | "console";

const REPORT = /^(?:Pool: {4}|ta\([0-9a-f-]{35,36}\))/;
/** Characters of a line that tell. */
const ENOUGH = 48;
const NEWLINE = 10;
const [POOL, TA] = [..."Pt"].map((letter) => letter.charCodeAt(0));
const ARROW_FILE = "ARROW1";

/** Tells by its content what a file is; null for anything else. */
export function inputKind(bytes: Uint8Array): InputKind | null {
  if (bytes.length >= 4 && bytes.subarray(0, 4).every((byte) => byte === 255)) return "arrow";
  if (latin1(bytes.subarray(0, ARROW_FILE.length)) === ARROW_FILE) return "arrow-file";
  const trace = traceKind(bytes);
  if (trace !== null) return trace;
  if (hasReport(bytes)) return "xtest";
  return hasLeakList(bytes) ? "console" : null;
}

/** Line by line, as a large log takes too much memory as one text. */
function hasReport(bytes: Uint8Array): boolean {
  for (let at = 0; at >= 0 && at < bytes.length; at = bytes.indexOf(NEWLINE, at)) {
    at = pastBlanks(bytes, at);
    const first = bytes[at];
    if ((first === POOL || first === TA) && REPORT.test(latin1(bytes.subarray(at, at + ENOUGH)))) return true;
  }
  return false;
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}
