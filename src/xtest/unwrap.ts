// Joins a line that was broken within a label, or between a label and its value, with the next one.

import { allPoolNames, poolNamed } from "../release/releases.ts";
import type { LineReader } from "./blocks.ts";
import { type Item, itemsOf } from "./recognise.ts";
import { POOL, RULES } from "./rules.ts";

/** The words that labels and names of pools begin with, in all lengths: `size`, `size of`, `size of pool:`. */
const BEGINNINGS: ReadonlySet<string> = new Set([
  ...RULES.flatMap(({ expected }) => beginningsOf(expected.toLowerCase())),
  ...allPoolNames().flatMap((name) => beginningsOf(`pool: ${name}`)),
]);
/** The last word of each: most lines end with none of them. */
const LAST_WORDS: ReadonlySet<string> = new Set([...BEGINNINGS].map(lastWord));
/** What lines end with that may end with one of them: many end with a digit. */
const LAST_LETTERS: ReadonlySet<number> = new Set(
  [...LAST_WORDS]
    .flatMap((word) => [word.slice(-1), word.slice(-1).toUpperCase(), " ", "\t"])
    .map((one) => one.charCodeAt(0)),
);
const LONGEST = Math.max(...[...BEGINNINGS].map(({ length }) => length)) + 1;

/** Takes lines, and hands on each or some of them as one, with the number of the first. */
export function createUnwrapper(take: (line: string, number: number) => void): LineReader {
  let held: { readonly line: string; readonly number: number; readonly last: number } | undefined;

  function release(): void {
    const one = held;
    held = undefined;
    if (one !== undefined) take(one.line, one.number);
  }
  return {
    take(line, number, before = "") {
      let own = { line, number, last: number };
      if (held?.last === number - 1) {
        const first = held.line.trimEnd();
        // What stands before a label may be the number of the label before it.
        const both = [line, `${before} ${line}`]
          .map((rest) => `${first} ${rest.replace(/^[\s>|]+/, "")}`)
          .find((joined) => completes(first, joined));
        if (both !== undefined) {
          own = { ...held, line: both, last: number };
          held = undefined;
        }
      }
      release();
      if (partAt(own.line) >= 0) held = own;
      else take(own.line, own.number);
    },
    end: release,
  };
}

/** The last item of a line has its value only with the next line. */
function completes(line: string, both: string): boolean {
  const end = partAt(both);
  const joined = itemsOf(end > line.length ? both.slice(0, end) : both).findLast(({ at }) => at < line.length);
  const alone = itemsOf(line).find(({ at }) => at === joined?.at);
  if (joined === undefined || !isWhole(joined)) return false;
  return alone === undefined || !isWhole(alone) || (joined.rule === POOL && alone.value?.[0] !== joined.value?.[0]);
}

function isWhole({ rule, value }: Item): boolean {
  return rule === POOL ? poolNamed(String(value?.[0])) !== undefined : value !== undefined && value.length > 0;
}

/** Where the beginning of a label stands that the line ends with; -1 if it ends with none. */
function partAt(line: string): number {
  if (!LAST_LETTERS.has(line.charCodeAt(line.length - 1))) return -1;
  const words = line.trimEnd();
  if (!LAST_WORDS.has(lastWord(words.slice(-LONGEST).toLowerCase()))) return -1;
  for (let at = words.length; at >= 0 && at > words.length - 2 * LONGEST; at--) {
    if (at > 0 && /[a-z_]/i.test(words.charAt(at - 1))) continue;
    if (BEGINNINGS.has(words.slice(at).toLowerCase().replace(/\s+/g, " "))) return at;
  }
  return -1;
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
