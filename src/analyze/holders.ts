/** A live block and where it was allocated. */
export interface Held {
  /** Bytes that the block takes. */
  readonly size: number;
  /** `file:line`, or what stands for it. */
  readonly site: string;
}

/** What one call site holds. */
export interface Holder {
  readonly site: string;
  readonly blocks: number;
  readonly bytes: number;
}

/** Adds up live blocks by their site, largest sum first; equal sums by name. */
export function holders(blocks: Iterable<Held>): Holder[] {
  const sums = new Map<string, { site: string; blocks: number; bytes: number }>();
  for (const { size, site } of blocks) {
    const sum = sums.get(site) ?? { site, blocks: 0, bytes: 0 };
    sum.blocks++;
    sum.bytes += size;
    sums.set(site, sum);
  }
  return [...sums.values()].sort((a, b) => b.bytes - a.bytes || (a.site < b.site ? -1 : 1));
}
