// Tests of the search for the smallest pool.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Step, traceOfSteps } from "../../../test/support/random_trace.ts";
import { createRecorder } from "../../../test/support/record.ts";
import { emptyRecord } from "../../abi/record.ts";
import { malloc } from "../../malloc/malloc.ts";
import { recordedBuild } from "../../replay/recorded_build.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { whatIf } from "../../replay/what_if.ts";
import { heapSeries } from "../counters/heap_series.ts";
import { knobOfHeap } from "../heap_knob.ts";
import { poolAdvice } from "../pool_advice.ts";
import type { RoughSize } from "./claims.ts";
import { counterSetting, settingText } from "./counter_setting.ts";
import { counterSize } from "./counter_size.ts";
import { type HeapRunner, heapSize } from "./heap_size.ts";
import { settingFor } from "./pool_margin.ts";
import { searchPools } from "./pool_search.ts";
import { planTrials, type TrialOutcome, tryPool } from "./pool_trial.ts";

const step = fc.tuple(fc.nat(11), fc.nat(3), fc.integer({ min: 1, max: 700 })) as fc.Arbitrary<Step>;

function sizeOf(
  trace: RecordedTrace,
  window = 8,
  tests = true,
  onTrial = () => {},
  onRough = (_: readonly RoughSize[]) => {},
) {
  const plan = planTrials(trace);
  const run: HeapRunner = async (heap, brief, asks) =>
    asks.map(({ pool, until }) => {
      onTrial();
      return tryPool(trace, plan, heap, { pool, until, brief });
    });
  return heapSize(trace, plan, run, { tests, variants: true, window, onRough });
}

/** Requests that fail in a pool and had not failed, counted by the replay itself. */
function newFailures(trace: RecordedTrace, fit: "first" | "best", pool: number, until?: number): number {
  const { word, leakHeaders } = recordedBuild(trace);
  const result = whatIf(trace, { fit, pool, word, leakHeaders, ...(until === undefined ? {} : { until }) });
  if (!result.ok) throw new Error(result.error);
  return result.value.newFailures;
}

/** A search over a made-up world, in which `works` says which sizes do. */
function search(works: (pool: number) => boolean, above = 4) {
  const tried = new Set<number>();
  const outcome = (pool: number): TrialOutcome => ({
    pool,
    until: 1,
    stages: new Uint8Array(1),
    newFailures: works(pool) ? 0 : 1,
    unserved: 0,
    first: null,
    peak: 0,
    stopped: false,
  });
  const claim = { until: 1, above, below: 2, holds: (o: TrialOutcome) => o.newFailures === 0 };
  return searchPools(
    [claim],
    async (asks) => {
      for (const { pool } of asks) tried.add(pool);
      return asks.map(({ pool }) => outcome(pool));
    },
    { quantum: 16, least: 1024, ceiling: 4096, limit: 65536, grid: 5 },
  ).then(({ found }) => ({ found: found[0], tried }));
}

test("the exact sizes lie within the rough ones, or above them, and a rough one costs some dozens of replays", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 120 }), async (steps) => {
      let trials = 0;
      let before = 0;
      let rough: readonly RoughSize[] = [];
      const size = await sizeOf(
        traceOfSteps(steps, 8192),
        8,
        false,
        () => void trials++,
        (found) => {
          rough = found;
          before = trials;
        },
      );
      expect(before).toBeLessThan(70);
      for (const [n, { fails, works }] of rough.entries()) {
        const pool = size.variants[n]?.served.pool ?? 0;
        expect(pool).toBeGreaterThan(fails ?? 0);
        // A larger pool may fail where a smaller one works.
        if (pool > (works ?? 0)) expect(size.variants[n]?.served.lucky.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 10 },
  );
});

describe("the search", () => {
  test("is exact where success is monotonic", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 64, max: 4096 }), async (quanta) => {
        const need = quanta * 16;
        const { found } = await search((pool) => pool >= need);
        expect(found?.pool).toBe(need);
        expect(found?.fails).toBe(need === 1024 ? null : need - 16);
      }),
    );
  });

  test("every size tried from the answer on works, and the one below fails, in any world", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 2, max: 9 }), async (seed, often) => {
        const works = (pool: number): boolean =>
          pool > 9000 ||
          (pool > 2000 && Math.imul(pool / 16 + seed, 0x9e3779b1) >>> 16 !== 0 && (pool / 16) % often !== 0);
        const { found, tried } = await search(works);
        const pool = found?.pool ?? 0;
        expect(works(pool)).toBe(true);
        expect(found?.fails).toBe(pool - 16);
        expect(works(pool - 16)).toBe(false);
        for (const size of tried) if (size >= pool) expect(works(size)).toBe(true);
        for (let size = pool; size <= pool + 4 * 16; size += 16) expect(tried.has(size)).toBe(true);
        expect(found?.lucky.every((size) => size < pool && works(size))).toBe(true);
      }),
    );
  });

  test("a window that finds a failure moves up", async () => {
    const { found } = await search((pool) => pool >= 3008 && pool !== 3040);
    expect(found).toMatchObject({ pool: 3056, fails: 3040, from: 3024, to: 3120, far: 3584 });
  });

  test("says so where nothing works", async () => {
    const { found } = await search(() => false);
    expect(found).toMatchObject({ pool: null, fails: 65536 });
  });
});

test("the answers hold in direct replays at the size and one quantum below", async () => {
  const steps = fc.array(fc.tuple(fc.nat(15), fc.nat(3), fc.integer({ min: 1, max: 900 })), {
    minLength: 40,
    maxLength: 120,
  }) as fc.Arbitrary<Step[]>;
  await fc.assert(
    fc.asyncProperty(steps, async (list) => {
      const trace = traceOfSteps(list, 16384);
      const size = await sizeOf(trace);
      for (const { fit, word, leakHeaders, asRecorded } of size.variants) {
        if (word !== size.word || leakHeaders !== size.leakHeaders || asRecorded?.pool == null) continue;
        expect(newFailures(trace, fit, asRecorded.pool)).toBe(0);
        if (asRecorded.fails !== null) expect(newFailures(trace, fit, asRecorded.fails)).toBeGreaterThan(0);
        // What the whole needs is the most that any test needs, as far as the same sizes were tried.
        const most = Math.max(...size.tests.map((one) => one[fit].pool ?? 0));
        expect(asRecorded.pool).toBeGreaterThanOrEqual(most);
      }
    }),
    { numRuns: 12 },
  );
});

test("a test by itself does not mind what failed before it, but what is missing at its begin", () => {
  const recorder = createRecorder();
  const ctx = recorder.life(16384);
  recorder.mark("big");
  const big = malloc(ctx, 6000);
  recorder.mark("keeps");
  ctx.listener?.("F", big, 0, 0, 0, null, 0, 0);
  const trace = recorder.trace();
  const heap = { fit: "first", word: 8, leakHeaders: false } as const;
  const plan = planTrials(trace);
  const small = tryPool(trace, plan, heap, { pool: 2048, until: trace.length, brief: false });
  expect(small.newFailures).toBe(1);
  // The block is freed in `keeps`: it lived on into it, so both are spoilt.
  expect([...small.stages]).toEqual([0, 1, 1]);
  expect(small.first).toMatchObject({ recorded: false, instance: 0 });
  const large = tryPool(trace, plan, heap, { pool: 8192, until: trace.length, brief: false });
  expect([...large.stages]).toEqual([0, 0, 0]);
});

test("a refusal that a larger pool would serve is a claim of its own", async () => {
  const recorder = createRecorder();
  const ctx = recorder.life(4096);
  recorder.mark("fill");
  malloc(ctx, 3000);
  malloc(ctx, 2000);
  malloc(ctx, 100_000);
  const trace = recorder.trace();
  const size = await sizeOf(trace);
  expect(size.curable).toBe(1);
  const [first] = size.variants;
  // Table, two blocks and the end mark would do, but a quantum more leaves a rest too small for a block of its own.
  const exact = 32 + 3024 + 2016 + 16;
  expect(first?.served).toMatchObject({ pool: exact + 32, fails: exact + 16, lucky: [exact] });
  expect(first?.asRecorded?.pool).toBe(32 + 3024 + 16 + 32);
  expect(size.tests).toMatchObject([{ mark: "fill", first: { pool: 3104 }, firstServed: { pool: exact + 32 } }]);
  expect(first?.below).toMatchObject({ recorded: true });
});

test("margins and options", () => {
  const core = knobOfHeap("core", 68640);
  expect(core).toEqual({ name: "CFG_CORE_HEAP_SIZE", configured: 65536, added: 3104 });
  expect(settingFor(57968, { percent: 20 }, core)).toEqual({ pool: 69562, value: 69632, here: null });
  expect(settingFor(66000, { bytes: 0 }, core)).toEqual({ pool: 66000, value: 69632, here: 65536 });
  const ta = knobOfHeap("ta-x", 32752);
  expect(ta).toEqual({ name: "TA_DATA_SIZE", configured: 32768, added: 0 });
  expect(settingFor(1024, { percent: 0 }, ta)?.value).toBe(1024);
  expect(settingFor(1000, { bytes: 20 }, ta)?.value).toBe(2048);
  expect(settingFor(6000, { percent: 10 }, knobOfHeap("ldelf", 16384))).toBeUndefined();
});

describe("counters alone", () => {
  const stats = { ...emptyRecord(), size: 65536, maxAllocated: 40000 };
  test.each([
    [{}, "upper bound of waste", 40016],
    [{ failures: 1, biggestFailure: 8000, biggestFailureUsed: 60000 }, "lower bound", 60000 + 8016 + 16],
    [{ failures: 1, biggestFailure: 800, biggestFailureUsed: 50000 }, "fragmented", 65536 + 816],
    [{ failures: 1, biggestFailure: 18, biggestFailureUsed: 65488 }, "lower bound", 65536 + 16],
    [{ failures: 2, biggestFailure: 2 ** 28, biggestFailureUsed: 50000 }, "impossible request", null],
  ])("%o is %s", (change, kind, estimate) => {
    expect(counterSize({ ...stats, ...change })).toMatchObject({ kind, estimate });
  });

  test("the self test's request is none that a heap has to serve", () => {
    const selfTest = { ...stats, biggestFailure: 2 ** 28, biggestFailureUsed: 21040 };
    expect(counterSize({ ...selfTest, failures: 1 }, { name: "Heap" })).toMatchObject({
      kind: "upper bound of waste",
      estimate: 40016,
    });
    expect(counterSize({ ...selfTest, failures: 3 }, { name: "Heap" })).toMatchObject({
      kind: "self test",
      estimate: 40016,
      waste: null,
    });
  });

  test("a heap that grows has no waste, and no size is enough", () => {
    const size = counterSize(stats, { name: "Heap", growth: "Grows." });
    expect(size).toMatchObject({ kind: "growing", waste: null });
    expect(size.text).toMatch(/^Grows\. No request failed and the peak took 61 % of 65,536 bytes\. No size lasts/);
    expect(size.text).not.toMatch(/waste|never used/);
  });

  test("a request lacked the same bytes as the advice on the pool says", () => {
    const full = { ...stats, size: 203072, failures: 3, biggestFailure: 40000, biggestFailureUsed: 195000 };
    expect(counterSize(full, { name: "Heap" }).missing).toBe(31928);
    expect(poolAdvice({ ...full, knob: "" })).toMatch(/lacked at least 31,928 bytes/);
  });

  /** The heap of some reports that all have these counters but the bytes in use. */
  const counted = (name: string, change: object, used: readonly number[] = [30000]) => {
    const samples = used.map((allocated, time) => ({ time, heap: name, stats: { ...stats, ...change, allocated } }));
    const [heap] = heapSeries({ samples, traces: [] });
    if (heap === undefined) throw new Error("no heap");
    return { heap, size: counterSize(heap.total, { name }) };
  };
  const margin = { percent: 10 };

  test.each([
    ["Heap", { failures: 1, biggestFailure: 8000, biggestFailureUsed: 60000 }, "CFG_CORE_HEAP_SIZE", 77824],
    ["KHeap", {}, "CFG_CORE_NEX_HEAP_SIZE", 45056],
    ["8aaaf200-2450-11e4-abe2-0002a5d5c51b", {}, "TA_DATA_SIZE", 45056],
    ["fd02c9da-306c-48c7-a49c-bbd827ae86ee", {}, "CFG_PKCS11_TA_HEAP_SIZE", 45056],
  ])("names what to set for %s: the estimate with its margin, in whole steps", (name, change, option, value) => {
    const { heap, size } = counted(name, change);
    expect(counterSetting(heap, size, margin)).toEqual({ name: option, value });
    expect(settingText(heap, size, margin)).toMatch(new RegExp(`^Set at least ${option}=${value} `));
  });

  test("names nothing for a heap that grows on, or for a request that no pool serves", () => {
    const growing = counted("Heap", {}, [30000, 31000, 32000, 33000]);
    expect(counterSetting(growing.heap, growing.size, margin)).toBeNull();
    const impossible = counted("Heap", { failures: 1, biggestFailure: 70000 });
    expect(counterSetting(impossible.heap, impossible.size, margin)).toBeNull();
  });

  test("the memory of TAs: what a further TA may take, and how much more is needed", () => {
    const { heap, size } = counted("Physical TA memory", { size: 1048576 }, [262144]);
    expect(settingText(heap, size, margin)).toMatch(/^786,432 bytes are free: a further TA may take so much at most/);
    const failed = { size: 1048576, failures: 1, biggestFailure: 200000, biggestFailureUsed: 1000000 };
    const full = counted("Secure DDR", failed, [1000000]);
    expect(settingText(full.heap, full.size, margin)).toMatch(
      /^CFG_TZDRAM_SIZE has to grow by at least 151,552 bytes\./,
    );
  });
});
