// Reads a heap of a system that runs: again and again, until nothing changed meanwhile.
import { type AllocatorState, readState, type StatePlace } from "../../analyze/dump/allocator_state.ts";
import type { Word } from "../../heap/geometry.ts";
import { createMemory, type Memory } from "../../heap/memory.ts";
import type { Pool } from "../../heap/walk.ts";

/** Fills `into` from an offset of the secure memory on; false where it is gone. */
export type ReadAt = (offset: number, into: Uint8Array) => boolean;

/** Where a heap and its state lie in the secure memory. */
export interface HeapSpot {
  readonly word: Word;
  readonly pools: readonly Pool[];
  readonly place: StatePlace;
  /** Whether the state ends with a lock: the core's does. */
  readonly locks: boolean;
}

/** The state of a heap and its bytes, taken while it rests. */
export interface HeapReader {
  /** Its state, however busy it is; null where the memory is gone. */
  state(): AllocatorState | null;
  /**
   * Fills `image`, the bytes of the secure memory, where the heap and its state lie. True: nothing happened meanwhile, and no
   * operation was under way. Gives up after many tries, and then the bytes may be of two moments.
   */
  take(image: Uint8Array): boolean;
}

const TRIES = 2000;

/** Reads a heap; allocates nothing while it does. */
export function createHeapReader(read: ReadAt, { word, pools, place, locks }: HeapSpot): HeapReader {
  const before: Memory = createMemory(new Uint8Array(place.length), { word, base: 0 });
  const after: Memory = createMemory(new Uint8Array(place.length), { word, base: 0 });
  const look = (m: Memory): AllocatorState | null => (read(place.at, m.bytes) ? readState(m, place, place.at) : null);
  const parts = (image: Uint8Array): Uint8Array[] => pools.map(({ at, length }) => image.subarray(at, at + length));
  return {
    state: () => look(before),
    take(image) {
      const views = parts(image);
      for (let n = 0; n < TRIES; n++) {
        const state = look(before);
        if (state === null) return false;
        if (locks && state.lock !== 0) continue;
        if (!pools.every(({ at }, index) => read(at, views[index] as Uint8Array))) return false;
        if (look(after) === null) return false;
        image.set(after.bytes, place.at);
        if (before.bytes.every((byte, index) => byte === after.bytes[index])) return true;
      }
      return false;
    },
  };
}
