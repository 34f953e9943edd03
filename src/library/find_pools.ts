// Finds the pools of a heap in its bytes alone: C keeps outside of them where its pool table is.

import { roundUp } from "../base/integer.ts";
import { err, ok, type Result } from "../base/result.ts";
import { createMemory, isBase, load, loadAddress, type Memory } from "../heap/memory.ts";
import { type Block, type Pool, walkPool } from "../heap/walk.ts";
import { leakHeaderSize, readLeakHeader, releaseOfLeakHeader } from "../malloc/leak_header.ts";
import type { Release } from "../release/release.ts";

/** What the bytes say of a heap. */
interface FoundPools {
  readonly word: 4 | 8;
  /** Address of the first byte. */
  readonly base: number;
  /** In the order of the pool table. */
  readonly pools: readonly Pool[];
  /** Offset of the pool table's payload. */
  readonly table: number;
  /** The oldest release with the layout of its leak headers; null where blocks have none. */
  readonly release: Release | null;
}

/**
 * Finds the heap whose first pool begins at `from`, of words of 8 or 4 bytes unless `word` says which. The error says what stands
 * there instead.
 */
export function findPools(bytes: Uint8Array, from: number, word?: 4 | 8): Result<FoundPools> {
  const words = word === undefined ? ([8, 4] as const) : [word];
  const found = words.map((size) => poolsIn(bytes, from, size));
  return found.find(({ ok: isFound }) => isFound) ?? (found[0] as Result<FoundPools>);
}

function poolsIn(bytes: Uint8Array, from: number, word: 4 | 8): Result<FoundPools> {
  const memory = createMemory(bytes, { word, base: 0 });
  const at = roundUp(from, memory.geometry.quantum);
  const { blocks, damage, end } = walkPool(memory, { at, length: bytes.length - at });
  if (damage !== null)
    return err(`no heap of ${8 * word}-bit words begins at ${from}: block ${damage.at}: ${damage.what}`);
  const pool = { at, length: end + memory.geometry.header - at };
  for (const block of blocks) {
    const found = block.free ? null : (tableIn(memory, block, pool, false) ?? tableIn(memory, block, pool, true));
    if (found !== null) return ok(found);
  }
  return err(`the blocks from ${at} to ${end} have no pool table: a heap has one in its first pool`);
}

/** The block as a pool table whose first entry is the pool. */
function tableIn(memory: Memory, block: Block, pool: Pool, leakHeaders: boolean): FoundPools | null {
  const { geometry } = memory;
  const entry = 2 * geometry.word;
  const header = block.at + geometry.header;
  const table = header + (leakHeaders ? leakHeaderSize(memory) : 0);
  const release = leakHeaders ? releaseOfLeakHeader(memory, header) : null;
  if (leakHeaders && release === null) return null;
  const fields = release?.allocator.leakLayout[geometry.word];
  const room = fields ? readLeakHeader(memory, header, fields).size : block.at + block.size - table;
  const count = Math.floor(room / entry);
  if (count < 1 || table + count * entry > block.at + block.size) return null;
  const base = loadAddress(memory, table) - pool.at;
  const pools = Array.from({ length: count }, (_, n) => ({
    at: loadAddress(memory, table + n * entry) - base,
    length: load(memory, table + n * entry + geometry.word),
  }));
  const isPool = ({ at, length }: Pool): boolean =>
    at >= 0 && length > 0 && at + length <= memory.bytes.length && walkPool(memory, { at, length }).damage === null;
  if (!isBase(base) || pools[0]?.length !== pool.length || !pools.every(isPool)) return null;
  return { word: geometry.word, base, pools, table, release };
}
