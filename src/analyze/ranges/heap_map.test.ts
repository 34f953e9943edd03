// Tests of the map of a heap and of what its holes would take, against the allocator itself.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Step, traceOfSteps } from "../../../test/support/random_trace.ts";
import { bpool } from "../../heap/bpool.ts";
import type { Word } from "../../heap/geometry.ts";
import { walkPool } from "../../heap/walk.ts";
import { addPool } from "../../malloc/add_pool.ts";
import { createContext, type MallocContext } from "../../malloc/context.ts";
import { malloc, memalign } from "../../malloc/malloc.ts";
import { poolsOf } from "../../malloc/pools.ts";
import { parseRecordedTrace } from "../../replay/recorded_trace.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { verifyTrace } from "../../replay/verify.ts";
import { followBlocks } from "../live_blocks.ts";
import { type HeapShape, heapMap, type PlacedBlock } from "./heap_map.ts";
import { holeFit } from "./hole_fits.ts";

const steps = fc.array(fc.tuple(fc.nat(30), fc.nat(3), fc.integer({ min: 1, max: 700 })), {
  minLength: 1,
  maxLength: 160,
}) as fc.Arbitrary<Step[]>;

/** What the allocator's own walker finds: address, bytes, free. */
function walked({ heap, ...ctx }: MallocContext): [number, number, boolean][] {
  const { base } = heap.memory;
  const walks = poolsOf({ heap, ...ctx }).map((pool) => walkPool(heap.memory, pool));
  return walks.flatMap(({ blocks }) => blocks.map(({ at, size, free }) => [base + at, size, free] as never));
}

function mapped(shape: HeapShape, blocks: readonly PlacedBlock[]): [number, number, boolean][] {
  return heapMap(shape, blocks).flatMap(({ parts }) => parts.map(({ at, size, block }) => [at, size, block === null]));
}

/** Compares the map with the walker after every so many rows of a trace of one instance. */
function compare(trace: RecordedTrace, every: number): number {
  const shape: HeapShape = { word: 8, leakHeaders: false, pools: trace.instances[0]?.pools ?? [] };
  const live = followBlocks(trace);
  let compared = 0;
  const { difference } = verifyTrace(trace, {
    onRow(row, ctx) {
      if (row === 0 || row % every !== 0) return;
      live.advance(row + 1);
      const blocks: PlacedBlock[] = [];
      for (const [block, made] of live.made.entries())
        if (made >= 0) blocks.push({ address: trace.result[made] as number, taken: live.bytes[block] as number });
      expect(mapped(shape, blocks)).toEqual(walked(ctx));
      compared++;
    },
  });
  expect(difference).toBe(null);
  return compared;
}

describe("the map of a heap", () => {
  test("has the blocks that the walker finds, after every operation of any program", () => {
    fc.assert(fc.property(steps, (program) => void compare(traceOfSteps(program, 8192), 1)));
  });

  test("has them all along the recorded core heap", () => {
    const file = gunzipSync(readFileSync(new URL("../../../data/optee-4.0.0/core.trace.gz", import.meta.url)));
    const trace = parseRecordedTrace(file);
    if (!trace.ok) throw new Error(trace.error);
    expect(compare(trace.value, 10_007)).toBe(42);
  });

  test("of a pool whose ends lie between two quanta: its table is the only block", () => {
    fc.assert(
      fc.property(fc.constantFrom<Word>(4, 8), fc.boolean(), fc.nat(31), fc.nat(31), (word, leakHeaders, at, more) => {
        const ctx = createContext(new Uint8Array(4096), { word, leakHeaders });
        const { base } = ctx.heap.memory;
        const length = 2048 + more;
        addPool(ctx, at, length);
        const shape: HeapShape = { word, leakHeaders, pools: [{ address: base + at, length }] };
        const table = { address: base + ctx.table, taken: ctx.heap.allocated };
        expect(mapped(shape, [table])).toEqual(walked(ctx));
      }),
    );
  });

  test("of no pool is empty", () => {
    expect(heapMap({ word: 8, leakHeaders: false, pools: [] }, [{ address: 0x1020, taken: 64 }])).toEqual([]);
  });
});

/** True if the allocator grants the request in a heap that has nothing but this hole. */
function isGranted(hole: { at: number; size: number }, build: Build, size: number, alignment: number): boolean {
  const header = 2 * build.word;
  const ctx = createContext(new Uint8Array(hole.size + header), { ...build, base: hole.at });
  bpool(ctx.heap, 0, hole.size + header);
  return (alignment === 0 ? malloc(ctx, size) : memalign(ctx, alignment, size)) !== 0;
}

interface Build {
  readonly word: Word;
  readonly leakHeaders: boolean;
}

describe("what a hole would take", () => {
  const alignments = fc.constantFrom(0, 1, 8, 16, 32, 64, 256, 4096, 3, 48);
  test("is what the allocator takes that has nothing else", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Word>(4, 8),
        fc.boolean(),
        fc.nat(200),
        fc.integer({ min: 2, max: 100 }),
        fc.nat(1500),
        alignments,
        (word, leakHeaders, place, quanta, size, alignment) => {
          const quantum = 2 * word;
          const hole = { at: 0x40000000 + place * quantum, size: quanta * quantum };
          const fits = holeFit({ word, leakHeaders, pools: [] }, { size, alignment })(hole) >= 0;
          expect(fits).toBe(isGranted(hole, { word, leakHeaders }, size, alignment));
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("the largest request that fits, and one byte more", () => {
    const shape: HeapShape = { word: 8, leakHeaders: false, pools: [] };
    const hole = { at: 0x40000000, size: 400 };
    expect(holeFit(shape, { size: 384, alignment: 0 })(hole)).toBe(0);
    expect(holeFit(shape, { size: 385, alignment: 0 })(hole)).toBe(-1);
    // A rest of one quantum is no block, and the request is a block of its own size only.
    expect(holeFit(shape, { size: 368, alignment: 0 })(hole)).toBe(-1);
    expect(holeFit(shape, { size: -1, alignment: 0 })(hole)).toBe(-1);
  });
});
