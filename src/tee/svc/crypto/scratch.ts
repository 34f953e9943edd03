// Memory that a call has while it works.
import { TEE } from "../../../abi/errors.ts";
import type { CoreSiteName } from "../../../platform/site_names.ts";
import { type Core, give, take } from "../../kernel/core.ts";
import { refuse } from "../reply.ts";

/** A block: its call site, and where it grows, how many of what that counts. */
export type Scratch = readonly [name: CoreSiteName, n?: number];

/**
 * Runs `work` with some blocks of the core heap, allocated in order and freed in the opposite one. Without room the call ends
 * with OUT_OF_MEMORY, upon which the TA library panics.
 */
export function using<T>(core: Core, blocks: readonly Scratch[], work: () => T): T {
  const held: number[] = [];
  const release = (): void => {
    for (let n = held.length - 1; n >= 0; n--) {
      give(core, held[n] as number, (blocks[n] as Scratch)[0]);
    }
  };
  for (const one of blocks) {
    const block = take(core, ...one);
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
export function touch(core: Core, ...blocks: readonly Scratch[]): void {
  for (const block of blocks) using(core, [block], () => undefined);
}

/** Blocks in an order of their own: a block's number in `steps`, beginning with 0, takes it, and the second time frees it. */
export function play(core: Core, blocks: readonly Scratch[], steps: readonly number[]): void {
  const held = new Map<number, number>();
  const release = (n: number): void => {
    give(core, held.get(n) ?? 0, (blocks[n] as Scratch)[0]);
    held.delete(n);
  };
  for (const n of steps) {
    if (held.has(n)) release(n);
    else {
      const block = take(core, ...(blocks[n] as Scratch));
      if (block === 0) {
        for (const one of [...held.keys()].reverse()) release(one);
        refuse("the core heap has no room", TEE.OUT_OF_MEMORY);
      }
      held.set(n, block);
    }
  }
}
