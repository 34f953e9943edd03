// The free list of OP-TEE 4.0.0 lib/libutils/isoc/bget.c: a ring through the free blocks and a head outside of them.
import { setSize, sizeOf } from "./block.ts";
import { HEAD, type Heap } from "./heap.ts";
import { loadAddress, store } from "./memory.ts";
import { panic } from "./panic.ts";

const WILD = -2;

/** The block (or HEAD) that follows. A link to nowhere gives an offset outside the memory. */
export function forward(h: Heap, node: number): number {
  return node === HEAD ? h.headForward : follow(h, node + h.geometry.header);
}

/** The block (or HEAD) before. */
export function back(h: Heap, node: number): number {
  return node === HEAD ? h.headBack : follow(h, node + h.geometry.header + h.geometry.word);
}

/** Puts a block of `size` bytes at the tail. Panics in the name of `func` if the ring is broken at the head. */
export function append(h: Heap, block: number, size: number, func: string): void {
  const last = h.headBack;
  if (forward(h, last) !== HEAD) panic(func, last, "the last free block does not link to the list head");
  if (back(h, h.headForward) !== HEAD)
    panic(func, h.headForward, "the first free block does not link back to the list head");
  setForward(h, block, HEAD);
  setBack(h, block, last);
  h.headBack = block;
  setForward(h, last, block);
  notify(h, block, 0, size);
}

/** Panics in the name of `func` unless both neighbours link to the block. */
export function expectLinked(h: Heap, block: number, func: string): void {
  if (forward(h, back(h, block)) !== block)
    panic(func, block, "free-list neighbour before does not link to this block");
  if (back(h, forward(h, block)) !== block)
    panic(func, block, "free-list neighbour behind does not link back to this block");
}

/** True if both neighbours link to the block; a link to nowhere is false, not a panic. */
export function isLinked(h: Heap, block: number): boolean {
  const before = back(h, block);
  const behind = forward(h, block);
  return holdsLinks(h, before) && holdsLinks(h, behind) && forward(h, before) === block && back(h, behind) === block;
}

/** Takes a block out of the ring; its own links stay as they are. */
export function remove(h: Heap, block: number): void {
  const before = back(h, block);
  const behind = forward(h, block);
  setForward(h, before, behind);
  setBack(h, behind, before);
  notify(h, block, sizeOf(h.memory, block), 0);
}

/** Sets the size of a block that stays where it is in the ring. */
export function resize(h: Heap, block: number, size: number): void {
  const from = sizeOf(h.memory, block);
  setSize(h.memory, block, size);
  notify(h, block, from, size);
}

/** True if `node` is the head or a place in memory that can hold the header of a free block. */
export function holdsLinks(h: Heap, node: number): boolean {
  return node === HEAD || (node >= 0 && node <= h.memory.bytes.length - h.geometry.freeHeader);
}

/** The one call that a finder learns from: every change of the ring ends with it. */
function notify(h: Heap, block: number, from: number, to: number): void {
  if (h.finder !== null) h.finder.changed(h, block, from, to);
}

function follow(h: Heap, at: number): number {
  const address = loadAddress(h.memory, at);
  if (address === h.headAddress) return HEAD;
  const offset = address - h.memory.base;
  return offset === HEAD ? WILD : offset;
}

function setForward(h: Heap, node: number, to: number): void {
  if (node === HEAD) h.headForward = to;
  else store(h.memory, node + h.geometry.header, addressOf(h, to));
}

function setBack(h: Heap, node: number, to: number): void {
  if (node === HEAD) h.headBack = to;
  else store(h.memory, node + h.geometry.header + h.geometry.word, addressOf(h, to));
}

function addressOf(h: Heap, node: number): number {
  return node === HEAD ? h.headAddress : h.memory.base + node;
}
