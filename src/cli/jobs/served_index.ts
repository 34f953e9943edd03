// The index of a recording that is served: made once, completed as the recording grows.
import { setTimeout } from "node:timers/promises";
import { indexOf } from "../../recording/indexed/indexed_view.ts";
import { openIndexed } from "../../recording/indexed/open_indexed.ts";
import { openIndexedFile } from "../../source/file/indexed_file.ts";
import { openRangeFile } from "../../source/file/range_file.ts";

/** Milliseconds that a reader waits: after that it does better to make its own, of which it shows the progress. */
const PATIENCE = 3000;

/**
 * Gives the index of a file as bytes, now or after a while; null where it is not ready in time, or cannot be made. What is kept in
 * a file beside it is used, and kept there; that of one that grows stays in memory.
 */
export function servedIndex(path: string, growing: () => boolean): () => Promise<Uint8Array | null> {
  let known: { readonly bytes: Uint8Array; readonly size: number } | null = null;
  let making: Promise<Uint8Array | null> | null = null;

  async function make(): Promise<Uint8Array | null> {
    if (!growing()) {
      const opened = await openIndexedFile(path);
      if (!opened.ok) return null;
      await using file = opened.value;
      return indexOf(file.recording);
    }
    await using file = await openRangeFile(path);
    if (known?.size === file.size) return known.bytes;
    const opened = await openIndexed(file, known === null ? {} : { index: known.bytes });
    if (!opened.ok) return null;
    known = { bytes: indexOf(opened.value), size: file.size };
    return known.bytes;
  }
  return () => {
    making ??= make()
      .catch(() => null)
      .finally(() => {
        making = null;
      });
    return Promise.race([making, setTimeout(PATIENCE, null, { ref: false })]);
  };
}
