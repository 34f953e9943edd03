// Tests of turns.ts. test/shared_heap.test.ts has threads.
import { describe, expect, test } from "vitest";
import { createHeap } from "./create_heap.ts";
import { openHeap } from "./open_heap.ts";
import { createExclusive, inTurn } from "./turns.ts";

const lockOf = (): Int32Array => new Int32Array(new SharedArrayBuffer(8));

describe("a turn", () => {
  test("reads anew only what another changed, and nests", () => {
    const lock = lockOf();
    let reads = 0;
    const turn = createExclusive(lock, () => reads++);
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
    const turn = createExclusive(lock, () => {});
    const work = (): never => {
      throw new Error("no");
    };
    expect(() => turn(work)).toThrow("no");
    expect(lock[0]).toBe(0);
    expect(turn(() => 1)).toBe(1);
  });

  test("is not waited for without end", () => {
    const lock = lockOf();
    lock[0] = 1;
    // Each wait is over at once: another word than is waited for.
    const { wait } = Atomics;
    Atomics.wait = () => "not-equal";
    try {
      expect(() => inTurn(lock, () => 0)).toThrow("another thread has held the heap for 10 seconds; it may have ended");
    } finally {
      Atomics.wait = wait;
    }
  });
});

test("a heap without a lock says what to give", () => {
  const heap = createHeap({ size: 4096 });
  const message = "the heap has no lock: give lock, new Int32Array(new SharedArrayBuffer(8)), in every thread";
  expect(() => heap.exclusive(() => 0)).toThrow(new TypeError(message));
});

test.each([
  [5, "lock is 5: give new Int32Array(new SharedArrayBuffer(8))"],
  [new Int32Array(2), "lock has 2 words: give new Int32Array(new SharedArrayBuffer(8))"],
  [new Int32Array(new SharedArrayBuffer(4)), "lock has 1 words: give new Int32Array(new SharedArrayBuffer(8))"],
])("%s is no lock", (lock, message) => {
  expect(() => openHeap({ bytes: new Uint8Array(64), lock: lock as Int32Array })).toThrow(message);
});
