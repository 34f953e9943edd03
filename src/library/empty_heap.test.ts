// Tests of reset.
import { expect, test } from "vitest";
import { finderOf } from "../heap/fast/finder.ts";
import { HeapPanic } from "../heap/panic.ts";
import type { ByteHeap } from "./byte_heap.ts";
import { createHeap } from "./create_heap.ts";
import { openHeap } from "./open_heap.ts";

const FORMS = ([8, 4] as const).flatMap((word) =>
  (["first", "best"] as const).flatMap((fit) =>
    [false, true].flatMap((leakHeaders) => [false, true].map((validate) => ({ word, fit, leakHeaders, validate }))),
  ),
);

/** Takes and frees some blocks; what every step returned. */
function work(heap: ByteHeap, from = 0): number[] {
  const live: number[] = [];
  return Array.from({ length: 120 }, (_, n) => {
    const step = n + from;
    if (step % 3 === 2) heap.free(live.splice(step % live.length, 1)[0] ?? 0);
    const pointer = heap.malloc(1 + ((step * 37) % 300), "a.ts", n);
    if (pointer !== 0) live.push(pointer);
    return pointer;
  });
}

test.each(FORMS)("a heap that was reset goes on as a new one: $word $fit $leakHeaders $validate", (form) => {
  const make = (): ByteHeap => {
    const heap = createHeap({ size: 4096, maxSize: 65536, ...form });
    heap.grow(5000);
    return heap;
  };
  const [used, fresh] = [make(), make()];
  work(used, 7);
  const { maxAllocated, failures } = used.stats();
  const views = used.leaks().map(({ at }) => used.view(at, Uint8Array));
  used.reset();
  expect(used.check()).toEqual([]);
  expect(used.leaks()).toEqual([]);
  expect(used.pools).toEqual(fresh.pools);
  expect(used.stats()).toEqual({ ...fresh.stats(), ...used.stats(), allocated: fresh.stats().allocated });
  expect(used.stats()).toMatchObject({ maxAllocated, failures, free: fresh.stats().free });
  expect(views.length).toBeGreaterThan(5);
  for (const view of views) {
    expect(view.freed).toBe(true);
    view.free();
    expect(() => view.array).toThrow("view: the heap was reset");
  }
  expect(work(used)).toEqual(work(fresh));
  expect(used.walk()).toEqual(fresh.walk());
  expect(used.check()).toEqual([]);
});

test("a long free list with an index is forgotten", () => {
  const make = (): ByteHeap => createHeap({ size: 2 ** 20, fit: "best" });
  const fill = (heap: ByteHeap): number[] => {
    const blocks = Array.from({ length: 4000 }, (_, n) => heap.malloc(16 + ((n * 53) % 200)));
    for (let n = 0; n < blocks.length; n += 2) heap.free(blocks[n] ?? 0);
    return [...blocks, ...Array.from({ length: 3000 }, (_, n) => heap.malloc(20 + ((n * 31) % 190)))];
  };
  const [used, fresh] = [make(), make()];
  fill(used);
  expect(finderOf(used.context.heap)?.index).not.toBeNull();
  used.reset();
  expect(finderOf(used.context.heap)?.index).toBeNull();
  expect(fill(used)).toEqual(fill(fresh));
  expect(used.check()).toEqual([]);
});

test("others see a reset after refresh", () => {
  const bytes = new SharedArrayBuffer(8192);
  const heap = createHeap({ bytes });
  const other = openHeap({ bytes });
  if (!other.ok) throw new Error(other.error);
  work(heap);
  heap.reset();
  other.value.refresh();
  expect(other.value.stats().allocated).toBe(heap.stats().allocated);
  expect(other.value.check()).toEqual([]);
});

test("a damaged pool table is a panic, and nothing is changed", () => {
  const heap = createHeap({ size: 4096 });
  heap.malloc(100);
  heap.bytes.fill(0xff, heap.context.table, heap.context.table + 16);
  const before = heap.bytes.slice();
  expect(() => heap.reset()).toThrow(HeapPanic);
  expect(heap.bytes).toEqual(before);
});

test("a listener is told of no pools", () => {
  const heap = createHeap({ size: 4096 });
  const operations: string[] = [];
  heap.context.listener = (op) => operations.push(op);
  heap.malloc(5);
  heap.reset();
  heap.malloc(5);
  expect(operations).toEqual(["M", "M"]);
});
