// Adds up the live blocks of a moment by who holds them.
import type { RecordedTrace, Site } from "../replay/trace_columns.ts";
import { markName } from "../replay/trace_row.ts";
import { type Holder, holders } from "./holders.ts";
import type { LiveBlocks } from "./live_blocks.ts";

/** Some live blocks. Bytes with block headers. */
interface HeldBlocks {
  readonly blocks: number;
  readonly bytes: number;
  bySite(): Holder[];
  /** By the mark in which each block was made. */
  byMark(): Holder[];
  /** By what is known of the row in which each block was made. */
  by(nameOf: (made: number) => string): Holder[];
}

/** The live blocks that are wanted. */
export function heldBlocks(
  trace: RecordedTrace,
  live: LiveBlocks,
  isWanted: (block: number, made: number) => boolean,
): HeldBlocks {
  const blocks: number[] = [];
  let bytes = 0;
  for (const [block, made] of live.made.entries()) {
    if (made < 0 || !isWanted(block, made)) continue;
    blocks.push(block);
    bytes += live.bytes[block] as number;
  }
  function* held(nameOf: (block: number) => string) {
    for (const block of blocks) yield { size: live.bytes[block] as number, site: nameOf(block) };
  }
  const by = (nameOf: (made: number) => string): Holder[] =>
    holders(held((block) => nameOf(live.made[block] as number)));
  return {
    blocks: blocks.length,
    bytes,
    bySite: () => holders(held((block) => nameOfSite(trace.sites[live.site[block] as number]))),
    byMark: () => by((made) => markName(trace, made)),
    by,
  };
}

/** A caller in one word: `file:line`, or its function where no line is known. */
export function nameOfSite(site: Site | undefined): string {
  return site?.place || site?.func || "unknown";
}
