// Reads OP-TEE's own list of secure memory in use from an image: pools of tee_mm (upstream's core/mm/tee_mm.c) and their ranges.
import { load, loadAddress, type Memory } from "../../heap/memory.ts";
import type { Pool } from "../../heap/walk.ts";

/** Physical memory that a pool hands out. */
export interface SecurePool {
  readonly from: number;
  readonly to: number;
  /** What is in use, by address: from, up to. */
  readonly used: readonly (readonly [number, number])[];
  /** Most bytes that were in use; null where it is not kept (CFG_WITH_STATS). */
  readonly most: number | null;
}

const MOST_RANGES = 4096;
const SMALLEST_SHIFT = 9;
const LARGEST_SHIFT = 21;

/** Where a pool's fields stand: 64-bit code, 32-bit code with addresses of 32 and of 64 bits. */
const LAYOUTS = {
  8: [{ low: 8, size: 16, shift: 28, most: 40 }],
  4: [
    { low: 4, size: 8, shift: 16, most: 24 },
    { low: 8, size: 16, shift: 28, most: 36 },
  ],
} as const;

/** Pools whose list of ranges lies in a heap; `origin`: address of the first byte of the image as the heap's code has it. */
export function securePools(image: Memory, origin: number, heap: readonly Pool[]): SecurePool[] {
  const { word } = image.geometry;
  const inHeap = (at: number): boolean => heap.some((pool) => at >= pool.at && at + 4 * word <= pool.at + pool.length);
  const tried = new Set<number>();
  const found: SecurePool[] = [];
  for (const { at, length } of heap)
    for (let entry = at; entry + 4 * word <= at + length; entry += 2 * word) {
      // Each range names its pool first, and the pool names its first range.
      const pool = loadAddress(image, entry) - origin;
      if (tried.has(pool) || pool < 0 || pool + 48 > image.bytes.length) continue;
      tried.add(pool);
      const first = loadAddress(image, pool) - origin;
      if (!inHeap(first) || loadAddress(image, first) !== pool + origin) continue;
      for (const layout of LAYOUTS[word]) {
        const one = readPool(image, origin, pool, first, layout, inHeap);
        if (one !== null) found.push(one);
      }
    }
  return found;
}

function readPool(
  image: Memory,
  origin: number,
  pool: number,
  first: number,
  layout: (typeof LAYOUTS)[4 | 8][number],
  inHeap: (at: number) => boolean,
): SecurePool | null {
  const { word } = image.geometry;
  const shift = image.bytes[pool + layout.shift] ?? 0;
  const unit = 2 ** shift;
  const from = loadAddress(image, pool + layout.low);
  const size = load(image, pool + layout.size);
  if (shift < SMALLEST_SHIFT || shift > LARGEST_SHIFT || from % unit !== 0 || size <= 0 || size % unit !== 0)
    return null;
  const used: [number, number][] = [];
  let end = 0;
  for (let at = first, n = 0; n < MOST_RANGES; n++) {
    const start = image.view.getUint32(at + 2 * word, true);
    const count = image.view.getUint32(at + 2 * word + 4, true);
    if (start < end || (start + count) * unit > size) return null;
    end = start + count;
    if (count > 0) used.push([from + start * unit, from + end * unit]);
    const next = loadAddress(image, at + word);
    if (next === 0) {
      const most = load(image, pool + layout.most);
      const inUse = used.reduce((sum, [start, stop]) => sum + stop - start, 0);
      const isKept = most >= inUse && most <= size && most % unit === 0;
      return { from, to: from + size, used, most: isKept ? most : null };
    }
    at = next - origin;
    if (!inHeap(at) || loadAddress(image, at) !== pool + origin) return null;
  }
  return null;
}
