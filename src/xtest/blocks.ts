import { END_OF_TEXT, faultAt, splitLines, type TextFault } from "./fault.ts";
import { type Block, FORMS } from "./forms.ts";
import { missing, type OpenBlock, take } from "./open_block.ts";
import { type Hit, recognise } from "./recognise.ts";

/** A damaged block, or a line that belongs to none. */
interface FaultBlock {
  readonly kind: "fault";
  readonly value: TextFault;
  /** The block it happened in, if it had started. */
  readonly within: Block["kind"] | undefined;
}

/** A block or a fault and where it stands: first and last line, 1 is the first of the text. */
export type BlockAt = (Block | FaultBlock) & {
  readonly from: number;
  readonly to: number;
  /** It goes on with the report before it; a fault only if a blank line makes that sure. */
  readonly joins: boolean;
};

interface Search {
  readonly lines: readonly string[];
  readonly found: BlockAt[];
  open: OpenBlock | undefined;
  /** Index of the line behind the last block. */
  behind: number;
  /** Lines without a block were reported already. */
  lost: boolean;
}

const HEADS = FORMS.map(({ rows }) => rows[0]?.rule.expected).join(" or ");

/**
 * Finds all blocks of a text, in order. Lines that are none of xtest's may stand anywhere between whole lines. A block
 * with a wrong, missing or extra line gives one fault, and the search goes on at the next block.
 */
export function findBlocks(text: string): readonly BlockAt[] {
  const lines = splitLines(text);
  const search: Search = { lines, found: [], open: undefined, behind: 0, lost: false };
  for (const [i, line] of lines.entries()) {
    const hit = recognise(line);
    if (hit !== undefined) feed(search, hit, i + 1);
  }
  const { open } = search;
  if (open !== undefined) pushFault(search, { line: lines.length, expected: missing(open), found: END_OF_TEXT }, open);
  return search.found;
}

/** `at` is the number of the line that was hit. */
function feed(search: Search, hit: Hit, at: number): void {
  const { open } = search;
  if (open !== undefined) {
    if (take(open, hit)) {
      finishIfWhole(search, open, at);
      return;
    }
    pushFault(search, faultAt(at, missing(open), lineAt(search, at)), open);
  }
  start(search, hit, at);
}

/** Opens a block with its first line; any other line is a fault, the first of them in a row. */
function start(search: Search, { rule, groups }: Hit, at: number): void {
  const form = FORMS.find(({ rows }) => rows[0]?.rule === rule);
  if (form !== undefined && groups !== undefined) {
    const afterBlank = blankBefore(search, at);
    const open = {
      form,
      from: at,
      afterBlank,
      joins: form.joins(groups, afterBlank),
      seen: new Map([[rule, groups]]),
      next: 1,
    };
    search.open = open;
    search.lost = false;
    finishIfWhole(search, open, at);
  } else if (!search.lost) {
    pushFault(search, faultAt(at, form === undefined ? HEADS : rule.expected, lineAt(search, at)), undefined);
  }
}

/** A blank line stands right behind the block before, or right before this line; both are one line if nobody else prints. */
function blankBefore(search: Search, at: number): boolean {
  const isBlank = (index: number): boolean => index < at - 1 && search.lines[index]?.trim() === "";
  return isBlank(search.behind) || isBlank(at - 2);
}

function finishIfWhole(search: Search, { form, from, joins, seen, next }: OpenBlock, to: number): void {
  if (next < form.rows.length) return;
  search.found.push({ ...form.build((rule) => seen.get(rule) ?? []), from, to, joins });
  search.open = undefined;
  search.behind = to;
}

function pushFault(search: Search, value: TextFault, open: OpenBlock | undefined): void {
  const from = open?.from ?? value.line;
  const joins = (open?.joins ?? true) && (open?.afterBlank ?? blankBefore(search, from));
  search.found.push({ kind: "fault", value, within: open?.form.kind, from, to: value.line, joins });
  search.open = undefined;
  search.behind = value.line;
  search.lost = true;
}

function lineAt(search: Search, at: number): string {
  return search.lines[at - 1] ?? "";
}
