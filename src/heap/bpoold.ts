// Mirrors the text of bpoold of OP-TEE 4.0.0 lib/libutils/isoc/bget.c.
import { isSentinel, sizeOf } from "./block.ts";
import { bufdump } from "./bufdump.ts";
import { overstored } from "./check.ts";
import { isLinked } from "./freelist.ts";
import type { Heap } from "./heap.ts";
import { panic } from "./panic.ts";

/** Lists all blocks of a pool in address order; on demand with the data of allocated and free ones. */
export function bpoold(h: Heap, pool: number, dumpAllocated: boolean, dumpFree: boolean): string[] {
  const m = h.memory;
  const lines: string[] = [];
  for (let block = pool; !isSentinel(m, block); ) {
    const signed = sizeOf(m, block);
    const size = Math.abs(signed);
    const width = String(size).padStart(6);
    let dump = dumpAllocated;
    if (signed < 0) {
      lines.push(`Allocated buffer: size ${width} bytes.`);
    } else {
      if (size === 0) panic("bpoold", block, "block size is 0");
      lines.push(`Free block:       size ${width} bytes.${isLinked(h, block) ? "" : "  (Bad free list links)"}`);
      const dirty = h.freeWipe && overstored(m, block, size) >= 0;
      if (dirty) lines.push("(Contents of above free block have been overstored.)");
      dump = dirty || dumpFree;
    }
    if (dump) lines.push(...bufdump(h, block + h.geometry.header));
    block += size;
  }
  return lines;
}
