// Reads all reports of `xtest --stats` in a text.
import type { PagerStats } from "../abi/pager.ts";
import type { StatsTime } from "../abi/time.ts";
import { HEAP_NAME, RELEASES } from "../release/releases.ts";
import { type BlockAt, createBlockReader, type LineReader } from "./blocks.ts";
import { eachLine, type TextFault } from "./fault.ts";
import type { CallFailure } from "./print.ts";
import type { PrintedRecord, PrintedTa } from "./stat_lines.ts";

/** What each kind of report is read as. */
export interface ReportValues {
  readonly alloc: readonly PrintedRecord[];
  readonly ta: readonly PrintedTa[];
  readonly pager: PagerStats;
  readonly time: StatsTime;
  readonly failure: CallFailure;
}

/** What one run of `xtest --stats` printed. */
export type Report = {
  [K in keyof ReportValues]: { readonly kind: K; readonly value: ReportValues[K] };
}[keyof ReportValues];

/** A report or a fault, with its first and last line in the text (1 is the first). */
export type Found = (Report | { readonly kind: "fault"; readonly value: TextFault }) & {
  readonly from: number;
  readonly to: number;
};

/** A report of several blocks that may still go on. */
interface Growing {
  readonly kind: "alloc" | "ta";
  readonly pools: PrintedRecord[];
  readonly tas: PrintedTa[];
  readonly from: number;
  to: number;
  /** One of its blocks was a fault: the rest of it is left out. */
  readonly damaged: boolean;
}

const FEWEST_POOLS = Math.min(...RELEASES.map(({ pools }) => pools.length));

/** Finds all reports in a text, see `createStatsReader`. */
export function scan(text: string): readonly Found[] {
  const found: Found[] = [];
  const reader = createStatsReader((one) => found.push(one));
  let number = 0;
  for (const line of eachLine(text)) reader.take(line, ++number);
  reader.end();
  return found;
}

/**
 * Hands out all reports of a text, each as soon as it is complete: the output of one command, a capture of many, or a
 * serial log with other lines between. Takes little memory however long the text is. Never fails: what is damaged comes as
 * a fault in its place, and the report it belongs to is left out as a whole. An --alloc report starts with the pool "Heap"
 * and has at least four pools; blank lines join the TAs of one report.
 */
export function createStatsReader(found: (one: Found) => void): LineReader {
  let growing: Growing | undefined;
  function takeBlock(block: BlockAt): void {
    if (growing !== undefined && continues(growing, block)) {
      if (block.kind === "fault") {
        found(plain(block));
        growing = begin(growing.kind, block, true);
      } else if (!growing.damaged) add(growing, block);
      return;
    }
    finish(found, growing);
    growing = undefined;
    if (block.kind === "alloc" && block.joins) {
      const value = {
        line: block.from,
        expected: `the first pool, "Pool: ${HEAP_NAME}"`,
        found: `"${block.value.name}"`,
      };
      found({ kind: "fault", value, from: block.from, to: block.to });
      growing = begin("alloc", block, true);
    } else if (block.kind === "alloc" || block.kind === "ta") {
      growing = begin(block.kind, block, false);
      add(growing, block);
    } else {
      found(plain(block));
      if (block.kind === "fault") growing = begin(block.within === "ta" ? "ta" : "alloc", block, true);
    }
  }
  const blocks = createBlockReader(takeBlock);
  return {
    take: blocks.take,
    end() {
      blocks.end();
      finish(found, growing);
      growing = undefined;
    },
  };
}

function continues(growing: Growing, block: BlockAt): boolean {
  if (block.kind !== "fault") return block.joins && block.kind === growing.kind;
  if (block.within !== undefined && block.within !== growing.kind) return false;
  return block.joins || (growing.kind === "alloc" && growing.pools.length < FEWEST_POOLS);
}

/** Without what only this file needs. */
function plain({ kind, value, from, to }: Exclude<BlockAt, { kind: "alloc" | "ta" }>): Found {
  return { kind, value, from, to } as Found;
}

function begin(kind: Growing["kind"], { from, to }: BlockAt, damaged: boolean): Growing {
  return { kind, pools: [], tas: [], from, to, damaged };
}

function add(growing: Growing, block: BlockAt): void {
  growing.to = block.to;
  if (block.kind === "alloc") growing.pools.push(block.value);
  if (block.kind === "ta") growing.tas.push(block.value);
}

function finish(found: (one: Found) => void, growing: Growing | undefined): void {
  if (growing === undefined || growing.damaged) return;
  const { kind, pools, tas, from, to } = growing;
  if (kind === "ta") found({ kind, value: tas, from, to });
  else if (pools.length >= FEWEST_POOLS) found({ kind, value: pools, from, to });
  else {
    const value = { line: to, expected: `at least ${FEWEST_POOLS} pools`, found: `only ${pools.length}` };
    found({ kind: "fault", value, from, to });
  }
}
