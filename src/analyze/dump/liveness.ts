// Tells the live heaps of an image from those that dead TAs left in freed memory.
import type { Memory } from "../../heap/memory.ts";
import type { Pool } from "../../heap/walk.ts";
import { physicalBase } from "./physical.ts";
import { type SecurePool, securePools } from "./secure_memory.ts";

/** `dead`: it lies in memory that OP-TEE's own list calls free. `unknown`: the dump has no such list. */
export type HeapLife = "live" | "dead" | "unknown";

/** A heap of an image. */
interface PlacedHeap {
  /** The image, read with the heap's word size. */
  readonly image: Memory;
  /** Address of the image's first byte as the heap has it; may be negative. */
  readonly origin: number;
  /** By offset in the image. */
  readonly pools: readonly Pool[];
}

/** What the lists of the core say of a heap. */
interface HeapStanding {
  readonly life: HeapLife;
  /** Whether it is one of the core's; null where no list tells. */
  readonly core: boolean | null;
}

/** The standing of each heap, and the physical address of the image's first byte, null if nothing tells it. `base`: what was given as the address of the first byte, which can be the physical one. */
export function standingsOf(
  heaps: readonly PlacedHeap[],
  base: number | null,
): { readonly standings: HeapStanding[]; readonly physical: number | null } {
  const lists = heaps.map(({ image, origin, pools }) => securePools(image, origin, pools));
  const owner = heaps[lists.findIndex((list) => list.length > 0)];
  if (owner === undefined) return { standings: heaps.map(() => ({ life: "unknown", core: null })), physical: base };
  const size = owner.image.bytes.length;
  const mapped = heaps.flatMap(({ origin, pools: [first] }) => (first === undefined ? [] : [{ origin, ...first }]));
  const physical = [physicalBase(owner.image, mapped), base, owner.origin].find(
    (start) => start !== null && lists.flat().some(({ from }) => from >= start && from < start + size),
  );
  const isCores = ({ origin }: PlacedHeap): boolean => origin === owner.origin;
  const standings = heaps.map((heap): HeapStanding => {
    if (isCores(heap)) return { life: "live", core: true };
    const [first] = heap.pools;
    const life =
      physical === undefined || physical === null || first === undefined
        ? "unknown"
        : lifeAt(lists.flat(), physical + first.at, physical + first.at + first.length);
    return { life, core: false };
  });
  return { standings, physical: physical ?? null };
}

function lifeAt(pools: readonly SecurePool[], from: number, to: number): HeapLife {
  const around = pools.filter((pool) => pool.from <= from && to <= pool.to);
  if (around.length === 0) return "unknown";
  return around.some(({ used }) => used.some(([start, end]) => start <= from && to <= end)) ? "live" : "dead";
}
