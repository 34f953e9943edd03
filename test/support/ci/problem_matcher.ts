// Problem matchers as GitHub's runner applies them to the lines of a log.
import { readFileSync } from "node:fs";

interface Pattern {
  readonly regexp: string;
  readonly file?: number;
  readonly line?: number;
  readonly message?: number;
}

/** One of a file's matchers. */
export interface ProblemMatcher {
  readonly owner: string;
  readonly severity: string;
  readonly pattern: readonly Pattern[];
}

export function matchersIn(path: string): ProblemMatcher[] {
  return JSON.parse(readFileSync(path, "utf8")).problemMatcher;
}

type Parts = Partial<Record<"file" | "line" | "message", string>>;

/** What it makes of a text: `severity file:line message`. Patterns match lines that follow each other. */
export function problemsIn(text: string, { severity, pattern }: ProblemMatcher): string[] {
  const found: string[] = [];
  const states: (Parts | undefined)[] = pattern.map(() => undefined);
  // From the last to the first: a state is what the line before left.
  for (const line of text.split(/\r?\n/))
    for (let n = pattern.length - 1; n >= 0; n--) {
      const before = n === 0 ? {} : states[n - 1];
      const parts = before && matched(line, pattern[n] as Pattern, before);
      states[n] = n === pattern.length - 1 ? undefined : parts;
      if (n === pattern.length - 1 && parts !== undefined)
        found.push(`${severity} ${parts.file}:${parts.line} ${parts.message}`);
    }
  return found;
}

function matched(line: string, pattern: Pattern, before: Parts): Parts | undefined {
  // The runner takes expressions as ECMAScript does.
  const groups = new RegExp(pattern.regexp).exec(line);
  if (groups === null) return undefined;
  const parts: Parts = { ...before };
  for (const key of ["file", "line", "message"] as const) {
    const group = pattern[key];
    if (group !== undefined) parts[key] = groups[group] ?? "";
  }
  return parts;
}
