// Which sizes the index by size may have blocks of: a bitmap, and one of its words that may not be 0. Bits are set at once,
// without asking whether they were, and cleared where a search finds nothing: no processor could guess which block is the
// last of its size. Both stand at the front of the index, and the rings behind them so that a ring's number says where its
// bit is.

/** The first word of the bitmap, and how many there are. What is before it is not used. */
const FIRST = 3;
const WORDS = 64;
/** Behind its last word: the bitmap of its words. */
const SUMMARY = FIRST + WORDS;
/** The last word of that, behind its first. */
const LAST_GROUP = SUMMARY >>> 5;

/** The first ring: a ring has four words, and 32 rings a word in the bitmap. */
export const RINGS = 128 * FIRST;
/** The class of all blocks of so many quanta or more; below, every size has its own. */
export const LARGE = 32 * WORDS - 1;
/** The last ring, that class's. */
export const LAST_RING = RINGS + 4 * LARGE;

// What is exported V8 looks up at every call. With these the functions are so short that it makes them a part of what calls
// them; ringOf, with less than 27 bytes of bytecode, always.
const largest = LARGE;
const before = RINGS >> 2;
const last = LAST_RING;
const { clz32 } = Math;

/** The link that closes the ring of the blocks of so many quanta. */
export function ringOf(quanta: number): number {
  return quanta < largest ? (quanta + before) << 2 : last;
}

/** Notes that a ring has records. */
export function occupy(words: Int32Array, ring: number): void {
  const i = ring >>> 7;
  const set = words[i] as number;
  words[i] = set | (1 << (ring >>> 2));
  if (set === 0) occupyWord(words, i);
}

/** Notes that a word of the bitmap is not 0. */
function occupyWord(words: Int32Array, word: number): void {
  const group = SUMMARY + (word >>> 5);
  words[group] = (words[group] as number) | (1 << word);
}

/** True if both bitmaps let a search come by a ring. */
export function isOccupied(words: Int32Array, ring: number): boolean {
  const word = ring >>> 7;
  const group = words[SUMMARY + (word >>> 5)] as number;
  return (((words[word] as number) >>> (ring >>> 2)) & (group >>> word) & 1) !== 0;
}

/** The first ring from a given one on that has records, or -1. */
export function findRing(words: Int32Array, from: number): number {
  let word = from >>> 7;
  let set = (words[word] as number) & (-1 << (from >>> 2));
  for (;;) {
    for (; set !== 0; set &= set - 1) {
      const ring = (word << 7) + (lowest(set) << 2);
      if (words[ring] !== ring) return ring;
      words[word] = (words[word] as number) & ~(set & -set);
    }
    word = nextWord(words, word + 1) | 0;
    if (word < 0) return -1;
    set = words[word] as number;
  }
}

/** The first word of the bitmap from a given one on that is not 0, or -1. */
function nextWord(words: Int32Array, from: number): number {
  let group = from >>> 5;
  let set = (words[SUMMARY + group] as number) & (-1 << from);
  for (;;) {
    for (; set !== 0; set &= set - 1) {
      const word = (group << 5) + lowest(set);
      if (words[word] !== 0) return word;
      words[SUMMARY + group] = (words[SUMMARY + group] as number) & ~(set & -set);
    }
    if (++group > LAST_GROUP) return -1;
    set = words[SUMMARY + group] as number;
  }
}

function lowest(set: number): number {
  return 31 - clz32(set & -set);
}
