// @ts-check
// OP-TEE's allocator over an ArrayBuffer: counters, leak headers with file and line, a checker, and a panic that names the block.
import { HeapPanic } from "teemem/heap";
import { addPool, checkContext, createContext, free, getStats, leakLine, liveBlocks, malloc } from "teemem/malloc";

const SIZE = 16384;
const ctx = createContext(new Uint8Array(SIZE), { word: 8, fit: "first", leakHeaders: true });
addPool(ctx, 0, SIZE);

// A pointer is an offset into the bytes, and 0 is NULL.
const key = malloc(ctx, 256, "ta/key.c", 12);
const buffer = malloc(ctx, 4096, "ta/entry.c", 42);
const tooLarge = malloc(ctx, 20000, "ta/entry.c", 57);
free(ctx, buffer, "ta/entry.c", 49);
console.log("pointers", { key, buffer, tooLarge });
console.log("counters", getStats(ctx));

console.log("still there:");
for (const block of liveBlocks(ctx)) console.log(`  ${leakLine(block)}`);
console.log(`damage: ${checkContext(ctx).length}`);

// C would panic here, too: nobody can go on with a damaged heap.
try {
  free(ctx, key);
  free(ctx, key);
} catch (error) {
  if (!(error instanceof HeapPanic)) throw error;
  console.log(`panic: ${error.message}`);
}
