// The short way of bget for 4-byte words: what quick_get.ts is for 8-byte words. A free block has its
// size in word 1, its links in words 2 and 3.
import { entryOf } from "./entries.ts";
import {
  findPlain,
  forgetIndex,
  indexKnows,
  indexRemoved,
  indexResized,
  trustedIndex,
  trustIndex,
} from "./free_index.ts";
import { HEAD, type Heap } from "./heap.ts";
import { LONG_WAY } from "./quick_get.ts";
import { noteFound, quickBlock32, scan, WILD } from "./quick_scan.ts";

/** Square quanta per square byte. */
const SQUARES = 1 / 64;

/** Allocates a block of `size` bytes, headers included, multiple of 8. Returns the buffer, 0 or LONG_WAY. */
export function quickGet32(h: Heap, size: number): number {
  const x = trustedIndex(h);
  const block = x === null ? scan(h, size) : findPlain(h, x, size);
  if (block < 0) return block === HEAD ? 0 : LONG_WAY;
  if (x !== null && x.kind === "list") noteFound(h, x, entryOf(x, block));
  const buffer = take(h, block, size);
  if (buffer !== 0) return buffer;
  forgetIndex(h);
  return LONG_WAY;
}

/** Takes `size` bytes from the end of a free block, or all of it. Returns the buffer, or 0 if nothing was done. */
function take(h: Heap, block: number, size: number): number {
  const m = h.memory;
  const { words } = m;
  const at = block >> 2;
  const free = words[at + 1] as number;
  const room = (free - size) | 0;
  if (room !== 0 && room < 16) return 0;
  if ((((block - m.phase) | free) & 7) !== 0 || block + free > m.lastHeader) return 0;
  const end = (block + free) >> 2;
  if (words[end] !== free) return 0;
  const to = words[at + 2] as number;
  const from = words[at + 3] as number;
  const before = quickNeighbour32(h, from, 2, block, h.headForward);
  const behind = quickNeighbour32(h, to, 3, block, h.headBack);
  if (before === WILD || behind === WILD) return 0;
  const x = h.index;
  if (x !== null && !indexKnows(x, block, free)) return 0;

  // From here on there is no way back.
  words[end] = 0;
  const taken = (at + (room >> 2)) | 0;
  if (room !== 0) {
    words[at + 1] = room;
    words[taken] = room;
  } else {
    if (before === HEAD) h.headForward = behind;
    else words[(before >> 2) + 2] = to;
    if (behind === HEAD) h.headBack = before;
    else words[(behind >> 2) + 3] = from;
  }
  words[taken + 1] = (0 - size) | 0;
  h.freeSquares -= size * SQUARES * (free + room);
  h.allocated += size;
  h.gets++;
  if (x !== null) {
    if (room === 0) indexRemoved(x, block, free);
    else indexResized(x, block, free, room);
    trustIndex(h, x);
  }
  return (block + room + 8) | 0;
}

/**
 * The neighbour of a block in the list that a link of it leads to, if the neighbour's own link, in its word `back`, leads
 * back; HEAD if it is the list head and that knows the block as its `end`; else WILD.
 */
export function quickNeighbour32(h: Heap, link: number, back: number, block: number, end: number): number {
  if (link === h.headLow) return end === block ? HEAD : WILD;
  const node = quickBlock32(h, (link - h.baseLow) | 0);
  return node >= 0 && h.memory.words[(node >> 2) + back] === ((h.baseLow + block) | 0) ? node : WILD;
}
