// Reads back the two fixed texts, the usage of --stats and the help of xtest.
import { err, ok, type Result } from "../base/result.ts";
import type { Release } from "../release/release.ts";
import { RELEASES } from "../release/releases.ts";
import { END_OF_TEXT, faultAt, splitLines, type TextFault } from "./fault.ts";
import { printHelp } from "./help.ts";
import { printUsage } from "./usage.ts";

/** Finds the usage of `xtest --stats`, and the oldest release that prints it. */
export function parseUsage(text: string): Result<Release, TextFault> {
  return match(text, printUsage);
}

/** Finds the help of `xtest -h`, and the oldest release that prints it. */
export function parseHelp(text: string): Result<Release, TextFault> {
  return match(text, printHelp);
}

/** Tries longer texts first. Other lines may stand between whole lines. The error is that of the text which reached furthest. */
function match(text: string, print: (release: Release) => string): Result<Release, TextFault> {
  const lines = splitLines(text).map((line) => line.trimEnd());
  const longestFirst = [...RELEASES].sort((a, b) => print(b).length - print(a).length);
  let furthest: Stuck | undefined;
  for (const release of longestFirst) {
    const stuck = progress(lines, splitLines(print(release)));
    if (stuck === undefined) return ok(release);
    if (furthest === undefined || stuck.reached > furthest.reached) furthest = stuck;
  }
  return err(furthest?.fault ?? { line: 0, expected: "a text of xtest", found: END_OF_TEXT });
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
