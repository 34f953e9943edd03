// @ts-check
// One heap in two threads: a worker opens it from the shared bytes and hands back what it allocated. They take turns.
import { once } from "node:events";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { createHeap, openHeap } from "teemem";

if (isMainThread) {
  const bytes = new SharedArrayBuffer(65536);
  const heap = createHeap({ bytes, leakHeaders: true });
  const numbers = heap.allocate(Float64Array, 8, "main.js", 1);
  numbers?.array.set([1, 2, 3, 4, 5, 6, 7, 8]);

  const worker = new Worker(new URL(import.meta.url), {
    workerData: { bytes, files: heap.files, numbers: numbers?.pointer },
  });
  const [squares] = await once(worker, "message");
  heap.refresh(); // the worker changed the heap: read its state anew
  console.log(`squares: ${heap.view(squares, Float64Array, 8).array.join(" ")}`);
  heap.free(squares);
  numbers?.free();
  console.log(`left: ${heap.leaks().length}, damage: ${heap.check().length}`);
} else {
  const { bytes, files, numbers } = workerData;
  const heap = openHeap({ bytes, files });
  if (!heap.ok) throw new Error(heap.error);
  const { array } = heap.value.view(numbers, Float64Array, 8);
  const squares = heap.value.allocate(Float64Array, 8, "worker.js", 2);
  squares?.array.set(array.map((number) => number * number));
  console.log("in the worker:", heap.value.leaks());
  parentPort?.postMessage(squares?.pointer);
}
