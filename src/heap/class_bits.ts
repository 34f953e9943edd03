// Which sizes the index by size may have blocks of: a bitmap, one of its words that are not 0, and one of the words of
// that. Bits are set at once, and cleared when a search finds nothing where they point.
import type { SizeIndex } from "./index_state.ts";
import * as ranges from "./ranges.ts";

// V8 knows what a constant of the module is; an import it looks up at every call.
const { M } = ranges;

/** The link that closes the ring of the blocks of so many quanta. */
export function ringOf(x: SizeIndex, quanta: number): number {
  return ((quanta < x.large ? quanta : x.large) << 2) & M;
}

/** Notes that a ring has records. That it has none any more is noticed when a search comes by. */
export function occupy(x: SizeIndex, ring: number): void {
  const { words } = x;
  const which = (ring & M) >>> 2;
  const i = x.bits + (which >>> 5);
  const set = words[i] as number;
  words[i] = set | (1 << which);
  if (set === 0) occupyWord(x, which >>> 5);
}

/** Notes that a word of the bitmap is not 0. */
function occupyWord(x: SizeIndex, word: number): void {
  const { words, summary } = x;
  words[summary + (word >>> 5)] = (words[summary + (word >>> 5)] as number) | (1 << word);
  words[summary + 32] = (words[summary + 32] as number) | (1 << (word >>> 5));
}

/** The ring with the smallest blocks that have at least so many quanta, or -1. */
export function findRing(x: SizeIndex, quanta: number): number {
  const { words, bits } = x;
  const from = quanta < x.large ? quanta : x.large;
  let word = from >>> 5;
  let set = (words[bits + word] as number) & (-1 << from);
  for (;;) {
    for (; set !== 0; set &= set - 1) {
      const ring = (((word << 5) + lowest(set)) << 2) & M;
      if (words[ring] !== ring) return ring;
      words[bits + word] = (words[bits + word] as number) & ~(set & -set);
    }
    word = nextWord(x, word + 1);
    if (word < 0) return -1;
    set = words[bits + word] as number;
  }
}

/** The first word of the bitmap from a given one on that is not 0, or -1. */
function nextWord(x: SizeIndex, from: number): number {
  const { words, bits, summary } = x;
  let group = from >>> 5;
  if (group > 31) return -1;
  let set = (words[summary + group] as number) & (-1 << from);
  for (;;) {
    for (; set !== 0; set &= set - 1) {
      const word = (group << 5) + lowest(set);
      if (words[bits + word] !== 0) return word;
      words[summary + group] = (words[summary + group] as number) & ~(set & -set);
    }
    const groups = group < 31 ? (words[summary + 32] as number) & (-2 << group) : 0;
    if (groups === 0) return -1;
    group = lowest(groups);
    set = words[summary + group] as number;
    if (set === 0) words[summary + 32] = (words[summary + 32] as number) & ~(1 << group);
  }
}

function lowest(set: number): number {
  return 31 - Math.clz32(set & -set);
}
