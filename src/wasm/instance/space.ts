// The memory of an instance behind what its module needs: pages for what others share with the TA. It never grows.
import { createPagePool, givePages, type PageRange, takePages } from "../../tee/kernel/page_pool.ts";

/** Pages of 4096 bytes. */
export interface Space {
  /** Takes pages, all zero; their address, or 0 where there is no room. */
  take(bytes: number): number;
  give(at: number): void;
}

/** The space from an address on. */
export function createSpace(buffer: ArrayBufferLike, from: number): Space {
  const pool = createPagePool(buffer.byteLength - from);
  const taken = new Map<number, PageRange>();
  return {
    take(bytes) {
      const range = takePages(pool, Math.max(1, bytes));
      if (range === null) return 0;
      const at = from + range.start * pool.granule;
      new Uint8Array(buffer, at, range.count * pool.granule).fill(0);
      taken.set(at, range);
      return at;
    },
    give(at) {
      const range = taken.get(at);
      if (range === undefined) return;
      taken.delete(at);
      givePages(pool, range);
    },
  };
}
