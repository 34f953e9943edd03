// One heap in several threads. The workers run the built package.
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { createHeap } from "../src/library/create_heap.ts";

test("threads that allocate and free whenever they like leave a sound heap", async () => {
  const bytes = new SharedArrayBuffer(65536, { maxByteLength: 2 ** 20 });
  const lock = new Int32Array(new SharedArrayBuffer(8));
  const heap = createHeap({ bytes, lock, leakHeaders: true });
  const url = new URL("../dist/library/index.js", import.meta.url).href;
  const program = `
    const { workerData } = require("node:worker_threads");
    import(${JSON.stringify(url)}).then(({ openHeap }) => {
      const { value: heap } = openHeap({ bytes: workerData.bytes, lock: workerData.lock, files: workerData.files });
      const live = [];
      for (let n = 0; n < 800; n++) heap.exclusive(() => {
        if (live.length > 20) heap.free(live.shift());
        const size = 16 + (n * 37) % 900;
        const pointer = heap.malloc(size, "worker.js", n) || (heap.grow(size) && heap.malloc(size, "worker.js", n));
        heap.view(pointer, Uint8Array, size).array.fill(workerData.number);
        live.push(pointer);
      });
    });`;
  const workers = [1, 2, 3].map(
    (number) => new Worker(program, { eval: true, workerData: { bytes, lock, number, files: heap.files } }),
  );
  expect(await Promise.all(workers.map((worker) => once(worker, "exit")))).toEqual([[0], [0], [0]]);
  const left = heap.exclusive(() => heap.leaks());
  expect(heap.check()).toEqual([]);
  expect(left).toHaveLength(63);
  for (const { at, size } of left) {
    const { array } = heap.view(at, Uint8Array, size);
    expect(new Set(array).size).toBe(1);
    expect([1, 2, 3]).toContain(array[0]);
  }
});
