// Tests of leak_header.ts.
import { describe, expect, test } from "vitest";
import { rowOf } from "../../test/support/releases.ts";
import { addPool } from "./add_pool.ts";
import { createContext } from "./context.ts";
import { damagedPart, footerSize, leakHeaderSize, readLeakHeader, releaseOfLeakHeader } from "./leak_header.ts";
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

/** Upstream's struct mdbg_hdr. */
describe.each([
  ["4.5.0", 8, { size: 32, line: 8, length: 12, magic: 16 }],
  ["4.6.0", 8, { size: 32, line: 8, length: 24, magic: 28 }],
  ["4.5.0", 4, { size: 16, line: 4, length: 8, magic: 12 }],
  ["4.6.0", 4, { size: 16, line: 4, length: 8, magic: 12 }],
] as const)("%s with words of %i bytes", (version, word, field) => {
  const release = rowOf(version);
  const fields = release.allocator.leakLayout[word];

  test("every field stands where upstream has it, and padding is left alone", () => {
    const ctx = createContext(new Uint8Array(4096).fill(0x33), { word, leakHeaders: true, release });
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
    const written = [word, field.line + 2, field.length + 4, field.magic + 4];
    const padding = written.flatMap((from, n) => {
      const next = [field.line, field.length, field.magic, field.size][n] as number;
      return [...memory.bytes.subarray(header + from, header + next)];
    });
    expect(padding).toEqual(Array(field.size - word - 10).fill(0x33));
    expect(readLeakHeader(memory, header, fields)).toEqual({ name: ctx.names.address("a.c"), line: 0x2345, size: 21 });
    expect(damagedPart(memory, header, fields)).toBeNull();
    memory.bytes[payload + 24] = 0;
    expect(damagedPart(memory, header, fields)).toBe("footer");
    memory.bytes[header + field.magic] = 0;
    expect(damagedPart(memory, header, fields)).toBe("header");
    for (const nowhere of [-1, -64, 4090, 2 ** 40]) expect(damagedPart(memory, nowhere, fields)).toBe("header");
  });

  test("the bytes tell the oldest release with this layout", () => {
    const ctx = createContext(new Uint8Array(4096), { word, leakHeaders: true, release });
    addPool(ctx, 16, 2048);
    const { memory } = ctx.heap;
    const header = malloc(ctx, 21) - field.size;
    const since = word === 8 && version === "4.6.0" ? "4.6" : "4.0";
    expect(releaseOfLeakHeader(memory, header)?.since).toBe(since);
    memory.bytes[header + field.size + 24] = 0;
    expect(releaseOfLeakHeader(memory, header)?.since).toBe(since);
    memory.bytes[header + field.magic] = 0;
    expect(releaseOfLeakHeader(memory, header)).toBeNull();
  });

  test("freeing makes both magic numbers 0", () => {
    const ctx = createContext(new Uint8Array(4096), { word, leakHeaders: true, release });
    addPool(ctx, 16, 2048);
    const payload = malloc(ctx, 21);
    free(ctx, payload);
    const { view } = ctx.heap.memory;
    expect([view.getUint32(payload - field.size + field.magic, true), view.getUint32(payload + 24, true)]).toEqual([
      0, 0,
    ]);
  });
});

test("bytes that fit two layouts are those of the one whose footer stands", () => {
  const ctx = createContext(new Uint8Array(4096), { word: 8, leakHeaders: true, release: rowOf("4.6") });
  addPool(ctx, 16, 2048);
  const { memory } = ctx.heap;
  const header = malloc(ctx, 21) - 32;
  memory.view.setUint32(header + 16, 0xadadadad, true);
  expect(releaseOfLeakHeader(memory, header)?.since).toBe("4.6");
  memory.view.setUint32(header + 32 + 24, 0, true);
  expect(releaseOfLeakHeader(memory, header)?.since).toBe("4.0");
});
