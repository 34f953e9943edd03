// A block of statistics while it is read.
import type { Form } from "./forms.ts";
import type { Hit } from "./recognise.ts";
import type { Rule } from "./rules.ts";

/** A block whose last line has not come yet. */
export interface OpenBlock {
  readonly form: Form;
  /** Number of its first line. */
  readonly from: number;
  /** A blank line stands before it. */
  readonly afterBlank: boolean;
  /** It goes on with the report before it. */
  readonly joins: boolean;
  /** What the groups of each line's rule matched. */
  readonly seen: Map<Rule, readonly string[]>;
  /** Row that comes next. */
  next: number;
  /** Number of its last line so far. */
  to: number;
}

/** Adds a line to the block; false where it does not belong there. */
export function takeLine(open: OpenBlock, { rule, groups }: Hit, at: number): boolean {
  const { rows } = open.form;
  let next = open.next;
  while (rows[next]?.optional === true && rows[next]?.rule !== rule) next++;
  if (rows[next]?.rule !== rule || groups === undefined) return false;
  open.seen.set(rule, groups);
  open.next = next + 1;
  open.to = at;
  return true;
}

/** No line is missing: all that may come are optional. */
export function isWhole({ form, next }: OpenBlock): boolean {
  return form.rows.slice(next).every(({ optional }) => optional);
}

/** What may come next, for messages. */
export function missing({ form, next }: OpenBlock): string {
  const rest = form.rows.slice(next);
  const must = rest.findIndex(({ optional }) => !optional);
  return rest
    .slice(0, must + 1)
    .map(({ rule }) => rule.expected)
    .join(" or ");
}
