// BGET's automatic pool expansion, by its original documentation: OP-TEE's copy of this part does not compile.
import type { Expansion, Heap } from "./heap.ts";

/** Sets how pools come and go by themselves. `null` everywhere switches it off. */
export function bectl(h: Heap, expansion: Expansion): void {
  h.expansion = expansion;
}

/** What `bstatse` reports. */
export interface ExpansionStats {
  /** Bytes of an expansion pool; negative while empty pools are not released because sizes differ. */
  readonly increment: number;
  readonly pools: number;
  readonly poolGets: number;
  readonly poolReleases: number;
  readonly directGets: number;
  readonly directReleases: number;
}

/** Counters of the automatic expansion. */
export function bstatse(h: Heap): ExpansionStats {
  return {
    increment: h.poolSize < 0 ? -h.expansion.increment : h.expansion.increment,
    pools: h.pools,
    poolGets: h.poolGets,
    poolReleases: h.poolReleases,
    directGets: h.directGets,
    directReleases: h.directReleases,
  };
}
