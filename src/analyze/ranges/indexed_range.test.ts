// Tests of the sums over a range of an indexed recording: the same as those of the trace in memory.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { indexedTrace } from "../../../test/support/indexed_trace.ts";
import { type Step, traceOfSteps } from "../../../test/support/random_trace.ts";
import { addressHistory } from "./address_history.ts";
import { GROUPING_NAMES } from "./block_owner.ts";
import { holdersIn } from "./group_sums.ts";
import { rangeOfIndexed } from "./indexed_range.ts";
import { shapeOfIndexed } from "./indexed_shape.ts";
import { traceOfIndexed } from "./indexed_trace.ts";
import { MEASURES, type RangeSums } from "./range_sums.ts";
import { rowsWithin } from "./time_range.ts";
import { rangesOfTrace } from "./trace_range.ts";

const steps = fc.array(fc.tuple(fc.nat(11), fc.nat(3), fc.integer({ min: 1, max: 700 })), {
  minLength: 1,
  maxLength: 120,
}) as fc.Arbitrary<Step[]>;

const tables = (sums: RangeSums) =>
  MEASURES.map((measure) => GROUPING_NAMES.map((grouping) => holdersIn(sums, measure, grouping)));

describe("a range of an indexed recording", () => {
  test("has the sums of the same rows in memory", async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(150), fc.nat(150), async (program, from, length) => {
        const trace = traceOfSteps(program, 8192);
        const range = { from, to: from + length };
        const sums = await rangeOfIndexed(indexedTrace(trace), { heap: 0, ...range });
        const [same] = rangesOfTrace(trace, rowsWithin(trace, range));
        if (same === undefined) {
          expect(sums.rows).toBe(0);
          return;
        }
        expect(tables(sums)).toEqual(tables(same));
        expect([sums.rows, sums.peak]).toEqual([same.rows, same.peak]);
      }),
    );
  });

  test("says how far it is, and ends when nobody waits", async () => {
    const trace = traceOfSteps(
      [
        [0, 2, 10],
        [0, 2, 10],
        [1, 2, 10],
        [1, 2, 10],
      ],
      8192,
    );
    const parts: number[] = [];
    await rangeOfIndexed(
      indexedTrace(trace, 2),
      { heap: 0, from: 0, to: 100 },
      { progress: (part) => parts.push(part) },
    );
    expect(parts.at(-1)).toBe(1);
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(rangeOfIndexed(indexedTrace(trace), { heap: 0, from: 0, to: 9 }, { signal })).rejects.toThrow(
      "enough",
    );
  });

  test("is a trace again, with the same replay", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (program) => {
        const trace = traceOfSteps(program, 8192);
        const made = await traceOfIndexed(indexedTrace(trace), 0);
        if (!made.ok) throw new Error(made.error);
        const { skipped: _a, sites: _b, ...rest } = trace;
        expect(made.value).toMatchObject({ ...rest, sites: trace.sites });
      }),
    );
  });

  test("has the shape of the heap", async () => {
    const trace = traceOfSteps([[0, 2, 10]], 8192);
    expect(await shapeOfIndexed(indexedTrace(trace), 0)).toEqual({
      word: 8,
      leakHeaders: false,
      pools: [{ address: 0x40010000, length: 8192 }],
    });
  });

  test("knows what lay at an address", async () => {
    // Two blocks at the same place, one after the other.
    const trace = traceOfSteps(
      [
        [0, 2, 100],
        [0, 2, 1],
        [1, 2, 100],
        [2, 2, 50],
      ],
      8192,
    );
    const address = trace.result[2] as number;
    const history = await addressHistory(indexedTrace(trace), { heap: 0, address, size: 100 }, 10);
    expect(history.lives.map(({ size, made, gone, site }) => [size, made, gone, site])).toEqual([
      [100, 3, 4, "m.c:0"],
      [100, 5, null, "m.c:1"],
    ]);
    expect(history.count).toBe(2);
    // The other block lies before it: what ends where this one begins does not reach it.
    const before = trace.result[5] as number;
    const other = await addressHistory(indexedTrace(trace), { heap: 0, address: before, size: address - before }, 10);
    expect(other.lives.map(({ address: at }) => at)).toEqual([before]);
    const last = await addressHistory(indexedTrace(trace), { heap: 0, address, size: 100 }, 1);
    expect([last.count, last.lives.length, last.lives[0]?.made]).toEqual([2, 1, 5]);
  });
});
