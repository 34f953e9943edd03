// The short way of carve: see quick_get.ts. One long function, since every call in it would cost as much as the work it
// does. Words: size at w[at + S], links forward and back at w[at + F] and w[at + B].
import { square } from "../base/integer.ts";
import { indexRemoved, indexResized, placeIn, trustIndex } from "./free_index.ts";
import { HEAD, type Heap } from "./heap.ts";

/** Takes `size` bytes from the end of a free block, or all of it. Returns the buffer, or 0 if nothing was done. */
export function quickTake(h: Heap, block: number, size: number): number {
  const m = h.memory;
  const w = m.words;
  const wide = m.wide;
  const S = wide ? 2 : 1;
  const F = wide ? 4 : 2;
  const B = wide ? 6 : 3;
  const { least, lastFree } = m;
  const { baseLow, baseHigh, headLow, headHigh } = h;
  const half = least >> 1;
  const at = block >> 2;
  const free = w[at + S] as number;
  const room = (free - size) | 0;
  if (room !== 0 && room < least) return 0;
  if ((((block - m.phase) | free) & (half - 1)) !== 0 || block + free > m.lastHeader) return 0;
  const end = (block + free) >> 2;
  if (w[end] !== free || (wide && (w[at + 3] !== 0 || w[end + 1] !== 0))) return 0;
  // Both neighbours in the list have to link to the block.
  const own = (baseLow + block) | 0;
  const toLow = w[at + F] as number;
  const fromLow = w[at + B] as number;
  const toHigh = wide ? (w[at + 5] as number) : headHigh;
  const fromHigh = wide ? (w[at + 7] as number) : headHigh;
  let from = HEAD;
  if (fromLow === headLow && fromHigh === headHigh) {
    if (h.headForward !== block) return 0;
  } else {
    from = (fromLow - baseLow) | 0;
    const i = (from >> 2) + F;
    if ((from & 3) !== 0 || from < 0 || from > lastFree || w[i] !== own) return 0;
    if (wide && (fromHigh !== baseHigh || w[i + 1] !== baseHigh)) return 0;
  }
  let to = HEAD;
  if (toLow === headLow && toHigh === headHigh) {
    if (h.headBack !== block) return 0;
  } else {
    to = (toLow - baseLow) | 0;
    const i = (to >> 2) + B;
    if ((to & 3) !== 0 || to < 0 || to > lastFree || w[i] !== own) return 0;
    if (wide && (toHigh !== baseHigh || w[i + 1] !== baseHigh)) return 0;
  }
  const x = h.index;
  const place = x === null ? 0 : placeIn(x, block, free);
  if (place < 0) return 0;

  // From here on there is no way back.
  w[end] = 0;
  const taken = (at + (room >> 2)) | 0;
  if (room !== 0) {
    w[at + S] = room;
    w[taken] = room;
    if (wide) w[taken + 1] = 0;
  } else {
    if (from === HEAD) h.headForward = to;
    else {
      w[(from >> 2) + F] = toLow;
      if (wide) w[(from >> 2) + 5] = toHigh;
    }
    if (to === HEAD) h.headBack = from;
    else {
      w[(to >> 2) + B] = fromLow;
      if (wide) w[(to >> 2) + 7] = fromHigh;
    }
  }
  w[taken + S] = (0 - size) | 0;
  if (wide) w[taken + 3] = -1;
  const shift = wide ? 4 : 3;
  h.freeSquares += square(room >> shift) - square(free >> shift);
  h.allocated += size;
  h.gets++;
  if (x !== null) {
    if (room === 0) indexRemoved(x, place);
    else indexResized(x, place, room);
    trustIndex(h, x);
  }
  return (block + room + half) | 0;
}
