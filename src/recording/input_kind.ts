import { traceKind } from "../replay/trace_kind.ts";
import { readConsoleLog } from "../xtest/console_log.ts";

/** What a recording can be read from. */
export type InputKind = "arrow" | "arrow-file" | "recorded" | "golden" | "xtest" | "console";

const REPORT = /\n\s*(?:Pool: {4,}|ta\([0-9a-f-]{35,36}\))/;
/** Bytes that are looked at as one text, and how much of a line has to be in it. */
const PIECE = 2 ** 20;
const LINE = 256;
const ARROW_FILE = "ARROW1";

/** Tells by its content what a file is; null for anything else. */
export function inputKind(bytes: Uint8Array): InputKind | null {
  if (bytes.length >= 4 && bytes.subarray(0, 4).every((byte) => byte === 255)) return "arrow";
  if (latin1(bytes.subarray(0, ARROW_FILE.length)) === ARROW_FILE) return "arrow-file";
  const trace = traceKind(bytes);
  if (trace !== null) return trace;
  if (hasReport(bytes)) return "xtest";
  return readConsoleLog(bytes).lists.length > 0 ? "console" : null;
}

/** Piece by piece, as a large log takes too much memory as one text. */
function hasReport(bytes: Uint8Array): boolean {
  for (let from = 0; from < bytes.length; from += PIECE) {
    const text = latin1(bytes.subarray(from, from + PIECE + LINE));
    if (REPORT.test(from === 0 ? `\n${text}` : text)) return true;
  }
  return false;
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}
