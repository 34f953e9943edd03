// Inspects a raw memory dump: heaps, blocks, call sites and damage.
import { err, ok, type Result } from "../../base/result.ts";
import type { Word } from "../../heap/geometry.ts";
import type { DumpReport } from "./dump_report.ts";
import { findHeaps, MAX_BLOCKS, TooManyBlocks } from "./find_heaps.ts";
import { reportOn } from "./heap_report.ts";
import { inspectImage, isImage, withSureHeaps } from "./image.ts";
import type { DumpOptions } from "./options.ts";

/** Looks for the heaps of a dump and what they hold. Empty if none is found. An error: more blocks than any heap has. */
export function inspectDump(bytes: Uint8Array, options: DumpOptions = {}): Result<DumpReport[]> {
  try {
    const isWhole = isImage(bytes) && options.pools === undefined;
    if (isWhole) return ok(inspectImage(bytes, options));
    const reports = inspectHeap(bytes, options);
    return ok(options.pools === undefined ? withSureHeaps(reports, bytes, options) : reports);
  } catch (error) {
    if (!(error instanceof TooManyBlocks)) throw error;
    return err(`more than ${MAX_BLOCKS} blocks; give the address of the heap with --base and --pool`);
  }
}

function inspectHeap(bytes: Uint8Array, options: DumpOptions): DumpReport[] {
  const read = (word: Word): DumpReport[] =>
    findHeaps(bytes, word, options.base ?? null, options.pools).map((heap) => reportOn(heap, options));
  if (options.word !== undefined) return read(options.word);
  const wide = read(8);
  // A pool table shows the word size; without one the wrong size makes little sense of the same bytes.
  if (wide.some(({ table }) => table)) return wide;
  const narrow = read(4);
  return sense(narrow) > sense(wide) ? narrow : wide;
}

function sense(reports: readonly DumpReport[]): number {
  return reports.reduce((sum, { pools, table, damage }) => {
    const covered = pools.reduce((bytes, { blocks }) => bytes + blocks.reduce((all, { size }) => all + size, 0), 0);
    return sum + covered * (table ? 2 : 1) * (damage.length === 0 ? 2 : 1);
  }, 0);
}
