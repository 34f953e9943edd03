// Tests of verify.ts.
import fc from "fast-check";
import { expect, test } from "vitest";
import { createRecorder } from "../../test/support/record.ts";
import type { Word } from "../heap/geometry.ts";
import type { MallocContext } from "../malloc/context.ts";
import { calloc, free, freeWipe, malloc, memalign, realloc } from "../malloc/malloc.ts";
import { parseRecordedTrace } from "./recorded_trace.ts";
import { verifyTrace } from "./verify.ts";
import { whatIf } from "./what_if.ts";

type Step = readonly [kind: number, slot: number, size: number];
const steps = fc.array(fc.tuple(fc.nat(6), fc.nat(11), fc.nat(400)), { maxLength: 300 });

function act(ctx: MallocContext, pointers: number[], [kind, slot, size]: Step): void {
  const old = pointers[slot] ?? 0;
  if (kind <= 1 && old === 0) pointers[slot] = malloc(ctx, size);
  else if (kind === 2 && old === 0) pointers[slot] = calloc(ctx, 2, size);
  else if (kind === 3 && old === 0) pointers[slot] = memalign(ctx, 2 ** (size % 10), size);
  else if (kind === 4) pointers[slot] = realloc(ctx, old, size) || old;
  else if (old !== 0) {
    (kind === 5 ? freeWipe : free)(ctx, old);
    pointers[slot] = 0;
  }
}

test.each([
  [8, "first", false],
  [8, "best", false],
  [8, "first", true],
  [4, "first", false],
  [4, "best", true],
] as const)(
  "finds no difference in what the allocator itself did: word %i, %s fit, leak headers %s",
  (word: Word, fit, leakHeaders) => {
    fc.assert(
      fc.property(steps, (list) => {
        const recorder = createRecorder();
        const options = { word, fit, leakHeaders, zeroGrown: false };
        const lives = [recorder.life(2048, options), recorder.life(4096, { ...options, base: 0x0efffc00 })];
        const pointers: number[][] = [[], []];
        list.forEach((step, n) => act(lives[n % 2] as MallocContext, pointers[n % 2] as number[], step));
        const trace = recorder.trace();
        expect(verifyTrace(trace, { fit })).toEqual({ operations: trace.length, instances: 2, difference: null });
        // And without any change nothing else comes of it, either.
        const report = whatIf(trace, { fit });
        expect(report).toMatchObject({ ok: true, value: { newFailures: 0, rescued: 0 } });
        if (!report.ok) return;
        for (const { peak, failures, end, recorded } of report.value.lives) {
          expect({ peak, failures, allocated: end.allocated }).toEqual({
            peak: recorded.peak,
            failures: recorded.failures,
            allocated: recorded.allocated,
          });
        }
      }),
      { numRuns: 60 },
    );
  },
);

function changed(from: string, to: string) {
  const recorder = createRecorder();
  recorder.mark("boot");
  const ctx = recorder.life(4096);
  const a = malloc(ctx, 100);
  const b = malloc(ctx, 200);
  free(ctx, a);
  free(ctx, b);
  const text = recorder.text();
  expect(text).toContain(from);
  const trace = parseRecordedTrace(new TextEncoder().encode(text.replace(from, to)));
  if (!trace.ok) throw new Error(trace.error);
  return verifyTrace(trace.value);
}

test("reports the first difference with its place", () => {
  expect(changed("M\t0\t100\t0\t40010f60", "M\t0\t100\t0\t40010f50")).toEqual({
    operations: 2,
    instances: 1,
    difference: {
      row: 2,
      line: 6,
      instance: 1,
      mark: "boot",
      what: "ret",
      expected: 0x40010f50,
      got: 0x40010f60,
      explanation: "",
    },
  });
});

test.each([
  ["M\t0\t100\t0\t40010f60\t160", "M\t0\t100\t0\t40010f60\t161", { what: "alloc", expected: 161, got: 160 }],
  ["F\t40010f60", "F\t40010f00", { what: "ptr", expected: 0x40010f00, got: 0 }],
  ["P\t40010000\t4096", "P\t40010000\t1000", { what: "pool" }],
  ["M\t0\t100\t0\t40010f60", "M\t0\t100\t0\t0", { what: "ret", expected: 0 }],
])("reports %j read as %j", (from, to, difference) => {
  expect(changed(from, to).difference).toMatchObject(difference);
});

test("stops before a row", () => {
  expect(changed("M\t0\t100", "M\t0\t101").operations).toBe(6);
  const recorder = createRecorder();
  malloc(recorder.life(4096), 1);
  expect(verifyTrace(recorder.trace(), { until: 2 })).toEqual({ operations: 2, instances: 1, difference: null });
});
