// @ts-check
// One heap in two threads: a worker opens it from the shared bytes, and both allocate and free when they like.
import { once } from "node:events";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { createHeap, openHeap } from "teemem";

if (isMainThread) {
  const bytes = new SharedArrayBuffer(65536);
  const lock = new Int32Array(new SharedArrayBuffer(8)); // by which the threads take turns
  const heap = createHeap({ bytes, lock, leakHeaders: true, files: ["main.js", "worker.js"] });
  const numbers = heap.exclusive(() => heap.allocate(Float64Array, 8, "main.js", 1));
  numbers?.array.set([1, 2, 3, 4, 5, 6, 7, 8]);

  const worker = new Worker(new URL(import.meta.url), {
    workerData: { bytes, lock, files: heap.files, numbers: numbers?.pointer },
  });
  const [squares] = await once(worker, "message");
  heap.exclusive(() => {
    console.log("blocks:", heap.leaks());
    console.log(`squares: ${heap.view(squares, Float64Array, 8).array.join(" ")}`);
    heap.free(squares);
    numbers?.free();
    console.log(`left: ${heap.leaks().length}, damage: ${heap.check().length}`);
  });
} else {
  const { bytes, lock, files, numbers } = workerData;
  const opened = openHeap({ bytes, lock, files });
  if (!opened.ok) throw new Error(opened.error);
  const heap = opened.value;
  const squares = heap.exclusive(() => heap.allocate(Float64Array, 8, "worker.js", 2));
  const { array } = heap.view(numbers, Float64Array, 8); // payloads need no turn
  squares?.array.set(array.map((number) => number * number));
  parentPort?.postMessage(squares?.pointer);
}
