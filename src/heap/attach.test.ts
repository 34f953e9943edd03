// Tests of attach.ts.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { attachPlainHeap } from "./attach.ts";
import { bget } from "./bget.ts";
import { bpool } from "./bpool.ts";
import { brel } from "./brel.ts";
import { bstats } from "./bstats.ts";
import { checkHeap } from "./check.ts";
import { createPlainHeap } from "./create_heap.ts";
import type { Heap } from "./heap.ts";
import { walkPool } from "./walk.ts";

const BASE = 0xe1c53e0;
const dump = gunzipSync(readFileSync(new URL("../../data/optee-4.0.0/core-heap.bin.gz", import.meta.url)));
const pool = { at: 0, length: dump.length };

function attached(bytes: Uint8Array): Heap {
  const heap = attachPlainHeap(bytes, { base: BASE, zeroGrown: false }, [pool]);
  if (!heap.ok) throw new Error(heap.error);
  return heap.value;
}

describe("a raw dump of a real core heap", () => {
  it("is walked by the walker: 49 used blocks of 16,704 bytes, 8 free ones of 51,920", () => {
    const { blocks, damage, end } = walkPool(attached(dump).memory, pool);
    const used = blocks.filter(({ free }) => !free);
    const free = blocks.filter((block) => block.free);
    expect(damage).toBeNull();
    expect(end).toBe(dump.length - 16);
    expect([used.length, used.reduce((sum, { size }) => sum + size, 0)]).toEqual([49, 16704]);
    expect([free.length, free.reduce((sum, { size }) => sum + size, 0)]).toEqual([8, 51920]);
  });

  it("passes the checker, free list and all", () => {
    expect(checkHeap(attached(dump), [pool])).toEqual([]);
  });

  it("can be allocated from, and stays sound", () => {
    const heap = attached(Uint8Array.from(dump));
    const before = bstats(heap);
    const buffer = bget(heap, 0, 0, 1000);
    expect(buffer).toBeGreaterThan(0);
    expect(checkHeap(heap, [pool])).toEqual([]);
    brel(heap, buffer, false);
    expect(checkHeap(heap, [pool])).toEqual([]);
    expect(bstats(heap).free).toBe(before.free);
  });

  it("with a damaged header is refused, and the block named", () => {
    const bytes = Uint8Array.from(dump);
    const [, second] = walkPool(attached(dump).memory, pool).blocks;
    bytes[(second?.at ?? 0) + 15] = 0x40;
    const heap = attachPlainHeap(bytes, { base: BASE }, [pool]);
    expect(heap).toMatchObject({ ok: false, error: expect.stringContaining(`0x${second?.at.toString(16)}`) });
  });
});

describe("attachPlainHeap", () => {
  it("finds the state of a heap that was left", () => {
    const bytes = new Uint8Array(4096);
    const heap = createPlainHeap(bytes, { word: 4, headAddress: 0x1234560 });
    bpool(heap, 0, 4096);
    const buffers = [100, 200, 300, 400].map((size) => bget(heap, 0, 0, size));
    brel(heap, buffers[1] ?? 0, false);
    const again = attachPlainHeap(bytes, { word: 4 }, [{ at: 0, length: 4096 }]);
    expect(again).toMatchObject({
      ok: true,
      value: {
        headAddress: 0x1234560,
        headForward: heap.headForward,
        headBack: heap.headBack,
        allocated: heap.allocated,
        freeSquares: heap.freeSquares,
      },
    });
  });

  it("refuses links that lead out to different places", () => {
    const bytes = new Uint8Array(4096);
    const heap = createPlainHeap(bytes, { word: 4 });
    bpool(heap, 0, 4096);
    heap.memory.view.setUint32(8, 0x7777, true);
    expect(attachPlainHeap(bytes, { word: 4 }, [{ at: 0, length: 4096 }])).toMatchObject({ ok: false });
  });
});
