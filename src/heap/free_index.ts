// An index over the free list: finds in logarithmic time what the C code finds by looking at one block after the other.
import { previousFree, sizeOf } from "./block.ts";
import { forward, holdsLinks, isLinked } from "./freelist.ts";
import { HEAD, type Heap } from "./heap.ts";
import {
  createSizeClasses,
  emptyClass,
  enterClass,
  findClass,
  leaveClass,
  nextInClass,
  type SizeClasses,
} from "./index_classes.ts";
import type { FreeIndex } from "./index_state.ts";
import { createMaxTree, fillMaxTree, findLeaf, setLeaf } from "./index_tree.ts";
import { position } from "./position.ts";

/** The index, if it stands for the heap as it is; drops one that does not. */
export function trustedIndex(h: Heap): FreeIndex | null {
  const x = h.index;
  if (x === null) return null;
  if (x.turns === h.gets + h.releases && x.first === h.headForward && x.last === h.headBack) return x;
  h.index = null;
  return null;
}

/** Notes that the index stands for the heap as it is now, after it was told of all changes. */
export function trustIndex(h: Heap, x: FreeIndex): void {
  x.turns = h.gets + h.releases;
  x.first = h.headForward;
  x.last = h.headBack;
  h.index = x;
}

/**
 * Drops the index. Call it after writing to the bytes of a heap elsewhere than in live payloads: the next search reads all
 * blocks as they now are.
 */
export function forgetIndex(h: Heap): void {
  h.index = null;
}

/** Builds the index from the bytes. Null if anything in the list is not as it should be: then only a scan is right. */
export function buildIndex(h: Heap): FreeIndex | null {
  const m = h.memory;
  const { quantum } = m.geometry;
  const limit = m.bytes.length / m.geometry.freeHeader + 2;
  let count = 0;
  for (let block = h.headForward; block !== HEAD; block = forward(h, block)) {
    if (++count > limit || !isSound(h, block)) return null;
  }
  const x = createIndex(Math.floor(m.bytes.length / quantum), quantum === 16 ? 4 : 3);
  const places = placesFor(count);
  x.at = new Int32Array(places);
  x.size = new Int32Array(places);
  for (let block = h.headForward; block !== HEAD; block = forward(h, block)) {
    const place = x.end++;
    x.at[place] = block;
    x.size[place] = sizeOf(m, block) >> x.shift;
    x.placeOf[block >> x.shift] = place;
  }
  x.count = count;
  createLookup(x, h.bestFit);
  fillLookup(x);
  trustIndex(h, x);
  return x;
}

/** The place of the block that a plain request of `size` bytes gets, or -1. */
export function findPlain(x: FreeIndex, size: number): number {
  const { tree } = x;
  const quanta = size >> x.shift;
  return tree !== null ? findLeaf(tree, 0, quanta, false) : findBest(x, x.classes as SizeClasses, quanta);
}

/** The block that an aligned request of `size` bytes gets, or HEAD. Tries one after the other those that are large enough. */
export function findAligned(h: Heap, x: FreeIndex, align: number, extra: number, size: number): number {
  const quanta = size >> x.shift;
  const { tree } = x;
  if (tree !== null) {
    let place = findLeaf(tree, 0, quanta, true);
    while (place >= 0 && !fits(h, x, place, align, extra, size)) place = findLeaf(tree, place + 1, quanta, true);
    return place < 0 ? HEAD : (x.at[place] as number);
  }
  const c = x.classes as SizeClasses;
  for (let which = findClass(c, Math.min(quanta, c.large)); which >= 0; which = findClass(c, which + 1)) {
    let best = -1;
    for (let block = c.heads[which] as number; block !== 0; block = nextInClass(c, block)) {
      const better = best < 0 || isBefore(x, block - 1, best);
      if (better && fits(h, x, block - 1, align, extra, size)) best = block - 1;
    }
    if (best >= 0) return x.at[best] as number;
  }
  return HEAD;
}

function fits(h: Heap, x: FreeIndex, place: number, align: number, extra: number, size: number): boolean {
  const free = (x.size[place] as number) << x.shift;
  return free >= size && position(h, x.at[place] as number, free, align, extra, size) >= 0;
}

/** A block went to the tail of the list. */
export function indexAppended(h: Heap, x: FreeIndex, block: number, size: number): void {
  if (x.end === x.at.length) renumber(x, h.bestFit);
  const place = x.end++;
  const quanta = size >> x.shift;
  x.at[place] = block;
  x.size[place] = quanta;
  x.placeOf[block >> x.shift] = place;
  x.count++;
  if (x.tree !== null) setLeaf(x.tree, place, quanta);
  else enterClass(x.classes as SizeClasses, quanta, place + 1);
}

/** The block at a place left the list. */
export function indexRemoved(x: FreeIndex, place: number): void {
  if (x.tree !== null) setLeaf(x.tree, place, 0);
  else leaveClass(x.classes as SizeClasses, x.size[place] as number, place + 1);
  x.size[place] = 0;
  x.count--;
}

/** The block at a place grew or shrank to `size` bytes, and stays where it is in the list. */
export function indexResized(x: FreeIndex, place: number, size: number): void {
  const quanta = size >> x.shift;
  if (x.tree !== null) setLeaf(x.tree, place, quanta);
  else {
    const c = x.classes as SizeClasses;
    leaveClass(c, x.size[place] as number, place + 1);
    enterClass(c, quanta, place + 1);
  }
  x.size[place] = quanta;
}

/** The place of a free block of `size` bytes; -1 if the index does not know it so. */
export function placeIn(x: FreeIndex, block: number, size: number): number {
  const place = x.placeOf[block >> x.shift] as number;
  return x.at[place] === block && (x.size[place] as number) << x.shift === size ? place : -1;
}

/** Best fit: the place of the smallest block that is of `quanta`, or at least two more; -1 if there is none. */
function findBest(x: FreeIndex, c: SizeClasses, quanta: number): number {
  if (quanta < c.large) {
    const exact = c.heads[quanta] as number;
    if (exact !== 0) return exact - 1;
    if (quanta + 2 < c.large) {
      const which = findClass(c, quanta + 2);
      if (which < 0) return -1;
      if (which < c.large) return (c.heads[which] as number) - 1;
    }
  }
  let best = -1;
  for (let block = c.heads[c.large] as number; block !== 0; block = nextInClass(c, block)) {
    const size = x.size[block - 1] as number;
    if (size >= quanta && size !== quanta + 1 && (best < 0 || isBefore(x, block - 1, best))) best = block - 1;
  }
  return best;
}

/** True if best fit takes the one place rather than the other. */
function isBefore(x: FreeIndex, a: number, b: number): boolean {
  const size = x.size[a] as number;
  const other = x.size[b] as number;
  return size < other || (size === other && a < b);
}

function isSound(h: Heap, block: number): boolean {
  const m = h.memory;
  const { quantum } = m.geometry;
  if (!holdsLinks(h, block) || (m.base + block) % quantum !== 0 || (block & 3) !== 0) return false;
  const size = sizeOf(m, block);
  return (
    size > 0 &&
    size % quantum === 0 &&
    block + size <= m.lastHeader &&
    isLinked(h, block) &&
    previousFree(m, block) === 0 &&
    previousFree(m, block + size) === size
  );
}

function createIndex(quanta: number, shift: number): FreeIndex {
  const none = new Int32Array(0);
  return {
    shift,
    at: none,
    size: none,
    placeOf: new Int32Array(quanta + 1),
    count: 0,
    end: 0,
    tree: null,
    classes: null,
    turns: 0,
    first: HEAD,
    last: HEAD,
  };
}

/** Places for so many blocks: enough for many more, so that renumbering is rare. */
function placesFor(count: number): number {
  let places = 256;
  while (places < 3 * count) places *= 2;
  return places;
}

/** Makes tree or classes for the places there are. */
function createLookup(x: FreeIndex, bestFit: boolean): void {
  if (bestFit) x.classes = createSizeClasses(x.placeOf.length, x.at.length);
  else x.tree = createMaxTree(x.at.length);
}

/** Enters all blocks in an empty tree, or in empty classes. */
function fillLookup(x: FreeIndex): void {
  const { size, end, tree, classes } = x;
  if (tree !== null) {
    for (let place = 0; place < end; place++) tree.nodes[place] = (size[place] as number) << 1;
    tree.nodes.fill(0, end, size.length);
    fillMaxTree(tree);
  } else if (classes !== null) {
    for (let place = 0; place < end; place++) enterClass(classes, size[place] as number, place + 1);
  }
}

/** Closes the gaps between the places. */
function renumber(x: FreeIndex, bestFit: boolean): void {
  const { at, size, end, classes } = x;
  if (classes !== null) for (let place = 0; place < end; place++) emptyClass(classes, size[place] as number);
  const places = placesFor(x.count);
  if (places !== at.length) {
    x.at = new Int32Array(places);
    x.size = new Int32Array(places);
    createLookup(x, bestFit);
  }
  x.end = 0;
  for (let place = 0; place < end; place++) {
    const quanta = size[place] as number;
    if (quanta === 0) continue;
    const block = at[place] as number;
    x.at[x.end] = block;
    x.size[x.end] = quanta;
    x.placeOf[block >> x.shift] = x.end;
    x.end++;
  }
  x.size.fill(0, x.end);
  fillLookup(x);
}
