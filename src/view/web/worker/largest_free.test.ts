// The largest free block is what is left between live blocks, at moments of the range alone.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { bytesOf } from "../../../../test/support/recordings.ts";
import { importRecording } from "../../../recording/import_recording.ts";
import { openIndexed } from "../../../recording/indexed/open_indexed.ts";
import { bytesInMemory } from "../../../recording/indexed/range_bytes.ts";
import { largestFree } from "./largest_free.ts";

const WORK = { signal: new AbortController().signal, progress: () => {} };
const TRACE = new URL("../../../../data/optee-4.0.0/ta-484d4143-2d53-4841-3120-4a6f636b6542.trace.gz", import.meta.url);

async function opened() {
  const read = await importRecording(new Uint8Array(gunzipSync(readFileSync(TRACE))), "ta.trace");
  if (!read.ok) throw new Error(read.error);
  const indexed = await openIndexed(bytesInMemory(await bytesOf(read.value)));
  if (!indexed.ok) throw new Error(indexed.error);
  return indexed.value;
}

test("free and used bytes are the pool: where one block is free, it is what is not allocated", async () => {
  const recording = await opened();
  const heap = recording.heaps[0];
  if (heap === undefined) throw new Error("no heap");
  const found = await largestFree(recording, { heap: 0, from: heap.to, to: heap.to }, 1, WORK);
  if (!found.ok) throw new Error(found.error);
  expect(found.value.times).toEqual([heap.to]);
  // The header that ends a pool belongs to no block.
  const free = heap.poolSize - heap.allocated;
  expect(found.value.bytes[0]).toBeLessThanOrEqual(free);
  expect(found.value.bytes[0]).toBeGreaterThan(free / 2);
});

test("moments before and behind the heap's life are left out", async () => {
  const recording = await opened();
  const { from = 0, to = 0 } = recording.heaps[0] ?? {};
  const found = await largestFree(recording, { heap: 0, from: 2 * from - to, to: 2 * to - from }, 10, WORK);
  if (!found.ok) throw new Error(found.error);
  for (const time of found.value.times) expect(time >= from && time <= to).toBe(true);
  expect(found.value.times.length).toBeLessThan(10);
});

test("counters do not tell", async () => {
  const recording = { heaps: [{ kind: "samples" }] } as never;
  expect(await largestFree(recording, { heap: 0, from: 0, to: 1 }, 1, WORK)).toMatchObject({ ok: false });
});
