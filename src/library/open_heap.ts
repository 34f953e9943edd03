// Opens a heap that is in its bytes already: of another thread, of a dump, of a program in WebAssembly.
import { err, ok, type Result } from "../base/result.ts";
import { attachHeap } from "../heap/fast/create_bget.ts";
import { HeapPanic } from "../heap/panic.ts";
import type { MallocContext } from "../malloc/context.ts";
import { poolsOf } from "../malloc/pools.ts";
import type { ByteHeap } from "./byte_heap.ts";
import { expectOptions, expectWhole } from "./expect.ts";
import { findPools } from "./find_pools.ts";
import { type GivenBytes, type GivenMemory, type Home, homeOf } from "./home.ts";
import { createByteHeap } from "./make_heap.ts";
import { contextOver, expectSettings, type HeapSettings, SETTINGS } from "./settings.ts";
import { inTurn } from "./turns.ts";

/** What the bytes of a heap do not say of it, and where in them it begins. */
export interface OpenSettings extends Omit<HeapSettings, "leakHeaders" | "base"> {
  /** Offset at which its first pool begins, rounded up as in `createHeap`. Default 0. */
  readonly from?: number;
}

/**
 * Where an existing heap is, one of `bytes` and `memory`, and what its bytes do not say of it: `fit`, `validate`, `release`, `core`,
 * `files`. `fit` may be another than before: it only decides which free block the next request takes.
 */
export type ExistingHeap<B extends ArrayBufferLike = ArrayBufferLike> = (GivenBytes<B> | GivenMemory) & OpenSettings;

const OPTIONS = ["bytes", "memory", "from", ...SETTINGS.filter((name) => name !== "leakHeaders" && name !== "base")];

/**
 * Opens a heap in its bytes. They tell word size, leak headers, base and pools; live blocks and free list are counted, the
 * maximum begins with what is allocated now. Errors: no heap begins at `from`, a block header leads nowhere, or free-list links
 * lead out of the heap to several places. Other damage, such as links in a circle, `check` finds. Where to look in a dump that has
 * more than one heap, `inspectDump` of `teemem/analyze` finds.
 */
export function openHeap<B extends ArrayBufferLike>(options: GivenBytes<B> & OpenSettings): Result<ByteHeap<B>>;
/** Opens a heap in the memory of a WebAssembly program, or in either. */
export function openHeap(options: ExistingHeap): Result<ByteHeap>;
export function openHeap(options: ExistingHeap): Result<ByteHeap> {
  expectOptions(options, "openHeap", OPTIONS);
  expectSettings(options);
  const { from = 0 } = options;
  const home = homeOf(options);
  expectWhole(from, "from", 0, home.bytes().length);
  const open = (): Result<ByteHeap> => readHeap(home, from, options);
  if (options.lock === undefined) return open();
  // No other thread changes the heap while it is read.
  return inTurn(options.lock, open);
}

function readHeap(home: Home, from: number, options: ExistingHeap): Result<ByteHeap> {
  const found = findPools(home.bytes(), from, options.word);
  if (!found.ok) return found;
  const { base, table, pools, release } = found.value;
  const built = {
    word: found.value.word,
    base,
    leakHeaders: release !== null,
    ...(release === null ? {} : { release }),
  };
  const ctx = contextOver(home.bytes(), { ...options, ...built }, true);
  Object.assign(ctx, { table, poolCount: pools.length });
  const problem = readState(ctx);
  if (problem !== null) return err(problem);
  return ok(createByteHeap(ctx, home, options, reopenFrom(from)));
}

/**
 * What reads a context anew after another thread changed its heap: pools, list head and counters. `first` is where its first
 * pool begins; the pool table may be elsewhere now. It throws where the bytes are damaged.
 */
export function reopenFrom(first: number): (ctx: MallocContext) => void {
  return (ctx) => {
    const { bytes, geometry } = ctx.heap.memory;
    const found = findPools(bytes, first, geometry.word);
    if (found.ok) Object.assign(ctx, { table: found.value.table, poolCount: found.value.pools.length });
    const problem = found.ok ? readState(ctx) : found.error;
    if (problem !== null) throw new HeapPanic("refresh", first, `the heap cannot be read anew: ${problem}`);
  };
}

/** Reads list head and counters from the pools of a context. Returns what is damaged, or null. */
function readState(ctx: MallocContext): string | null {
  const { memory, bestFit, freeWipe, zeroGrown, sumsFreeList } = ctx.heap;
  const pools = poolsOf(ctx);
  const options = {
    word: memory.geometry.word,
    fit: bestFit ? ("best" as const) : ("first" as const),
    base: memory.base,
    freeWipe,
    zeroGrown,
    sumsFreeList,
  };
  const heap = attachHeap(memory.bytes, options, pools);
  if (!heap.ok) return heap.error;
  Object.assign(ctx, {
    heap: heap.value,
    size: pools.reduce((sum, { length }) => sum + length, 0),
    maxAllocated: Math.max(ctx.maxAllocated, heap.value.allocated),
  });
  return null;
}
