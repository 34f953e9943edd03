// Random operations on every build of the allocator, with the checker after each of them.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BUILDS, type Build, damages, saveContext } from "../../test/support/contexts.ts";
import { classify, isPlausible, recordedSize } from "../../test/support/structure.ts";
import { freeSquareSum } from "../heap/bstats.ts";
import { type Block, walkPool } from "../heap/walk.ts";
import { addPool } from "./add_pool.ts";
import { createContext, type MallocContext } from "./context.ts";
import { liveBlocks } from "./foreach.ts";
import { alignedAlloc, calloc, extra, free, freeWipe, malloc, memalign, realloc } from "./malloc.ts";
import { MALLOC_FILE } from "./names.ts";
import { poolsOf } from "./pools.ts";
import { getStats, resetStats } from "./stats.ts";

const ARENA = 16 * 1024;

interface Live {
  readonly at: number;
  readonly size: number;
  readonly fill: number;
  readonly site: string;
}

interface Model {
  readonly ctx: MallocContext;
  readonly live: Live[];
  steps: number;
}

const size = fc.oneof({ weight: 6, arbitrary: fc.nat(200) }, { weight: 1, arbitrary: fc.nat(3000) });
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ op: fc.constant("malloc" as const), size, which: fc.nat(63) }) },
  {
    weight: 5,
    arbitrary: fc.record({ op: fc.constantFrom("calloc", "realloc", "memalign", "aligned"), size, which: fc.nat(63) }),
  },
  { weight: 5, arbitrary: fc.record({ op: fc.constantFrom("free", "wipe"), size, which: fc.nat(63) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constantFrom("reset", "pool"), size, which: fc.nat(63) }) },
);
const steps = fc.array(step, { minLength: 1, maxLength: 60 });
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function start(options: Build): Model {
  const ctx = createContext(new Uint8Array(ARENA), options);
  addPool(ctx, 17, 3001);
  return { ctx, live: [], steps: 0 };
}

/** Performs a step on the heap and on the model. */
function perform(model: Model, { op, size: asked, which }: Step): void {
  const { ctx, live } = model;
  const line = ++model.steps;
  const file = `file${which % 5}.c`;
  const index = live.length === 0 ? -1 : which % live.length;
  const block = live[index];
  const keep = (at: number, length: number): void => {
    if (at === 0) return;
    const fill = (line * 37) & 0xff;
    ctx.heap.memory.bytes.fill(fill, at, at + length);
    live.push({ at, size: length, fill, site: `${file}:${line}` });
  };
  const alignment = 2 ** (which % 9);
  if (op === "malloc") keep(malloc(ctx, asked, file, line), asked);
  else if (op === "memalign") keep(memalign(ctx, alignment, asked, file, line), asked);
  else if (op === "aligned") {
    const whole = asked - (asked % alignment);
    keep(alignedAlloc(ctx, alignment, whole, file, line), whole);
  } else if (op === "calloc") {
    const members = (which % 4) + 1;
    const length = members * Math.floor(asked / members);
    const at = calloc(ctx, members, length / members, file, line);
    if (at !== 0) expect(ctx.heap.memory.bytes.subarray(at, at + length).every((byte) => byte === 0)).toBe(true);
    keep(at, length);
  } else if (op === "realloc") {
    const moved = realloc(ctx, block?.at ?? 0, asked, file, line);
    if (moved === 0) return;
    if (block) {
      live.splice(index, 1);
      expect(intact(ctx, { ...block, at: moved, size: Math.min(block.size, asked) })).toBe(true);
    }
    keep(moved, asked);
  } else if (op === "reset") resetStats(ctx);
  else if (op === "pool") {
    if (ctx.poolCount < 5) addPool(ctx, 3100 * ctx.poolCount + which, 400 + (asked % 2600));
  } else if (block) {
    live.splice(index, 1);
    if (op === "free") free(ctx, block.at);
    else freeWipe(ctx, block.at);
  }
}

function intact(ctx: MallocContext, { at, size: length, fill }: Pick<Live, "at" | "size" | "fill">): boolean {
  return ctx.heap.memory.bytes.subarray(at, at + length).every((byte) => byte === fill);
}

/** All that must hold after every operation. */
function expectSound({ ctx, live }: Model): void {
  expect(damages(ctx)).toEqual([]);
  const g = ctx.heap.geometry;
  const blocks = poolsOf(ctx).flatMap((pool): readonly Block[] => walkPool(ctx.heap.memory, pool).blocks);
  const sum = (some: readonly Block[]): number => some.reduce((total, block) => total + block.size, 0);
  const used = blocks.filter((block) => !block.free);
  const unused = blocks.filter((block) => block.free);
  const pools = poolsOf(ctx).reduce((total, { length }) => total + length, 0);
  expect(sum(used) + sum(unused) + g.header * ctx.poolCount).toBe(pools);
  expect(getStats(ctx)).toMatchObject({ allocated: sum(used), size: pools });
  expect(freeSquareSum(ctx.heap)).toBe(unused.reduce((total, block) => total + BigInt(block.size) ** 2n, 0n));

  const starts = [...live.map(({ at }) => at), ctx.table].map((at) => at - extra(ctx) - g.header);
  expect(used.map(({ at }) => at)).toEqual(starts.sort((a, b) => a - b));
  expect(live.filter((block) => !intact(ctx, block))).toEqual([]);
  if (!ctx.leakHeaders) return;
  const listed = liveBlocks(ctx).map((block) => `${block.at} ${block.size} ${block.file}:${block.line}`);
  const table = `${ctx.table} ${ctx.poolCount * 2 * g.word} ${MALLOC_FILE}:935`;
  expect(listed.sort()).toEqual([...live.map((block) => `${block.at} ${block.size} ${block.site}`), table].sort());
}

describe.each(BUILDS)("$title", (options) => {
  test("the heap is sound after every operation, and holds what was put there", () => {
    fc.assert(
      fc.property(steps, (list) => {
        const model = start(options);
        for (const one of list) {
          perform(model, one);
          expectSound(model);
        }
        for (const { at } of model.live.splice(0)) free(model.ctx, at);
        expectSound(model);
      }),
      { numRuns: 15 },
    );
  });

  test("a damaged byte of structure is found in any heap, any other is harmless", () => {
    const damage = fc.record({ where: fc.nat(2 ** 30), bit: fc.nat(7) });
    fc.assert(
      fc.property(steps, fc.array(damage, { minLength: 40, maxLength: 40 }), (list, hits) => {
        const model = start(options);
        for (const one of list) perform(model, one);
        const { ctx } = model;
        const { bytes } = ctx.heap.memory;
        const known = classify(ctx);
        const structure = [...known.keys()].filter((at) => known[at]?.structure && known[at]?.kind !== "free");
        const restore = saveContext(ctx);
        for (const { where, bit } of hits) {
          const at = where % 4 === 0 ? where % ARENA : (structure[where % structure.length] as number);
          const byte = known[at];
          if (!byte) continue;
          const recorded = recordedSize(ctx, byte);
          bytes[at] = (bytes[at] as number) ^ (1 << bit);
          const hidden = !byte.structure || isPlausible(ctx, byte, at, recorded);
          expect(damages(ctx).length > 0, `${byte.kind} byte ${at}, bit ${bit}`).toBe(!hidden);
          restore();
        }
      }),
      { numRuns: 10 },
    );
  });
});
