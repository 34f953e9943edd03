import { type ContextOptions, createContext, type MallocContext } from "../malloc/context.ts";
import type { RecordedPool } from "./trace_columns.ts";

const LIST_HEAD = 0x0f000000;

/** Addresses from the first byte of the lowest pool to the last byte of the highest. */
export function spanOf(pools: readonly Pick<RecordedPool, "address" | "length">[]): { base: number; length: number } {
  const base = Math.min(...pools.map(({ address }) => address));
  return { base, length: Math.max(...pools.map(({ address, length }) => address + length)) - base };
}

/** An allocator without a pool over `length` bytes from the address `base` on, for one life of a recorded heap. */
export function createLife(base: number, length: number, options: ContextOptions): MallocContext {
  const inside = LIST_HEAD >= base && LIST_HEAD < base + length;
  const beside = base >= 64 ? base - 64 : base + length + 64;
  // The list head must not look like the address of a block.
  return createContext(new Uint8Array(length), { ...options, base, headAddress: inside ? beside : LIST_HEAD });
}
