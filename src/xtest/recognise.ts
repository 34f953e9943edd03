// Finds the rule for a line of statistics.
import { RULES, type Rule, readNumber } from "./rules.ts";

/** A line that belongs to a statistics text. */
export interface Hit {
  readonly rule: Rule;
  /** What the rule's groups matched; `undefined` where the line starts right and goes on wrong. */
  readonly groups: readonly string[] | undefined;
}

/** What may stand before a line on a console: a prompt, a `[time]`, a clock time. */
const BEFORE = /(?:[#$>\]]|\d\d:\d\d:\d\d(?:[.,]\d+)?Z?)\s*$/;

const SHORTEST = Math.min(...RULES.map(({ start }) => start.length));

/** Finds the rule of a line; `undefined` for a line that is none of xtest's. */
export function recognise(line: string): Hit | undefined {
  // Blank lines are many, and a report's own lines are longer.
  if (line.length < SHORTEST) return undefined;
  const text = line.trimStart();
  for (const rule of RULES) {
    if (text.startsWith(rule.start)) {
      const hit = hitAt(rule, text, 0);
      if (hit !== undefined) return hit;
    }
  }
  for (const rule of RULES) {
    const at = text.indexOf(rule.start);
    if (at > 0 && BEFORE.test(text.slice(Math.max(0, at - 40), at))) {
      const hit = hitAt(rule, text, at);
      if (hit !== undefined) return hit;
    }
  }
  return undefined;
}

function hitAt(rule: Rule, text: string, at: number): Hit | undefined {
  const match = rule.rest.exec(text.slice(at + rule.start.length).trimEnd());
  const groups = match?.slice(1);
  if (groups?.every(inRange) === true) return { rule, groups };
  return rule.loose === true ? undefined : { rule, groups: undefined };
}

function inRange(group: string): boolean {
  return !/^-?\d+$/.test(group) || readNumber(group) !== undefined;
}
