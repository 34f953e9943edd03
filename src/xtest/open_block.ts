// A block of statistics while it is read.
import { END_OF_TEXT, faultAt, type TextFault } from "./fault.ts";
import type { Form } from "./forms.ts";
import type { Item } from "./recognise.ts";
import type { Rule } from "./rules.ts";

/** What stands between a block and the one before: a command that somebody typed, a blank line, another line, nothing. */
export type Before = "command" | "blank" | "other" | "nothing";

/** A block whose next line may still come. */
export interface OpenBlock {
  readonly form: Form;
  /** Number of its first line. */
  readonly from: number;
  readonly before: Before;
  readonly seen: Map<Rule, Item>;
  /** Row that comes next. */
  next: number;
  /** Number of its last line so far. */
  to: number;
  /** Lines of another text stand between its lines: no figure is certain. */
  mixed: boolean;
  /** A blank line came behind that. */
  blankSince: boolean;
}

/** So many lines of others may stand within a block: more than an oops of the kernel has. */
const FURTHEST = 200;

/**
 * Adds a line to the block; false where it does not belong there: its place is past, or too far away, or lines are missing
 * where a blank line stands, so that it may be of the next block.
 */
export function takeItem(open: OpenBlock, item: Item, at: number): boolean {
  const row = open.form.rows.indexOf(item.rule);
  if (row < open.next || at - open.to > FURTHEST) return false;
  const skipped = open.form.rows.slice(open.next, row).some((rule) => rule !== open.form.optional);
  if (skipped && open.blankSince) return false;
  open.seen.set(item.rule, item);
  open.next = row + 1;
  open.to = at;
  open.blankSince = false;
  return true;
}

/** Takes back the last value, as a line of digits right behind it may be the rest of it. */
export function splitNumber(open: OpenBlock, at: number, line: string): TextFault {
  takeBack(open);
  return faultAt(at, "no digits behind a number", line);
}

/** The same as the text ends behind it. */
export function tornNumber(open: OpenBlock): TextFault {
  return { line: open.to, expected: takeBack(open), found: END_OF_TEXT };
}

/**
 * True for a line right behind the block's last one that is of another text: the same label again, or one that stands before it in
 * every block.
 */
export function isMixed({ form, next, to }: OpenBlock, { rule }: Item, at: number): boolean {
  const row = form.rows.indexOf(rule);
  return to === at - 1 && row > 0 && row < next;
}

function takeBack({ form, next, seen }: OpenBlock): string {
  const rule = form.rows[next - 1];
  const item = rule === undefined ? undefined : seen.get(rule);
  if (item !== undefined) seen.set(item.rule, { ...item, value: undefined });
  return rule?.expected ?? "";
}

/** All of its lines have come. */
export function isOver({ form, next }: OpenBlock): boolean {
  return next === form.rows.length;
}

/** What may come next, for messages. */
export function expectedNext({ form, next }: OpenBlock): string {
  const rest = form.rows.slice(next);
  const must = rest.findIndex((rule) => rule !== form.optional);
  return rest
    .slice(0, must + 1)
    .map(({ expected }) => expected)
    .join(" or ");
}
