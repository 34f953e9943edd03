// First fit: the first place that does. Close ahead, 16 places are looked at together, each byte of four words being one
// of them (SIMD within a register, after Lamport, Multiple Byte Processing with Full-Word Instructions, 1975).

import type { Memory } from "../memory.ts";
import type { ListIndex } from "./index_state.ts";
import * as places from "./list_index.ts";
import * as tree from "./max_tree.ts";
import * as ranges from "./ranges.ts";

// V8 knows what a constant of the module is; an import it looks up at every call.
const { MANY, over16, quantaAt, RANGES, rangeOf } = places;
const { nextGroup, repair } = tree;
const { M } = ranges;

/** The upper bit, and the lowest, of each byte. */
const UPPER = 0x80808080 | 0;
const ONES = 0x01010101;
/** Sizes from here on are looked for in the tree: a byte does not tell them, or one quantum more, apart. */
const LARGE = MANY - 1;
/** So many places are looked at before the tree is. */
const NEAR = 512;
/** A search over more places than this is worth noting for the next one. */
const FAR = 32;

/** The first place with a block of `quanta`, or at least two more; -1 if there is none. */
export function findFirst(m: Memory, x: ListIndex, quanta: number): number {
  const { view, sizes } = x;
  const range = rangeOf(quanta);
  const from = ((view.getInt32((range << 2) & M, true) & M) << 4) & M;
  if (quanta >= LARGE) return findFrom(m, x, from, quanta, false);
  const end = (sizes + x.end) & M;
  const near = (sizes + from + NEAR) & M;
  const stop = near < end ? near : end;
  const least = Math.imul(quanta, ONES);
  const not = Math.imul(quanta + 1, ONES);
  let set = 0;
  let at = (sizes + from) & M;
  while (at < stop) {
    const a = view.getInt32(at, true);
    const b = view.getInt32(at + 4, true);
    const c = view.getInt32(at + 8, true);
    const d = view.getInt32(at + 12, true);
    // A byte keeps its upper bit if it is no less than `least`.
    if (
      ((((a | UPPER) - least) | ((b | UPPER) - least) | ((c | UPPER) - least) | ((d | UPPER) - least)) & UPPER) !==
      0
    ) {
      set =
        ((((a | UPPER) - least) & (((a ^ not) | UPPER) - ONES) & UPPER) >>> 7) |
        ((((b | UPPER) - least) & (((b ^ not) | UPPER) - ONES) & UPPER) >>> 6) |
        ((((c | UPPER) - least) & (((c ^ not) | UPPER) - ONES) & UPPER) >>> 5) |
        ((((d | UPPER) - least) & (((d ^ not) | UPPER) - ONES) & UPPER) >>> 4);
      if (set !== 0) break;
    }
    at = (at + 16) & M;
  }
  const place = (at - sizes) | 0;
  if (place > from + FAR) remember(x, range, from, place);
  if (set === 0) return at >= end ? -1 : findFrom(m, x, place, quanta, false);
  const bit = 31 - Math.clz32(set & -set);
  return place | ((bit >>> 1) & 12) | (bit & 3);
}

/** As above, from a place on. With `loose`, one quantum more will do, too. */
export function findFrom(m: Memory, x: ListIndex, from: number, quanta: number, loose: boolean): number {
  let place = from;
  while (place < x.end) {
    const last = Math.min(place | 15, x.end - 1);
    for (; place <= last; place++) {
      const size = quantaAt(m, x, place);
      if (size >= quanta && (loose || size !== quanta + 1)) return place;
    }
    let next = nextGroup(x, (place + 15) >>> 4, quanta, loose);
    while (next >= 0) {
      const most = over16(m, x, next);
      if (most >= quanta << 1 && (loose || most !== (quanta << 1) + 2)) break;
      repair(x, x.firstLeaf + next, most);
      next = nextGroup(x, next + 1, quanta, loose);
    }
    if (next < 0) return -1;
    place = next << 4;
  }
  return -1;
}

/** Notes how far from `from` on, and no farther than `to`, there is no block of a range or a larger one. */
function remember(x: ListIndex, range: number, from: number, to: number): void {
  const { view, words, sizes } = x;
  const least = Math.imul(((4 + (range & 3)) << (range >>> 2)) >>> 2, ONES);
  const stop = (sizes + to) & M;
  let at = (sizes + from) & M;
  while (at < stop) {
    const a = (view.getInt32(at, true) | UPPER) - least;
    const b = (view.getInt32(at + 4, true) | UPPER) - least;
    const c = (view.getInt32(at + 8, true) | UPPER) - least;
    const d = (view.getInt32(at + 12, true) | UPPER) - least;
    if (((a | b | c | d) & UPPER) !== 0) break;
    at = (at + 16) & M;
  }
  // Of the last 16 places some may not be given out yet.
  const group = Math.min((at - sizes) >>> 4, x.end >>> 4);
  for (let other = range; other < RANGES && (words[other] as number) < group; other++) words[other] = group;
}
