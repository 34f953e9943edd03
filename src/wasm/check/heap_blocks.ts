// The blocks of a checked heap: what lives, and what was freed last, with the stacks of both.

import type { MallocContext } from "../../malloc/context.ts";
import { listen } from "../../malloc/events.ts";
import type { HeapOp } from "../../malloc/operation.ts";
import type { ByteSpan } from "../instance/c_memory.ts";
import { POISON, type Shadow } from "../instance/shadow.ts";
import { rememberStack } from "./code_stack.ts";

/** A block as the TA asked for it. */
export interface CheckedBlock {
  readonly at: number;
  /** Bytes asked for. */
  readonly size: number;
  /** Writes down where it was allocated, as the engine has it. */
  readonly allocated: () => string;
  /** Where it was freed; null while it lives. */
  readonly freed: (() => string) | null;
  /** From 1; no other block of the instance has it. */
  readonly number: number;
  /** The entry in which it was allocated. */
  readonly session: number;
  readonly entry: "open" | "close" | "invoke";
  readonly command: number;
  /** Number of the entry, from 1. */
  readonly call: number;
}

/** The entry that is being made. */
export type EntryNow = Pick<CheckedBlock, "session" | "entry" | "command" | "call">;

/** Freed blocks that are remembered: memory that was given again is that of a later block. */
const MOST_FREED = 4096;

/** What a heap did: the arguments of its listeners. `number` is that of the block which comes. */
export interface HeapChange {
  readonly op: HeapOp;
  readonly pointer: number;
  readonly size: number;
  readonly result: number;
  readonly number: number;
}

export interface HeapBlocks {
  readonly live: ReadonlyMap<number, CheckedBlock>;
  readonly pools: readonly ByteSpan[];
  /** Paints the shadow as blocks of a heap come and go. */
  /** `before` is called with each change before it is painted. */
  watch(heap: MallocContext, before: (change: HeapChange) => void): void;
  /** The block that lies at an address or next to it: a live one first. */
  near(at: number): CheckedBlock | undefined;
  /** The block that began at an address and was freed last; undefined for none that is remembered. */
  freedAt(at: number): CheckedBlock | undefined;
  /** The blocks of now; what is returned goes back to them. */
  remember(): () => void;
  /** Number of the block that came last. */
  newest(): number;
  numbered(number: number): CheckedBlock | undefined;
  /** True for an address in a pool of a heap. */
  holds(at: number): boolean;
}

export function createHeapBlocks(shadow: Shadow, now: () => EntryNow): HeapBlocks {
  const live = new Map<number, CheckedBlock>();
  const freed = new Map<number, CheckedBlock>();
  const pools: ByteSpan[] = [];
  let numbers = 0;
  const ended = (at: number): void => {
    const block = live.get(at);
    if (block === undefined) return;
    live.delete(at);
    freed.delete(at);
    freed.set(at, { ...block, freed: rememberStack() });
    for (const [oldest] of freed) {
      if (freed.size <= MOST_FREED) break;
      freed.delete(oldest);
    }
    shadow.poison(at, block.size, POISON.freed);
  };
  const distance = ({ at, size }: CheckedBlock, to: number): number =>
    to < at ? at - to : Math.max(0, to - (at + size) + 1);
  const nearest = (blocks: Iterable<CheckedBlock>, to: number): CheckedBlock | undefined => {
    let best: CheckedBlock | undefined;
    for (const block of blocks) if (best === undefined || distance(block, to) < distance(best, to)) best = block;
    return best;
  };
  // Of a block whose bytes are in a later one, the rest is that one's surroundings.
  const isGivenAgain = ({ at, size }: CheckedBlock): boolean =>
    [...live.values()].some((other) => other.at < at + size && other.at + other.size > at);
  return {
    live,
    pools,
    watch(heap, before) {
      listen(heap, (op, pointer, size, _, result) => {
        numbers++;
        before({ op, pointer, size, result, number: numbers });
        if (op === "P") {
          pools.push({ from: pointer, to: pointer + size });
          return shadow.poison(pointer, size, POISON.heap);
        }
        if (op === "F" || op === "W" || (op === "R" && result !== 0)) ended(pointer);
        if (result === 0) return;
        live.set(result, { at: result, size, allocated: rememberStack(), freed: null, number: numbers, ...now() });
        shadow.open(result, size);
      });
    },
    near(to) {
      if (shadow.codeAt(to) === POISON.freed) {
        const gone = [...freed.values()].filter((block) => distance(block, to) === 0 && !isGivenAgain(block)).at(-1);
        if (gone !== undefined) return gone;
      }
      return nearest(live.values(), to) ?? nearest(freed.values(), to);
    },
    freedAt: (at) => freed.get(at),
    remember() {
      const then = [...live];
      return () => {
        live.clear();
        freed.clear();
        for (const [at, block] of then) live.set(at, block);
      };
    },
    newest: () => numbers,
    numbered: (number) => [...live.values(), ...freed.values()].find((block) => block.number === number),
    holds: (at) => pools.some(({ from, to }) => at >= from && at < to),
  };
}

/** Bytes asked for of the block that a realloc moves: it lives until the listeners have heard. */
export function sizeBefore({ live }: HeapBlocks, pointer: number): number {
  return live.get(pointer)?.size ?? 0;
}
