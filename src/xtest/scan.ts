// Reads all reports of `xtest --stats` in a text.
import type { PagerStats } from "../abi/pager.ts";
import type { StatsTime } from "../abi/time.ts";
import { parseUuid } from "../abi/uuid.ts";
import { poolNamed, RELEASES } from "../release/releases.ts";
import { type BlockAt, createBlockReader, type LineReader } from "./blocks.ts";
import { eachLine, type TextFault } from "./fault.ts";
import type { CallFailure } from "./print.ts";
import type { PrintedRecord, PrintedTa } from "./stat_lines.ts";
import { createUnwrapper } from "./unwrap.ts";

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
}

const MOST_POOLS = Math.max(...RELEASES.map(({ pools }) => pools.length));

/** Finds all reports in a text, see `createStatsReader`; in the order in which they begin. */
export function scan(text: string): readonly Found[] {
  const found: Found[] = [];
  const reader = createStatsReader((one) => found.push(one));
  let number = 0;
  for (const line of eachLine(text)) reader.take(line, ++number);
  reader.end(!text.endsWith("\n"));
  return found.sort((a, b) => a.from - b.from);
}

/**
 * Hands out all reports of a text, each as soon as it is complete: the output of one command, a capture of many, a serial
 * log with other lines between, or a part of it that somebody quotes. Takes little memory however long the text is. Never
 * fails: a report has what was there and is not damaged, and each damaged line comes as a fault in its place.
 *
 * Pools are of one report up to the next of the same kind; TAs while blank lines join them.
 */
export function createStatsReader(found: (one: Found) => void): LineReader {
  let growing: Growing | undefined;

  function finish(): void {
    const report = growing;
    growing = undefined;
    if (report === undefined) return;
    const { kind, pools, tas, from, to } = report;
    found(kind === "ta" ? { kind, value: tas, from, to } : { kind, value: pools, from, to });
  }
  function takeBlock(block: BlockAt): void {
    const { from, to } = block;
    if (block.kind === "fault") {
      found({ kind: block.kind, value: block.value, from, to });
      return;
    }
    if (growing === undefined || !continues(growing, block)) finish();
    if (block.kind === "alloc" || block.kind === "ta") {
      growing ??= { kind: block.kind, pools: [], tas: [], from, to };
      if (block.kind === "alloc") growing.pools.push(block.value);
      else growing.tas.push(block.value);
      growing.to = to;
      if (growing.pools.length === MOST_POOLS) finish();
    } else {
      const { kind, value } = block;
      found({ kind, value, from, to } as Found);
    }
  }
  const blocks = createBlockReader(takeBlock);
  const lines = createUnwrapper(blocks.take);
  return {
    take: lines.take,
    end(torn) {
      lines.end();
      blocks.end(torn);
      finish();
    },
  };
}

/** True for a block of the same report. */
function continues({ pools, tas }: Growing, block: BlockAt): boolean {
  if (block.kind === "alloc") return pools.length > 0 && isNext(pools, block.value.name);
  if (block.kind !== "ta" || tas.length === 0) return false;
  const { uuid } = block.value;
  return block.before === "blank" || (block.before === "nothing" && isNew(uuid, tas));
}

/** Without blank lines between them, two reports of the same TAs look like one. */
function isNew(uuid: string, tas: readonly PrintedTa[]): boolean {
  return parseUuid(uuid).ok && tas.every((ta) => ta.uuid !== uuid);
}

/** A report begins with the core's heap and has each pool once. */
function isNext(pools: readonly PrintedRecord[], name: string): boolean {
  const roleOf = (one: string): string => poolNamed(one)?.role ?? one;
  return roleOf(name) !== "heap" && (name === "" || pools.every((pool) => roleOf(pool.name) !== roleOf(name)));
}
