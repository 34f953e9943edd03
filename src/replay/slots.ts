// Numbers the blocks of a golden trace.
import { forgetIndex } from "../heap/fast/finder.ts";
import { panic } from "../heap/panic.ts";
import type { Allocator } from "./allocator.ts";
import type { LivePayload } from "./heap_map.ts";

/** The blocks that a trace knows by number. */
export interface Slots {
  /** Payload offset of a live ID, else 0. */
  live(id: number): number;
  /** Last payload offset that the ID ever had, 0 if none. */
  last(id: number): number;
  /** Enters an allocation, fills its payload, and returns the text of the pointer. */
  put(id: number, pointer: number, size: number | bigint): string;
  /** Enters the outcome of a reallocation. */
  move(from: number, to: number, pointer: number, size: number | bigint): void;
  /** Ends a live ID and returns its payload offset, else 0. */
  take(id: number): number;
  /** Stores a byte at the ID's last offset + `delta`. */
  poke(id: number, delta: number, byte: number): void;
  /** The payload of the live ID in the block with this header. */
  payloadOf(block: number): LivePayload | undefined;
}

/** Keeps the IDs of one run. */
export function createSlots(a: Allocator): Slots {
  const pointers = new Map<number, number>();
  const last = new Map<number, number>();
  const sizes = new Map<number, number>();
  const { memory, geometry } = a.heap;
  let byBlock: Map<number, LivePayload> | null = null;

  function fill(id: number, pointer: number, size: number): void {
    const { bytes } = memory;
    if (pointer + size > bytes.length) panic("data-abort", pointer, "write outside the memory");
    const first = 31 * id;
    for (let i = 0; i < size; i++) bytes[pointer + i] = first + i;
  }
  function enter(id: number, pointer: number, size: number | bigint): void {
    byBlock = null;
    pointers.set(id, pointer);
    last.set(id, pointer);
    sizes.set(id, Number(size));
    fill(id, pointer, Number(size));
  }
  return {
    live: (id) => pointers.get(id) ?? 0,
    last: (id) => last.get(id) ?? 0,
    put(id, pointer, size) {
      if (pointer === 0) pointers.delete(id);
      else enter(id, pointer, size);
      byBlock = null;
      return pointer === 0 ? "-" : String(pointer);
    },
    move(from, to, pointer, size) {
      byBlock = null;
      if (pointer === 0) {
        if (to !== from) pointers.delete(to);
        return;
      }
      pointers.delete(from);
      enter(to, pointer, size);
    },
    take(id) {
      const pointer = pointers.get(id) ?? 0;
      pointers.delete(id);
      byBlock = null;
      return pointer;
    },
    poke(id, delta, byte) {
      const at = (last.get(id) ?? 0) + delta;
      if (at < 0 || at >= memory.bytes.length) panic("data-abort", at, "write outside the memory");
      memory.bytes[at] = byte;
      // It may have hit the header of a free block.
      forgetIndex(a.heap);
    },
    payloadOf(block) {
      if (byBlock === null) {
        byBlock = new Map();
        for (const [id, at] of pointers) byBlock.set(at - a.front - geometry.header, { at, size: sizes.get(id) ?? 0 });
      }
      return byBlock.get(block);
    },
  };
}
