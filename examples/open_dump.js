// @ts-check
// Opens the heap of a board from a dump of its memory, looks at it, and tries whether a request would have fitted.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { openHeap } from "teemem";
import { inspectDump } from "teemem/analyze";

const bytes = new Uint8Array(
  gunzipSync(readFileSync(new URL("../data/optee-4.0.0/core-heap.bin.gz", import.meta.url))),
);

// Where its first pool begins: here at 0. In a dump of more memory, inspectDump finds it.
const dump = inspectDump(bytes);
const from = dump.ok ? (dump.value[0]?.pools[0]?.pool.at ?? 0) : 0;

const heap = openHeap({ bytes, from });
if (!heap.ok) throw new Error(heap.error);
const { allocated, size, largestFree } = heap.value.stats();
console.log(`pool at ${from}: ${allocated} of ${size} bytes allocated, largest free block ${largestFree}`);
console.log(heap.value.map());
console.log(`damage: ${heap.value.check().length}, live blocks: ${heap.value.leaks().length}`);

// It is a copy of the board's heap that goes on as the board's would.
for (const request of [4096, 16384, 65536]) {
  const pointer = heap.value.malloc(request);
  console.log(`malloc(${request}) ${pointer === 0 ? "fails" : `returns offset ${pointer}`}`);
  heap.value.free(pointer);
}
