// Three snapshots: before, after the first and after the second run of the same work. What the first run allocates and never
// frees again may be a cache; what the second adds once more is a leak. (memlab's baseline, target and final, for counts.)
import { at, type LeakSnapshot } from "./snapshot.ts";

/** A place with blocks that came after the first snapshot and are still there in the third. */
export interface Suspect {
  readonly site: string;
  /** Blocks in the three snapshots. */
  readonly counts: readonly [number, number, number];
  /** Bytes in the three snapshots. */
  readonly sizes: readonly [number, number, number];
  /** Blocks and bytes that came between first and second, and are still there: a cache, or a leak. */
  readonly kept: { readonly blocks: number; readonly bytes: number };
  /** Those that came between second and third. */
  readonly late: { readonly blocks: number; readonly bytes: number };
  /** Both runs left something: `leak`. Only the first: `kept`. Only the second: `new`. */
  readonly kind: "leak" | "kept" | "new";
}

/**
 * The places whose blocks came in the second or the third snapshot and are still there, the most bytes first. Counts tell no
 * block from another: of a place that frees one and takes one nothing is seen.
 */
export function suspects(first: LeakSnapshot, second: LeakSnapshot, third: LeakSnapshot): Suspect[] {
  const found: Suspect[] = [];
  for (const site of third.sites.keys()) {
    const [a, b, c] = [at(first, site), at(second, site), at(third, site)];
    const blocks = split(a.blocks, b.blocks, c.blocks);
    const bytes = split(a.bytes, b.bytes, c.bytes);
    if (blocks.kept + blocks.late + bytes.kept + bytes.late === 0) continue;
    const [early, late] = [blocks.kept + bytes.kept > 0, blocks.late + bytes.late > 0];
    found.push({
      site,
      counts: [a.blocks, b.blocks, c.blocks],
      sizes: [a.bytes, b.bytes, c.bytes],
      kept: { blocks: blocks.kept, bytes: bytes.kept },
      late: { blocks: blocks.late, bytes: bytes.late },
      kind: early && late ? "leak" : early ? "kept" : "new",
    });
  }
  return found.sort((x, y) => rank(x) - rank(y) || sum(y) - sum(x) || (x.site < y.site ? -1 : 1));
}

function split(a: number, b: number, c: number): { kept: number; late: number } {
  return { kept: Math.max(0, Math.min(b, c) - a), late: Math.max(0, c - Math.max(a, b)) };
}

function rank({ kind }: Suspect): number {
  return kind === "leak" ? 0 : kind === "new" ? 1 : 2;
}

function sum({ kept, late }: Suspect): number {
  return kept.bytes + late.bytes;
}
