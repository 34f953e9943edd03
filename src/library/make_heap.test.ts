// Tests of the heap as one object: requests, views, what it shows, growth.
import { describe, expect, expectTypeOf, test } from "vitest";
import { HeapPanic } from "../heap/panic.ts";
import { addPool } from "../malloc/add_pool.ts";
import { describeDamage } from "../malloc/check.ts";
import { createContext } from "../malloc/context.ts";
import { leakLine } from "../malloc/foreach.ts";
import * as layer from "../malloc/malloc.ts";
import { getStats } from "../malloc/stats.ts";
import type { ByteHeap } from "./byte_heap.ts";
import { createHeap } from "./create_heap.ts";
import type { HeapSettings } from "./settings.ts";

const FORMS = ([8, 4] as const).flatMap((word) =>
  (["first", "best"] as const).flatMap((fit) => [false, true].map((leakHeaders) => ({ word, fit, leakHeaders }))),
);

describe.each(FORMS)("words of $word bytes, $fit fit, leak headers $leakHeaders", (form) => {
  test("does what the functions of teemem/malloc do, byte for byte", () => {
    const heap = createHeap({ size: 32768, ...form });
    const ctx = createContext(new Uint8Array(32768), form);
    addPool(ctx, 0, 32768);
    const live: number[] = [];
    let random = 1;
    for (let step = 0; step < 600; step++) {
      random = (random * 48271) % 0x7fffffff;
      const size = random % 700;
      const block = live.length > 0 && random % 3 === 0 ? live.splice(random % live.length, 1)[0] : undefined;
      if (block !== undefined) {
        heap.free(block);
        layer.free(ctx, block);
        continue;
      }
      const [mine, theirs] =
        [
          [heap.malloc(size, "a.ts", 1), layer.malloc(ctx, size, "a.ts", 1)],
          [heap.calloc(3, size, "b.ts", 2), layer.calloc(ctx, 3, size, "b.ts", 2)],
          [heap.memalign(64, size, "c.ts", 3), layer.memalign(ctx, 64, size, "c.ts", 3)],
        ][random % 3 === 1 ? 0 : random % 2 === 0 ? 1 : 2]?.slice() ?? [];
      expect(mine).toBe(theirs);
      if (mine) live.push(mine);
      // The other two of the three above were made as well; both heaps let go of what is not kept.
      for (const { at } of heap.leaks().filter(({ at }) => !live.includes(at))) {
        heap.free(at);
        layer.free(ctx, at);
      }
    }
    expect(heap.bytes).toEqual(ctx.heap.memory.bytes);
    expect(heap.stats()).toMatchObject(getStats(ctx));
    expect(heap.stats().failures).toBeGreaterThan(0);
    expect(heap.check()).toEqual([]);
  });

  test("calloc and allocate zero, realloc keeps, memalign aligns", () => {
    const heap = createHeap({ size: 8192, ...form });
    heap.bytes.fill(0xaa, 256, 2048);
    const copy = createHeap({ bytes: new Uint8Array(8192).fill(0xaa), ...form });
    const zeroed = copy.calloc(10, 10);
    expect(copy.view(zeroed, Uint8Array, 100).array).toEqual(new Uint8Array(100));
    const floats = copy.allocate(Float32Array, 9);
    expect(floats?.array).toEqual(new Float32Array(9));
    copy.view(zeroed, Uint8Array, 100).array.fill(7);
    const moved = copy.realloc(zeroed, 200);
    expect([...copy.view(moved, Uint8Array, 100).array]).toEqual(new Array(100).fill(7));
    expect(copy.memalign(256, 10) % 256).toBe(0);
    expect(copy.check()).toEqual([]);
  });

  test("a heap grows in its buffer, and nothing is lost", () => {
    const heap = createHeap({ size: 2048, maxSize: 8192, ...form });
    const first = heap.malloc(600, "first.ts", 1);
    const view = heap.view(first, Uint8Array, 600);
    view.array.fill(9);
    expect(heap.malloc(1900)).toBe(0);
    expect(heap.grow(4000)).toMatchObject({ at: 2048 });
    const second = heap.malloc(3900);
    expect(second).toBeGreaterThan(2048);
    expect([...view.array]).toEqual(new Array(600).fill(9));
    expect(heap.pools).toHaveLength(2);
    expect(heap.check()).toEqual([]);
    heap.free(first);
    heap.free(second);
    expect(heap.leaks()).toEqual([]);
    expect(heap.grow(4000)).toBeNull();
    expect(heap.check()).toEqual([]);
  });
});

test.each(FORMS)(
  "a full heap has room for what it grew by: words of $word, $fit fit, leak headers $leakHeaders",
  (form) => {
    for (let bytes = 1; bytes < 300; bytes += 7) {
      const heap = createHeap({ size: 1024 + (bytes % 16), maxSize: 100_000, ...form });
      for (let pools = 2; pools < 6; pools++) {
        while (heap.malloc(1) !== 0);
        expect(heap.grow(bytes)).not.toBeNull();
        expect(heap.malloc(bytes)).toBeGreaterThan(0);
        expect(heap.pools).toHaveLength(pools);
      }
      expect(heap.check()).toEqual([]);
    }
  },
);

describe("a memory of WebAssembly", () => {
  test("is taken from its end, and followed when somebody else grows it", () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 4 });
    const heap = createHeap({ memory });
    expect(heap.pools).toEqual([{ at: 65536, length: 65536 }]);
    const view = heap.allocate(Uint32Array, 4);
    view?.array.set([1, 2, 3, 4]);
    const before = view?.array;
    memory.grow(1);
    expect(before).toHaveLength(0);
    expect([...(view?.array ?? [])]).toEqual([1, 2, 3, 4]);
    expect(view?.array.buffer).toBe(memory.buffer);
    // The page that somebody else grew is not the heap's.
    expect(heap.grow(70_000)).toBeNull();
    expect(heap.grow(100)).toEqual({ at: 3 * 65536, length: 65536 });
    expect(heap.malloc(60_000)).toBeGreaterThan(0);
    expect(heap.check()).toEqual([]);
    expect(heap.grow(1)).toBeNull();
  });

  test("is taken from an offset on", () => {
    const heap = createHeap({ memory: new WebAssembly.Memory({ initial: 1 }), from: 1000, to: 9000, word: 4 });
    expect(heap.pools).toEqual([{ at: 1000, length: 8000 }]);
  });

  test("is refused where it has no page left, and none is named", () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
    expect(() => createHeap({ memory })).toThrow(
      "memory is at its maximum: give from, or a memory that can grow by a page",
    );
  });
});

describe("a view", () => {
  const heapOf = (more: HeapSettings = {}) => createHeap({ size: 8192, ...more });

  test("refuses a block that was freed, moved, or taken by another", () => {
    const heap = heapOf();
    const freed = heap.view(heap.malloc(64), Uint8Array);
    freed.free();
    freed.free();
    expect(freed.freed).toBe(true);
    expect(() => freed.array).toThrow(
      `view: the block was freed (at offset ${freed.pointer}): pointer ${freed.pointer} (address 0x`,
    );
    const again = heap.malloc(64);
    expect(again).toBe(freed.pointer);
    expect(() => freed.array).toThrow("the block was freed");
    const moved = heap.view(again, Uint8Array);
    heap.realloc(again, 100);
    expect(() => moved.array).toThrow("the block was moved");
    const behind = heap.view(heap.malloc(32), Uint8Array);
    // With an allocated block before it, the header stays where it is.
    heap.malloc(32);
    layer.free(heap.context, behind.pointer);
    expect(behind.freed).toBe(false);
    expect(() => behind.array).toThrow(HeapPanic);
  });

  test("keeps its array until the buffer is another, and survives a realloc that failed", () => {
    const heap = heapOf();
    const view = heap.view(heap.malloc(64), Uint16Array);
    expect(view.array).toBe(view.array);
    expect(heap.realloc(view.pointer, 100_000)).toBe(0);
    expect([view.freed, view.length, view.array.length]).toEqual([false, 32, 32]);
  });

  test("frees its block at the end of a scope", () => {
    const heap = heapOf({ leakHeaders: true });
    {
      using view = heap.allocate(Float64Array, 10, "scope.ts", 5) ?? expect.fail("full");
      expect(heap.leaks()).toEqual([{ at: view.pointer, size: 80, file: "scope.ts", line: 5 }]);
    }
    expect(heap.leaks()).toEqual([]);
  });

  test("has what was asked for with leak headers, and what the block holds without", () => {
    for (const [leakHeaders, bytes] of [
      [true, 50],
      [false, 64],
    ] as const) {
      const heap = heapOf({ leakHeaders });
      const pointer = heap.malloc(50);
      expect([heap.sizeOf(pointer), heap.view(pointer, Uint8Array).length]).toEqual([bytes, bytes]);
    }
  });

  test("of what is no block, or too long, is refused", () => {
    const heap = heapOf();
    const pointer = heap.malloc(64);
    expect(() => heap.view(pointer, Uint8Array, 65)).toThrow(
      new RangeError("length is 65: give a whole number, from 0 to 64"),
    );
    expect(() => heap.view(pointer + 4, Float64Array)).toThrow(HeapPanic);
    expect(() => heap.view(0, Uint8Array)).toThrow("view: no live block begins here (at offset 0)");
    expect(() => heap.view(1e9, Uint8Array)).toThrow("view: no live block begins here (at offset 1000000000)");
    expect(() => heap.view(pointer, "u8" as never)).toThrow(
      new TypeError('kind is "u8": give a typed array\'s constructor, such as Float32Array, or DataView'),
    );
  });
});

test("leaks leave out the heap's own table and what was known before", () => {
  for (const leakHeaders of [false, true]) {
    const heap = createHeap({ size: 8192, leakHeaders });
    expect(heap.leaks()).toEqual([]);
    heap.malloc(32, "old.ts", 1);
    const known = heap.leaks();
    const pointer = heap.malloc(48, "new.ts", 2);
    const [file, line] = leakHeaders ? ["new.ts", 2] : ["unknown", 0];
    expect(heap.leaks(known)).toEqual([{ at: pointer, size: 48, file, line }]);
    expect(heap.leaks()).toHaveLength(2);
  }
});

test("walk and map show every block", () => {
  const heap = createHeap({ size: 1024, word: 4, leakHeaders: true });
  const pointer = heap.malloc(400, "map.ts", 7);
  const blocks = heap.walk();
  expect(blocks.reduce((sum, { size }) => sum + size, 0)).toBe(1024 - 8);
  expect(blocks.find((block) => block.pointer === pointer)).toMatchObject({ free: false, site: "map.ts:7" });
  expect(blocks[0]).toMatchObject({ at: 0, free: true, pointer: 0, site: null });
  const map = heap.map(16);
  expect(map).toMatch(/^\.+\+?#+$/);
  expect(map).toHaveLength(16);
  expect(map.replaceAll(".", "").length).toBe(Math.ceil((1024 - (blocks[0]?.size ?? 0)) / 64));
});

test("check names damage, refresh refuses it", () => {
  const heap = createHeap({ size: 4096 });
  const pointer = heap.malloc(64);
  heap.bytes.fill(0xff, pointer + 64, pointer + 80);
  expect(heap.check()[0]).toMatchObject({ before: pointer - 16 });
  expect(() => heap.refresh()).toThrow(/the heap cannot be read anew: /);
});

test("a call site is read from the call stack, unless a file is given", () => {
  const heap = createHeap({ size: 8192, callSites: true });
  heap.malloc(1);
  heap.allocate(Uint8Array, 2);
  heap.memalign(64, 3, "given.ts", 4);
  const sites = heap.leaks().sort((a, b) => a.size - b.size);
  expect(sites.map(({ file }) => file)).toEqual(["library/make_heap.test.ts", "library/make_heap.test.ts", "given.ts"]);
  expect((sites[1]?.line ?? 0) - (sites[0]?.line ?? 0)).toBe(1);
});

test("a buffer that was transferred away is said so", () => {
  const bytes = new ArrayBuffer(4096);
  const heap = createHeap({ bytes });
  structuredClone(bytes, { transfer: [bytes] });
  expect(() => heap.malloc(1)).toThrow("the buffer is gone: it was transferred, or ");
});

describe("wrong arguments", () => {
  const none = undefined as unknown as number;
  const heap = createHeap({ size: 4096 });
  test.each<[string, () => unknown, string]>([
    ["malloc(NaN)", () => heap.malloc(Number.NaN), "RangeError: size is NaN: give a whole number, 0 or more"],
    ["malloc()", () => heap.malloc(none), "TypeError: size is undefined: give a whole number"],
    ["malloc(-1)", () => heap.malloc(-1), "RangeError: size is -1: give a whole number, 0 or more"],
    ["malloc(1, 2)", () => heap.malloc(1, 2 as never), "TypeError: file is 2: give the name of a source file"],
    ["malloc, line", () => heap.malloc(1, "a.ts", -3), "RangeError: line is -3: give a whole number, from 0 to 65535"],
    [
      "malloc, a line that OP-TEE's headers cannot hold",
      () => heap.malloc(1, "a.ts", 65536),
      "RangeError: line is 65536: give a whole number, from 0 to 65535",
    ],
    [
      "malloc(2**53)",
      () => heap.malloc(2 ** 53),
      "RangeError: size is 9007199254740992: give a whole number, from 0 to 9007199254740991",
    ],
    ["calloc", () => heap.calloc(2, 1.5), "RangeError: size is 1.5: give a whole number, 0 or more"],
    ["calloc", () => heap.calloc("2" as never, 1), 'TypeError: members is "2": give a whole number'],
    ["realloc", () => heap.realloc(none, 1), "TypeError: pointer is undefined: give a whole number"],
    ["memalign", () => heap.memalign(24, 1), "RangeError: alignment is 24: give a power of two"],
    [
      "allocate",
      () => heap.allocate("f32" as never, 3),
      'TypeError: kind is "f32": give a typed array\'s constructor, such as Float32Array, or DataView',
    ],
    ["free", () => heap.free(-16), "RangeError: pointer is -16: give a whole number, 0 or more"],
    [
      "free(view)",
      () => heap.free(heap.view(heap.malloc(8), Uint8Array) as never),
      "TypeError: pointer is a view: give view.pointer, or call view.free()",
    ],
    ["view(null)", () => heap.view(null as never, Uint8Array), "TypeError: pointer is null: give a whole number"],
    ["leaks(null)", () => heap.leaks(null as never), "TypeError: known is null: give an earlier list of leaks"],
    ["leaks(5)", () => heap.leaks(5 as never), "TypeError: known is 5: give an earlier list of leaks"],
    [
      "leaks([null])",
      () => heap.leaks([null] as never),
      "TypeError: known[0] is null: give a block of an earlier list of leaks",
    ],
    [
      "leaks([{}])",
      () => heap.leaks([{ at: 5 }] as never),
      "TypeError: known[0] is an object with size undefined: give a block of an earlier list of leaks",
    ],
    [
      "leakLine",
      () => leakLine(undefined as never),
      "TypeError: block is undefined: give a live block, as leaks and liveBlocks list them",
    ],
    [
      "describeDamage",
      () => describeDamage({} as never),
      "TypeError: damage is an object with at undefined: give a damage, as check and checkContext list them",
    ],
    ["map", () => heap.map(0), "RangeError: columns is 0: give a whole number, from 1 to 4096"],
    ["grow", () => heap.grow(0), "RangeError: bytes is 0: give a whole number, from 1 to 2147483647"],
    [
      "grow",
      () => heap.grow(64),
      "TypeError: the bytes cannot grow: give size with maxSize, a buffer that can be resized, or memory",
    ],
  ])("%s", (_, call, said) => {
    const before = heap.stats().failures;
    const [name, message] = [said.split(":")[0], said.slice(said.indexOf(" ") + 1)];
    expect(call).toThrow(expect.objectContaining({ name, message }));
    expect(heap.stats().failures).toBe(before);
  });

  test("a second free names the offset", () => {
    const pointer = heap.malloc(40);
    heap.free(0);
    heap.free(pointer);
    expect(() => heap.free(pointer)).toThrow(HeapPanic);
    expect(() => heap.free(pointer)).toThrow(`pointer ${pointer} (address 0x`);
  });
});

describe("the heap's own pool table", () => {
  test.each([true, false])("is marked and cannot be freed, with leak headers %s", (leakHeaders) => {
    const heap = createHeap({ size: 4096, maxSize: 16384, leakHeaders });
    heap.grow(4000);
    const mine = heap.malloc(10);
    const before = heap.bytes.slice();
    const own = heap.walk().filter((block) => block.own);
    expect(own.map(({ pointer }) => pointer)).toEqual([heap.context.table]);
    const { pointer } = own[0] ?? expect.fail("no table");
    const message = `pointer is ${pointer}: that is the heap's own pool table; give what malloc returned`;
    for (const work of [
      () => heap.free(pointer),
      () => heap.freeWipe(pointer),
      () => heap.realloc(pointer, 100),
      () => heap.view(pointer, Uint8Array),
    ])
      expect(work).toThrow(new RangeError(message));
    expect(heap.bytes).toEqual(before);
    heap.free(mine);
    expect(heap.check()).toEqual([]);
  });
});

describe("a panic says which block, where, and whose", () => {
  const panicOf = (work: () => unknown): HeapPanic => {
    try {
      work();
    } catch (error) {
      if (error instanceof HeapPanic) return error;
      throw error;
    }
    return expect.fail("no panic");
  };
  const heapOf = (leakHeaders = true) => createHeap({ size: 4096, leakHeaders });

  test("free, realloc, view and a view of a block that is gone", () => {
    for (const leakHeaders of [true, false]) {
      const heap = heapOf(leakHeaders);
      const view = heap.allocate(Uint8Array, 40, "game.ts", 7) ?? expect.fail("full");
      const { pointer } = view;
      view.free();
      const address = 0x40000000 + pointer;
      const text = `pointer ${pointer} (address 0x${address.toString(16)})`;
      const site = leakHeaders ? "game.ts:7" : undefined;
      for (const work of [
        () => heap.free(pointer),
        () => heap.realloc(pointer, 80),
        () => heap.view(pointer, Uint8Array),
        () => view.array,
      ]) {
        const panic = panicOf(work);
        expect(panic).toMatchObject({ pointer, address, site });
        expect(panic.message).toContain(text);
        expect(panic.message.includes("game.ts:7")).toBe(leakHeaders);
        expect(panic.message).toContain(panic.what);
        expect(panic.message.startsWith(panic.func)).toBe(true);
      }
    }
  });

  test("what realloc moved is gone, and not written beyond its end", () => {
    for (const leakHeaders of [true, false]) {
      const heap = heapOf(leakHeaders);
      const old = heap.malloc(100, "a.ts", 3);
      heap.realloc(old, 200, "b.ts", 4);
      const panic = panicOf(() => heap.free(old));
      expect(panic.what).toBe("no live block begins here");
      expect(panic.message).toMatch(/lies in the free block .*: freed twice, or moved by realloc, or never allocated/);
      expect(panic.message).not.toContain("footer");
    }
  });

  test("one without a pointer names the damaged block", () => {
    const heap = heapOf();
    const pointer = heap.malloc(40, "over.ts", 9);
    heap.bytes[pointer + 40] = 1;
    const panic = panicOf(() => heap.leaks());
    expect(panic).toMatchObject({ pointer: undefined, site: "over.ts:9" });
    expect(panic.message).toMatch(
      /^assert_header: footer is damaged: .* \(at offset \d+\): block \d+ \(address 0x4\w+\) from over\.ts:9$/,
    );
    const links = heapOf(false);
    links.free(links.malloc(40));
    links.bytes.fill(0x41, 16, 24);
    expect(panicOf(() => links.malloc(40)).message).toMatch(
      /^data-abort: read outside the memory \(far behind the memory\): block \d+ \(address 0x4000/,
    );
  });

  test("grow and reset name the damaged block, too", () => {
    const heap = (damagedAt: (heap: ByteHeap) => number): ByteHeap => {
      const made = createHeap({ size: 4096, maxSize: 65536, leakHeaders: true });
      const at = damagedAt(made);
      made.bytes.fill(0x41, at, at + 16);
      return made;
    };
    for (const panic of [
      panicOf(() => heap(({ context }) => context.table).reset()),
      panicOf(() => heap(() => 16).grow(5000)),
    ]) {
      expect(panic.message).toMatch(/block \d+ \(address 0x4000[\da-f]+\)/);
      expect(panic.address).toBeGreaterThanOrEqual(0x40000000);
    }
  });

  test("no offset is negative or beyond all memory", () => {
    for (const leakHeaders of [true, false]) {
      const heap = heapOf(leakHeaders);
      for (const pointer of [1, 8, 15, 16, 24, 31, 47, 4080, 4095, 4096, 5000, 2 ** 31, 2 ** 40, 2 ** 53 - 1]) {
        const { message } = panicOf(() => heap.free(pointer));
        expect(message, `${pointer}`).not.toMatch(/offset -|offset \d{17}/);
        expect(message).toContain(`pointer ${pointer} (address 0x`);
      }
    }
  });
});

test("a view can be a DataView", () => {
  const heap = createHeap({ bytes: new SharedArrayBuffer(4096), leakHeaders: true });
  const view = heap.allocate(DataView, 10) ?? expect.fail("full");
  view.array.setUint32(6, 0x01020304);
  expect([view.length, view.array.byteLength]).toEqual([10, 10]);
  expect([...heap.view(view.pointer, Uint8Array).array]).toEqual([0, 0, 0, 0, 0, 0, 1, 2, 3, 4]);
  expect(() => heap.view(view.pointer, DataView, 11)).toThrow("length is 11: give a whole number, from 0 to 10");
  expectTypeOf(view.array).toEqualTypeOf<DataView<SharedArrayBuffer>>();
});
