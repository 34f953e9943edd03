// @ts-check
// A heap in one call: blocks as typed arrays, who holds what, a map, and the error that names the block.
import { createHeap, HeapPanic, leakLine } from "teemem";

const heap = createHeap({ size: 65536, callSites: true });

const samples = heap.allocate(Float32Array, 1000);
if (samples === null) throw new Error("the heap is full");
samples.array.fill(0.5);

const text = heap.malloc(100); // an offset into heap.bytes, 0 if nothing fits
heap.view(text, Uint8Array).array.set(new TextEncoder().encode("hello"));

for (const block of heap.leaks()) console.log(leakLine(block)); // who holds what, by file and line
console.log(heap.stats()); // counters, as OP-TEE keeps them, and what is free
console.log(heap.map()); // # allocated, . free, + both
console.log(`damage: ${heap.check().length}`);

samples.free();
try {
  samples.array[0] = 1;
} catch (error) {
  if (!(error instanceof HeapPanic)) throw error;
  console.log(`panic: ${error.message}`);
}
