// Checks the free list against the blocks.
import { countLeading } from "../base/bisect.ts";
import { back, forward, holdsLinks, isLinked } from "./freelist.ts";
import { HEAD, type Heap } from "./heap.ts";
import type { Block, Damage, PoolWalk } from "./walk.ts";

type Step = (h: Heap, node: number) => number;

/**
 * Compares the ring of free blocks with the free blocks of the walks. Of two blocks whose links disagree only the one with
 * the wrong link is named. Where a walk ended early, what lies behind its end is taken as it is.
 */
export function checkFreeList(h: Heap, walks: readonly PoolWalk[]): Damage[] {
  const found: Damage[] = [];
  const named = new Set<number>();
  const free = freeBlocks(walks);
  const isNode = (node: number): boolean =>
    node === HEAD || free.has(node) || (holdsLinks(h, node) && unseen(walks, node));

  function name(damage: Damage): void {
    found.push(damage);
    named.add(damage.at);
  }
  function examine(from: number, step: Step, reverse: Step, direction: string): void {
    const to = step(h, from);
    const report = (what: string): void => name({ at: from, before: free.get(from) ?? -1, what });
    if (!isNode(to)) {
      const holder = holderOf(walks, to);
      if (holder && holdsLinks(h, to) && isLinked(h, to)) {
        const what = `its size reaches over a block of the free list, ${to - holder.at} bytes into it`;
        if (!named.has(holder.at)) name({ at: holder.at, before: holder.before, what });
      } else if (from === HEAD) {
        name({ at: to, before: holder?.before ?? -1, what: "the list head links to what is not a free block" });
      } else report(`free-list link ${direction} leads to what is not a free block`);
      return;
    }
    const answer = reverse(h, to);
    if (answer !== from && from !== HEAD && isNode(answer) && step(h, answer) === to)
      report(`free-list link ${direction} leads to a block that another one links to`);
  }

  for (const node of [...free.keys(), HEAD]) {
    examine(node, forward, back, "forward");
    examine(node, back, forward, "back");
  }
  return found.length > 0 ? found : [...lonely(h, free, isNode)];
}

/** Free blocks that the ring from the list head does not pass, though their links say so. */
function* lonely(h: Heap, free: ReadonlyMap<number, number>, isNode: (node: number) => boolean): Generator<Damage> {
  const seen = new Set<number>();
  for (let node = h.headForward; node !== HEAD && isNode(node) && !seen.has(node); node = forward(h, node))
    seen.add(node);
  for (const [at, before] of free) if (!seen.has(at)) yield { at, before, what: "free block is not in the free list" };
}

/** Offset of each free block with that of the block before it. */
function freeBlocks(walks: readonly PoolWalk[]): Map<number, number> {
  const free = new Map<number, number>();
  for (const walk of walks) {
    let before = -1;
    for (const block of walk.blocks) {
      if (block.free) free.set(block.at, before);
      before = block.at;
    }
  }
  return free;
}

/** True for an offset behind the place where the walk of its pool ended early. */
function unseen(walks: readonly PoolWalk[], node: number): boolean {
  return walks.some(({ pool, damage, end }) => damage !== null && node > end && node < pool.at + pool.length);
}

/** The block that an offset lies in, header included, with the one before it. */
function holderOf(walks: readonly PoolWalk[], node: number): (Block & { readonly before: number }) | null {
  for (const { blocks } of walks) {
    const index = lastUpTo(blocks, node);
    const block = blocks[index];
    if (block && node < block.at + block.size) return { ...block, before: blocks[index - 1]?.at ?? -1 };
  }
  return null;
}

/** Index of the last block that begins at or below an offset, -1 if there is none: a damaged heap can have many questions. */
function lastUpTo(blocks: readonly Block[], node: number): number {
  return countLeading(blocks.length, (n) => (blocks[n] as Block).at <= node) - 1;
}
