// Finds the block of what lies where the malloc layer puts it: at the start of the payload of an allocated block.
import { sizeOf } from "../../heap/block.ts";
import type { Memory } from "../../heap/memory.ts";
import { leakHeaderSize, releaseOfLeakHeader } from "../../malloc/leak_header.ts";
import { blockSize } from "./chains.ts";

/** Offset of the allocated block whose payload begins there, with or without a leak header; -1 if there is none. Looks at its header only. */
export function holderOf(m: Memory, payload: number): number {
  const { header, word } = m.geometry;
  // A leak header has an address and a number, too.
  if (releaseOfLeakHeader(m, payload) !== null) return -1;
  for (const front of [header, header + leakHeaderSize(m)]) {
    const block = payload - front;
    if (block >= 0 && sizeOf(m, block) < 0 && blockSize(m, block) >= front + 2 * word) return block;
  }
  return -1;
}
