// Keeps the first and the last facts of each kind, so that a log of any length takes bounded memory.
import type { Fact } from "./fact.ts";
import type { FactKind } from "./rows.ts";

const KEPT = 16;

interface Kept {
  count: number;
  readonly first: Fact[];
  /** A ring; the next place is `(count - first.length) % KEPT`. */
  readonly last: Fact[];
}

/** Takes facts one by one. */
interface Keeper {
  add(fact: Fact): void;
  facts(): Fact[];
  counts(): Map<FactKind, number>;
}

/** A keeper of 16 first and 16 last facts of each kind. */
export function createKeeper(): Keeper {
  const kinds = new Map<FactKind, Kept>();
  return {
    add(fact) {
      let kept = kinds.get(fact.kind);
      if (kept === undefined) {
        kept = { count: 0, first: [], last: [] };
        kinds.set(fact.kind, kept);
      }
      if (kept.count < KEPT) kept.first.push(fact);
      else kept.last[(kept.count - KEPT) % KEPT] = fact;
      kept.count++;
    },
    facts: () => [...kinds.values()].flatMap(({ first, last }) => [...first, ...last]).sort((a, b) => a.line - b.line),
    counts: () => new Map([...kinds].map(([kind, { count }]) => [kind, count])),
  };
}
