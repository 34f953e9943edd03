// Tests of createHeap's options.
import { describe, expect, test } from "vitest";
import { createHeap, type NewHeap } from "./create_heap.ts";

describe("a heap lies", () => {
  test.each<[string, NewHeap, object]>([
    ["in a new buffer", { size: 2048 }, { at: 0, length: 2048 }],
    ["in an ArrayBuffer", { bytes: new ArrayBuffer(2000) }, { at: 0, length: 2000 }],
    ["in a SharedArrayBuffer", { bytes: new SharedArrayBuffer(4096) }, { at: 0, length: 4096 }],
    ["in a part of a buffer", { bytes: new Uint8Array(new ArrayBuffer(4096), 1024, 2048) }, { at: 0, length: 2048 }],
    ["in a part of the bytes", { bytes: new Uint8Array(4096), from: 1001, to: 3001 }, { at: 1008, length: 1984 }],
    ["at another address", { size: 2048, base: 0 }, { at: 0, length: 2048 }],
  ])("%s", (_, options, pool) => {
    const heap = createHeap(options);
    expect(heap.pools).toEqual([pool]);
    const view = heap.allocate(Float64Array, 3);
    view?.array.set([1, 2, 3]);
    expect([...new Float64Array(heap.bytes.slice(view?.pointer, (view?.pointer ?? 0) + 24).buffer)]).toEqual([1, 2, 3]);
    expect(heap.check()).toEqual([]);
  });
});

test("a growable SharedArrayBuffer and a resizable ArrayBuffer grow in place", () => {
  for (const bytes of [
    new SharedArrayBuffer(2048, { maxByteLength: 8192 }),
    new ArrayBuffer(2048, { maxByteLength: 8192 }),
  ]) {
    const heap = createHeap({ bytes });
    expect(heap.grow(1000)).toMatchObject({ at: 2048 });
    expect(bytes.byteLength).toBeGreaterThan(3000);
    expect(heap.check()).toEqual([]);
  }
});

test("a release decides the layout of leak headers", () => {
  const lineOf = (release: string) => createHeap({ size: 4096, leakHeaders: true, release }).walk().at(-1)?.site;
  expect(lineOf("4.0")).toBe("lib/libutils/isoc/bget_malloc.c:935");
  expect(lineOf("4.10")).not.toBe(lineOf("4.0"));
});

describe("an error says what is wrong and what to give", () => {
  const bytes = new Uint8Array(4096);
  test.each<[unknown, string]>([
    [undefined, "TypeError: options is undefined: give an object such as { size: 65536 }"],
    [{}, "TypeError: none given: a heap takes one of size, bytes and memory"],
    [{ size: 4096, bytes }, "TypeError: size and bytes given: a heap takes one of size, bytes and memory"],
    [{ size: 0 }, "RangeError: size is 0: give a whole number, from 1 to 2147483647"],
    [{ size: "4096" }, 'TypeError: size is "4096": give a whole number'],
    [{ size: 1000 }, "RangeError: the heap has 1000 bytes from 0 to 1000: give at least 1024"],
    [{ size: 4096, maxSize: 100 }, "RangeError: maxSize is 100: give a whole number, from 4096 to 2147483647"],
    [{ bytes, maxSize: 8192 }, "TypeError: maxSize given without size: only a new buffer takes it"],
    [{ bytes: [] }, "TypeError: bytes is an array: give a Uint8Array, an ArrayBuffer or a SharedArrayBuffer"],
    [{ bytes: bytes.subarray(8) }, "RangeError: bytes begins at byte 8 of its buffer: give a multiple of 16"],
    [{ memory: 5 }, "TypeError: memory is 5: give a WebAssembly.Memory"],
    [{ bytes, to: 5000 }, "RangeError: to is 5000: give a whole number, from 0 to 4096"],
    [{ bytes, from: 3000, to: 2000 }, "RangeError: from is 3000: give a whole number, from 0 to 2000"],
    [{ bytes, word: 2 }, "RangeError: word is 2: give 4 or 8"],
    [{ bytes, fit: "worst" }, 'RangeError: fit is "worst": give "first" or "best"'],
    [{ bytes, leakHeaders: 1 }, "TypeError: leakHeaders is 1: give true or false"],
    [
      { bytes, leakHeaders: false, callSites: true },
      "TypeError: callSites is true and leakHeaders is false: call sites are kept in leak headers",
    ],
    [{ bytes, base: 8 }, "RangeError: base is 8: give a multiple of 16"],
    [
      { bytes, release: "3.1" },
      "RangeError: release: OP-TEE 3.1 is older than 4.0, the first release whose statistics are known here",
    ],
  ])("%j", (options, said) => {
    const [name, message] = [said.split(":")[0], said.slice(said.indexOf(" ") + 1)];
    expect(() => createHeap(options as NewHeap)).toThrow(expect.objectContaining({ name, message }));
  });
});
