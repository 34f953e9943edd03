// The core's heap in the memory of a real board, in which our own allocator goes on.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { contextsOf } from "../../src/analyze/dump/heap_contexts.ts";
import { heapsIn, type ImageHeap } from "../../src/analyze/dump/image.ts";
import { placed } from "../../src/analyze/dump/placed.ts";
import { createMemory } from "../../src/heap/memory.ts";
import { free, malloc } from "../../src/malloc/malloc.ts";
import { RELEASES } from "../../src/release/releases.ts";
import type { HeapSpot } from "../../src/source/qemu/steady.ts";
import { imageOf } from "./false_qemu.ts";

const whole = new Uint8Array(gunzipSync(readFileSync(imageOf("sid-all-4.10"))));
const core = heapsIn(whole, 8, 0xe000000).find(({ owner }) => owner.kind === "core" && !owner.scratch);

/** The heap of OP-TEE 4.10.0 with leak headers. Each has memory of its own. */
export function liveHeap() {
  if (core?.place == null) throw new Error("no heap");
  const memory = Uint8Array.from(whole);
  const { table, place } = core;
  const owned = placed(createMemory(memory, { word: 8, base: table.base }), table.base, table.pools, table);
  const [ctx] = contextsOf(owned, { leakHeaders: true, release: RELEASES.at(-1), nameAt: undefined });
  // What C keeps outside of the heap: struct malloc_ctx.
  const view = new DataView(memory.buffer, place.at);
  ctx.heap.allocated = Number(view.getBigInt64(32, true));
  ctx.heap.freeSquares = Number(view.getBigInt64(56, true) / 256n);
  const counted = (offset: number): void => {
    view.setBigInt64(32, BigInt(ctx.heap.allocated), true);
    view.setBigInt64(offset, view.getBigInt64(offset, true) + 1n, true);
  };
  const spot: HeapSpot = { word: 8, pools: table.pools, place, locks: true };
  return {
    memory,
    spot,
    /** The same heap as one sees it who copies it into an image of his own. */
    seenIn: (image: Uint8Array): ImageHeap => ({ ...core, m: createMemory(image, { word: 8, base: 0 }) }),
    malloc(size: number): number {
      const result = malloc(ctx, size);
      counted(40);
      return result;
    },
    free(pointer: number): void {
      free(ctx, pointer);
      counted(48);
    },
    /** Counts a request of so many bytes that failed. */
    refuse(size: number): void {
      view.setUint32(132, view.getUint32(132, true) + 1, true);
      if (size <= view.getUint32(136, true)) return;
      view.setUint32(136, size, true);
      view.setUint32(140, ctx.heap.allocated, true);
    },
    lock: (value: number): void => view.setUint32(144, value, true),
  };
}
