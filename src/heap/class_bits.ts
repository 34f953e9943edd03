// Which sizes the index by size has blocks of: a bitmap, one of its words that are not 0, and one of the words of that.
import type { SizeIndex } from "./index_state.ts";
import * as ranges from "./ranges.ts";

// V8 knows what a constant of the module is; an import it looks up at every call.
const { M } = ranges;

/** Offset of the link that closes the ring of the blocks of so many quanta. */
export function ringOf(x: SizeIndex, quanta: number): number {
  return (x.classes + ((quanta < x.large ? quanta : x.large) << 4)) & M;
}

/** Notes that a ring has records. */
export function occupy(x: SizeIndex, ring: number): void {
  const { words } = x;
  const which = ((ring - x.classes) & M) >>> 4;
  const i = (x.bits >>> 2) + (which >>> 5);
  const set = words[i] as number;
  words[i] = set | (1 << which);
  if (set !== 0) return;
  const summary = x.summary >>> 2;
  words[summary + (which >>> 10)] = (words[summary + (which >>> 10)] as number) | (1 << (which >>> 5));
  words[summary + 32] = (words[summary + 32] as number) | (1 << (which >>> 10));
}

/** Notes that a ring has no record; the bitmaps above are put right when a search comes by. */
export function vacate(x: SizeIndex, ring: number): void {
  const which = ((ring - x.classes) & M) >>> 4;
  const i = (x.bits >>> 2) + (which >>> 5);
  x.words[i] = (x.words[i] as number) & ~(1 << which);
}

/** The ring with the smallest blocks that have at least so many quanta, or -1. */
export function findRing(x: SizeIndex, quanta: number): number {
  const { words, classes } = x;
  const from = quanta < x.large ? quanta : x.large;
  const bits = x.bits >>> 2;
  const summary = x.summary >>> 2;
  let word = from >>> 5;
  let set = (words[bits + word] as number) & (-1 << from);
  if (set !== 0) return classes + (((word << 5) + lowest(set)) << 4);
  word++;
  let group = word >>> 5;
  if (group > 31) return -1;
  let rest = (words[summary + group] as number) & (-1 << word);
  for (;;) {
    if (rest === 0) {
      const groups = (words[summary + 32] as number) & (-2 << group);
      if (group === 31 || groups === 0) return -1;
      group = lowest(groups);
      rest = words[summary + group] as number;
      if (rest === 0) {
        words[summary + 32] = (words[summary + 32] as number) & ~(1 << group);
        continue;
      }
    }
    word = (group << 5) + lowest(rest);
    set = words[bits + word] as number;
    if (set !== 0) return classes + (((word << 5) + lowest(set)) << 4);
    words[summary + group] = (words[summary + group] as number) & ~(1 << word);
    rest &= rest - 1;
  }
}

function lowest(set: number): number {
  return 31 - Math.clz32(set & -set);
}
