// Tests of the report on one heap.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blockTable } from "../../../test/support/block_table.ts";
import { inParts } from "../../../test/support/in_parts.ts";
import { type Step, traceOfSteps } from "../../../test/support/random_trace.ts";
import { createRecorder } from "../../../test/support/record.ts";
import type { MallocContext } from "../../malloc/context.ts";
import { calloc, free, malloc, memalign, realloc } from "../../malloc/malloc.ts";
import { OP } from "../../malloc/operation.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { rowRange } from "../row_range.ts";
import { findingsOf } from "./advice.ts";
import { heapReport } from "./heap_report.ts";
import { createOwnerOf } from "./owner.ts";

const steps = fc.array(fc.tuple(fc.nat(11), fc.nat(3), fc.integer({ min: 1, max: 700 })), {
  minLength: 1,
  maxLength: 120,
}) as fc.Arbitrary<Step[]>;

/** What the report says, without any of its shortcuts: a map of live blocks, row by row. */
function bruteForce(trace: RecordedTrace) {
  const live = new Map<number, { bytes: number; site: string }>();
  let before = 0;
  let best = { bytes: -1, row: -1, bySite: new Map<string, number>() };
  for (let row = 0; row < trace.length; row++) {
    const pointer = trace.pointer[row] as number;
    const result = trace.result[row] as number;
    const allocated = trace.allocated[row] as number;
    const refused = trace.op[row] === OP.R && result === 0;
    let delta = allocated - before;
    before = allocated;
    if (trace.op[row] !== OP.P && pointer !== 0 && !refused) {
      delta += live.get(pointer)?.bytes ?? 0;
      live.delete(pointer);
    }
    if (result !== 0) live.set(result, { bytes: delta, site: trace.sites[trace.site[row] as number]?.place ?? "" });
    if (allocated > best.bytes) {
      const bySite = new Map<string, number>();
      for (const { bytes, site } of live.values()) bySite.set(site, (bySite.get(site) ?? 0) + bytes);
      best = { bytes: allocated, row, bySite };
    }
  }
  return { best, live };
}

function report(trace: RecordedTrace, mark?: string) {
  const range = rowRange(trace, mark);
  if (!range.ok) throw new Error(range.error);
  const made = heapReport(trace, { range: range.value, ...(mark === undefined ? {} : { mark }) });
  if (made === undefined) throw new Error("no rows");
  return made;
}

test("peak, its holders, what is left and the churn equal a brute-force count", () => {
  fc.assert(
    fc.property(steps, (list) => {
      const trace = traceOfSteps(list, 4096);
      const { peak, left, churn, failures, instances } = report(trace);
      const { best, live } = bruteForce(trace);
      expect([peak.bytes, peak.row]).toEqual([best.bytes, best.row]);
      expect(new Map(peak.bySite.map(({ site, bytes }) => [site, bytes]))).toEqual(best.bySite);
      expect(peak.bySite.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(peak.bytes);
      expect(peak.byMark.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(peak.bytes);
      // The pool table is a block, too, and not counted as left.
      expect(left.blocks).toBe(live.size - 1);
      expect(churn.allocations + churn.reallocs).toBe(trace.blocks);
      expect(failures.fit).toBe("first");
      expect(failures.count).toBe(instances[0]?.refused);
      for (const { state, allocated, size, kind } of failures.shown) {
        expect(state?.allocated).toBe(allocated);
        if (kind === "fragmented" || kind === "exhausted") expect(state?.largestRequest).toBeLessThan(size);
      }
    }),
    { numRuns: 60 },
  );
});

test("block sizes are those of the heap, slack included", () => {
  const recorder = createRecorder();
  const ctx = recorder.life(4096);
  const a = malloc(ctx, 100);
  const b = realloc(ctx, a, 300);
  free(ctx, b);
  const { bytes, made, ended } = blockTable(recorder.trace());
  expect([...bytes]).toEqual([32, 128, 320]);
  expect([...made]).toEqual([1, 2, 3]);
  expect([...ended]).toEqual([-1, 3, 4]);
});

describe("failures", () => {
  const recorder = createRecorder();
  const ctx = recorder.life(2048);
  recorder.mark("fill");
  const blocks = Array.from({ length: 12 }, () => malloc(ctx, 100, "fill.c", 1));
  for (const [i, at] of blocks.entries()) if (i % 2 === 0) free(ctx, at);
  recorder.mark("refuse");
  malloc(ctx, 500, "want.c", 7);
  malloc(ctx, 5000, "huge.c", 8);
  memalign(ctx, 48, 10);
  const made = report(recorder.trace());

  test("are told apart, each with the state of the heap", () => {
    expect(made.failures.shown.map(({ kind, size }) => [kind, size])).toEqual([
      ["fragmented", 500],
      ["too-large", 5000],
      ["alignment", 10],
    ]);
    expect(made.failures.shown[0]).toMatchObject({ site: "want.c:7", mark: "refuse", alignment: null });
    expect(made.failures.shown[0]?.state).toEqual({
      size: 2048,
      allocated: 800,
      unallocated: 1248,
      free: 1232,
      freeBlocks: 7,
      pieces: 8,
      largestFree: 464,
      largestRequest: 448,
      // 1 - (464² + 6 · 128²) / 1248²
      fragmentation: 79,
    });
  });

  test("become findings, the worst first", () => {
    const found = findingsOf(made);
    expect(found.map(({ rule }) => rule).slice(0, 3)).toEqual(["fragmented", "too-large", "alignment"]);
    expect(found[0]?.text).toMatch(
      /^refuse: a request for 500 bytes failed, although 1,248 of 2,048 bytes were not in use/,
    );
    expect(found[0]?.text).toMatch(/CFG_CORE_BGET_BESTFIT=y/);
  });
});

test("a heap without trouble is told so, and an exhausted one what is missing", () => {
  const calm = createRecorder("ta-x");
  malloc(calm.life(4096), 2500);
  expect(findingsOf(report(calm.trace()))[0]).toMatchObject({ rule: "well" });
  const full = createRecorder("ta-x");
  const ctx = full.life(4096);
  malloc(ctx, 3000);
  malloc(ctx, 1500);
  expect(findingsOf(report(full.trace()))[0]?.text).toBe(
    "a request for 1,500 bytes failed, because it needs a block of 1,520 bytes, and only 1,024 of 4,096 bytes were free: at least 496 were missing; raise TA_DATA_SIZE, `teemem size` finds the value.",
  );
});

test("commands in findings have the file, where there is one", () => {
  const roomy = createRecorder("ta-x");
  malloc(roomy.life(4096), 25);
  const texts = (on: string): string =>
    findingsOf(report(roomy.trace()), on)
      .map(({ text }) => text)
      .join("\n");
  expect(texts("")).toContain("`teemem size` shows");
  expect(texts("--heap ta-x run.arrows")).toContain("`teemem size --heap ta-x run.arrows` shows");
});

test("a heap whose free blocks together are too small is full, not scattered", () => {
  const recorder = createRecorder("ta-x");
  const ctx = recorder.life(1040);
  const small = malloc(ctx, 16);
  while (malloc(ctx, 16) !== 0);
  free(ctx, small);
  malloc(ctx, 18, "want.c", 7);
  const last = report(recorder.trace()).failures.shown.at(-1);
  // One block of 32 bytes is free, and the end mark is no block: 16 bytes of header and 18 asked for, rounded up, are 48.
  expect(last).toMatchObject({ kind: "exhausted", block: 48, state: { unallocated: 48, free: 32, pieces: 2 } });
});

test("a mark narrows all of it, and an unknown one is an error", () => {
  const recorder = createRecorder();
  const ctx = recorder.life(8192);
  recorder.mark("one");
  malloc(ctx, 2000, "one.c", 1);
  recorder.mark("two");
  const b = malloc(ctx, 1000, "two.c", 2);
  malloc(ctx, 10, "two.c", 3);
  free(ctx, b);
  const trace = recorder.trace();
  const { peak, churn, left, operations } = report(trace, "two");
  expect(operations).toBe(3);
  expect(peak).toMatchObject({ row: 4, mark: "two", bytes: 32 + 2016 + 1024 + 32 });
  expect(peak.byMark.map(({ site }) => site)).toEqual(["one", "two", ""]);
  expect(churn.bySite.map(({ site }) => site)).toEqual(["two.c:2", "two.c:3"]);
  expect(left).toMatchObject({ blocks: 1, bytes: 32 });
  expect(rowRange(trace, "three")).toMatchObject({ ok: false });
});

test("instances are summed up by themselves", () => {
  const recorder = createRecorder("ta-x");
  const one = recorder.life(4096);
  malloc(one, 1000);
  const two = recorder.life(4096);
  malloc(two, 2000);
  malloc(one, 5000);
  const { instances, peak } = report(recorder.trace());
  expect(instances).toMatchObject([
    { instance: 2, operations: 3, peak: 32 + 2016, refused: 0 },
    { instance: 1, operations: 4, peak: 32 + 1024, refused: 1 },
  ]);
  expect(peak.instance).toBe(2);
});

test("a recording of best fit is known as such; one of neither has no states", () => {
  const recorder = createRecorder();
  const ctx = recorder.life(4096, { fit: "best" });
  const blocks = [400, 16, 200, 16].map((size) => malloc(ctx, size));
  free(ctx, blocks[0] ?? 0);
  free(ctx, blocks[2] ?? 0);
  malloc(ctx, 190);
  malloc(ctx, 4000);
  const { failures } = report(recorder.trace());
  expect(failures).toMatchObject({ fit: "best", difference: null });
  expect(failures.shown[0]?.state).not.toBeNull();
});

test("the innermost entry owns a row", () => {
  const ownerOf = createOwnerOf([
    { from: 10, to: 50, owner: "outer" },
    { from: 20, to: 30, owner: "inner" },
    { from: 60, to: 61, owner: "last" },
  ]);
  expect([9, 10, 20, 29, 30, 49, 50, 60, 61].map((row) => ownerOf?.(row))).toEqual([
    "",
    "outer",
    "inner",
    "inner",
    "outer",
    "outer",
    "",
    "last",
    "",
  ]);
  expect(createOwnerOf([])).toBeNull();
});

test("a buffer that is reallocated lives on: it is one allocation, and says how it grew", () => {
  const recorder = createRecorder();
  const ctx = recorder.life(65536);
  for (let round = 0; round < 10; round++) {
    let buffer = malloc(ctx, 8, "grow.c", 1);
    for (let size = 9; size <= 20; size++) buffer = realloc(ctx, buffer, size + 3 * (size - 8), "grow.c", 2);
    for (let other = 0; other < 20; other++) free(ctx, malloc(ctx, 24, "short.c", 3));
    free(ctx, buffer);
  }
  const made = report(recorder.trace());
  const site = (name: string) => made.churn.bySite.find((row) => row.site === name);
  expect(site("grow.c:1")).toMatchObject({ allocations: 10, reallocs: 0, shortLived: 0 });
  expect(site("grow.c:2")).toMatchObject({ allocations: 0, reallocs: 120, shortLived: 0 });
  expect(site("short.c:3")).toMatchObject({ allocations: 200, reallocs: 0, shortLived: 200 });
  // 8, 12, 16 … 52 bytes were copied in each round.
  const copied = 10 * (12 * 8 + 4 * ((12 * 11) / 2));
  expect(made.regrowth).toEqual([{ site: "grow.c:2", reallocs: 120, grew: 120, same: 0, copied, least: 4, most: 4 }]);
  const texts = findingsOf(made).filter(({ rule }) => rule === "regrowth");
  expect(texts).toEqual([
    {
      rule: "regrowth",
      level: "note",
      text: "grow.c:2 called realloc 120 times, to grow a buffer by 4 bytes mostly, and 3,600 bytes were copied. Let it grow in larger steps, or ask for the whole size at once.",
    },
  ]);
});

test("a buffer that is reallocated and freed at once is short-lived, where it was allocated", () => {
  const recorder = createRecorder();
  const ctx = recorder.life(4096);
  free(ctx, realloc(ctx, malloc(ctx, 8, "a.c", 1), 500, "a.c", 2));
  const { churn, regrowth } = report(recorder.trace());
  expect(churn.bySite.map(({ site, shortLived }) => [site, shortLived])).toEqual(
    expect.arrayContaining([
      ["a.c:1", 1],
      ["a.c:2", 0],
    ]),
  );
  expect(regrowth).toMatchObject([{ reallocs: 1, grew: 1, copied: 8, least: 492, most: 492 }]);
});

test("what OP-TEE's self test asks for is named so, and is no reason to raise a heap", () => {
  const recorder = createRecorder("core");
  const ctx = recorder.life(4096);
  calloc(ctx, 256, 2 ** 20, "core/pta/tests/misc.c", 362);
  memalign(ctx, 100, 1024, "core/pta/tests/misc.c", 402);
  memalign(ctx, 0, 1024, "core/pta/tests/misc.c", 404);
  const made = report(recorder.trace());
  expect(made.failures.shown.map(({ kind }) => kind)).toEqual(["self-test", "self-test", "self-test"]);
  const found = findingsOf(made);
  expect(found.map(({ level }) => level)).not.toContain("bad");
  expect(found.find(({ rule }) => rule === "self-test")?.text).toBe(
    "3 requests were made to fail, by OP-TEE's self test (xtest 1001): 268,435,456 bytes; 1,024 bytes with alignment 100; 1,024 bytes with alignment 0. That says nothing about the size of the heap.",
  );
});

test("a report reads packed rows in parts, and never a whole column", () => {
  fc.assert(
    fc.property(steps, (list) => {
      const trace = traceOfSteps(list, 4096);
      expect(report(inParts(trace))).toEqual(report(trace));
    }),
  );
});

test("a request that no pool could serve is trouble, too", () => {
  for (const fail of [(ctx: MallocContext) => malloc(ctx, 5000), (ctx: MallocContext) => memalign(ctx, 48, 10)]) {
    const recorder = createRecorder("ta-x");
    fail(recorder.life(4096));
    const found = findingsOf(report(recorder.trace()));
    expect(found[0]?.level).toBe("bad");
    expect(found.map(({ rule }) => rule)).not.toContain("well");
  }
});

describe("blocks that an instance left when it ended", () => {
  const recorder = createRecorder("ta-x");
  malloc(recorder.life(4096), 100, "ta/first.c", 1);
  const second = recorder.life(4096);
  malloc(second, 200, "lib/libutils/ext/mempool.c", 121);
  free(second, malloc(second, 300, "ta/second.c", 2));
  const trace = recorder.trace();
  const destroyed = (instance: number, to: number) => ({
    trace: 0,
    instance,
    name: "destroy",
    from: to,
    to,
    uuid: "x",
  });
  const reported = (entries: ReturnType<typeof destroyed>[], heap = trace) => {
    const made = heapReport(heap, { range: { from: 0, to: heap.length }, entries });
    if (made === undefined) throw new Error("nothing in these rows");
    return { leaked: made.leaked, found: findingsOf(made) };
  };

  test("are trouble, and only the TA's own", () => {
    const { leaked, found } = reported([destroyed(0, 2), destroyed(1, trace.length)]);
    expect(leaked).toMatchObject({ instances: 1, blocks: 1, bySite: [{ site: "ta/first.c:1", blocks: 1 }] });
    expect(found[0]).toMatchObject({ rule: "leaked", level: "warn" });
    expect(found[0]?.text).toMatch(/^An instance of the TA ended with 1 block of 128 bytes .* from ta\/first\.c:1/);
    expect(found.map(({ rule }) => rule)).not.toContain("left");
  });

  test("are none where it lives on, was clean, or is no TA's", () => {
    for (const entries of [[], [destroyed(1, trace.length)], [destroyed(0, trace.length + 1)]]) {
      const { leaked, found } = reported(entries);
      expect(leaked.blocks).toBe(0);
      expect(found.map(({ rule }) => rule)).toContain("well");
    }
    expect(reported([destroyed(0, 2)], { ...trace, context: "core" }).leaked.blocks).toBe(0);
  });
});
