// The short way of brel: blocks of pools that stay, in a heap that is sound where they touch it. It does what brel.ts
// does, and hands over to it, before anything is written, at the first doubt. One long function, since every call in it
// would cost as much as the work it does. Words: size at w[at + S], links forward and back at w[at + F] and w[at + B].
import { square } from "../base/integer.ts";
import { indexAppended, indexRemoved, indexResized, placeIn, trustedIndex, trustIndex } from "./free_index.ts";
import { HEAD, type Heap } from "./heap.ts";

/** Releases a buffer without wiping. False if nothing was done: the long way has to. */
export function quickRelease(h: Heap, buffer: number): boolean {
  const m = h.memory;
  const w = m.words;
  const wide = m.wide;
  const S = wide ? 2 : 1;
  const F = wide ? 4 : 2;
  const B = wide ? 6 : 3;
  const { least, lastFree, lastHeader } = m;
  const { baseLow, baseHigh, headLow, headHigh } = h;
  const half = least >> 1;
  const mask = half - 1;
  const block = (buffer - half) | 0;
  // Also true for what is no number.
  if (block !== buffer - half || ((block - m.phase) & mask) !== 0 || block < 0 || block > lastFree) return false;
  const at = block >> 2;
  const size = (0 - (w[at + S] as number)) | 0;
  const end = (block + size) | 0;
  if ((size & mask) !== 0 || size < least || end > lastHeader || size > h.allocated) return false;
  const next = end >> 2;
  const signed = w[next + S] as number;
  const before = w[at] as number;
  if (w[next] !== 0 || (wide && (w[at + 1] !== 0 || w[at + 3] !== -1 || w[next + 1] !== 0))) return false;

  // The block before: free, or allocated, so that this one goes to the tail of the list.
  const front = (block - before) >> 2;
  const last = h.headBack;
  if (before !== 0) {
    if (before < least || before > block || (before & mask) !== 0) return false;
    if (w[front + S] !== before || (wide && w[front + 3] !== 0)) return false;
  } else {
    const first = h.headForward;
    if (last < 0 || first < 0) {
      if (last !== HEAD || first !== HEAD) return false;
    } else {
      if (((last | first) & 3) !== 0 || last > lastFree || first > lastFree) return false;
      const tail = (last >> 2) + F;
      const head = (first >> 2) + B;
      if (w[tail] !== headLow || w[head] !== headLow) return false;
      if (wide && (w[tail + 1] !== headHigh || w[head + 1] !== headHigh)) return false;
    }
  }
  const x = trustedIndex(h);
  const frontPlace = x !== null && before !== 0 ? placeIn(x, block - before, before) : 0;
  if (frontPlace < 0) return false;

  // The block behind: allocated or a sentinel, or free, so that it leaves the list.
  const high = wide ? (w[next + 3] as number) : signed >> 31;
  let behind = 0;
  if (high >= 0) {
    behind = signed;
    const after = (end + behind) >> 2;
    if (high !== 0 || behind < least || end + behind > lastHeader || (behind & mask) !== 0) return false;
    if (w[after] !== behind || (w[after + (wide ? 3 : 1)] as number) >= 0) return false;
    const own = (baseLow + end) | 0;
    const toLow = w[next + F] as number;
    const fromLow = w[next + B] as number;
    const toHigh = wide ? (w[next + 5] as number) : headHigh;
    const fromHigh = wide ? (w[next + 7] as number) : headHigh;
    if (wide && w[after + 1] !== 0) return false;
    let from = HEAD;
    if (fromLow === headLow && fromHigh === headHigh) {
      if (h.headForward !== end) return false;
    } else {
      from = (fromLow - baseLow) | 0;
      const i = (from >> 2) + F;
      if ((from & 3) !== 0 || from < 0 || from > lastFree || w[i] !== own) return false;
      if (wide && (fromHigh !== baseHigh || w[i + 1] !== baseHigh)) return false;
    }
    let to = HEAD;
    if (toLow === headLow && toHigh === headHigh) {
      if (last !== end) return false;
    } else {
      to = (toLow - baseLow) | 0;
      const i = (to >> 2) + B;
      if ((to & 3) !== 0 || to < 0 || to > lastFree || w[i] !== own) return false;
      if (wide && (toHigh !== baseHigh || w[i + 1] !== baseHigh)) return false;
    }
    if (x !== null) {
      const place = placeIn(x, end, behind);
      if (place < 0) return false;
      indexRemoved(x, place);
    }
    // From here on there is no way back.
    if (from === HEAD) h.headForward = to;
    else {
      w[(from >> 2) + F] = toLow;
      if (wide) w[(from >> 2) + 5] = toHigh;
    }
    if (to !== HEAD) {
      w[(to >> 2) + B] = fromLow;
      if (wide) w[(to >> 2) + 7] = fromHigh;
    } else {
      h.headBack = from;
      // The C code appends first, so what was the last block has a link to this one when it leaves the list.
      if (before === 0) {
        w[next + F] = (baseLow + block) | 0;
        if (wide) w[next + 5] = baseHigh;
      }
    }
  }

  h.releases++;
  h.allocated -= size;
  const free = (before + size + behind) | 0;
  w[(end + behind) >> 2] = free;
  const shift = wide ? 4 : 3;
  h.freeSquares += square(free >> shift) - square(before >> shift) - square(behind >> shift);
  if (before !== 0) {
    w[front + S] = free;
    if (x !== null) {
      indexResized(x, frontPlace, free);
      trustIndex(h, x);
    }
    return true;
  }
  const tail = h.headBack;
  const isFirst = tail === HEAD;
  w[at + S] = free;
  w[at + F] = headLow;
  w[at + B] = isFirst ? headLow : (baseLow + tail) | 0;
  if (wide) {
    w[at + 3] = 0;
    w[at + 5] = headHigh;
    w[at + 7] = isFirst ? headHigh : baseHigh;
  }
  h.headBack = block;
  if (isFirst) h.headForward = block;
  else {
    w[(tail >> 2) + F] = (baseLow + block) | 0;
    if (wide) w[(tail >> 2) + 5] = baseHigh;
  }
  if (x !== null) {
    indexAppended(h, x, block, free);
    trustIndex(h, x);
  }
  return true;
}
