// A set of live blocks as bytes: about fifteen for each block.
import type { KeptBlock, LiveSet } from "./live_set.ts";
import { createNumberReader, createNumberWriter } from "./number_bytes.ts";

const FIELDS = ["address", "size", "taken", "site", "thread", "position", "row", "time", "born"] as const;

/** The blocks of a set, and the bytes allocated then. */
export function packBlocks(set: LiveSet): Uint8Array {
  const writer = createNumberWriter();
  const blocks = set.blocks();
  writer.number(set.allocated);
  for (const field of FIELDS) writer.column(blocks.map((block) => block[field]));
  return writer.take();
}

/** What `packBlocks` packed. */
export function unpackBlocks(bytes: Uint8Array): { readonly allocated: number; readonly blocks: KeptBlock[] } {
  const reader = createNumberReader(bytes);
  const allocated = reader.number();
  const columns = FIELDS.map((field) => [field, reader.column()] as const);
  const length = columns[0]?.[1].length ?? 0;
  const blocks = Array.from({ length }, (_, n) =>
    Object.fromEntries(columns.map(([field, column]) => [field, column[n] ?? 0])),
  );
  return { allocated, blocks: blocks as unknown as KeptBlock[] };
}
