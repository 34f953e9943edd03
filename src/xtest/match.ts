// Reads back the two fixed texts, the usage of --stats and the help of xtest.
import type { Layout } from "../abi/layout.ts";
import { err, ok, type Result } from "../base/result.ts";
import { END_OF_TEXT, faultAt, splitLines, type TextFault } from "./fault.ts";
import { printHelp } from "./help.ts";
import { printUsage } from "./usage.ts";

/** Finds the usage of `xtest --stats`: "4.0" for that of 4.0, "4.1" for that of any later release. */
export function parseUsage(text: string): Result<Layout, TextFault> {
  return match(text, printUsage);
}

/** Finds the help of `xtest -h`: "4.0" for that of 4.0, "4.1" for that of any later release. */
export function parseHelp(text: string): Result<Layout, TextFault> {
  return match(text, printHelp);
}

/** Tries the longer text first. Other lines may stand between whole lines. */
function match(text: string, print: (layout: Layout) => string): Result<Layout, TextFault> {
  const lines = splitLines(text).map((line) => line.trimEnd());
  const newer = progress(lines, splitLines(print("4.1")));
  if (newer === undefined) return ok("4.1");
  const older = progress(lines, splitLines(print("4.0")));
  return older === undefined ? ok("4.0") : err(older.reached > newer.reached ? older.fault : newer.fault);
}

interface Stuck {
  /** Lines of the wanted text that were found. */
  readonly reached: number;
  readonly fault: TextFault;
}

/** Walks the wanted lines through the text; `undefined` if all are there, in order. */
function progress(lines: readonly string[], wanted: readonly string[]): Stuck | undefined {
  let reached = 0;
  let last = 0;
  for (const [i, line] of lines.entries()) {
    if (reached === wanted.length || line !== wanted[reached]?.trimEnd()) continue;
    reached++;
    last = i + 1;
  }
  if (reached === wanted.length) return undefined;
  const expected = JSON.stringify(wanted[reached] ?? "");
  const next = lines[last];
  if (next === undefined) return { reached, fault: { line: lines.length, expected, found: END_OF_TEXT } };
  return { reached, fault: faultAt(last + 1, expected, next) };
}
