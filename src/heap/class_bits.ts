// Which classes of the index by size have blocks: a bitmap, one of its words that are not 0, and one of the words of that.
import type { SizeIndex } from "./index_state.ts";

/** The class of blocks of so many quanta. */
export function classOf(x: SizeIndex, quanta: number): number {
  return quanta < x.large ? quanta : x.large;
}

/** Offset of the link that closes the ring of a class. */
export function ringOf(x: SizeIndex, which: number): number {
  return x.classes + (which << 4);
}

/** Notes that a class has blocks. */
export function occupy(x: SizeIndex, which: number): void {
  const { words } = x;
  const i = (x.bits >>> 2) + (which >>> 5);
  const set = words[i] as number;
  words[i] = set | (1 << which);
  if (set !== 0) return;
  const summary = x.summary >>> 2;
  words[summary + (which >>> 10)] = (words[summary + (which >>> 10)] as number) | (1 << (which >>> 5));
  words[summary + 32] = (words[summary + 32] as number) | (1 << (which >>> 10));
}

/** Notes that a class has no block; the bitmaps above are put right when a search comes by. */
export function vacate(x: SizeIndex, which: number): void {
  const i = (x.bits >>> 2) + (which >>> 5);
  x.words[i] = (x.words[i] as number) & ~(1 << which);
}

/** The first class from `from` on that has a block, or -1. */
export function findClass(x: SizeIndex, from: number): number {
  const { words } = x;
  const bits = x.bits >>> 2;
  const summary = x.summary >>> 2;
  let word = from >>> 5;
  let set = (words[bits + word] as number) & (-1 << from);
  if (set !== 0) return (word << 5) + lowest(set);
  word++;
  let group = word >>> 5;
  let rest = (words[summary + group] as number) & (-1 << word);
  for (;;) {
    if (rest === 0) {
      const groups = (words[summary + 32] as number) & (-2 << group);
      if (group >= 31 || groups === 0) return -1;
      group = lowest(groups);
      rest = words[summary + group] as number;
      if (rest === 0) {
        words[summary + 32] = (words[summary + 32] as number) & ~(1 << group);
        continue;
      }
    }
    word = (group << 5) + lowest(rest);
    set = words[bits + word] as number;
    if (set !== 0) return (word << 5) + lowest(set);
    words[summary + group] = (words[summary + group] as number) & ~(1 << word);
    rest &= rest - 1;
  }
}

function lowest(set: number): number {
  return 31 - Math.clz32(set & -set);
}
