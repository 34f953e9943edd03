// Memory of boards in later releases than the one that their platform recorded, as far as it was measured.
import { coreHeapSize } from "./core_heap_sizes.ts";
import { ordinal } from "./ordinal.ts";

/** Memory of a board, from a release on. Bytes. */
export interface BoardMemory {
  /** Default of CFG_CORE_HEAP_SIZE. */
  readonly heapSize: number;
  /** Address of the core heap; null: not measured. */
  readonly heapBase: number | null;
  /** What the first pool of the core heap has beyond CFG_CORE_HEAP_SIZE; null: not measured. */
  readonly heapSlack: number | null;
  /** Further pools of the core heap, in the order in which they are added; `behind` counts from the end of the first. */
  readonly smallPools: readonly { readonly behind: number; readonly length: number }[];
  /**
   * Since 4.4 physical memory is a pool of the core's beside that of TAs: all of it, and OP-TEE's own pages in it. Null until 4.3,
   * and where it was not measured.
   */
  readonly coreRam: { readonly size: number; readonly used: number } | null;
  /** Bytes in use in the core heap when Linux had booted and xtest asked; null: not measured. */
  readonly heapUsed: number | null;
  /** The build that was measured; empty if none. */
  readonly build: string;
}

type Measured = Omit<BoardMemory, "heapSize"> & { readonly since: string };

const NOTHING: Omit<BoardMemory, "heapSize"> = {
  heapBase: null,
  heapSlack: null,
  smallPools: [],
  coreRam: null,
  heapUsed: null,
  build: "",
};

const MEASURED: Readonly<Record<string, readonly Measured[]>> = {
  "vexpress-qemu_armv8a": [
    // Not captured: the core's pool as 4.5.0 has it.
    { ...NOTHING, since: "4.4", coreRam: { size: 0x200000, used: 909312 } },
    {
      since: "4.5",
      heapBase: null,
      heapSlack: 2688,
      smallPools: [],
      coreRam: { size: 0x200000, used: 909312 },
      heapUsed: 17648,
      build: "Debian's 4.5.0-2",
    },
    // The pool table was read in the memory of the running system: per-core data, then what page alignment left over.
    {
      since: "4.10",
      heapBase: 0xe18d700,
      heapSlack: 2304,
      smallPools: [
        { behind: 0x13000, length: 320 },
        { behind: 0x9100, length: 3840 },
      ],
      coreRam: { size: 0x200000, used: 974848 },
      heapUsed: 22704,
      build: "Debian's 4.10.0-2",
    },
  ],
};

/** The memory of a platform, PLATFORM-FLAVOR, in a release. Of one that was never measured the default size alone is known. */
export function boardMemory(platform: string, version: string): BoardMemory {
  const rows = MEASURED[platform] ?? [];
  const { since: _, ...known } = rows.findLast(({ since }) => ordinal(since) <= ordinal(version)) ?? {
    ...NOTHING,
    since: "",
  };
  return { heapSize: coreHeapSize(platform, version), ...known };
}
