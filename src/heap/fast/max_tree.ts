// The tree over the places of the index for first fit. Node n has the children 16n - 224 to 16n - 209; the nodes under the
// root, which is 15 and never looked at, are 16 to 31. Those of the last level stand over 16 places each.
import type { ListIndex } from "./index_state.ts";

export const FIRST_NODE = 16;

/**
 * What stands over two nodes. A node is twice the largest size M below it in quanta, plus 1 if there is also a block of
 * M - 1: a block that is exactly one quantum too large cannot be used, so whether one fits is only then known from the
 * node alone. M is too large where blocks became smaller, until a search comes by.
 */
export function overBoth(a: number, b: number): number {
  const larger = a > b ? a : b;
  const smaller = a > b ? b : a;
  return larger >>> 1 === (smaller >>> 1) + 1 ? larger | 1 : larger >>> 1 === smaller >>> 1 ? larger | smaller : larger;
}

/** Lets the nodes over a place know of a block of so many quanta. */
export function raise(x: ListIndex, place: number, quanta: number): void {
  const { words } = x;
  const nodes = x.nodes >>> 2;
  let node = x.firstLeaf + (place >>> 4);
  if ((words[nodes + node] as number) >>> 1 > quanta + 1) return;
  let value = quanta << 1;
  while (node >= FIRST_NODE) {
    const was = words[nodes + node] as number;
    value = overBoth(was, value);
    if (value === was) return;
    words[nodes + node] = value;
    node = (node + 224) >>> 4;
  }
}

/** Puts a node right, and those above it; `last` is what a node of the last level should be. */
export function repair(x: ListIndex, node: number, last: number): void {
  const { words } = x;
  const nodes = x.nodes >>> 2;
  let at = node;
  let value = at < x.firstLeaf ? overChildren(x, at) : last;
  while (words[nodes + at] !== value) {
    words[nodes + at] = value;
    at = (at + 224) >>> 4;
    if (at < FIRST_NODE) return;
    value = overChildren(x, at);
  }
}

/** Sets all nodes above the last level. */
export function fillTree(x: ListIndex): void {
  for (let node = x.firstLeaf - 1; node >= FIRST_NODE; node--) x.words[(x.nodes >>> 2) + node] = overChildren(x, node);
}

/**
 * The first node of the last level from `group` on that has a block of `quanta`, or at least two more; with `loose`, one
 * more will do, too. -1 if there is none.
 */
export function nextGroup(x: ListIndex, group: number, quanta: number, loose: boolean): number {
  const { words, firstLeaf } = x;
  const nodes = x.nodes >>> 2;
  const least = quanta << 1;
  const not = loose ? -1 : least + 2;
  const end = x.leaves + (x.capacity >> 2);
  let node = firstLeaf + group;
  let stop = (node | 15) + 1;
  if ((nodes + node) << 2 >= end) return -1;
  for (;;) {
    while (node < stop && isNone(words[nodes + node] as number, least, not)) node++;
    if (node < stop) {
      if (node >= firstLeaf) return (nodes + node) << 2 < end ? node - firstLeaf : -1;
      const below = 16 * node - 224;
      let child = below;
      while (child < below + 16 && isNone(words[nodes + child] as number, least, not)) child++;
      if (child === below + 16) repair(x, node++, 0);
      else {
        node = child;
        stop = below + 16;
      }
    } else {
      if (stop === 2 * FIRST_NODE) return -1;
      node = ((stop - 16 + 224) >>> 4) + 1;
      stop = ((node - 1) | 15) + 1;
    }
  }
}

function isNone(value: number, least: number, not: number): boolean {
  return value < least || value === not;
}

function overChildren(x: ListIndex, node: number): number {
  const first = (x.nodes >>> 2) + 16 * node - 224;
  let value = 0;
  // The last level may end before the tree does, after a multiple of 16.
  if (first >= (x.leaves >>> 2) + (x.capacity >>> 4)) return 0;
  for (let i = first; i < first + 16; i++) value = overBoth(value, x.words[i] as number);
  return value;
}
