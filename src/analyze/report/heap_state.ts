// Measures a heap at one moment of a replay.
import { fragmentationPercent } from "../../abi/fragmentation.ts";
import { emptyRecord } from "../../abi/record.ts";
import { bstats, freeSquareSum } from "../../heap/bstats.ts";
import { forward } from "../../heap/freelist.ts";
import { HEAD } from "../../heap/heap.ts";
import type { MallocContext } from "../../malloc/context.ts";
import { extra } from "../../malloc/malloc.ts";

/** How the memory of a heap lies at one moment. Bytes with block headers. */
export interface FreeState {
  /** Bytes of all pools. */
  readonly size: number;
  readonly allocated: number;
  /** `size` less `allocated`: what statistics show as free. The end marks of the pools are in it. */
  readonly unallocated: number;
  /** Bytes in free blocks, and their number. */
  readonly free: number;
  readonly freeBlocks: number;
  /** Pieces of what is not allocated: free blocks and end marks. */
  readonly pieces: number;
  /** Largest free block, 0 if there is none; and the largest request that it would have taken. */
  readonly largestFree: number;
  readonly largestRequest: number;
  /** As `xtest --stats` of OP-TEE 4.6 and later would print it, in whole percent. */
  readonly fragmentation: number;
}

/** Measures a heap. */
export function heapState(ctx: MallocContext): FreeState {
  const { allocated, free, largestFree } = bstats(ctx.heap);
  const front = ctx.heap.geometry.header + extra(ctx);
  let freeBlocks = 0;
  for (let block = ctx.heap.headForward; block !== HEAD; block = forward(ctx.heap, block)) freeBlocks++;
  const free2Sum = freeSquareSum(ctx.heap);
  return {
    size: ctx.size,
    allocated,
    unallocated: ctx.size - allocated,
    free,
    freeBlocks,
    pieces: freeBlocks + ctx.poolCount,
    largestFree: Math.max(0, largestFree),
    largestRequest: Math.max(0, largestFree - front),
    fragmentation: fragmentationPercent({ ...emptyRecord(), size: ctx.size, allocated, free2Sum }) ?? 0,
  };
}
