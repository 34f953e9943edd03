// Finds the blocks of statistics in a text.
import { END_OF_TEXT, faultAt, type TextFault } from "./fault.ts";
import { FORMS, type Form, type PrintedBlock } from "./forms.ts";
import { isWhole, missing, type OpenBlock, takeLine } from "./open_block.ts";
import { type Hit, recognise } from "./recognise.ts";

/** A damaged block, or a line that belongs to none. */
interface FaultBlock {
  readonly kind: "fault";
  readonly value: TextFault;
  /** The block it happened in, if it had started. */
  readonly within: PrintedBlock["kind"] | undefined;
}

/** A block or a fault and where it stands: first and last line, 1 is the first of the text. */
export type BlockAt = (PrintedBlock | FaultBlock) & {
  readonly from: number;
  readonly to: number;
  /** It goes on with the report before it; a fault only if a blank line makes that sure. */
  readonly joins: boolean;
};

/** Takes a text line by line. */
export interface LineReader {
  /** Lines come in order; `number` is that of the line in the text, 1 is the first. */
  take(line: string, number: number): void;
  /** The text is over. Call it once. */
  end(): void;
}

interface Search {
  readonly forms: readonly Form[];
  readonly found: (block: BlockAt) => void;
  open: OpenBlock | undefined;
  /** Number of the current line, its text, and whether the one before it is blank. */
  at: number;
  line: string;
  blankBefore: boolean;
  /** Number of the last line of the last block, and whether the one behind it is blank. */
  behind: number;
  blankBehind: boolean;
  /** Lines without a block were reported already. */
  lost: boolean;
}

const HEADS = FORMS.map(({ rows }) => rows[0]?.rule.expected).join(" or ");

/**
 * Hands out all blocks of a text, in order. Lines that are none of xtest's may stand anywhere between whole lines. A block
 * with a wrong, missing or extra line gives one fault, and the search goes on at the next block.
 */
export function createBlockReader(found: (block: BlockAt) => void, forms: readonly Form[] = FORMS): LineReader {
  const start = { forms, at: 0, line: "", blankBefore: false, behind: 0, blankBehind: false };
  const search: Search = { ...start, found, open: undefined, lost: false };
  return {
    take(line, number) {
      search.at = number;
      search.line = line;
      const hit = recognise(line);
      if (hit !== undefined) feed(search, hit, search.at);
      search.blankBefore = line.trim() === "";
      if (search.at === search.behind + 1) search.blankBehind = search.blankBefore;
    },
    end() {
      const { open } = search;
      if (open !== undefined && !finishIfWhole(search, open))
        pushFault(search, { line: search.at, expected: missing(open), found: END_OF_TEXT }, open);
    },
  };
}

/** `at` is the number of the line that was hit. */
function feed(search: Search, hit: Hit, at: number): void {
  const { open } = search;
  if (open !== undefined) {
    if (takeLine(open, hit, at)) {
      search.behind = at;
      if (open.next === open.form.rows.length) finishIfWhole(search, open);
      return;
    }
    // The lines that an older release does not print may be the last ones: the next block tells that they do not come.
    if (!finishIfWhole(search, open)) pushFault(search, faultAt(at, missing(open), search.line), open);
  }
  start(search, hit, at);
}

/** Opens a block with its first line; any other line is a fault, the first of them in a row. */
function start(search: Search, { rule, groups }: Hit, at: number): void {
  const form = search.forms.find(({ rows }) => rows[0]?.rule === rule);
  if (form !== undefined && groups !== undefined) {
    const afterBlank = isAfterBlank(search);
    const open = {
      form,
      from: at,
      afterBlank,
      joins: form.joins(groups, afterBlank),
      seen: new Map([[rule, groups]]),
      next: 1,
      to: at,
    };
    search.open = open;
    search.lost = false;
    search.behind = at;
    if (open.next === form.rows.length) finishIfWhole(search, open);
  } else if (!search.lost) {
    pushFault(search, faultAt(at, form === undefined ? HEADS : rule.expected, search.line), undefined);
  }
}

/** A blank line stands right behind the block before, or right before this line; both are one line if nobody else prints. */
function isAfterBlank({ at, behind, blankBehind, blankBefore }: Search): boolean {
  return at > 1 && (blankBefore || (behind < at - 1 && blankBehind));
}

/** Ends a block that lacks no line, at its last one. False if it lacks one. */
function finishIfWhole(search: Search, open: OpenBlock): boolean {
  if (!isWhole(open)) return false;
  const { form, from, to, joins, seen } = open;
  const block = form.build((rule) => seen.get(rule) ?? []);
  const fault = tooMuch(block, to);
  if (fault !== undefined) {
    pushFault(search, fault, open);
    return true;
  }
  search.open = undefined;
  search.found({ ...block, from, to, joins });
  return true;
}

/** No pool has more allocated than it has: then a digit is damaged. */
function tooMuch(block: PrintedBlock, line: number): TextFault | undefined {
  const heap = block.kind === "alloc" ? block.value : block.kind === "ta" ? block.value.heap : undefined;
  if (heap === undefined) return undefined;
  const most = Math.max(heap.allocated, heap.maxAllocated, heap.biggestFailureUsed);
  if (most <= heap.size) return undefined;
  return { line, expected: `no more than the pool's ${heap.size} bytes`, found: String(most) };
}

function pushFault(search: Search, value: TextFault, open: OpenBlock | undefined): void {
  const from = open?.from ?? value.line;
  const joins = (open?.joins ?? true) && (open?.afterBlank ?? isAfterBlank(search));
  search.found({ kind: "fault", value, within: open?.form.kind, from, to: value.line, joins });
  search.open = undefined;
  search.behind = value.line;
  search.blankBehind = false;
  search.lost = true;
}
