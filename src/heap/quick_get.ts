// The short way of bget: requests without special alignment in a heap that is sound where they touch it. It does what
// bget.ts does, and hands over to it, before anything is written, at the first doubt.
import { buildIndex, findPlain, forgetIndex, trustedIndex } from "./free_index.ts";
import { HEAD, type Heap } from "./heap.ts";
import { quickBlock, quickLink, WILD } from "./quick_links.ts";
import { quickTake } from "./quick_take.ts";

/** Nothing was done: the long way has to. */
export const LONG_WAY = -3;

/** Steps of a scan that cost no more than keeping an index up to date. */
const CHEAP_STEPS = 20;
/** How many steps beyond those make an index worth its building, at least. */
const PATIENCE = 512;

/** Allocates a block of `size` bytes, headers included, multiple of the quantum. Returns the buffer, 0 or LONG_WAY. */
export function quickGet(h: Heap, size: number): number {
  let x = trustedIndex(h);
  if (x === null && h.lookup === "index") x = buildIndex(h);
  let block: number;
  if (x !== null) {
    const place = findPlain(x, size);
    if (place < 0) return 0;
    block = x.at[place] as number;
    if (!h.bestFit) noteFound(h, place - (x.placeOf[h.headForward >> x.shift] as number));
  } else block = h.bestFit ? scanBest(h, size) : scanFirst(h, size);
  if (block < 0) return block === HEAD ? 0 : LONG_WAY;
  const buffer = quickTake(h, block, size);
  if (buffer !== 0) return buffer;
  forgetIndex(h);
  return LONG_WAY;
}

/** The first block that fits; HEAD, or WILD in doubt. */
function scanFirst(h: Heap, size: number): number {
  const m = h.memory;
  const w = m.words;
  const wide = m.wide;
  const s = wide ? 1 : 0;
  const { least, phase } = m;
  const mask = (least >> 1) - 1;
  let limit = m.blockLimit;
  let block = h.headForward;
  if (block !== HEAD) block = quickBlock(h, block);
  const start = limit;
  while (block >= 0) {
    const at = block >> 2;
    const free = w[at + (1 << s)] as number;
    const room = (free - size) | 0;
    // An odd size or place makes position() round, which is left to it.
    if (free < 0 || ((free | (block - phase)) & mask) !== 0 || (wide && w[at + 3] !== 0)) return WILD;
    if (room === 0 || room >= least) break;
    block = quickLink(h, w, at + (2 << s));
    if (--limit < 0) return WILD;
  }
  noteScan(h, start - limit);
  return block;
}

/** The smallest block that fits, of several the first; HEAD, or WILD in doubt. */
function scanBest(h: Heap, size: number): number {
  const m = h.memory;
  const w = m.words;
  const wide = m.wide;
  const s = wide ? 1 : 0;
  const { least, phase } = m;
  const mask = (least >> 1) - 1;
  let limit = m.blockLimit;
  let found = HEAD;
  let best = 0x7fffffff;
  let block = h.headForward;
  if (block !== HEAD) block = quickBlock(h, block);
  const start = limit;
  while (block >= 0) {
    const at = block >> 2;
    const free = w[at + (1 << s)] as number;
    const room = (free - size) | 0;
    // An odd size or place makes position() round, which is left to it.
    if (
      free < 0 ||
      ((free | (block - phase)) & mask) !== 0 ||
      w[at] !== 0 ||
      (wide && (w[at + 1] !== 0 || w[at + 3] !== 0))
    )
      return WILD;
    if (free < best && (room === 0 || room >= least)) {
      found = block;
      best = free;
    }
    block = quickLink(h, w, at + (2 << s));
    if (--limit < 0) return WILD;
  }
  noteScan(h, start - limit);
  return block === WILD ? WILD : found;
}

/** Builds the index once many scans have been long; short ones count against them. */
function noteScan(h: Heap, steps: number): void {
  const balance = h.scanned + steps - CHEAP_STEPS;
  h.scanned = balance > 0 ? balance : 0;
  if (balance < PATIENCE + 4 * steps) return;
  h.scanned = 0;
  buildIndex(h);
}

/** Gives the index up where what it finds stands at the front of the list: a scan is cheaper there. */
function noteFound(h: Heap, steps: number): void {
  const balance = h.scanned + (steps < CHEAP_STEPS ? -1 : 4);
  h.scanned = balance < 0 ? balance : 0;
  if (balance > -PATIENCE || h.lookup === "index") return;
  h.scanned = 0;
  forgetIndex(h);
}
