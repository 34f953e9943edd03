// @ts-check
// A test that a function frees what it takes: each block that is left has the file and line that allocated it.
import assert from "node:assert/strict";
import { createHeap, describeDamage, leakLine } from "teemem";

/** Runs work on a heap of its own; fails where it leaves a block or damage. @param {(heap: import("teemem").ByteHeap) => void} work */
function assertNoLeak(work) {
  const heap = createHeap({ size: 65536, callSites: true });
  work(heap);
  assert.deepEqual(heap.check().map(describeDamage), []);
  assert.deepEqual(heap.leaks().map(leakLine), []);
}

assertNoLeak((heap) => heap.free(heap.malloc(100)));
console.log("frees what it takes: passed");

for (const wrong of [
  /** @param {import("teemem").ByteHeap} heap */
  (heap) => void heap.malloc(48),
  /** @param {import("teemem").ByteHeap} heap */
  (heap) => {
    const pointer = heap.malloc(48);
    heap.bytes[pointer + 48] = 1; // one byte beyond the end
  },
]) {
  try {
    assertNoLeak(wrong);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    console.log(`${error.name}: ${error.message}`);
  }
}
