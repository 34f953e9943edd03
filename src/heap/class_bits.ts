// Which sizes the index by size may have blocks of: a bitmap, one of its words that are not 0, and one of the words of
// that. Bits are set at once, and cleared when a search finds nothing where they point.
import type { SizeIndex } from "./index_state.ts";
import * as ranges from "./ranges.ts";

// V8 knows what a constant of the module is; an import it looks up at every call.
const { M } = ranges;

/** Offset of the link that closes the ring of the blocks of so many quanta. */
export function ringOf(x: SizeIndex, quanta: number): number {
  return (x.classes + ((quanta < x.large ? quanta : x.large) << 4)) & M;
}

/** Notes that a ring has records. That it has none any more is noticed when a search comes by. */
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

/** The ring with the smallest blocks that have at least so many quanta, or -1. */
export function findRing(x: SizeIndex, quanta: number): number {
  const { words, classes } = x;
  const bits = x.bits >>> 2;
  const from = quanta < x.large ? quanta : x.large;
  let word = from >>> 5;
  let set = (words[bits + word] as number) & (-1 << from);
  for (;;) {
    for (; set !== 0; set &= set - 1) {
      const ring = (classes + (((word << 5) + lowest(set)) << 4)) & M;
      if (words[ring >>> 2] !== ring) return ring;
      words[bits + word] = (words[bits + word] as number) & ~(set & -set);
    }
    word = nextWord(x, word + 1);
    if (word < 0) return -1;
    set = words[bits + word] as number;
  }
}

/** The first word of the bitmap from a given one on that is not 0, or -1. */
function nextWord(x: SizeIndex, from: number): number {
  const { words } = x;
  const bits = x.bits >>> 2;
  const summary = x.summary >>> 2;
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
