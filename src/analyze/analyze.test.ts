// Tests of holders, holes and pool advice.
import { describe, expect, it } from "vitest";
import { emptyRecord } from "../abi/record.ts";
import { bget } from "../heap/bget.ts";
import { bpool } from "../heap/bpool.ts";
import { brel } from "../heap/brel.ts";
import { createBget } from "../heap/fast/create_bget.ts";
import { walkPool } from "../heap/walk.ts";
import { holders } from "./holders.ts";
import { holesOf } from "./holes.ts";
import { knobOf, poolAdvice } from "./pool_advice.ts";

describe("holders", () => {
  it("adds up by site, the largest first, equal ones by name", () => {
    const blocks = [
      { size: 10, site: "b.c:1" },
      { size: 30, site: "a.c:2" },
      { size: 20, site: "b.c:1" },
    ];
    expect(holders(blocks)).toEqual([
      { site: "a.c:2", blocks: 1, bytes: 30 },
      { site: "b.c:1", blocks: 2, bytes: 30 },
    ]);
    expect(holders([])).toEqual([]);
  });
});

describe("holes", () => {
  it("counts free blocks, and what the largest still takes", () => {
    const heap = createBget(new Uint8Array(4096));
    bpool(heap, 0, 4096);
    const first = bget(heap, 0, 0, 1000);
    bget(heap, 0, 0, 1000);
    const holes = (): object => holesOf([walkPool(heap.memory, { at: 0, length: 4096 })], 16);
    expect(holes()).toEqual({ count: 1, free: 2032, largest: 2032, largestRequest: 2016 });
    brel(heap, first, false);
    expect(holes()).toEqual({ count: 2, free: 3056, largest: 2032, largestRequest: 2016 });
    expect(bget(heap, 0, 0, 2017)).toBe(0);
    expect(bget(heap, 0, 0, 2016)).toBeGreaterThan(0);
    expect(holesOf([], 16)).toEqual({ count: 0, free: 0, largest: 0, largestRequest: 0 });
  });
});

describe("the advice on a pool", () => {
  const pool = { ...emptyRecord(), size: 65536, maxAllocated: 40000, knob: "CFG_CORE_HEAP_SIZE" };
  it.each([
    ["no data", { size: 0 }, /No data/],
    [
      "a request larger than the pool",
      { failures: 1, biggestFailure: 2 ** 28 },
      /1 request failed.*Look at the caller/,
    ],
    [
      "a full pool behind an impossible request",
      { failures: 3000, biggestFailure: 2 ** 28, maxAllocated: 65000 },
      /3,000 requests failed, and its peak took 99 % of it: it is too small.*CFG_CORE_HEAP_SIZE/,
    ],
    [
      "a pool that was too small",
      { failures: 3, biggestFailure: 6000, biggestFailureUsed: 60000 },
      /3 requests failed; the largest lacked at least 464 bytes; CFG_CORE_HEAP_SIZE/,
    ],
    [
      "fragmentation",
      { failures: 1, biggestFailure: 800, biggestFailureUsed: 50000 },
      /with 15,536 free, but in pieces/,
    ],
    [
      "a full pool, whose last bytes are headers and the end mark",
      { failures: 1, biggestFailure: 18, biggestFailureUsed: 65536 - 48 },
      /the largest asked for 18 bytes with 48 free, hardly enough with its headers .*; CFG_CORE_HEAP_SIZE sets/,
    ],
    [
      "the least that can be in pieces",
      { failures: 1, biggestFailure: 18, biggestFailureUsed: 65536 - 64 },
      /with 64 free, but in pieces/,
    ],
    [
      "the request of the self test alone",
      { name: "Heap", failures: 1, biggestFailure: 2 ** 28 },
      /^No request failed but that of OP-TEE's self test.* Its peak took 61 % of it\.$/,
    ],
    [
      "requests that the self test's hides",
      { name: "Heap", failures: 3, biggestFailure: 2 ** 28 },
      /^3 requests failed; the largest, 268,435,456 bytes, is that of OP-TEE's self test .* do not show the others/,
    ],
    [
      "a full pool in which the self test ran",
      { name: "Heap", failures: 3, biggestFailure: 2 ** 28, maxAllocated: 65000 },
      /too small for this load; CFG_CORE_HEAP_SIZE sets its size\. \(The largest, .* is that of OP-TEE's self test/,
    ],
    ["256 MiB that a TA asked for", { name: "", failures: 1, biggestFailure: 2 ** 28 }, /Look at the caller/],
    ["a roomy pool that grows", { maxAllocated: 6000, growth: "Grows." }, /^Grows\. Its peak took 9 % of it\.$/],
    ["a peak near the end", { maxAllocated: 60000 }, /92 % of it.*next larger load may fail/],
    ["a roomy pool", { maxAllocated: 6000 }, /9 % of it: more than enough/],
    ["an unused pool", { maxAllocated: 0 }, /Not used/],
    ["all others", {}, /^Its peak took 61 % of it\.$/],
  ])("knows %s", (_name, change, text) => {
    expect(poolAdvice({ ...pool, ...change })).toMatch(text);
  });

  it("names the build option of each pool", () => {
    expect(["Heap", "KHeap", "Secure DDR", "Physical TA memory", "KHeap (disabled)"].map(knobOf)).toEqual([
      "CFG_CORE_HEAP_SIZE",
      "CFG_CORE_NEX_HEAP_SIZE",
      "CFG_TZDRAM_SIZE",
      "CFG_TZDRAM_SIZE",
      "",
    ]);
  });
});
