// Tests of leak_header.ts.
import { describe, expect, test } from "vitest";
import { addPool } from "./add_pool.ts";
import { createContext } from "./context.ts";
import { damagedPart, footerSize, leakHeaderSize, readLeakHeader } from "./leak_header.ts";
import { free, malloc } from "./malloc.ts";

test.each([
  [0, 4],
  [1, 7],
  [3, 5],
  [4, 4],
  [2 ** 32 - 1, 5],
])("behind %i bytes of payload, %i for padding and footer", (payload, size) => {
  expect(footerSize(payload)).toBe(size);
});

describe.each([
  [8, { size: 32, line: 8, length: 12, magic: 16 }],
  [4, { size: 16, line: 4, length: 8, magic: 12 }],
] as const)("words of %i bytes", (word, field) => {
  test("every field stands where upstream has it, and padding is left alone", () => {
    const ctx = createContext(new Uint8Array(4096).fill(0x33), { word, leakHeaders: true });
    addPool(ctx, 16, 2048);
    const { memory } = ctx.heap;
    const payload = malloc(ctx, 21, "a.c", 0x12345);
    const header = payload - leakHeaderSize(memory);
    expect(leakHeaderSize(memory)).toBe(field.size);
    expect(memory.view.getUint32(header, true)).toBe(ctx.names.address("a.c"));
    expect(memory.view.getUint16(header + field.line, true)).toBe(0x2345);
    expect(memory.view.getUint32(header + field.length, true)).toBe(21);
    expect(memory.view.getUint32(header + field.magic, true)).toBe(0xadadadad);
    expect(memory.view.getUint32(payload + 24, true)).toBe(0xecececec);
    expect([...memory.bytes.subarray(payload + 21, payload + 24)]).toEqual([0x33, 0x33, 0x33]);
    expect([...memory.bytes.subarray(header + field.magic + 4, payload)]).toEqual(
      word === 8 ? Array(12).fill(0x33) : [],
    );
    expect(readLeakHeader(memory, header)).toEqual({ name: ctx.names.address("a.c"), line: 0x2345, size: 21 });
    expect(damagedPart(memory, header)).toBeNull();
    memory.bytes[payload + 24] = 0;
    expect(damagedPart(memory, header)).toBe("footer");
    memory.bytes[header + field.magic] = 0;
    expect(damagedPart(memory, header)).toBe("header");
    for (const nowhere of [-1, -64, 4090, 2 ** 40]) expect(damagedPart(memory, nowhere)).toBe("header");
  });

  test("freeing makes both magic numbers 0", () => {
    const ctx = createContext(new Uint8Array(4096), { word, leakHeaders: true });
    addPool(ctx, 16, 2048);
    const payload = malloc(ctx, 21);
    free(ctx, payload);
    const { view } = ctx.heap.memory;
    expect([view.getUint32(payload - field.size + field.magic, true), view.getUint32(payload + 24, true)]).toEqual([
      0, 0,
    ]);
  });
});
