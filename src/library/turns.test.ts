// Tests of turns.ts. test/shared_heap.test.ts has threads.
import { afterEach, describe, expect, expectTypeOf, test, vi } from "vitest";
import { createHeap } from "./create_heap.ts";
import { openHeap } from "./open_heap.ts";
import { heapTurns, inTurn } from "./turns.ts";
import type { BlockView } from "./view.ts";

afterEach(() => vi.restoreAllMocks());

const lockOf = (): Int32Array => new Int32Array(new SharedArrayBuffer(8));

describe("a turn", () => {
  test("reads anew only what another changed, and nests", () => {
    const lock = lockOf();
    let reads = 0;
    const { run: turn } = heapTurns(lock, () => reads++);
    expect(turn(() => turn(() => 5))).toBe(5);
    turn(() => 0);
    expect(reads).toBe(0);
    inTurn(lock, () => 0);
    turn(() => 0);
    expect(reads).toBe(1);
    expect(lock[0]).toBe(0);
  });

  test("ends where the work throws", () => {
    const lock = lockOf();
    const { run: turn } = heapTurns(lock, () => {});
    const work = (): never => {
      throw new Error("no");
    };
    expect(() => turn(work)).toThrow("no");
    expect(lock[0]).toBe(0);
    expect(turn(() => 1)).toBe(1);
  });

  test("is waited for as long as was asked, 10 seconds by default", () => {
    const lock = lockOf();
    lock[0] = 1;
    let now = 0;
    const waits: number[] = [];
    vi.spyOn(Date, "now").mockImplementation(() => now);
    vi.spyOn(Atomics, "wait").mockImplementation((_lock, _at, _value, milliseconds = 0) => {
      // Woken for nothing, as where another thread was faster.
      now += waits.length % 2 === 0 ? 0 : milliseconds;
      waits.push(milliseconds);
      return "ok";
    });
    const { run } = heapTurns(lock, () => {});
    const advice = "try again; if it has ended, set lock[0] to 0 and look at check()";
    const error = (message: string) => expect.objectContaining({ name: "TimeoutError", message });
    expect(() => run(() => 0)).toThrow(error(`another thread has had the heap for 10 seconds: ${advice}`));
    expect([now, waits.length]).toEqual([10_000, 200]);
    expect(() => run(() => 0, { timeout: 150 })).toThrow(
      error(`another thread has had the heap for 0.15 seconds: ${advice}`),
    );
    expect([now, ...waits.slice(200)]).toEqual([10_150, 100, 100, 50, 50]);
    expect(() => run(() => 0, { timeout: 0 })).toThrow(error(`another thread has the heap: ${advice}`));
    expect(waits).toHaveLength(204);
    lock[0] = 0;
    expect(run(() => 5, { timeout: 0 })).toBe(5);
  });
});

describe("work that is async", () => {
  const heap = createHeap({ bytes: new SharedArrayBuffer(4096), lock: lockOf() });

  test("does not compile, and is refused before it runs", () => {
    let ran = 0;
    // @ts-expect-error: a promise
    expect(() => heap.exclusive(async () => ran++)).toThrow(TypeError);
    expect(ran).toBe(0);
    // @ts-expect-error: a promise
    expect(() => heap.exclusive(() => Promise.resolve(5))).toThrow(
      "work is async, and the turn would end before it does: await before or behind exclusive: it returned a promise",
    );
  });

  test("is no other work", () => {
    expect(heap.exclusive(() => heap.malloc(10))).toBeGreaterThan(0);
    expect(heap.exclusive(() => ({ at: heap.malloc(10) })).at).toBeGreaterThan(0);
    expect(heap.exclusive(() => null)).toBeNull();
    expectTypeOf(heap.exclusive(() => 5)).toEqualTypeOf<number>();
    expectTypeOf(heap.exclusive(() => heap.allocate(Uint8Array, 1))).toEqualTypeOf<BlockView<
      Uint8Array<SharedArrayBuffer>
    > | null>();
  });
});

test("a heap with a lock is changed in exclusive alone", () => {
  const heap = createHeap({ bytes: new SharedArrayBuffer(4096, { maxByteLength: 8192 }), lock: lockOf() });
  const view = heap.exclusive(() => heap.allocate(Uint8Array, 16)) ?? expect.fail("full");
  const message = "this heap has a lock: allocate and free in heap.exclusive(() => …)";
  for (const work of [
    () => heap.malloc(1),
    () => heap.calloc(1, 1),
    () => heap.realloc(view.pointer, 20),
    () => heap.memalign(64, 1),
    () => heap.allocate(Uint8Array, 1),
    () => heap.free(view.pointer),
    () => heap.freeWipe(view.pointer),
    () => view.free(),
    () => heap.grow(100),
    () => heap.reset(),
    () => heap.refresh(),
  ])
    expect(work).toThrow(new Error(message));
  view.array.fill(1);
  expect(heap.exclusive(() => heap.leaks())).toHaveLength(1);
  expect(heap.check()).toEqual([]);
});

describe("wrong arguments of exclusive", () => {
  const heap = createHeap({ bytes: new SharedArrayBuffer(4096), lock: lockOf() });
  const work = (): number => 0;
  test.each<[unknown[], string]>([
    [[5], "TypeError: work is 5: give a function"],
    [[], "TypeError: work is undefined: give a function"],
    [[work, 5], "TypeError: options is 5: give an object such as { timeout: … }"],
    [[work, { timeout: "1" }], 'TypeError: timeout is "1": give a number of milliseconds'],
    [[work, { timeout: -1 }], "RangeError: timeout is -1: give milliseconds, 0 or more"],
    [[work, { timeout: Number.NaN }], "RangeError: timeout is NaN: give milliseconds, 0 or more"],
    [[work, { time: 5 }], 'TypeError: exclusive has no option "time": did you mean timeout?'],
  ])("%j", (given, said) => {
    const [name, message] = [said.split(":")[0], said.slice(said.indexOf(" ") + 1)];
    expect(() => Reflect.apply(heap.exclusive, heap, given)).toThrow(expect.objectContaining({ name, message }));
  });
});

test("a heap without a lock says what to give", () => {
  const heap = createHeap({ size: 4096 });
  const message = "the heap has no lock: give lock, new Int32Array(new SharedArrayBuffer(8)), in every thread";
  expect(() => heap.exclusive(() => 0)).toThrow(new TypeError(message));
});

test.each([
  [5, "lock is 5: give new Int32Array(new SharedArrayBuffer(8))"],
  [new Int32Array(2), "lock lies in a buffer that threads cannot share: give new Int32Array(new SharedArrayBuffer(8))"],
  [
    new Int32Array(new SharedArrayBuffer(4)),
    "lock has 1 words, and takes 2: give new Int32Array(new SharedArrayBuffer(8))",
  ],
])("%s is no lock", (lock, message) => {
  expect(() => openHeap({ bytes: new Uint8Array(64), lock: lock as Int32Array })).toThrow(message);
});
