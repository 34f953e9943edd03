// Every byte of a small heap is damaged in turn: what carries structure must be found, what does not must be harmless.
//
// What no checker can see, because nothing else in the heap says the same: payloads, slack and padding; the inside of free
// blocks unless they are wiped; in a leak header the line, the padding (2 bytes behind the line, and on
// 64 bits the last 12), a pointer to the name of another known file, and a size that leaves the footer where it is.
import { describe, expect, test } from "vitest";
import { BUILDS, type Build, damages, saveContext } from "../../test/support/contexts.ts";
import { type Byte, classify, isPlausible, recordedSize } from "../../test/support/structure.ts";
import { isSentinel } from "../heap/block.ts";
import { HeapPanic } from "../heap/panic.ts";
import { type Block, walkPool } from "../heap/walk.ts";
import { addPool } from "./add_pool.ts";
import { checkContext } from "./check.ts";
import { createContext, type MallocContext } from "./context.ts";
import { calloc, free, malloc, memalign, realloc } from "./malloc.ts";
import { poolsOf } from "./pools.ts";

const ARENA = 2048;
const FILES = ["core/a.c", "core/b.c", "core/c.c"];

/** Two pools with live, free and aligned blocks in them, all payloads filled. */
function build(options: Build): { ctx: MallocContext; live: { at: number; size: number }[] } {
  const ctx = createContext(new Uint8Array(ARENA), options);
  addPool(ctx, 48, 1100);
  addPool(ctx, 1200, 400);
  const sizes = [24, 100, 1, 61, 0, 40, 130, 17, 64, 5];
  const live = sizes.map((size, n) => ({ at: malloc(ctx, size, FILES[n % 3], 100 + n), size }));
  live.push({ at: memalign(ctx, 64, 33, FILES[0], 20), size: 33 }, { at: calloc(ctx, 3, 7, null), size: 21 });
  for (const n of [1, 4, 6]) free(ctx, live[n]?.at ?? 0);
  const kept = live.filter((_, n) => ![1, 4, 6].includes(n));
  expect(kept.every(({ at }) => at > 0)).toBe(true);
  for (const { at, size } of kept) ctx.heap.memory.bytes.fill(0xa7, at, at + size);
  expect(damages(ctx)).toEqual([]);
  return { ctx, live: kept };
}

/** Every damage: all bits of a byte, and each bit for itself where the byte carries structure. */
function* flips(bytes: readonly Byte[]): Generator<{ at: number; flip: number; byte: Byte }> {
  for (const [at, byte] of bytes.entries()) {
    yield { at, flip: 0xff, byte };
    if (byte.structure && byte.kind !== "free") for (let bit = 0; bit < 8; bit++) yield { at, flip: 1 << bit, byte };
  }
}

/** The block at fault: the one that was hit, or the block right behind it which disagrees and names it as the one before. */
function names(ctx: MallocContext, hit: number): string | null {
  const found = checkContext(ctx)[0];
  if (!found) return "nothing found";
  if (found.at === hit || found.before === hit) return null;
  return `${JSON.stringify(found)} instead of block ${hit}`;
}

describe.each(BUILDS.filter(({ fit }) => fit === "first"))("$title", (options) => {
  test("the heap of this test has every kind of block", () => {
    const { ctx } = build(options);
    const walks = poolsOf(ctx).map((pool) => walkPool(ctx.heap.memory, pool));
    const blocks: Block[] = walks.flatMap((walk) => [...walk.blocks]);
    expect(blocks.filter((block) => block.free).length).toBeGreaterThanOrEqual(3);
    expect(walks.every(({ end }) => isSentinel(ctx.heap.memory, end))).toBe(true);
  });

  test("every damaged byte of structure is found at the right block, every other is harmless", () => {
    const { ctx } = build(options);
    const restore = saveContext(ctx);
    const { bytes } = ctx.heap.memory;
    const wrong: string[] = [];
    let found = 0;
    for (const { at, flip, byte } of flips(classify(ctx))) {
      const size = recordedSize(ctx, byte);
      bytes[at] = (bytes[at] as number) ^ flip;
      const harmless = !byte.structure || isPlausible(ctx, byte, at, size);
      const problem = harmless ? (damages(ctx)[0] ?? null) : names(ctx, byte.block);
      if (problem !== null) wrong.push(`${byte.kind} byte ${at} ^ ${flip}: ${problem}`);
      if (!harmless) found++;
      restore();
    }
    expect(wrong).toEqual([]);
    expect(found).toBeGreaterThan(1000);
  });

  test("operations on a damaged heap work or panic, nothing else", () => {
    const { ctx, live } = build(options);
    const restore = saveContext(ctx);
    const { bytes } = ctx.heap.memory;
    let panics = 0;
    for (const { at, flip } of flips(classify(ctx))) {
      const [a, b, c] = [live[at % live.length], live[(at + 3) % live.length], live[(at + 5) % live.length]];
      const work = [
        () => malloc(ctx, 40),
        () => free(ctx, a?.at ?? 0),
        () => realloc(ctx, b?.at ?? 0, 90),
        () => memalign(ctx, 128, 8),
        () => free(ctx, c?.at ?? 0),
        () => malloc(ctx, 300),
      ];
      bytes[at] = (bytes[at] as number) ^ flip;
      for (const operation of work) {
        try {
          operation();
        } catch (error) {
          if (!(error instanceof HeapPanic)) throw error;
          panics++;
          break;
        }
      }
      checkContext(ctx);
      restore();
    }
    expect(panics).toBeGreaterThan(100);
  });
});
