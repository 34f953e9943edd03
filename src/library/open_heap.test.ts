// Tests of heaps that are opened from their bytes.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HeapPanic } from "../heap/panic.ts";
import type { ByteHeap } from "./byte_heap.ts";
import { createHeap } from "./create_heap.ts";
import { type ExistingHeap, openHeap } from "./open_heap.ts";

function opened(options: ExistingHeap): ByteHeap {
  const heap = openHeap(options);
  if (!heap.ok) throw new Error(heap.error);
  return heap.value;
}

const FORMS = ([8, 4] as const).flatMap((word) =>
  [false, true].flatMap((leakHeaders) =>
    ["4.0", "4.10"].flatMap((release) => [0, 1024].map((from) => ({ word, leakHeaders, release, from }))),
  ),
);

describe.each(FORMS)("words of $word, leak headers $leakHeaders, $release, from $from", ({ from, ...form }) => {
  const shared = () => new SharedArrayBuffer(8192, { maxByteLength: 32768 });

  test("two that look at the same bytes see the same, and take turns", () => {
    const bytes = shared();
    const one = createHeap({ bytes, from, ...form });
    const kept = one.malloc(100, "one.ts", 1);
    one.free(one.malloc(50, "one.ts", 2));
    const { leakHeaders: _, word: __, ...rest } = form;
    const other = opened({ bytes, from, files: one.files, ...rest });
    expect(other.context).toMatchObject({ leakHeaders: form.leakHeaders, table: one.context.table });
    expect(other.leaks()).toEqual(one.leaks());
    expect(other.stats()).toMatchObject({ allocated: one.stats().allocated, size: one.stats().size });
    for (let turn = 0; turn < 20; turn++) {
      const [active, idle] = turn % 2 === 0 ? [other, one] : [one, other];
      const pointer = active.malloc(200 + turn, "one.ts", 1);
      expect(pointer).toBeGreaterThan(0);
      if (turn % 5 === 4) active.grow(1000);
      idle.refresh();
      expect(idle.check()).toEqual([]);
      expect(idle.walk()).toEqual(active.walk());
      if (turn % 3 === 0) idle.free(pointer);
      active.refresh();
    }
    one.free(kept);
    other.refresh();
    expect(other.leaks().some(({ at }) => at === kept)).toBe(false);
  });

  test("the copy of a heap goes on as the heap does", () => {
    const one = createHeap({ size: 8192, from, files: ["a.ts", "b.ts"], ...form });
    const blocks = [100, 200, 300, 400, 500].map((size) => one.malloc(size, "a.ts", 1));
    for (const n of [1, 3]) one.free(blocks[n] ?? 0);
    const { leakHeaders: _, word: __, ...rest } = form;
    const copy = opened({ bytes: one.bytes.slice(), from, files: one.files, ...rest });
    for (const heap of [one, copy]) {
      heap.free(blocks[0] ?? 0);
      heap.malloc(150, "b.ts", 2);
      heap.memalign(128, 60, "b.ts", 3);
    }
    expect(copy.bytes).toEqual(one.bytes);
  });
});

test("what the bytes do not say is taken from the options", () => {
  const made = createHeap({ size: 4096, fit: "best", validate: true });
  const heap = opened({ bytes: made.bytes, fit: "best", validate: true });
  expect(heap.context).toMatchObject({ validate: true, heap: { bestFit: true, freeWipe: true } });
  const pointer = heap.malloc(100);
  heap.bytes.fill(1, pointer, pointer + 100);
  heap.free(pointer);
  expect(heap.check()).toEqual([]);
  heap.refresh();
  expect(heap.context).toMatchObject({ validate: true, heap: { bestFit: true, freeWipe: true } });
});

test("a heap whose pool table was written beyond its end is opened, and its checker says so", () => {
  const made = createHeap({ size: 4096, leakHeaders: true });
  made.bytes[made.context.table + 16] = 0;
  expect(opened({ bytes: made.bytes }).check()).toMatchObject([{ what: expect.stringContaining("footer is damaged") }]);
});

test("the heap of a real OP-TEE core is opened from its dump", () => {
  const bytes = gunzipSync(readFileSync(new URL("../../data/optee-4.0.0/core-heap.bin.gz", import.meta.url)));
  const heap = opened({ bytes: new Uint8Array(bytes) });
  const allocated = heap.walk().reduce((sum, { free, size }) => sum + (free ? 0 : size), 0);
  expect(heap.stats().allocated).toBe(allocated);
  expect(heap.check()).toEqual([]);
  const pointer = heap.malloc(64);
  expect(pointer).toBeGreaterThan(0);
  heap.free(pointer);
  expect(heap.check()).toEqual([]);
});

describe("whatever the bytes are, the answer is a result", () => {
  /** Opens the bytes, and looks at what was opened in all ways; what may be thrown then is a panic. */
  const look = (bytes: Uint8Array): boolean => {
    const heap = openHeap({ bytes });
    if (!heap.ok) {
      expect(heap.error).toMatch(/^[\w-]+ .{10}/);
      return false;
    }
    expect(heap.value.check()).toBeInstanceOf(Array);
    for (const work of [
      (h: ByteHeap) => h.walk(),
      (h: ByteHeap) => h.map(),
      (h: ByteHeap) => h.stats(),
      (h: ByteHeap) => h.leaks(),
      (h: ByteHeap) => h.refresh(),
      (h: ByteHeap) => h.malloc(24),
      (h: ByteHeap) => h.leaks().map(({ at }) => h.free(at)),
      (h: ByteHeap) => h.reset(),
    ])
      try {
        work(heap.value);
      } catch (error) {
        if (!(error instanceof HeapPanic)) throw error;
        expect(error.message).not.toMatch(/offset (-|\d{11})/);
      }
    return true;
  };

  test.each(FORMS.filter(({ from }) => from === 0))(
    "a bit is another: $word $leakHeaders $release",
    ({ from: _, ...form }) => {
      const made = createHeap({ size: 1024, ...form });
      const [first] = [made.malloc(8), made.malloc(100), made.malloc(40)];
      made.free(first);
      let opens = 0;
      for (let bit = 0; bit < 8 * 1024; bit++) {
        const bytes = made.bytes.slice();
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        if (look(bytes)) opens++;
      }
      expect(opens).toBeGreaterThan(4 * 1024);
      expect(opens).toBeLessThan(8 * 1024);
    },
  );

  test("bytes by chance, and by chance in a heap", () => {
    const made = createHeap({ size: 1024, leakHeaders: true });
    made.malloc(100);
    const word = fc.constantFrom(...[0, 1, 16, -16, 32, -48, 2 ** 31, 0x40000000, 0xadadadad, -1]);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void look(new Uint8Array(bytes))));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(255), word), { minLength: 1, maxLength: 6 }), (changes) => {
        const bytes = made.bytes.slice();
        for (const [at, value] of changes) new Int32Array(bytes.buffer)[at] = value;
        look(bytes);
      }),
    );
  });
});

test("links that lead nowhere are left to check", () => {
  const heap = createHeap({ size: 4096 });
  heap.malloc(100);
  // Both links of the first free block point to itself.
  const { base } = heap.context.heap.memory;
  new BigInt64Array(heap.bytes.buffer, 16, 2).fill(BigInt(base));
  heap.refresh();
  const copy = opened({ bytes: heap.bytes });
  expect([heap.check().length, copy.check().length]).toEqual([1, 1]);
});

describe("what is no heap is an error", () => {
  test.each<[string, (heap: ByteHeap) => ExistingHeap, RegExp]>([
    [
      "zeros",
      () => ({ bytes: new Uint8Array(4096) }),
      /^no heap of 64-bit words begins at 0: block 0: block size is 0$/,
    ],
    [
      "another place",
      (heap) => ({ bytes: heap.bytes, from: 128 }),
      /^no heap of 64-bit words begins at 128: block 128: /,
    ],
    ["another word", (heap) => ({ bytes: heap.bytes, word: 4 }), /^no heap of 32-bit words begins at 0: /],
    [
      "no pool table",
      (heap) => {
        const bytes = heap.bytes.slice();
        bytes.fill(0, heap.context.table, heap.context.table + 16);
        return { bytes };
      },
      /^the blocks from 0 to 4080 have no pool table: a heap has one in its first pool$/,
    ],
    [
      "links that lead away",
      (heap) => {
        const bytes = heap.bytes.slice();
        bytes[23] = 0x10;
        return { bytes };
      },
      /^free-list links point to 2 addresses outside the heap/,
    ],
  ])("%s", (_, change, message) => {
    const heap = createHeap({ size: 4096 });
    heap.malloc(100);
    const found = openHeap(change(heap));
    expect(found.ok ? "opened" : found.error).toMatch(message);
  });

  test("a wrong option is thrown, as createHeap does", () => {
    expect(() => openHeap({} as ExistingHeap)).toThrow("none given: a heap takes one of size, bytes and memory");
    expect(() => openHeap({ bytes: new Uint8Array(64), from: 65 })).toThrow(
      "from is 65: give a whole number, from 0 to 64",
    );
  });
});
