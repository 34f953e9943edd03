// Mirrors bstatse of BGET: what its automatic pool expansion did.
import { type Heap, isUniform } from "./heap.ts";

/** What `bstatse` reports. */
export interface ExpansionStats {
  /** Bytes of an expansion pool; negative while empty pools are not released because a pool has another size. */
  readonly increment: number;
  /** Pools that are there, and how many came and went; those given to `bpool` count. */
  readonly pools: number;
  readonly poolGets: number;
  readonly poolReleases: number;
  /** Buffers too large for an expansion pool. */
  readonly directGets: number;
  readonly directReleases: number;
}

/** Counters of the automatic expansion. */
export function bstatse(h: Heap): ExpansionStats {
  return {
    increment: isUniform(h) ? h.expansion.increment : -h.expansion.increment,
    pools: h.pools,
    poolGets: h.poolGets,
    poolReleases: h.poolReleases,
    directGets: h.directGets,
    directReleases: h.directReleases,
  };
}
