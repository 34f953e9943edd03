// @ts-check
// Opens the raw memory of a board's heap: finds the pool by itself, adds up its blocks, and names what is damaged.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { inspectDump } from "teemem/analyze";

const bytes = gunzipSync(readFileSync(new URL("../data/optee-4.0.0/core-heap.bin.gz", import.meta.url)));

/** @param {string} title */
function show(title) {
  const heaps = inspectDump(bytes);
  if (!heaps.ok) throw new Error(heaps.error);
  for (const { word, base, pools, damage } of heaps.value) {
    console.log(`${title}: ${word * 8}-bit words, first byte at 0x${base.toString(16)}`);
    for (const { pool, blocks, lost } of pools) {
      const free = blocks.filter((block) => block.free);
      const bytesFree = free.reduce((sum, { size }) => sum + size, 0);
      console.log(
        `  pool of ${pool.length} bytes: ${blocks.length} blocks, ${free.length} free with ${bytesFree} bytes`,
      );
      for (const { at, length } of lost) console.log(`  unreadable: ${length} bytes from offset ${at}`);
    }
    for (const { at, before, what } of damage) console.log(`  damage at ${at}, behind the block at ${before}: ${what}`);
  }
  return heaps.value[0]?.pools[0]?.blocks ?? [];
}

const blocks = show("as it was");
// What an overrun of a live block does: it writes over the header behind it.
const victim = blocks.find(({ free, size }) => !free && size > 200);
if (victim === undefined) throw new Error("no block to overrun");
bytes.fill(0xa5, victim.at + victim.size, victim.at + victim.size + 8);
show("after an overrun");
