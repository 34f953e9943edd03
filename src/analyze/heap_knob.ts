/** How the size of a heap is set, and what this build has. Bytes. */
export interface HeapKnob {
  /** `CFG_CORE_HEAP_SIZE`, `CFG_CORE_NEX_HEAP_SIZE`, `TA_DATA_SIZE`; empty where no option sets it. */
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
 * The build option behind a recorded heap. A core is configured in whole pages and gets less than a page more, so both
 * parts can be told from the length of its pool; how much more differs from build to build.
 */
export function knobOfHeap(context: string, pool: number): HeapKnob {
  // Both ends of a TA's heap are rounded to 16 bytes, so a little less than was asked for may show.
  const asked = pool % KIB > KIB - ROUNDED ? pool + KIB - (pool % KIB) : pool;
  if (context.startsWith("ta-")) return { name: "TA_DATA_SIZE", configured: asked, added: 0 };
  if (context === "nexus") return { name: "CFG_CORE_NEX_HEAP_SIZE", configured: pool, added: 0 };
  if (context !== "core") return { name: "", configured: pool, added: 0 };
  return { name: "CFG_CORE_HEAP_SIZE", configured: pool - (pool % PAGE), added: pool % PAGE };
}

/** The build option that chooses best fit: the core's alone, a TA's allocator has none. */
export function bestFitOption(context: string): string {
  return context === "core" ? "CFG_CORE_BGET_BESTFIT=y" : "";
}
