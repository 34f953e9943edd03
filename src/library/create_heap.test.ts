// Tests of createHeap's options.
import { describe, expect, expectTypeOf, test } from "vitest";
import { createHeap, type NewHeap } from "./create_heap.ts";
import { openHeap } from "./open_heap.ts";

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

test("the types say what a view lies over", () => {
  const shared = createHeap({ bytes: new SharedArrayBuffer(4096) });
  const own = createHeap({ size: 4096 });
  const part = createHeap({ bytes: new Uint8Array(4096), word: 4 });
  const either = createHeap({ memory: new WebAssembly.Memory({ initial: 1 }) });
  const view = shared.allocate(Uint8Array, 16);
  expectTypeOf<NonNullable<typeof view>["array"]>().toEqualTypeOf<Uint8Array<SharedArrayBuffer>>();
  expectTypeOf<typeof shared.bytes>().toEqualTypeOf<Uint8Array<SharedArrayBuffer>>();
  expectTypeOf<typeof own.bytes>().toEqualTypeOf<Uint8Array<ArrayBuffer>>();
  expectTypeOf<typeof part.bytes>().toEqualTypeOf<Uint8Array<ArrayBuffer>>();
  expectTypeOf<typeof either.bytes>().toEqualTypeOf<Uint8Array<ArrayBufferLike>>();
  expect(shared.bytes.buffer).toBeInstanceOf(SharedArrayBuffer);
});

test("what is no heap does not compile", () => {
  const bytes = new Uint8Array(4096);
  // @ts-expect-error: none of size, bytes and memory
  expect(() => createHeap({})).toThrow(TypeError);
  // @ts-expect-error: two of them
  expect(() => createHeap({ size: 4096, bytes })).toThrow(TypeError);
  // @ts-expect-error: maxSize is of a new buffer
  expect(() => createHeap({ bytes, maxSize: 8192 })).toThrow(TypeError);
  // @ts-expect-error: an option that there is not
  expect(() => createHeap({ size: 4096, sise: 1 })).toThrow(TypeError);
  // @ts-expect-error: none of bytes and memory
  expect(() => openHeap({ from: 16 })).toThrow(TypeError);
});

describe("an error says what is wrong and what to give", () => {
  const bytes = new Uint8Array(4096);
  const gone = new ArrayBuffer(4096);
  structuredClone(gone, { transfer: [gone] });
  test.each<[string, unknown, string]>([
    ["nothing", undefined, "TypeError: options is undefined: give an object such as { size: … }"],
    ["no place", {}, "TypeError: none given: a heap takes one of size, bytes and memory"],
    [
      "two places",
      { size: 4096, bytes },
      "TypeError: size and bytes given: a heap takes one of size, bytes and memory",
    ],
    ["size", { size: 0 }, "RangeError: size is 0: give a whole number, from 1024 to 2147483647"],
    ["size", { size: "4096" }, 'TypeError: size is "4096": give a whole number'],
    ["size", { size: null }, "TypeError: size is null: give a whole number"],
    ["size", { size: 1000 }, "RangeError: size is 1000: give a whole number, from 1024 to 2147483647"],
    [
      "maxSize",
      { size: 4096, maxSize: 100 },
      "RangeError: maxSize is 100: give a whole number, from 4096 to 2147483647",
    ],
    ["maxSize", { bytes, maxSize: 8192 }, "TypeError: maxSize given without size: only a new buffer takes it"],
    ["bytes", { bytes: [] }, "TypeError: bytes is an array: give a Uint8Array, an ArrayBuffer or a SharedArrayBuffer"],
    [
      "bytes",
      { bytes: new Float32Array(512) },
      "TypeError: bytes is a Float32Array: give a Uint8Array, an ArrayBuffer or a SharedArrayBuffer",
    ],
    ["bytes", { bytes: null }, "TypeError: bytes is null: give a Uint8Array, an ArrayBuffer or a SharedArrayBuffer"],
    ["bytes", { bytes: bytes.subarray(8) }, "RangeError: bytes begins at byte 8 of its buffer: give a multiple of 16"],
    [
      "bytes",
      { bytes: new Uint8Array(1000) },
      "RangeError: the heap has 1000 bytes from 0 to 1000: give at least 1024",
    ],
    [
      "a transferred buffer",
      { bytes: gone },
      "TypeError: the buffer is gone: it was transferred, or a WebAssembly.Memory grew; open the heap where the bytes are now, and of such a memory give memory, not its buffer",
    ],
    ["memory", { memory: 5 }, "TypeError: memory is 5: give a WebAssembly.Memory"],
    ["memory", { memory: null }, "TypeError: memory is null: give a WebAssembly.Memory"],
    ["memory", { memory: new Map() }, "TypeError: memory is a Map: give a WebAssembly.Memory"],
    ["to", { bytes, to: 5000 }, "RangeError: to is 5000: give a whole number, from 0 to 4096"],
    ["from", { bytes, from: 3000, to: 2000 }, "RangeError: from is 3000: give a whole number, from 0 to 2000"],
    ["word", { bytes, word: 2 }, "RangeError: word is 2: give 4 or 8"],
    ["fit", { bytes, fit: "worst" }, 'RangeError: fit is "worst": give "first" or "best"'],
    ["leakHeaders", { bytes, leakHeaders: 1 }, "TypeError: leakHeaders is 1: give true or false"],
    [
      "callSites",
      { bytes, leakHeaders: false, callSites: true },
      "TypeError: callSites is true and leakHeaders is false: call sites are kept in leak headers",
    ],
    ["base", { bytes, base: 8 }, "RangeError: base is 8: give a multiple of 16"],
    [
      "release",
      { bytes, release: "3.1" },
      'RangeError: release is "3.1": OP-TEE 3.1 is older than 4.0, the first release whose statistics are known here',
    ],
    [
      "release",
      { bytes, release: "4.99" },
      'RangeError: release is "4.99": OP-TEE 4.99 is later than 4.10, the last release that is known here: give "4.10"',
    ],
    ...[5, {}, Number.NaN, null].map((release): [string, unknown, string] => [
      "release",
      { bytes, release },
      `TypeError: release is ${typeof release === "object" && release !== null ? "an object" : release}: give a version such as "4.6", or a row of teemem/release`,
    ]),
    ...[null, 5, "abc"].map((files): [string, unknown, string] => [
      "files",
      { bytes, files },
      `TypeError: files is ${JSON.stringify(files)}: give names of source files, such as another heap's files`,
    ]),
    ["files", { bytes, files: ["a.ts", 5] }, "TypeError: files[1] is 5: give the name of a source file"],
    ["a typing error", { sise: 4096 }, 'TypeError: createHeap has no option "sise": did you mean size?'],
    [
      "letters",
      { bytes, leakheaders: true },
      'TypeError: createHeap has no option "leakheaders": did you mean leakHeaders?',
    ],
    [
      "an option of nobody",
      { bytes, xyz: 1 },
      'TypeError: createHeap has no option "xyz": it takes size, bytes, memory, maxSize, from, to, word, fit, leakHeaders, callSites, validate, release, core, base, files, lock',
    ],
  ])("%s", (_, options, said) => {
    const [name, message] = [said.split(":")[0], said.slice(said.indexOf(" ") + 1)];
    expect(() => createHeap(options as NewHeap)).toThrow(expect.objectContaining({ name, message }));
  });

  test("the leak headers of a heap that is opened", () => {
    expect(() => openHeap({ bytes, leakHeaders: true } as never)).toThrow('openHeap has no option "leakHeaders"');
  });
});

test("a resizable buffer that was made smaller is said so", () => {
  for (const [from, to] of [
    [0, 2048],
    [0, 0],
    [1024, 512],
  ] as const) {
    const buffer = new ArrayBuffer(4096, { maxByteLength: 8192 });
    const heap = createHeap({ bytes: new Uint8Array(buffer, from) });
    const pointer = heap.malloc(100);
    buffer.resize(to);
    const message = `the buffer has ${Math.max(0, to - from)} bytes and the heap ${4096 - from}: it was made smaller`;
    for (const work of [() => heap.malloc(1), () => heap.free(pointer), () => heap.check(), () => heap.bytes])
      expect(work).toThrow(new RangeError(message));
  }
});
