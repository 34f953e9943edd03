// @ts-check
// A game loop without garbage: offsets into one typed array over the heap; the heap grows if one block is short.
import { createHeap } from "teemem";

const heap = createHeap({ size: 4096, maxSize: 65536, word: 4 });
const floats = new Float32Array(heap.bytes.buffer); // over all bytes; it follows a buffer that grows

/** Takes room for so many particles; where nothing fits, the heap grows once. Returns an index. @param {number} count */
function particles(count) {
  const bytes = 2 * count * Float32Array.BYTES_PER_ELEMENT;
  const pointer = heap.malloc(bytes) || (heap.grow(bytes) && heap.malloc(bytes)) || 0;
  if (pointer === 0) throw new Error(`no room for ${count} particles`);
  return pointer / Float32Array.BYTES_PER_ELEMENT;
}

const speeds = particles(50); // lives as long as the game
floats.fill(2, speeds, speeds + 100);

for (let frame = 1; frame <= 4; frame++) {
  const count = 50 * frame ** 2;
  const moved = particles(count);
  for (let n = 0; n < 2 * count; n++) floats[moved + n] = frame * (floats[speeds + (n % 100)] ?? 0);
  console.log(`frame ${frame}: ${count} particles, ${heap.stats().allocated} of ${heap.stats().size} bytes`);
  heap.free(moved * Float32Array.BYTES_PER_ELEMENT);
}
console.log(`at most ${heap.stats().maxAllocated} bytes at a time, in ${heap.pools.length} pools`);
console.log(`still held: ${heap.leaks().length} block, the speeds`);
