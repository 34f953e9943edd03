// Tells what build option the size of a heap comes from.
import { CORE_HEAP_SIZES } from "../release/core_heap_sizes.ts";
import { knobOfTa } from "./shipped_tas.ts";

/** How the size of a heap is set, and what this build has. Bytes. */
export interface HeapKnob {
  /** `CFG_CORE_HEAP_SIZE`, `CFG_CORE_NEX_HEAP_SIZE`, `TA_DATA_SIZE` or that of a shipped TA; empty where no option sets it. */
  readonly name: string;
  /** What the option was set to, as far as the pool shows it. */
  readonly configured: number;
  /** What the pool has on top: in the core what the linker leaves behind the heap, else 0. */
  readonly added: number;
}

const PAGE = 4096;
const KIB = 1024;
const ROUNDED = 33;

/**
 * The build option behind a heap of `pool` bytes in all. A core is configured in whole pages, and its first pool gets less
 * than a page more. Since 4.6 it has further small pools, so where the length of the first is not known, a size that some
 * platform has by default tells what was configured.
 */
export function knobOfHeap(context: string, pool: number, first?: number): HeapKnob {
  // Both ends of a TA's heap are rounded to 16 bytes, so a little less than was asked for may show.
  const asked = pool % KIB > KIB - ROUNDED ? pool + KIB - (pool % KIB) : pool;
  if (context.startsWith("ta-")) return { name: knobOfTa(context.slice("ta-".length)), configured: asked, added: 0 };
  if (context === "nexus") return { name: "CFG_CORE_NEX_HEAP_SIZE", configured: pool, added: 0 };
  if (context !== "core") return { name: "", configured: pool, added: 0 };
  const configured = first === undefined ? usualSize(pool) : first - (first % PAGE);
  return { name: "CFG_CORE_HEAP_SIZE", configured, added: pool - configured };
}

/** The default that the pool has less than two pages more than, else its whole pages. */
function usualSize(pool: number): number {
  const usual = CORE_HEAP_SIZES.findLast((size) => size <= pool) ?? 0;
  return pool - usual < 2 * PAGE ? usual : pool - (pool % PAGE);
}

/** The build option that chooses best fit: the core's alone, a TA's allocator has none. */
export function bestFitOption(context: string): string {
  return context === "core" ? "CFG_CORE_BGET_BESTFIT=y" : "";
}
