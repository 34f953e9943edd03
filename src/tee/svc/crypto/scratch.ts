// Memory that a call has while it works.
import { TEE } from "../../../abi/errors.ts";
import type { MallocContext } from "../../../malloc/context.ts";
import { OP } from "../../../malloc/operation.ts";
import { performOperation } from "../../../malloc/perform.ts";
import { refuse } from "../reply.ts";

/**
 * A block: `M` or `C` (zeroed), bytes, file, lines of its allocation and of its end, which is `F` or `W` (wiped), and the
 * file of the end if it is another one.
 */
export type Scratch = readonly [
  op: "M" | "C",
  size: number,
  file: string,
  from: number,
  to: number,
  end?: "F" | "W",
  endFile?: string,
];

/**
 * Runs `work` with some blocks of a heap, allocated in order and freed in the opposite one. Without room the call ends
 * with OUT_OF_MEMORY, upon which the TA library panics.
 */
export function using<T>(heap: MallocContext, blocks: readonly Scratch[], work: () => T): T {
  const held: number[] = [];
  const release = (): void => {
    for (let n = held.length - 1; n >= 0; n--) {
      end(heap, held[n] as number, blocks[n] as Scratch);
    }
  };
  for (const one of blocks) {
    const block = take(heap, one);
    if (block === 0) {
      release();
      refuse("the core heap has no room", TEE.OUT_OF_MEMORY);
    }
    held.push(block);
  }
  let result: T;
  try {
    result = work();
  } catch (error) {
    release();
    throw error;
  }
  if (result instanceof Promise) return result.finally(release) as T;
  release();
  return result;
}

/** Blocks that come and go at once, all before the next. */
export function touch(heap: MallocContext, ...blocks: readonly Scratch[]): void {
  for (const block of blocks) using(heap, [block], () => undefined);
}

/** Blocks in an order of their own: a block's number in `steps`, beginning with 0, takes it, and the second time frees it. */
export function play(heap: MallocContext, blocks: readonly Scratch[], steps: readonly number[]): void {
  const held = new Map<number, number>();
  const release = (n: number): void => {
    end(heap, held.get(n) ?? 0, blocks[n] as Scratch);
    held.delete(n);
  };
  for (const n of steps) {
    if (held.has(n)) release(n);
    else {
      const block = take(heap, blocks[n] as Scratch);
      if (block === 0) {
        for (const one of [...held.keys()].reverse()) release(one);
        refuse("the core heap has no room", TEE.OUT_OF_MEMORY);
      }
      held.set(n, block);
    }
  }
}

function take(heap: MallocContext, [op, size, file, from]: Scratch): number {
  return performOperation(heap, OP[op], 0, size, 1, file, from);
}

function end(heap: MallocContext, block: number, [, , file, , to, how = "F", endFile = file]: Scratch): void {
  if (block !== 0) performOperation(heap, OP[how], block, 0, 0, endFile, to);
}
