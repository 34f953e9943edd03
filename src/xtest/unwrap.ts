// Joins a line that was broken within a label, or between a label and its value, with the next one.

import { poolNamed } from "../release/releases.ts";
import { type Item, itemsOf } from "./recognise.ts";
import { POOL, RULES } from "./rules.ts";

/** The words that labels begin with, in all lengths: `size`, `size of`, `size of pool:`. */
const BEGINNINGS: readonly string[] = RULES.flatMap(({ expected }) => beginningsOf(expected.toLowerCase()));
/** The last word of each: most lines end with none of them. */
const LAST_WORDS: ReadonlySet<string> = new Set(BEGINNINGS.map(lastWord));
const LONGEST = Math.max(...BEGINNINGS.map(({ length }) => length)) + 1;

/** Takes lines, and hands on each or two of them as one, with the number of the first. */
export function createUnwrapper(take: (line: string, number: number) => void): {
  take(line: string, number: number): void;
  end(): void;
} {
  let held: { readonly line: string; readonly number: number } | undefined;

  function release(): void {
    const one = held;
    held = undefined;
    if (one !== undefined) take(one.line, one.number);
  }
  return {
    take(line, number) {
      let own = { line, number };
      if (held !== undefined && held.number === number - 1) {
        const both = `${held.line.trimEnd()} ${line.replace(/^[\s>|]+/, "")}`;
        if (completes(held.line.trimEnd(), both)) {
          own = { line: both, number };
          held = undefined;
        }
      }
      release();
      if (endsWithin(own.line)) held = own;
      else take(own.line, own.number);
    },
    end: release,
  };
}

/** The last item of a line has its value only with the next line. */
function completes(line: string, both: string): boolean {
  const joined = itemsOf(both).findLast(({ at }) => at < line.length);
  const alone = itemsOf(line).find(({ at }) => at === joined?.at);
  return joined !== undefined && isWhole(joined) && (alone === undefined || !isWhole(alone));
}

function isWhole({ rule, value }: Item): boolean {
  return rule === POOL ? poolNamed(String(value?.[0])) !== undefined : value !== undefined && value.length > 0;
}

/** A line ends with the beginning of a label. */
function endsWithin(line: string): boolean {
  const words = line.trimEnd();
  if (!LAST_WORDS.has(lastWord(words.slice(-LONGEST).toLowerCase()))) return false;
  const end = words
    .slice(-2 * LONGEST)
    .toLowerCase()
    .replace(/\s+/g, " ");
  return BEGINNINGS.some((one) => end.endsWith(one) && !/[a-z_]/.test(end.charAt(end.length - one.length - 1)));
}

/** Of `"size of pool: <number>"`: all words before the value. */
function beginningsOf(expected: string): string[] {
  const label = expected.replaceAll('"', "").split("<", 1)[0] ?? "";
  const words = label.trim().split(" ");
  return words.map((_, n) => words.slice(0, n + 1).join(" "));
}

function lastWord(text: string): string {
  return text.slice(text.lastIndexOf(" ") + 1);
}
