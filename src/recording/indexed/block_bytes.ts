// A set of live blocks as bytes: about fifteen for each block.
import type { KeptBlock, LiveSet } from "./live_set.ts";
import { createNumberReader, createNumberWriter } from "./number_bytes.ts";

/** The blocks of a set, and the bytes allocated then. */
export function packBlocks(set: LiveSet): Uint8Array {
  const writer = createNumberWriter();
  const blocks = set.blocks();
  writer.number(set.allocated);
  writer.number(blocks.length);
  let [address, position, row, time] = [0, 0, 0, 0];
  for (const block of blocks) {
    writer.number(block.address - address);
    writer.number(block.size);
    writer.signed(block.taken - block.size);
    writer.number(block.site);
    writer.number(block.thread);
    writer.signed(block.position - position);
    writer.signed(block.row - row);
    writer.signed(block.time - time);
    writer.number(Math.max(0, block.time - block.born));
    ({ address, position, row, time } = block);
  }
  return writer.take();
}

/** What `packBlocks` packed. */
export function unpackBlocks(bytes: Uint8Array): { readonly allocated: number; readonly blocks: KeptBlock[] } {
  const reader = createNumberReader(bytes);
  const allocated = reader.number();
  const count = reader.number();
  const blocks: KeptBlock[] = [];
  let [address, position, row, time] = [0, 0, 0, 0];
  for (let n = 0; n < count && reader.at < bytes.length; n++) {
    address += reader.number();
    const size = reader.number();
    const taken = size + reader.signed();
    const site = reader.number();
    const thread = reader.number();
    position += reader.signed();
    row += reader.signed();
    time += reader.signed();
    const born = time - reader.number();
    blocks.push({ address, size, taken, site, thread, position, row, time, born });
  }
  return { allocated, blocks };
}
