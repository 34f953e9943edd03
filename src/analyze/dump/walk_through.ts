// Walks a pool beyond its damage.
import { previousFree, sizeOf } from "../../heap/block.ts";
import type { Memory } from "../../heap/memory.ts";
import { type Pool, type PoolWalk, walkPool } from "../../heap/walk.ts";
import { chainsTo, nearly } from "./chains.ts";

/** A pool that is walked beyond its damage. */
interface Walked {
  /** Up to the first header that makes no sense, or whose size leads nowhere. */
  readonly walk: PoolWalk;
  /** From the first header from which blocks lead to the pool's end. At most one. */
  readonly rest: readonly PoolWalk[];
  /** Bytes between the two. */
  readonly lost: readonly Pool[];
}

/** Walks a pool; where it breaks off, goes on at the first header from which all others lead to its end. */
export function walkThrough(m: Memory, pool: Pool): Walked {
  const walk = walkPool(m, pool);
  if (walk.damage === null) return { walk, rest: [], lost: [] };
  const top = pool.at + pool.length;
  const end = top - m.geometry.header;
  const behind = nextHeader(m, end, walk.end);
  const last = walk.blocks.at(-1);
  const within = last === undefined ? behind : nextHeader(m, end, last.at);
  // Two headers disagree: the one that makes no sense, or the one whose size leads to it.
  const blamed =
    last !== undefined &&
    within !== walk.end &&
    !isHalfRight(m, walk, behind) &&
    (nearly(m, last.at + m.geometry.word, within - last.at) || nearly(m, last.at + m.geometry.word, last.at - within));
  const first = blamed ? withoutLast(walk, within) : walk;
  const next = blamed ? within : behind;
  const rest = next === end ? [] : [walkPool(m, { at: next, length: top - next })];
  return { walk: first, rest, lost: next > first.end ? [{ at: first.end, length: next - first.end }] : [] };
}

/** The first header behind an offset from which blocks lead to the end; the end itself if there is none. */
function nextHeader(m: Memory, end: number, at: number): number {
  const { lowest } = chainsTo(m, end, at + m.geometry.quantum);
  return lowest < 0 ? end : lowest;
}

/** Whether the header that ended the walk is one in which something is right: its size, or what it says of the block before. */
function isHalfRight(m: Memory, { blocks, end }: PoolWalk, next: number): boolean {
  const last = blocks.at(-1);
  const length = next - end;
  if (Math.abs(sizeOf(m, end)) === length) return true;
  if (previousFree(m, end) !== (last?.free ? last.size : 0)) return false;
  const size = end + m.geometry.word;
  return nearly(m, size, length) || nearly(m, size, -length);
}

function withoutLast(walk: PoolWalk, next: number): PoolWalk {
  const blocks = walk.blocks.slice(0, -1);
  const last = walk.blocks.at(-1) ?? { at: walk.end, size: 0 };
  const what = `block size ${last.size} leads to no header; the next header is ${next - last.at} bytes further`;
  return { ...walk, blocks, end: last.at, damage: { at: last.at, before: blocks.at(-1)?.at ?? -1, what } };
}
