// The blocks of a heap in the order of their addresses, kept flat so that thousands of lists a second cost little; and what changed between two.
import { sizeOf } from "../../heap/block.ts";
import type { Memory } from "../../heap/memory.ts";
import type { Pool } from "../../heap/walk.ts";
import { leakHeaderSize } from "../../malloc/leak_header.ts";

/** Allocated blocks. */
export interface BlockList {
  /** Offsets of their headers, ascending within a pool. */
  readonly at: readonly number[];
  /** Bytes with headers. */
  readonly size: readonly number[];
  /** A number that differs where the call sites or the requested bytes do; 0 without leak headers. */
  readonly mark: readonly number[];
  /** Bytes of all. */
  readonly bytes: number;
}

/** Lists the allocated blocks of some pools; null where a header makes no sense, as in the middle of an operation. */
export function listBlocks(m: Memory, pools: readonly Pool[], leakHeaders: boolean): BlockList | null {
  const { header, quantum } = m.geometry;
  const [at, size, mark]: [number[], number[], number[]] = [[], [], []];
  const words = leakHeaders ? leakHeaderSize(m) / 4 : 0;
  let bytes = 0;
  for (const pool of pools) {
    const end = pool.at + pool.length - header;
    let block = pool.at;
    while (block < end) {
      const signed = sizeOf(m, block);
      const length = Math.abs(signed);
      if (length < quantum || length % quantum !== 0 || block + length > end) return null;
      if (signed < 0) {
        at.push(block);
        size.push(length);
        mark.push(markOf(m, block + header, words));
        bytes += length;
      }
      block += length;
    }
    if (block !== end) return null;
  }
  return { at, size, mark, bytes };
}

function markOf(m: Memory, from: number, words: number): number {
  let mark = 0;
  for (let n = 0; n < words; n++) mark = (Math.imul(mark, 31) + m.view.getInt32(from + 4 * n, true)) | 0;
  return mark;
}

/** What changed: numbers in the list before, and in the list after. */
export interface BlockChange {
  readonly gone: readonly number[];
  readonly come: readonly number[];
}

/** Compares two lists of the same pools. */
export function changeOf(before: BlockList, after: BlockList): BlockChange {
  const [gone, come]: [number[], number[]] = [[], []];
  const known = new Map(before.at.map((at, n) => [at, n]));
  for (const [n, at] of after.at.entries()) {
    const old = known.get(at);
    const isSame = old !== undefined && before.size[old] === after.size[n] && before.mark[old] === after.mark[n];
    if (isSame) known.delete(at);
    else come.push(n);
  }
  gone.push(...known.values());
  return { gone, come };
}
