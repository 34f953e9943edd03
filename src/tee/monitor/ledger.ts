// Follows a heap from its events: allocated blocks and their call sites.
import type { HeapDone, HeapKnown } from "./event.ts";

/** What one call site holds. */
export interface SiteHold {
  /** `file:line`; "unknown" where the caller gave none, "before" for blocks older than the listening. */
  readonly site: string;
  readonly blocks: number;
  /** Bytes with all headers. */
  readonly bytes: number;
}

/** Follows a heap from its events alone: what is allocated, and by whom. */
export interface Ledger {
  /** Bytes with all headers. */
  readonly allocated: number;
  /** Takes the next event of the heap. */
  apply(event: HeapDone): void;
  /** Who holds what, largest sum first; equal sums by name. */
  holders(): SiteHold[];
  /** What call sites were given since the ledger began, freed or not, in the same order. */
  given(): SiteHold[];
}

interface Held {
  readonly bytes: number;
  readonly site: string;
}

/** A ledger that begins with a heap as it stands. */
export function createLedger({ stats, blocks }: Pick<HeapKnown, "stats" | "blocks">): Ledger {
  const live = new Map<number, Held>();
  const sums: Sums = new Map();
  const given: Sums = new Map();
  let allocated = stats.allocated;

  function add(at: number, held: Held): void {
    live.set(at, held);
    addTo(sums, held);
  }
  /** Takes a block out and gives its bytes. */
  function remove(at: number): number {
    const held = live.get(at);
    const sum = held && sums.get(held.site);
    if (held === undefined || sum === undefined) return 0;
    live.delete(at);
    if (sum.blocks === 1) sums.delete(held.site);
    else sums.set(held.site, { blocks: sum.blocks - 1, bytes: sum.bytes - held.bytes });
    return held.bytes;
  }
  for (const { at, bytes, site } of blocks) add(at, { bytes, site: site ?? "before" });

  return {
    get allocated() {
      return allocated;
    },
    apply({ op, pointer, result, file, line, allocated: after }) {
      const change = after - allocated;
      allocated = after;
      if (op === "F" || op === "W") remove(pointer);
      else if (op !== "P" && result !== 0) {
        // The size of a block is what the heap grew by; a reallocated block's old bytes went at the same time.
        const old = op === "R" ? remove(pointer) : 0;
        const held = { bytes: change + old, site: file === null ? "unknown" : `${file}:${line}` };
        add(result, held);
        addTo(given, held);
      }
    },
    holders: () => listed(sums),
    given: () => listed(given),
  };
}

type Sums = Map<string, { blocks: number; bytes: number }>;

function addTo(sums: Sums, { site, bytes }: Held): void {
  const sum = sums.get(site) ?? { blocks: 0, bytes: 0 };
  sums.set(site, { blocks: sum.blocks + 1, bytes: sum.bytes + bytes });
}

function listed(sums: Sums): SiteHold[] {
  return [...sums]
    .map(([site, sum]) => ({ site, ...sum }))
    .sort((a, b) => b.bytes - a.bytes || (a.site < b.site ? -1 : 1));
}
