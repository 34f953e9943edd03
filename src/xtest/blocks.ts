// Finds the blocks of statistics in a text.
import { END_OF_TEXT, faultAt, type TextFault } from "./fault.ts";
import { begunBy, FORMS, type PrintedBlock } from "./forms.ts";
import { judge } from "./judge.ts";
import {
  type Before,
  expectedNext,
  isMixed,
  isOver,
  type OpenBlock,
  splitNumber,
  takeItem,
  tornNumber,
} from "./open_block.ts";
import { type Item, isForeign, isVague, itemsOf } from "./recognise.ts";

/** A damaged line, or one that belongs to no block. */
interface FaultBlock {
  readonly kind: "fault";
  readonly value: TextFault;
}

/** A block or a fault and where it stands: first and last line, 1 is the first of the text. */
export type BlockAt = (PrintedBlock | FaultBlock) & {
  readonly from: number;
  readonly to: number;
  readonly before: Before;
};

/** Takes a text line by line. */
export interface LineReader {
  /** Lines come in order; `number` is that of the line in the text, 1 is the first. `before`: what stood before its words. */
  take(line: string, number: number, before?: string): void;
  /** The text is over; `torn` where its last line has no end, so that more may have stood there. Call it once. */
  end(torn?: boolean): void;
}

/** Blocks that end with a number, of which a rest may stand in the next line. */
const NUMBERED: ReadonlySet<PrintedBlock["kind"]> = new Set(["alloc", "ta", "pager"]);
const HEADS = FORMS.flatMap(({ rows }) => rows[0]?.expected ?? []).join(" or ");
/** What quotes and tables leave of a line without words. */
const BLANK = /^[\s>|]*$/;
/** Where somebody left lines out. */
const LEFT_OUT = /^[\s>|[(<*-]*(?:\.\.\.|…|snip\b)/i;
/** Lines of the kernel and of OP-TEE come in between at any moment. */
const ANYWHERE = /^[\s>|]*(?:\[ *\d+\.\d+\]|[A-Z]\/(?:TC|TA|LD):)/;
/** What a person types between two reports. */
const COMMAND = "xtest ";
/** Three digits first in a line may be the next group of a number: `-2` and `147 483 648`. */
const GROUP = /^[\s>|]*\d{3}(?=\s|$)/;
const DIGITS = /^[\s>|]*\d+[\s|]*$/;

/**
 * Hands out all blocks of a text, in order. Others' lines may stand between its lines. A block has what was there and is not
 * damaged; each damaged line gives a fault, and so does the first of lines that belong to no block.
 * Long: one state of the block that is open, which all lines change.
 */
export function createBlockReader(found: (block: BlockAt) => void): LineReader {
  let open: OpenBlock | undefined;
  /** A line that may begin a block: the next one tells. */
  let vague: { readonly item: Item; readonly at: number } | undefined;
  /** Lines without a block were reported already. */
  let lost = false;
  /** What stands behind the last block's last line. */
  let before: Before = "other";
  let behind = 0;
  let last = 0;
  let latest: Item | undefined;
  /** The last line with a label has no other one. */
  let alone = false;

  function fault(value: TextFault): void {
    found({ kind: "fault", value, from: value.line, to: value.line, before: "other" });
  }
  /** Ends the block with what it has; `cut` where the text ends. */
  function close(cut = false): void {
    if (open === undefined) return;
    const { from, to } = open;
    const { block, faults } = judge(open, cut);
    faults.forEach(fault);
    if (block !== undefined) found({ ...block, from, to, before: open.before });
    else if (faults.length === 0 && [...open.seen.values()].every(({ value }) => value !== undefined))
      fault({ line: to, expected: expectedNext(open), found: cut ? END_OF_TEXT : "another line" });
    open = undefined;
  }
  function begin(item: Item, at: number): void {
    const head = begunBy(item.rule);
    if (head === undefined && item.rule.weak === true) return;
    close();
    if (head === undefined) {
      if (!lost) fault(faultAt(at, HEADS, item.text));
      lost = true;
      return;
    }
    const { form, row } = head;
    const seen = new Map([[item.rule, item]]);
    open = { form, from: at, before, seen, next: row + 1, to: at, mixed: false, blankSince: false };
    lost = false;
    if (item.value === undefined) fault(faultAt(at, item.rule.expected, item.text));
  }
  function add(item: Item, at: number): void {
    if (isForeign(item)) return;
    if (isVague(item)) {
      vague = { item, at };
      return;
    }
    const head = begunBy(item.rule);
    if (vague !== undefined && head?.row !== 0 && head?.form === begunBy(vague.item.rule)?.form)
      begin(vague.item, vague.at);
    vague = undefined;
    if (alone && open !== undefined && isMixed(open, item, at)) {
      open.mixed = true;
      open.to = at;
      fault(faultAt(at, expectedNext(open), item.text));
      return;
    }
    if (open !== undefined && takeItem(open, item, at)) {
      if (item.value === undefined) fault(faultAt(at, item.rule.expected, item.text));
    } else begin(item, at);
    latest = item;
    if (open === undefined) return;
    behind = at;
    before = "nothing";
    if (isOver(open) && !NUMBERED.has(open.form.kind)) close();
  }
  function note(line: string): void {
    if (line.includes(COMMAND)) before = "command";
    else if (before === "command" || ANYWHERE.test(line)) return;
    else if (!BLANK.test(line)) before = "other";
    else if (before === "nothing") before = "blank";
  }
  return {
    take(line, number) {
      last = number;
      const digits = open !== undefined && (DIGITS.test(line) || (isShort(latest) && GROUP.test(line)));
      if (open !== undefined && isOver(open) && !digits) close();
      if (open !== undefined && digits && open.to === number - 1) fault(splitNumber(open, number, line));
      if (open !== undefined && BLANK.test(line)) open.blankSince = true;
      if (open !== undefined && LEFT_OUT.test(line)) close();
      const items = itemsOf(line);
      alone &&= items.length === 1;
      for (const item of items) add(item, number);
      if (items.length > 0) alone = items.length === 1;
      if (behind !== number) note(line);
    },
    end(torn = false) {
      // The last line of a block that has all others is taken for whole: people copy without its end.
      if (torn && open?.to === last && !isOver(open)) fault(tornNumber(open));
      close(true);
    },
  };
}

/** A number of one group of digits, which more may follow. */
function isShort(item: Item | undefined): boolean {
  const value = item?.value?.[0];
  return typeof value === "number" && (value < 1000 || value > 2 ** 32 - 1000);
}
