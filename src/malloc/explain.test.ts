// Misuse: what a program does wrong is reported at once with the block and its origin, or found by the checker.
import { describe, expect, test } from "vitest";
import { damages } from "../../test/support/contexts.ts";
import { HeapPanic } from "../heap/panic.ts";
import { addPool } from "./add_pool.ts";
import { createContext, type MallocContext } from "./context.ts";
import { explain } from "./explain.ts";
import { extra, free, freeWipe, malloc, realloc } from "./malloc.ts";

const KINDS = [
  { title: "64 bits", word: 8, leakHeaders: false },
  { title: "64 bits, leak headers", word: 8, leakHeaders: true },
  { title: "32 bits", word: 4, leakHeaders: false },
  { title: "32 bits, leak headers", word: 4, leakHeaders: true },
] as const;

/** Three live blocks; `first` has the highest address. */
function heap(options: { word: 4 | 8; leakHeaders: boolean; validate?: boolean }) {
  const ctx = createContext(new Uint8Array(4096), options);
  addPool(ctx, 1024, 2048);
  const [first, second, third] = [10, 20, 30].map((line) => malloc(ctx, 40, `file${line}.c`, line)) as [
    number,
    number,
    number,
  ];
  const start = (payload: number): number => payload - extra(ctx) - ctx.heap.geometry.header;
  const hex = (payload: number): string => `address 0x${(ctx.heap.memory.base + start(payload)).toString(16)}`;
  const block = (payload: number): string => `block ${start(payload)} (${hex(payload)}`;
  return { ctx, first, second, third, hex, block };
}

function panicOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof HeapPanic) return error.message;
    throw error;
  }
  return "no panic";
}

/** The panic, or else what the checker finds. */
function caught(ctx: MallocContext, work: () => unknown): string {
  const message = panicOf(work);
  return message === "no panic" ? (damages(ctx)[0] ?? "nothing") : message;
}

describe.each(KINDS)("$title", (kind) => {
  const q = kind.word === 8 ? 16 : 8;

  test("freed twice", () => {
    const { ctx, second, hex } = heap(kind);
    free(ctx, second);
    for (const again of [free, freeWipe, (c: MallocContext, p: number) => realloc(c, p, 100)]) {
      const message = caught(ctx, () => again(ctx, second));
      expect(message).toContain(hex(second));
      expect(message).toContain("freed twice, or moved by realloc, or never allocated");
    }
  });

  test("freed twice, after it was joined with the block before", () => {
    const { ctx, second, third } = heap(kind);
    free(ctx, third);
    free(ctx, second);
    const message = panicOf(() => free(ctx, second));
    expect(message).toContain("freed twice, or moved by realloc, or never allocated");
    expect(message).toMatch(/lies in the free block \d+ \(address 0x[\da-f]+, \d+ bytes\)/);
    expect(message.includes("last allocated from file20.c:20")).toBe(kind.leakHeaders);
  });

  test.each([
    ["below the heap", 512],
    ["beyond the heap", 3500],
    ["outside of the memory", 2 ** 33],
    ["before the memory", -4096],
  ])("a pointer %s", (_, pointer) => {
    const { ctx } = heap(kind);
    for (const work of [() => free(ctx, pointer), () => realloc(ctx, pointer, 10)])
      expect(panicOf(work)).toContain("is not in this heap");
  });

  test("a pointer of another heap", () => {
    const { ctx } = heap(kind);
    const other = createContext(new Uint8Array(16_384), { ...kind });
    addPool(other, 8192, 4096);
    expect(panicOf(() => free(ctx, malloc(other, 40)))).toContain("is not in this heap");
  });

  test.each([1, 8, 16, 24, 39])("a pointer %i bytes into a payload", (distance) => {
    const { ctx, second, block } = heap(kind);
    ctx.heap.memory.bytes.fill(0x41, second, second + 40);
    const message = panicOf(() => free(ctx, second + distance));
    expect(message).toContain(`it lies ${distance} bytes into that of ${block(second)}`);
    if (kind.leakHeaders) expect(message).toContain("from file20.c:20");
  });

  test("a pointer into the headers of a block, and to the end of the pool", () => {
    const { ctx, second, block } = heap(kind);
    expect(panicOf(() => free(ctx, second - 4))).toContain(`in the headers of ${block(second)}`);
    expect(panicOf(() => free(ctx, 1024 + 2048 - 1))).toContain("lies behind the last block of its pool");
  });

  test("writing beyond the end", () => {
    // Payload, padding and slack take the writing unseen; the footer, or else the next header, does not.
    const slack = kind.leakHeaders ? 0 : kind.word === 8 ? 8 : 0;
    for (let length = 1; length <= 40; length++) {
      const { ctx, first, second, hex, block } = heap(kind);
      ctx.heap.memory.bytes.fill(0x42, second + 40, second + 40 + length);
      const found = damages(ctx)[0];
      if (length <= slack) expect(found).toBeUndefined();
      else {
        expect(found, `${length} bytes`).toContain(hex(second));
        if (kind.leakHeaders) expect(found).toContain("file20.c:20");
        const message = caught(ctx, () => free(ctx, second));
        if (kind.leakHeaders) expect(message).toContain(`${block(second)}, `);
        if (kind.leakHeaders) expect(message).toContain("from file20.c:20 was written beyond its end");
        else expect(message).toMatch(new RegExp(`${hex(second)}|${hex(first)}`));
      }
    }
  });

  test("writing before the start", () => {
    // On 64 bits the last 12 bytes of a leak header are padding.
    const slack = kind.leakHeaders && kind.word === 8 ? 12 : 0;
    for (let length = 1; length <= extra(heap(kind).ctx) + 2 * q; length++) {
      const { ctx, second, third, hex } = heap(kind);
      ctx.heap.memory.bytes.fill(0x42, second - length, second);
      const found = damages(ctx)[0];
      if (length <= slack) expect(found).toBeUndefined();
      else {
        expect(found, `${length} bytes`).toMatch(new RegExp(`${hex(second)}|${hex(third)}`));
        const message = caught(ctx, () => free(ctx, second));
        expect(message, `${length} bytes`).toMatch(new RegExp(`${hex(second)}|${hex(third)}`));
        // Who stands before the damage is the usual suspect.
        if (kind.leakHeaders && length <= extra(ctx)) expect(message).toContain("file30.c:30");
      }
    }
  });

  test("a forged block in a payload passes, as in C; the checker finds it", () => {
    if (kind.leakHeaders) return;
    const { ctx, second, hex } = heap(kind);
    const { view, bytes } = ctx.heap.memory;
    bytes.fill(0, second, second + 40);
    if (kind.word === 8) view.setBigInt64(second + 8, -32n, true);
    else view.setInt32(second + 4, -32, true);
    const message = caught(ctx, () => free(ctx, second + q));
    expect(message).not.toBe("nothing");
    expect(message).toMatch(new RegExp(`${hex(second)}|free list`));
  });
});

test("in a debug build the damaged block is named, not the one that is freed", () => {
  const { ctx, second, hex, block } = heap({ word: 8, leakHeaders: false, validate: true });
  const hole = malloc(ctx, 100);
  malloc(ctx, 100);
  free(ctx, hole);
  ctx.heap.memory.bytes[hole + 40] = 0;
  const message = panicOf(() => free(ctx, second));
  expect(message).toContain("contents of a free block have been overstored");
  expect(message).toContain(`the damage is in another block than ${block(second)}`);
  expect(message).toMatch(new RegExp(`: block \\d+ \\(${hex(hole)}\\)`));
});

test("behind a damaged block nothing more can be said", () => {
  const { ctx, first, second, third, block } = heap({ word: 8, leakHeaders: true });
  ctx.heap.memory.bytes.fill(0x42, third - 48, third - 32);
  expect(explain(ctx, first)).toContain(`lies behind the damaged ${block(third)}`);
  expect(explain(ctx, second)).toContain(`lies behind the damaged ${block(third)}`);
});

test("a pool table of garbage does not stop the explanation", () => {
  const { ctx, second } = heap({ word: 8, leakHeaders: false });
  ctx.heap.memory.bytes.fill(0xff, ctx.table, ctx.table + 16);
  expect(explain(ctx, second)).toContain("is not in this heap");
});
