// @ts-check
// A heap in the memory of a WebAssembly program: offsets are its addresses, and growth by either side loses nothing.
import { createHeap } from "teemem";

// unsigned sum(const unsigned char *at, unsigned length), compiled by clang: adds up bytes.
const PROGRAM =
  "AGFzbQEAAAABBwFgAn9/AX8DAgEABAUBcAEBAQUDAQACBggBfwFBgIgECwcQAgZtZW1vcnkCAANzdW0AAAoxAS8BAX9BACECAkADQCABRQ0BIAFBf2ohASACIAAtAABqIQIgAEEBaiEADAALCyACCw==";
const { instance } = await WebAssembly.instantiate(Buffer.from(PROGRAM, "base64"));
const { memory, sum } = /** @type {{ memory: WebAssembly.Memory, sum: (at: number, length: number) => number }} */ (
  /** @type {unknown} */ (instance.exports)
);

// The heap adds a page of its own; with from: instance.exports.__heap_base.value it would begin behind the program's data.
const heap = createHeap({ memory, word: 4 });
console.log("pools:", heap.pools);

const block = heap.view(heap.malloc(1000), Uint8Array, 1000);
block.array.fill(3);
console.log(`sum by the program: ${sum(block.pointer, block.length)}`);

memory.grow(1); // as the program itself may do: all arrays over the old buffer are empty now
console.log(`after growth the view still has ${block.array.length} bytes`);
console.log(`100,000 bytes: ${heap.malloc(100_000)}`); // 0: no free block is large enough
heap.grow(100_000);
const large = heap.malloc(100_000);
console.log(`after heap.grow: ${large > 0}, pools: ${heap.pools.length}, damage: ${heap.check().length}`);
