// Finds what a line says in a text of statistics: labels and their values, one or several.
import { parseUuid } from "../abi/uuid.ts";
import { poolNamed } from "../release/releases.ts";
import { POOL, RULES, type Rule, TA, type Value } from "./rules.ts";

/** A label and what stands behind it. */
export interface Item {
  readonly rule: Rule;
  /** `undefined` where it is damaged. */
  readonly value: Value | undefined;
  /** Where the label begins, and whether it begins with a small letter. */
  readonly at: number;
  readonly small: boolean;
  /** The line from the label to the next one. */
  readonly text: string;
}

/** A part of every label; most lines of a log have none of them. */
const LIKELY =
  /ytes\s*allocated|pool\s*[:=|]|pool\s*size|fragmentation\s*[:=|]|failed\s*alloc|allocation\s*failure|panicked\s*\(|session\s*number|heap\s*status|pager\s*stat|pages\s*[:=|]|released\s*[:=|]|faults\s*[:=|]|ee\s*time\s*:|xtest\s*:|heap_size|r_alloc|x_alloc|est_fail|\bfail\s\d|\bta\s*\(/i;
/** A report in one line, as a mail program may show it, is shorter by far. */
const LONGEST = 16384;
const LETTER = /[a-z_]/i;
/** What is left of `Max` where the beginning of a line is lost, or other letters are glued to it. */
const TORN = /(?:(?:^|[^a-z])a?x|max)\s*$/i;

/** All items of a line, in order. */
export function itemsOf(line: string): readonly Item[] {
  if (line.length > LONGEST || !LIKELY.test(line)) return [];
  const labels = labelsIn(line);
  return labels.map(({ rule, at, to }, i) => {
    const next = labels[i + 1]?.at ?? line.length;
    const behind = line.slice(to, next);
    // Two lines that were torn into one touch each other.
    const touches = next < line.length && behind !== "" && !/[\s|]$/.test(behind);
    const value = touches || isTorn(line, at) ? undefined : rule.read(behind);
    return { rule, value, at, small: /[a-z]/.test(line.charAt(at)), text: line.slice(at, next) };
  });
}

interface Label {
  readonly rule: Rule;
  readonly at: number;
  readonly to: number;
}

/** Each rule with the longest word that its label must have: a search for it is much faster than one for the label. */
const WORDED = RULES.map((rule) => {
  const words = rule.label.source.match(/(?<!\\)[a-z_]{2,20}(?![?a-z_])/g) ?? [];
  return { rule, word: words.reduce((longest, word) => (word.length > longest.length ? word : longest), "") };
});

/** The labels of a line; of two that overlap the one that begins first. */
function labelsIn(line: string): Label[] {
  const all: Label[] = [];
  const lower = line.toLowerCase();
  for (const { rule, word } of WORDED) {
    if (!lower.includes(word)) continue;
    for (const match of line.matchAll(rule.label)) {
      const at = match.index;
      if (at === 0 || !LETTER.test(line.charAt(at - 1))) all.push({ rule, at, to: at + match[0].length });
    }
  }
  if (all.length < 2) return all;
  all.sort((a, b) => a.at - b.at || b.to - a.to);
  let end = 0;
  return all.filter(({ at, to }) => {
    if (at < end) return false;
    end = to;
    return true;
  });
}

function isTorn(line: string, at: number): boolean {
  return TORN.test(line.slice(Math.max(0, at - 8), at));
}

/** Words of others that look like the first line of a block: `thread pool: busy`, `data(1)`. */
export function isForeign({ rule, value, small }: Item): boolean {
  if (rule !== POOL && rule !== TA) return false;
  return value === undefined || (rule === POOL && small && poolNamed(String(value[0])) === undefined);
}

/** The name of a TA that is no UUID. */
export function isVague({ rule, value }: Item): boolean {
  return rule === TA && !parseUuid(String(value?.[0])).ok;
}
