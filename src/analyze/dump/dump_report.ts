// What an inspected dump says: the shape of the answer.
import type { Word } from "../../heap/geometry.ts";
import type { Block, Damage, Pool } from "../../heap/walk.ts";
import type { AllocatorState } from "./allocator_state.ts";
import type { InFlight } from "./in_flight.ts";
import type { HeapLife } from "./liveness.ts";
import type { HeapOwner } from "./owner.ts";
import type { DumpHeap } from "./placed.ts";
import type { FoundSlide } from "./slide.ts";

/** A block, and who allocated it. */
export interface DumpBlock extends Block {
  /** Bytes asked for where a leak header says so, else what the block has room for; 0 in free blocks. */
  readonly payload: number;
  /** `file:line`, null without leak header. */
  readonly site: string | null;
}

/** A pool of a heap in a dump: its blocks, and what of it could not be read. */
export interface DumpPool {
  readonly pool: Pool;
  readonly blocks: readonly DumpBlock[];
  /** Bytes of the pool in which no block could be made out, because of damage. */
  readonly lost: readonly Pool[];
}

/** Something in a dumped heap that no healthy allocator leaves there. */
export interface DumpDamage extends Damage {
  readonly site: string | null;
  readonly siteBefore: string | null;
}

/** A layout of leak headers that differs between releases, and how many blocks have it. */
export interface DumpLeakLayout {
  /** The first release with it, as `4.6`. */
  readonly since: string;
  /** The first release that has another one again; null if none has. */
  readonly before: string | null;
  readonly blocks: number;
}

/** A heap of a dump. Offsets count from `offset` in the dump; an address is an offset + `base`. */
export interface DumpReport {
  readonly word: Word;
  /** Where in the dump the offsets begin: 0, but for a heap inside of a large dump. */
  readonly offset: number;
  /** Address of the byte there. */
  readonly base: number;
  readonly baseFrom: DumpHeap["baseFrom"];
  /** The address that was given for that byte, where the bytes contradict it; else null. */
  readonly contradicted: number | null;
  readonly leakHeaders: boolean;
  /** Layouts of the leak headers, the most frequent first. Empty on arm, where all releases have one layout. */
  readonly leakLayouts: readonly DumpLeakLayout[];
  /** A block that was being allocated or released when the dump was taken. */
  readonly inFlight: InFlight | null;
  /** How the file names in leak headers were found in a program; null without one, or where the bytes do not tell. */
  readonly slide: FoundSlide | null;
  /** Whether the heap has the pool table of OP-TEE's malloc layer. */
  readonly table: boolean;
  /** Counters and lock that the allocator keeps outside of the heap; null where the dump does not have them. */
  readonly counted: AllocatorState | null;
  readonly owner: HeapOwner;
  readonly state: HeapLife;
  readonly pools: readonly DumpPool[];
  readonly damage: readonly DumpDamage[];
  /** Faults that touch bytes which the dump lacks, and so may be none. */
  readonly doubtful: number;
  /** The only fault is one of block headers, as the allocator leaves it for a moment while it works. */
  readonly halfway: boolean;
}
