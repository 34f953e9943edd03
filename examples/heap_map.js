// @ts-check
// The allocator below malloc, with the headers of a 32-bit build: how first fit and best fit place the same requests.
import { bget, bpool, brel, bstats, checkHeap, createBget, walkPool } from "teemem/heap";

const SIZE = 1024;
const CHARACTER = 16;

for (const fit of /** @type {const} */ (["first", "best"])) {
  const heap = createBget(new Uint8Array(SIZE), { word: 4, fit });
  bpool(heap, 0, SIZE);
  const [a, , c] = [200, 40, 120, 40].map((size) => bget(heap, 0, 0, size));
  brel(heap, a ?? 0, false);
  brel(heap, c ?? 0, false);
  bget(heap, 0, 0, 100);

  // One character is 16 bytes: '#' allocated, '.' free.
  const pool = { at: 0, length: SIZE };
  const { blocks } = walkPool(heap.memory, pool);
  const map = blocks.map(({ size, free }) => `|${(free ? "." : "#").repeat(Math.round(size / CHARACTER))}`).join("");
  console.log(`${fit.padEnd(5)} ${map}|`);
  const { free, largestFree } = bstats(heap);
  console.log(`      ${free} bytes free, the largest block ${largestFree}, damage: ${checkHeap(heap, [pool]).length}`);
}
