// Makes the allocator for one heap instance of a recorded trace.
import { type ContextOptions, createContext, type MallocContext } from "../malloc/context.ts";
import type { RecordedPool } from "./trace_columns.ts";

/** Bytes between a heap and its list head. */
const BESIDE = 64;

/** Addresses from the first byte of the lowest pool to the last byte of the highest. */
export function spanOf(pools: readonly Pick<RecordedPool, "address" | "length">[]): { base: number; length: number } {
  const base = Math.min(...pools.map(({ address }) => address));
  return { base, length: Math.max(...pools.map(({ address, length }) => address + length)) - base };
}

/**
 * An allocator without a pool over `length` bytes from the address `base` on, for one instance of a recorded heap. The list head
 * lies beside them, as it must not look like the address of a block, and what is near is found faster.
 */
export function instanceContext(base: number, length: number, options: ContextOptions): MallocContext {
  const headAddress = base >= BESIDE ? base - BESIDE : base + length + BESIDE;
  return createContext(new Uint8Array(length), { ...options, base, headAddress });
}
