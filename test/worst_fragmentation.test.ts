// Checks the worst fragmentation against a brute-force measure.
import fc from "fast-check";
import { expect, test } from "vitest";
import { heapState } from "../src/analyze/report/heap_state.ts";
import { worstFragmentation } from "../src/analyze/report/worst_fragmentation.ts";
import { verifyTrace } from "../src/replay/verify.ts";
import { traceOfSteps } from "./support/random_trace.ts";

const step = fc.tuple(fc.nat(12), fc.nat(3), fc.integer({ min: 1, max: 700 }));

test("is the highest that the heap has after any operation", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 120 }), fc.constantFrom(2048, 4096, 16384), (steps, pool) => {
      const trace = traceOfSteps(steps, pool);
      let expected = 0;
      const { difference } = verifyTrace(trace, {
        onRow: (_, ctx) => {
          expected = Math.max(expected, heapState(ctx).fragmentation);
        },
      });
      expect(difference).toBeNull();
      expect(worstFragmentation(trace)).toMatchObject({ percent: expected });
    }),
  );
});

test("of a trace that no allocator of OP-TEE made is not known", () => {
  const trace = traceOfSteps(
    [
      [0, 3, 100],
      [1, 3, 100],
    ],
    4096,
  );
  const result = trace.result.map((address, row) => (row === trace.length - 1 ? address + 16 : address));
  expect(worstFragmentation({ ...trace, result })).toMatchObject({ what: "ret", row: trace.length - 1 });
});
