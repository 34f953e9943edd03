// Reads what the allocator keeps outside of its heap: list head, counters, lock (struct malloc_ctx of upstream's bget_malloc.c).
import { load, loadAddress, type Memory } from "../../heap/memory.ts";
import type { Counters } from "../../malloc/counters.ts";

/** Where the fields stand, as bytes from the start. */
interface StateLayout {
  /** Address of the pool table; its length follows. */
  readonly pool: number;
  /** Sum of the squared sizes of the free blocks, 64 bits; absent until 4.5. */
  readonly squares?: number;
  /** First of the six counters, 32 bits each; absent without CFG_WITH_STATS. */
  readonly counters?: number;
}

/** By bytes of a word: since 4.6, until 4.5, and without CFG_WITH_STATS, where nothing is counted. */
const LAYOUTS: Readonly<Record<4 | 8, readonly StateLayout[]>> = {
  8: [{ pool: 64, squares: 56, counters: 120 }, { pool: 56, counters: 104 }, { pool: 32 }],
  4: [{ pool: 40, squares: 32, counters: 88 }, { pool: 28, counters: 68 }, { pool: 16 }],
};

/** Where the state of a heap lies, and how. */
export interface StatePlace {
  /** Offset in the memory that it was found in. */
  readonly at: number;
  /** Bytes up to the end of the lock. */
  readonly length: number;
  readonly layout: StateLayout;
}

/** What the state says. */
export interface AllocatorState {
  /** Bytes in use, block headers included. */
  readonly allocated: number;
  /** Blocks that were given out since the boot, and given back. */
  readonly gets: number;
  readonly releases: number;
  /** In bytes². */
  readonly free2Sum: bigint | null;
  readonly counters: Counters;
  /** Not 0 while an operation is under way. TAs have none: what stands there is something else. */
  readonly lock: number;
  readonly poolCount: number;
}

const COUNTER_BYTES = 24;
const LOCK_BYTES = 4;

/** What can be known of a state beforehand. `origin`: address of the image's first byte as the heap has it. */
interface StateClue {
  readonly origin: number;
  /** Address of the first entry of the heap's pool table. */
  readonly table: number;
  readonly poolCount: number;
  /** Offset of the heap in the image: of several states, as dead TAs leave them, the nearest one counts. */
  readonly near: number;
}

/** Where the state of a heap lies in an image; null if it is not there, or damaged. */
export function findState(image: Memory, clue: StateClue): StatePlace | null {
  const { word } = image.geometry;
  const { words, wide } = image;
  const [low, high] = [clue.table | 0, Math.floor(clue.table / 2 ** 32) | 0];
  let best: StatePlace | null = null;
  for (let n = words.indexOf(low); n >= 0; n = words.indexOf(low, n + 1)) {
    const at = 4 * n;
    if (at % word !== 0 || at + 2 * word > image.bytes.length) continue;
    if ((wide && words[n + 1] !== high) || load(image, at + word) !== clue.poolCount) continue;
    for (const layout of LAYOUTS[word]) {
      const place = placeOf(at - layout.pool, layout, word);
      const nearer = best === null || Math.abs(place.at - clue.near) < Math.abs(best.at - clue.near);
      if (nearer && isState(image, place, clue.origin)) best = place;
    }
  }
  return best;
}

/** The layouts that the state at a place can have; none if its list head makes no sense. */
export function statesAt(image: Memory, at: number, origin: number): StatePlace[] {
  const { word } = image.geometry;
  return LAYOUTS[word].map((layout) => placeOf(at, layout, word)).filter((one) => isState(image, one, origin));
}

function placeOf(at: number, layout: StateLayout, word: number): StatePlace {
  const end = layout.counters === undefined ? layout.pool + 2 * word : layout.counters + COUNTER_BYTES;
  return { at, length: end + LOCK_BYTES, layout };
}

/** Whether the list head is one: no sizes, and links to blocks that link back, or to itself. */
function isState(image: Memory, { at, length }: StatePlace, origin: number): boolean {
  const { word, header } = image.geometry;
  if (at < 0 || at + length > image.bytes.length || load(image, at) !== 0 || load(image, at + word) !== 0) return false;
  const forward = loadAddress(image, at + header) - origin;
  const back = loadAddress(image, at + header + word) - origin;
  const links = (from: number, field: number): boolean =>
    from % word === 0 &&
    from >= 0 &&
    from + header + 2 * word <= image.bytes.length &&
    loadAddress(image, from + field) === at + origin;
  return links(forward, header + word) && links(back, header);
}

/** Reads a state in memory that begins `from` bytes before where it was found. */
export function readState(m: Memory, { at: found, length, layout }: StatePlace, from = 0): AllocatorState {
  const { word, header } = m.geometry;
  const at = found - from;
  const { squares, counters } = layout;
  const value = (n: number): number => (counters === undefined ? 0 : m.view.getUint32(at + counters + 4 * n, true));
  const long = (n: number): number => (counters === undefined ? 0 : load(m, at + header + (2 + n) * word));
  const allocated = long(0);
  return {
    allocated,
    gets: long(1),
    releases: long(2),
    free2Sum: squares === undefined ? null : m.view.getBigUint64(at + squares, true),
    counters: {
      allocated,
      maxAllocated: value(1),
      size: value(2),
      failures: value(3),
      biggestFailure: value(4),
      biggestFailureUsed: value(5),
    },
    lock: m.view.getUint32(at + length - LOCK_BYTES, true),
    poolCount: load(m, at + layout.pool + word),
  };
}
