// The short way of brel for 4-byte words: what quick_release.ts is for 8-byte words. See quick_get32.ts.
import { indexAppended, indexKnows, indexRemoved, indexResized, trustedIndex, trustIndex } from "./free_index.ts";
import { HEAD, type Heap } from "./heap.ts";
import { quickNeighbour32 } from "./quick_get32.ts";
import { WILD } from "./quick_scan.ts";

/** Square quanta per square byte. */
const SQUARES = 1 / 64;

/** Releases a buffer without wiping. False if nothing was done: the long way has to. */
export function quickRelease32(h: Heap, buffer: number): boolean {
  const m = h.memory;
  const { words, lastFree, lastHeader } = m;
  const block = (buffer - 8) | 0;
  // Also true for what is no number.
  if (block !== buffer - 8 || ((block - m.phase) & 7) !== 0 || block < 0 || block > lastFree) return false;
  const at = block >> 2;
  const size = (0 - (words[at + 1] as number)) | 0;
  const end = (block + size) | 0;
  if ((size & 7) !== 0 || size < 16 || end > lastHeader || size > h.allocated) return false;
  const next = end >> 2;
  if (words[next] !== 0) return false;

  // The block before: free, or allocated, so that this one goes to the tail of the list.
  const before = words[at] as number;
  const front = (block - before) | 0;
  const { headForward: first, headBack: last } = h;
  const x = trustedIndex(h);
  if (before !== 0) {
    if (before < 16 || before > block || (before & 7) !== 0 || words[(front >> 2) + 1] !== before) return false;
    if (x !== null && !indexKnows(x, front, before)) return false;
  } else if (last < 0 || first < 0) {
    if (last !== HEAD || first !== HEAD) return false;
  } else {
    if (((last | first) & 3) !== 0 || last > lastFree || first > lastFree) return false;
    if (words[(last >> 2) + 2] !== h.headLow || words[(first >> 2) + 3] !== h.headLow) return false;
  }

  // The block behind: allocated or a sentinel, or free, so that it leaves the list.
  const behind = Math.max(words[next + 1] as number, 0);
  if (words[next + 1] === 0) return false;
  if (behind > 0) {
    const after = (end + behind) >> 2;
    if (behind < 16 || end + behind > lastHeader || (behind & 7) !== 0) return false;
    if (words[after] !== behind || (words[after + 1] as number) >= 0) return false;
    const to = words[next + 2] as number;
    const from = words[next + 3] as number;
    const previous = quickNeighbour32(h, from, 2, end, first);
    const following = quickNeighbour32(h, to, 3, end, last);
    if (previous === WILD || following === WILD) return false;
    if (x !== null && !indexKnows(x, end, behind)) return false;
    // From here on there is no way back.
    if (previous === HEAD) h.headForward = following;
    else words[(previous >> 2) + 2] = to;
    if (following !== HEAD) words[(following >> 2) + 3] = from;
    else {
      h.headBack = previous;
      // The C code appends first, so what was the last block has a link to this one when it leaves the list.
      if (before === 0) words[next + 2] = (h.baseLow + block) | 0;
    }
  }
  h.releases++;
  h.allocated -= size;
  const free = (before + size + behind) | 0;
  words[(end + behind) >> 2] = free;
  // (a + s + b)² - a² - b² = s (s + 2a + 2b) + 2ab
  h.freeSquares += (size * (free + before + behind) + 2 * before * behind) * SQUARES;
  if (before !== 0) words[(front >> 2) + 1] = free;
  else putLast(h, block, free);
  if (x === null) return true;
  if (behind > 0) indexRemoved(x, end, behind);
  if (before !== 0) indexResized(x, front, before, free);
  else indexAppended(h, x, block, free);
  trustIndex(h, x);
  return true;
}

/** Makes a block of `free` bytes the last in the list. */
function putLast(h: Heap, block: number, free: number): void {
  const { words } = h.memory;
  const at = block >> 2;
  const tail = h.headBack;
  words[at + 1] = free;
  words[at + 2] = h.headLow;
  words[at + 3] = tail === HEAD ? h.headLow : (h.baseLow + tail) | 0;
  h.headBack = block;
  if (tail === HEAD) h.headForward = block;
  else words[(tail >> 2) + 2] = (h.baseLow + block) | 0;
}
