// Finds base address and list head of a dumped heap from its free-list links.
import { sizeOf } from "../../heap/block.ts";
import { HEAD, type Heap } from "../../heap/heap.ts";
import { loadAddress, type Memory } from "../../heap/memory.ts";
import { type Pool, walkPool } from "../../heap/walk.ts";

/** What the links of a free block say: addresses. */
interface Links {
  readonly at: number;
  readonly forward: number;
  readonly back: number;
}

/**
 * The address of the first byte, from the links between free blocks: the one that makes the most of them lead to free
 * blocks. null if fewer than two links agree on one.
 */
export function baseFromLinks(m: Memory, pools: readonly Pool[]): number | null {
  const free = freeLinks(m, pools);
  const votes = new Map<number, number>();
  // Two neighbours in the ring name each other: forward - other = back - at, so these two sums are the same.
  const bySum = new Map<number, Links[]>();
  for (const one of free) {
    const same = bySum.get(one.back + one.at) ?? [];
    bySum.set(one.back + one.at, same);
    same.push(one);
  }
  let pairs = 0;
  for (const { at, forward } of free) {
    for (const other of bySum.get(forward + at) ?? []) {
      if (++pairs > MANY) break;
      const base = forward - other.at;
      if (base >= 0 && other.at !== at) votes.set(base, (votes.get(base) ?? 0) + 1);
    }
  }
  const [best] = [...votes].sort((a, b) => b[1] - a[1]);
  return best?.[0] ?? null;
}

/** Links between free blocks that lead from one to another if the first byte has that address. */
export function linksAt(m: Memory, pools: readonly Pool[], base: number): number {
  const free = freeLinks(m, pools);
  const blocks = new Set(free.map(({ at }) => base + at));
  return free.filter(({ forward }) => blocks.has(forward)).length + free.filter(({ back }) => blocks.has(back)).length;
}

/** Links of free blocks that lead neither to a free block nor to the one place outside that is the list head. */
export function strayLinks(m: Memory, pools: readonly Pool[], base: number): number {
  const free = freeLinks(m, pools);
  const blocks = new Set(free.map(({ at }) => base + at));
  const outside = free.flatMap(({ forward, back }) => [forward, back]).filter((address) => !blocks.has(address));
  const [head] = outside;
  // The first block's link back and the last one's link forward lead to the head.
  return outside.filter((address, n) => n > 1 || address !== head).length;
}

/** Pairs that are looked at: in a sound heap there are as many as free blocks. */
const MANY = 2 ** 20;

/**
 * Where the list head is, and what it links to: C has it outside of the heap, so it follows from the links. Two answers if
 * the first and the last block lead to different places: one of their links is damaged.
 */
export function headsOf(h: Heap, pools: readonly Pool[]): Pick<Heap, "headAddress" | "headForward" | "headBack">[] {
  const m = h.memory;
  const free = freeLinks(m, pools);
  const addresses = new Set(free.map(({ at }) => m.base + at));
  const leadTo = new Set(free.map(({ forward }) => forward));
  const leadBack = new Set(free.map(({ back }) => back));
  // The first block is the one that no other leads to, the last the one that no other leads back to.
  const first = free.filter(({ at }) => !leadTo.has(m.base + at));
  const last = free.filter(({ at }) => !leadBack.has(m.base + at));
  const votes = new Map<number, number>();
  for (const address of [...first.map(({ back }) => back), ...last.map(({ forward }) => forward)])
    if (!addresses.has(address)) votes.set(address, (votes.get(address) ?? 0) + 1);
  let most = 0;
  for (const count of votes.values()) most = Math.max(most, count);
  const heads = [...votes].filter(([, count]) => count === most).map(([address]) => address);
  return (heads.length > 0 ? heads : [h.headAddress]).slice(0, 2).map((headAddress) => ({
    headAddress,
    headForward: (first.find(({ back }) => back === headAddress) ?? first[0])?.at ?? HEAD,
    headBack: (last.find(({ forward }) => forward === headAddress) ?? last[0])?.at ?? HEAD,
  }));
}

function freeLinks(m: Memory, pools: readonly Pool[]): Links[] {
  const { header, word, freeHeader } = m.geometry;
  return pools
    .flatMap((pool) => walkPool(m, pool).blocks)
    .filter(({ at, free }) => free && sizeOf(m, at) > 0 && at + freeHeader <= m.bytes.length)
    .map(({ at }) => ({
      at,
      forward: loadAddress(m, at + header),
      back: loadAddress(m, at + header + word),
    }));
}
