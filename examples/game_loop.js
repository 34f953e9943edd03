// @ts-check
// A game loop without garbage: each frame takes its blocks from one heap and gives all back; the heap grows if one is short.
import { createHeap } from "teemem";

const heap = createHeap({ size: 4096, maxSize: 65536, word: 4 });

/** Takes room for so many particles; where nothing fits, the heap grows once. @param {number} count */
function particles(count) {
  const bytes = 2 * count * Float32Array.BYTES_PER_ELEMENT;
  const pointer = heap.malloc(bytes) || (heap.grow(bytes) && heap.malloc(bytes)) || 0;
  if (pointer === 0) throw new Error(`no room for ${count} particles`);
  return heap.view(pointer, Float32Array, 2 * count);
}

const speeds = particles(50); // lives as long as the game
speeds.array.fill(2);

for (let frame = 1; frame <= 4; frame++) {
  const moved = particles(50 * frame ** 2);
  const { array } = moved; // one look-up a frame; after growth, ask anew
  for (let n = 0; n < array.length; n++) array[n] = frame * (speeds.array[n % speeds.length] ?? 0);
  console.log(`frame ${frame}: ${moved.length / 2} particles, ${heap.stats().allocated} of ${heap.stats().size} bytes`);
  moved.free();
}
console.log(`at most ${heap.stats().maxAllocated} bytes at a time, in ${heap.pools.length} pools`);
console.log(`still held: ${heap.leaks().length} block, the speeds`);
