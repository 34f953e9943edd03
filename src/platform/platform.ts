// The type of a platform: one build of OP-TEE as data, from data/platforms/NAME/.
import type { SiteName } from "./site_names.ts";
import type { Switches } from "./switches.ts";

/** Bytes of a machine word. */
export type WordSize = 4 | 8;

/** How something is known: seen, concluded from what was seen, or taken over from a platform that is alike. */
export type Certainty = "measured" | "inferred" | "analogy";

/** Parts of a TA in TA memory, as they are loaded. */
export type TaPart =
  | "bbuf"
  | "ldelf-stack"
  | "ldelf-code"
  | "ldelf-data"
  | "ldelf-heap"
  | "elf-header"
  | "text"
  | "data"
  | "stack";

/** Parts that every TA has alike; the others are its own. */
export type FixedPart = Exclude<TaPart, "text" | "data" | "stack">;

/** A call site in the C code; the file is null if it is unknown. */
export interface Place {
  readonly file: string | null;
  readonly line: number;
}

/**
 * One operation on a heap: a further pool, malloc, calloc (one member), memalign, realloc, free or free_wipe. Blocks are
 * numbered as they are allocated, from 1; 0 is none.
 */
export interface HeapStep extends Place {
  readonly op: "P" | "M" | "C" | "A" | "R" | "F" | "W";
  /** The block that is moved or freed, else 0. */
  readonly of: number;
  /** Bytes asked for, or of the pool; 0 where something is freed. */
  readonly size: number;
  /** memalign: the alignment; a pool: bytes from the end of the first pool to it. Both in bytes; absent for the others. */
  readonly arg?: number;
  /** The part whose range of TA memory the block stands for. */
  readonly part?: TaPart;
}

/** Operations in their order. Where not all of them are known, `missing` says why, and `steps` are what is known. */
export interface StepSeries {
  readonly steps: readonly HeapStep[];
  readonly missing: string | null;
}

/** A kind of block: how large, where it is allocated, and where it is freed. */
export interface BlockSite extends Place {
  readonly name: SiteName;
  readonly zeroed: boolean;
  /** Bytes: `fixed` and `unit` for each of what the code counts. */
  readonly fixed: number;
  readonly unit: number;
  readonly how: Certainty;
  readonly note: string;
  /** null for what is never freed. */
  readonly end: (Place & { readonly wiped: boolean; readonly how: Certainty; readonly note: string }) | null;
}

/** What a part of a platform's data comes from. */
export interface Provenance {
  readonly of: string;
  readonly how: Certainty | "missing";
  readonly source: string;
}

/** A platform. Sizes and addresses in bytes. */
export interface Platform {
  readonly name: string;
  /** Release of OP-TEE, like 4.0.0. */
  readonly version: string;
  /** Upstream's PLATFORM, or PLATFORM-FLAVOR, such as vexpress-qemu_armv8a; empty if it is none of upstream's. */
  readonly board: string;
  /** In a sentence: which build it is. */
  readonly build: string;
  /** The core: its word, the address of its heap, what the linker leaves to it beyond CFG_CORE_HEAP_SIZE. */
  readonly core: {
    readonly word: WordSize;
    readonly heapBase: number;
    readonly heapSlack: number;
    /** Since 4.4: the physical memory that is the core's, and OP-TEE's own part of it; null where it is not known. */
    readonly ram: { readonly size: number; readonly used: number } | null;
  };
  readonly nexusBase: number;
  /** TAs: their word, and the bytes of memory that they share. */
  readonly ta: { readonly word: WordSize; readonly ramSize: number };
  /** Address of the loader's heap, whose word is the core's. */
  readonly loaderBase: number;
  /** Pages of the parts that all TAs have alike. */
  readonly pages: Readonly<Record<FixedPart, number>>;
  /** Of its build. */
  readonly switches: Switches;
  readonly provenance: readonly Provenance[];
  /** The core heap from its first pool on, while a TA is loaded, when it goes; the loader's heap. */
  readonly boot: StepSeries;
  readonly load: StepSeries;
  readonly unload: StepSeries;
  readonly loader: StepSeries;
  readonly sites: ReadonlyMap<SiteName, BlockSite>;
  /** Call sites that it lacks, and why. */
  readonly missing: ReadonlyMap<SiteName, string>;
}
