// First fit by index: places in the order of the list, and over them a tree of maxima, each node over 16 below it.
import { sizeOf } from "../block.ts";
import type { Memory } from "../memory.ts";
import { blockOf } from "./entries.ts";
import type { ListIndex } from "./index_state.ts";
import { FIRST_NODE, overBoth, raise } from "./max_tree.ts";

/** What a place holds for a block of so many quanta or more. */
export const MANY = 127;
/** Ranges of sizes, four for each power of two, for each of which the buffer begins with how far no block is that large. */
export const RANGES = 128;
/** Places that there are at first. */
const FEWEST = 512;
/** An index over no block, of a heap of so many bytes. */
export function createListIndex(bytes: number, wide: boolean): ListIndex {
  const entryShift = wide ? 6 : 5;
  const none = new ArrayBuffer(0);
  // Written out, not spread: V8 is slow at objects that were put together.
  const x: ListIndex = {
    kind: "list",
    entryShift,
    quantumShift: wide ? 4 : 3,
    tableLength: (bytes >> entryShift) + 1,
    view: new DataView(none),
    words: new Int32Array(none),
    bytes: new Uint8Array(none),
    entries: RANGES,
    blocks: 0,
    nodes: 0,
    leaves: 0,
    sizes: 0,
    firstLeaf: 0,
    capacity: 0,
    end: 0,
  };
  layOut(x, FEWEST);
  return x;
}

/** Gives an index a new buffer for so many places, a power of two from 512 on. */
export function layOut(x: ListIndex, capacity: number): void {
  x.capacity = capacity;
  x.firstLeaf = FIRST_NODE;
  for (let nodes = 16; nodes < capacity >> 4; nodes *= 16) x.firstLeaf = 16 * x.firstLeaf - 224;
  x.nodes = 4 * (x.entries + x.tableLength);
  x.leaves = x.nodes + 4 * x.firstLeaf;
  x.blocks = (x.leaves >> 2) + (capacity >> 4);
  x.sizes = 4 * (x.blocks + capacity);
  const buffer = new ArrayBuffer(x.sizes + capacity);
  x.view = new DataView(buffer);
  x.words = new Int32Array(buffer);
  x.bytes = new Uint8Array(buffer);
}

/** Where the size of a place stands, behind `x.sizes`: 16 places are 4 words, and neighbours lie in different words. */
export function sizeByte(place: number): number {
  return (place & 0x7ffffff0) | ((place & 3) << 2) | ((place >>> 2) & 3);
}

/** The range of a size in quanta, more than 0. */
export function rangeOf(quanta: number): number {
  const power = 31 - Math.clz32(quanta);
  return (power << 2) | (((quanta << 2) >>> power) & 3);
}

/**
 * The block at a place has become smaller, by 2 quanta at least, or left the list: 0 quanta. The tree is put right when a
 * search comes by.
 */
export function shrinkPlace(x: ListIndex, place: number, quanta: number): void {
  x.bytes[x.sizes + sizeByte(place)] = quanta < MANY ? quanta : MANY;
}

/** The block at a place has become larger. */
export function growPlace(x: ListIndex, place: number, quanta: number): void {
  x.bytes[x.sizes + sizeByte(place)] = quanta < MANY ? quanta : MANY;
  raise(x, place, quanta);
  const { words } = x;
  const group = place >>> 4;
  for (let range = rangeOf(quanta); range >= 0 && (words[range] as number) > group; range--) words[range] = group;
}

/** Size in quanta of the block at a place, at most MANY; 0 for none. */
export function sizeAt(x: ListIndex, place: number): number {
  return x.bytes[x.sizes + sizeByte(place)] as number;
}

/** The whole of it. */
export function quantaAt(m: Memory, x: ListIndex, place: number): number {
  const quanta = sizeAt(x, place);
  return quanta < MANY ? quanta : sizeOf(m, blockOf(x, place)) >> x.quantumShift;
}

/** What the node over a group of 16 places should be. */
export function over16(m: Memory, x: ListIndex, group: number): number {
  let value = 0;
  for (let place = group << 4; place < (group << 4) + 16; place++) value = overBoth(value, quantaAt(m, x, place) << 1);
  return value;
}
