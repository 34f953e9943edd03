// Best fit by index: blocks of the same size stand in a pairing heap by their place in the list, sizes in a bitmap.

/** Sizes in quanta from here on share one class; no heap has many blocks as large as that. */
export const LARGE = 65536;

/** Blocks by size. They are named by their place in the list, from 1. */
export interface SizeClasses {
  /** Classes: sizes below `large` each for itself, and one for all others. */
  readonly large: number;
  /** First block of each class by its place, 0 for none. */
  readonly heads: Int32Array;
  /** Which classes have a block: a bit each, then a bit for each word of those, then again. */
  readonly bits: Int32Array;
  readonly words: Int32Array;
  readonly groups: Int32Array;
  /** Pairing heap: first child, right neighbour, and left neighbour or parent of each block. */
  readonly child: Int32Array;
  readonly next: Int32Array;
  readonly previous: Int32Array;
}

/** Classes for sizes up to `largest` quanta, and `places` places in the list. */
export function createSizeClasses(largest: number, places: number): SizeClasses {
  const large = Math.min(LARGE, largest + 1);
  const words = (large >> 5) + 1;
  const groups = (words >> 5) + 1;
  return {
    large,
    heads: new Int32Array(large + 1),
    bits: new Int32Array(words),
    words: new Int32Array(groups),
    groups: new Int32Array((groups >> 5) + 1),
    child: new Int32Array(places + 1),
    next: new Int32Array(places + 1),
    previous: new Int32Array(places + 1),
  };
}

/** Enters a block that is in no class. */
export function enterClass(c: SizeClasses, size: number, block: number): void {
  const which = size < c.large ? size : c.large;
  const head = c.heads[which] as number;
  c.child[block] = 0;
  c.next[block] = 0;
  c.previous[block] = 0;
  if (head !== 0) {
    c.heads[which] = meld(c, head, block);
    return;
  }
  c.heads[which] = block;
  const word = which >> 5;
  c.bits[word] = (c.bits[word] as number) | (1 << (which & 31));
  c.words[word >> 5] = (c.words[word >> 5] as number) | (1 << (word & 31));
  c.groups[word >> 10] = (c.groups[word >> 10] as number) | (1 << ((word >> 5) & 31));
}

/** Forgets all blocks of the class of a size; does nothing for size 0. */
export function emptyClass(c: SizeClasses, size: number): void {
  const which = size < c.large ? size : c.large;
  c.heads[which] = 0;
  clearBit(c, which);
}

/** Takes a block out of its class. */
export function leaveClass(c: SizeClasses, size: number, block: number): void {
  const which = size < c.large ? size : c.large;
  const { next, previous, heads } = c;
  const head = heads[which] as number;
  const below = meldChildren(c, c.child[block] as number);
  if (head !== block) {
    const left = previous[block] as number;
    const right = next[block] as number;
    if (c.child[left] === block) c.child[left] = right;
    else next[left] = right;
    if (right !== 0) previous[right] = left;
    if (below !== 0) heads[which] = meld(c, head, below);
    return;
  }
  heads[which] = below;
  if (below === 0) clearBit(c, which);
}

function clearBit(c: SizeClasses, which: number): void {
  const word = which >> 5;
  c.bits[word] = (c.bits[word] as number) & ~(1 << (which & 31));
  if (c.bits[word] !== 0) return;
  c.words[word >> 5] = (c.words[word >> 5] as number) & ~(1 << (word & 31));
  if (c.words[word >> 5] !== 0) return;
  c.groups[word >> 10] = (c.groups[word >> 10] as number) & ~(1 << ((word >> 5) & 31));
}

/** The first class from `from` on that has a block, or -1. */
export function findClass(c: SizeClasses, from: number): number {
  if (from > c.large) return -1;
  let word = from >> 5;
  let set = (c.bits[word] as number) & (-1 << (from & 31));
  if (set !== 0) return (word << 5) + lowest(set);
  word++;
  let group = word >> 5;
  set = group < c.words.length ? (c.words[group] as number) & (-1 << (word & 31)) : 0;
  if (set === 0) {
    group++;
    let high = group >> 5;
    if (high >= c.groups.length) return -1;
    set = (c.groups[high] as number) & (-1 << (group & 31));
    while (set === 0) {
      high++;
      if (high >= c.groups.length) return -1;
      set = c.groups[high] as number;
    }
    group = (high << 5) + lowest(set);
    set = c.words[group] as number;
  }
  word = (group << 5) + lowest(set);
  return (word << 5) + lowest(c.bits[word] as number);
}

/** The block of a class that comes after this one in no particular order, 0 after the last. Begin with the head. */
export function nextInClass(c: SizeClasses, block: number): number {
  const { child, next, previous } = c;
  if (child[block] !== 0) return child[block] as number;
  let at = block;
  while (at !== 0 && next[at] === 0) {
    // To the parent: left until that is the one whose first child this is.
    while (previous[at] !== 0 && child[previous[at] as number] !== at) at = previous[at] as number;
    at = previous[at] as number;
  }
  return at === 0 ? 0 : (next[at] as number);
}

/** Joins two heaps; the root that is earlier in the list becomes the root. */
function meld(c: SizeClasses, a: number, b: number): number {
  const { child, next, previous } = c;
  const root = a < b ? a : b;
  const other = a < b ? b : a;
  const first = child[root] as number;
  next[other] = first;
  previous[other] = root;
  if (first !== 0) previous[first] = other;
  child[root] = other;
  next[root] = 0;
  previous[root] = 0;
  return root;
}

/** Joins the heaps of a row of neighbours: first in pairs, then the pairs from the last to the first. */
function meldChildren(c: SizeClasses, first: number): number {
  const { next, previous } = c;
  if (first === 0) return 0;
  let pairs = 0;
  let at = first;
  while (at !== 0) {
    const partner = next[at] as number;
    const rest = partner === 0 ? 0 : (next[partner] as number);
    next[at] = 0;
    previous[at] = 0;
    let root = at;
    if (partner !== 0) root = meld(c, at, partner);
    next[root] = pairs;
    pairs = root;
    at = rest;
  }
  let root = pairs;
  at = next[root] as number;
  next[root] = 0;
  previous[root] = 0;
  while (at !== 0) {
    const rest = next[at] as number;
    root = meld(c, root, at);
    at = rest;
  }
  return root;
}

function lowest(set: number): number {
  return 31 - Math.clz32(set & -set);
}
