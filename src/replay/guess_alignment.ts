// Finds the alignment that was asked for, where a recording shows only which blocks were made: by the allocator itself.

import { sizeOf } from "../heap/block.ts";
import { bufGetPos } from "../heap/buf_get_pos.ts";
import { HEAD } from "../heap/heap.ts";
import { HeapPanic } from "../heap/panic.ts";
import { search } from "../heap/search.ts";
import { takePool } from "../malloc/add_pool.ts";
import type { MallocContext } from "../malloc/context.ts";
import { leakHeaderSize } from "../malloc/leak_header.ts";
import { asksMemory, OP } from "../malloc/operation.ts";
import { performOperation } from "../malloc/perform.ts";
import { behindHeader } from "../malloc/request.ts";
import { instanceContext } from "./heap_instance.ts";

/** An operation that was recorded. */
interface GuessedRow {
  /** Char code of its letter. */
  readonly op: number;
  readonly pointer: number;
  readonly size: number;
  readonly result: number;
  /** Bytes allocated after it. */
  readonly allocated: number;
}

/** Follows one heap instance. */
export interface AlignmentGuesser {
  /**
   * The smallest alignment that puts the block where it was; 0 where a plain request does. Takes every row of the
   * instance in its order, from the first pool on.
   */
  guess(row: GuessedRow): number;
  /** False once a row went otherwise than in our allocator: from then on 0 is all that is said. */
  readonly follows: boolean;
}

/** Pools of a core lie within its memory; so much of it is looked at on both sides of the first. */
const BEFORE = 2 ** 20;
const BEHIND = 2 ** 23;
const LARGEST = 2 ** 24;
/** Bytes of the first pool table's block without a leak header. */
const PLAIN_TABLE = 32;

/** A guesser for a 64-bit core heap with first fit. */
export function createAlignmentGuesser(): AlignmentGuesser {
  let ctx: MallocContext | null = null;
  let waiting: GuessedRow | null = null;
  let follows = true;

  function pool({ pointer, size }: GuessedRow): boolean {
    return ctx !== null && takePool(ctx, pointer - ctx.heap.memory.base, size) !== null;
  }
  function step(row: GuessedRow): number {
    if (row.op === OP.P) {
      waiting = row;
      return 0;
    }
    if (waiting !== null) {
      ctx ??= contextOf(waiting, row.allocated > PLAIN_TABLE);
      const fits = pool(waiting) && ctx.table === row.result - ctx.heap.memory.base;
      waiting = null;
      return fits ? 0 : -1;
    }
    if (ctx === null) return -1;
    const { base } = ctx.heap.memory;
    const alignment = row.op === OP.M && row.result !== 0 ? alignmentAt(ctx, row.size, row.result - base) : 0;
    if (alignment < 0) return -1;
    const pointer = row.pointer === 0 ? 0 : row.pointer - base;
    const made = performOperation(ctx, alignment > 0 ? OP.A : row.op, pointer, row.size, alignment);
    return asksMemory(row.op) && made !== (row.result === 0 ? 0 : row.result - base) ? -1 : alignment;
  }
  return {
    get follows() {
      return follows;
    },
    guess(row) {
      if (!follows) return 0;
      try {
        const alignment = step(row);
        follows = alignment >= 0;
        return Math.max(0, alignment);
      } catch (error) {
        if (!(error instanceof HeapPanic)) throw error;
        follows = false;
        return 0;
      }
    },
  };
}

function contextOf({ pointer, size }: GuessedRow, leakHeaders: boolean): MallocContext {
  const base = pointer - Math.min(BEFORE, pointer);
  return instanceContext(base, pointer - base + size + BEHIND, { word: 8, leakHeaders, core: true });
}

/** 0 for a plain request; -1 if none leads there. */
function alignmentAt(ctx: MallocContext, payload: number, at: number): number {
  const h = ctx.heap;
  const g = h.geometry;
  const extra = ctx.leakHeaders ? leakHeaderSize(h.memory) : 0;
  const request = Math.max(g.quantum, Math.ceil(behindHeader(ctx, payload) / g.quantum) * g.quantum);
  const size = request + g.header + extra;
  for (let align = g.quantum; align <= LARGEST; align *= 2) {
    const block = search(h, align, extra, size);
    if (block === HEAD) return -1;
    const place = block + bufGetPos(h, block, sizeOf(h.memory, block), align, extra, size) + g.header + extra;
    if (place === at) return align === g.quantum ? 0 : align;
  }
  return -1;
}
