// Tests of what_if.ts.
import { expect, test } from "vitest";
import { createRecorder } from "../../test/support/record.ts";
import { free, malloc, memalign, realloc } from "../malloc/malloc.ts";
import { parseRecordedTrace } from "./recorded_trace.ts";
import type { RecordedTrace } from "./trace_columns.ts";
import { type WhatIfOptions, whatIf } from "./what_if.ts";

function report(trace: RecordedTrace, options: WhatIfOptions = {}) {
  const result = whatIf(trace, options);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

/** Bytes of a block for a payload in the 64-bit layout. */
const block = (payload: number): number => Math.ceil(payload / 16) * 16 + 16;
const TABLE = block(16);

test("what fails only now is missing, and its free is skipped", () => {
  const recorder = createRecorder();
  const ctx = recorder.life(4096);
  recorder.mark("big");
  const big = malloc(ctx, 2000);
  const small = malloc(ctx, 100);
  free(ctx, big);
  free(ctx, small);
  const { lives, refused, newFailures, byMark } = report(recorder.trace(), { pool: 2000 });
  expect(newFailures).toBe(1);
  expect(byMark).toEqual([{ mark: "big", failures: 1 }]);
  expect(refused).toMatchObject([
    {
      row: 2,
      line: 6,
      instance: 1,
      mark: "big",
      size: 2000,
      alignment: 0,
      recorded: false,
      allocated: TABLE,
      freeBlocks: 1,
    },
  ]);
  expect(refused[0]).toMatchObject({ free: 2000 - 16 - TABLE, largestFree: 2000 - 16 - TABLE });
  expect(lives).toMatchObject([
    { pool: 2000, peak: TABLE + block(100), peakRow: 3, failures: 1, newFailures: 1, end: { allocated: TABLE } },
  ]);
  expect(lives[0]?.recorded).toEqual({
    pool: 4096,
    peak: TABLE + block(2000) + block(100),
    peakRow: 3,
    failures: 0,
    allocated: TABLE,
  });
});

test("what failed then and succeeds now is kept until the end of its mark", () => {
  const recorder = createRecorder();
  const ctx = recorder.life(4096);
  recorder.mark("one");
  expect(malloc(ctx, 5000)).toBe(0);
  const a = malloc(ctx, 10);
  recorder.mark("two");
  free(ctx, a);
  const trace = recorder.trace();
  const { lives, rescued, newFailures } = report(trace, { pool: 8192 });
  expect({ rescued, newFailures }).toEqual({ rescued: 1, newFailures: 0 });
  expect(lives).toMatchObject([{ peak: TABLE + block(5000) + block(10), end: { allocated: TABLE }, failures: 0 }]);
  expect(report(trace, { pool: 8192, until: 4 }).lives[0]?.end.allocated).toBe(TABLE + block(10));
});

test("a realloc that fails only now leaves its block, which is freed in place of the new one", () => {
  const recorder = createRecorder();
  const ctx = recorder.life(4096);
  const moved = realloc(ctx, malloc(ctx, 200), 1500);
  free(ctx, moved);
  const trace = recorder.trace();
  expect(report(trace, { pool: 1024, until: 4 }).lives[0]?.end.allocated).toBe(TABLE + block(200));
  expect(report(trace, { pool: 1024 })).toMatchObject({ newFailures: 1, lives: [{ end: { allocated: TABLE } }] });
});

test("a realloc of what is missing allocates", () => {
  const recorder = createRecorder();
  const ctx = recorder.life(4096);
  realloc(ctx, malloc(ctx, 1500), 200);
  expect(report(recorder.trace(), { pool: 1024 })).toMatchObject({
    newFailures: 1,
    lives: [{ end: { allocated: TABLE + block(200) } }],
  });
});

test("a realloc that failed then and succeeds now moves its block", () => {
  const recorder = createRecorder();
  const ctx = recorder.life(4096);
  const a = malloc(ctx, 100);
  expect(realloc(ctx, a, 9000)).toBe(0);
  recorder.mark("later");
  free(ctx, a);
  const trace = recorder.trace();
  expect(report(trace, { pool: 16384, until: 4 }).lives[0]?.end.allocated).toBe(TABLE + block(9000));
  expect(report(trace, { pool: 16384 })).toMatchObject({ rescued: 1, lives: [{ end: { allocated: TABLE } }] });
});

test("a request with an alignment that is none fails then and now", () => {
  const recorder = createRecorder();
  memalign(recorder.life(4096), 100, 64);
  expect(report(recorder.trace(), { pool: 65536 })).toMatchObject({
    newFailures: 0,
    rescued: 0,
    refused: [{ recorded: true, alignment: 100 }],
  });
});

test("every instance has the pool that is asked for, and its own report", () => {
  const recorder = createRecorder("ta-x");
  const one = recorder.life(4096);
  malloc(one, 3000);
  const two = recorder.life(4096);
  malloc(two, 30);
  malloc(one, 40);
  const { lives, newFailures } = report(recorder.trace(), { pool: 2048 });
  expect(newFailures).toBe(1);
  expect(lives).toMatchObject([
    { instance: 1, pool: 2048, failures: 1, end: { allocated: TABLE + block(40) } },
    { instance: 2, pool: 2048, failures: 0, end: { allocated: TABLE + block(30) } },
  ]);
});

test("keeps as many refused requests as asked for, and stops after the first if told", () => {
  const recorder = createRecorder();
  const ctx = recorder.life(65536);
  for (let n = 0; n < 20; n++) malloc(ctx, 2000);
  const trace = recorder.trace();
  const all = report(trace, { pool: 4096, keep: 3 });
  expect(all).toMatchObject({ newFailures: 19, stopped: false, operations: trace.length });
  expect(all.refused).toHaveLength(3);
  expect(report(trace, { pool: 4096, stopAfter: 1 })).toMatchObject({ newFailures: 1, stopped: true, operations: 4 });
});

test("words, leak headers and validation change what a block costs, not what fits by itself", () => {
  const recorder = createRecorder();
  malloc(recorder.life(65536), 100);
  const trace = recorder.trace();
  expect(report(trace, { word: 4 }).lives[0]?.peak).toBe(16 + 8 + 104);
  expect(report(trace, { leakHeaders: true }).lives[0]?.peak).toBe(32 + 16 + 32 + 112 + 16 + 32);
  expect(report(trace, { debug: true }).lives[0]?.peak).toBe(TABLE + block(100));
});

test("pools beyond 4 GiB are moved for 32-bit words", () => {
  const recorder = createRecorder();
  const ctx = recorder.life(65536, { base: 0x7f_1234_5000 });
  free(ctx, malloc(ctx, 100));
  memalign(ctx, 4096, 100);
  expect(report(recorder.trace(), { word: 4, pool: 32768 })).toMatchObject({ newFailures: 0 });
});

test("says which pools are possible", () => {
  const recorder = createRecorder();
  recorder.life(4096);
  const trace = recorder.trace();
  expect(whatIf(trace, { pool: 1023 })).toEqual({
    ok: false,
    error: "line 3: a pool of 1023 bytes is too small: at least 1024 bytes",
  });
  expect(whatIf(trace, { pool: 2 ** 31 })).toMatchObject({ ok: false });
  expect(whatIf(trace, { pool: 1024 }).ok).toBe(true);
});

test("the smallest pool counts what rounding takes from its start", () => {
  const recorder = createRecorder();
  recorder.life(4096, { base: 0x40010008 });
  const error = (pool: number) => whatIf(recorder.trace(), { pool });
  expect(error(1031)).toEqual({
    ok: false,
    error:
      "line 3: a pool of 1031 bytes is too small: at least 1032 bytes, " +
      "because its start 0x40010008 is rounded up to a multiple of 16",
  });
  expect(error(1032).ok).toBe(true);
});

test("releases of unknown blocks are skipped and counted", () => {
  const recorder = createRecorder();
  const ctx = recorder.life(4096);
  free(ctx, malloc(ctx, 10));
  free(ctx, 0);
  expect(report(recorder.trace()).skipped).toBe(0);
  const text = recorder.text().replace(/\tF\t4\w+/, "\tF\t40010100");
  const damaged = parseRecordedTrace(new TextEncoder().encode(text));
  expect(damaged.ok && report(damaged.value).skipped).toBe(1);
});
