// Tests of the sums over a range of a trace.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Step, traceOfSteps } from "../../../test/support/random_trace.ts";
import { createRecorder } from "../../../test/support/record.ts";
import { free, malloc } from "../../malloc/malloc.ts";
import { memoryStore } from "../../replay/byte_store.ts";
import { parseRecordedTrace } from "../../replay/recorded_trace.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { createTraceReader } from "../../replay/trace_reader.ts";
import { heapReport } from "../report/heap_report.ts";
import { rowRange } from "../row_range.ts";
import { holdersIn } from "./group_sums.ts";
import type { Measure } from "./range_sums.ts";
import { rowsWithin } from "./time_range.ts";
import { rangesOfTrace } from "./trace_range.ts";

const steps = fc.array(fc.tuple(fc.nat(11), fc.nat(3), fc.integer({ min: 1, max: 700 })), {
  minLength: 1,
  maxLength: 120,
}) as fc.Arbitrary<Step[]>;

/** The same without any shortcut: sets of blocks, row by row. */
function bruteForce(trace: RecordedTrace, from: number, to: number): Record<Measure, Map<string, number>> {
  type Block = { bytes: number; site: string; row: number };
  const live = new Map<number, Block>();
  const all: Record<Measure, Block[]> = { retained: [], peak: [], end: [], allocated: [], freed: [] };
  let before = 0;
  let most = -1;
  for (let row = 0; row < to; row++) {
    if (row === from) all.peak = [...live.values()];
    const allocated = trace.allocated[row] as number;
    let delta = allocated - before;
    before = allocated;
    const made = trace.result[row] as number;
    const given = live.get(trace.pointer[row] as number);
    if (given !== undefined && (made !== 0 || trace.size[row] === 0)) {
      delta += given.bytes;
      live.delete(trace.pointer[row] as number);
      if (row >= from) all.freed.push(given);
    }
    const block = { bytes: delta, site: trace.sites[trace.site[row] as number]?.place ?? "", row };
    if (made !== 0) live.set(made, block);
    if (row < from) continue;
    if (made !== 0) all.allocated.push(block);
    if (allocated > most) {
      most = allocated;
      all.peak = [...live.values()];
    }
  }
  all.end = [...live.values()];
  all.retained = all.end.filter(({ row }) => row >= from);
  const sum = (blocks: Block[]): Map<string, number> => {
    const sums = new Map<string, number>();
    for (const { site, bytes } of blocks) sums.set(site, (sums.get(site) ?? 0) + bytes);
    return sums;
  };
  const { retained, peak, end, allocated, freed } = all;
  return { retained: sum(retained), peak: sum(peak), end: sum(end), allocated: sum(allocated), freed: sum(freed) };
}

describe("any range of any trace", () => {
  test.each(["retained", "peak", "end", "allocated", "freed"] as const)("%s: as without a shortcut", (measure) => {
    fc.assert(
      fc.property(steps, fc.nat(150), fc.nat(150), (program, a, b) => {
        const trace = traceOfSteps(program, 8192);
        const from = Math.min(a, trace.length - 1);
        const to = Math.min(trace.length, from + 1 + b);
        const [range] = rangesOfTrace(trace, { from, to });
        if (range === undefined) throw new Error("no range");
        const sums = new Map(holdersIn(range, measure, "site").map(({ site, bytes }) => [site, bytes]));
        expect(sums).toEqual(bruteForce(trace, from, to)[measure]);
        expect(range.rows).toBe(to - from);
      }),
    );
  });

  test("what it held before, and what came and went, is what it holds at the end", () => {
    fc.assert(
      fc.property(steps, fc.nat(150), (program, a) => {
        const trace = traceOfSteps(program, 8192);
        const middle = Math.min(a, trace.length);
        const bytes = (from: number, to: number, measure: Measure): number =>
          holdersIn(rangesOfTrace(trace, { from, to })[0] as never, measure, "site").reduce((s, h) => s + h.bytes, 0);
        if (middle === 0 || middle === trace.length) return;
        const held = bytes(0, middle, "end");
        const come = bytes(middle, trace.length, "allocated");
        const gone = bytes(middle, trace.length, "freed");
        expect(held + come - gone).toBe(bytes(middle, trace.length, "end"));
      }),
    );
  });
});

describe("the recorded core heap", () => {
  const file = gunzipSync(readFileSync(new URL("../../../data/optee-4.0.0/core.trace.gz", import.meta.url)));
  const parsed = parseRecordedTrace(file);
  if (!parsed.ok) throw new Error(parsed.error);
  const trace = parsed.value;
  const [toPeak] = rangesOfTrace(trace, rowsWithin(trace, { from: 0, to: 529_232_000 }));
  if (toPeak === undefined) throw new Error("no range");

  test("retained from 0 to 529.232 s: as the Firefox Profiler shows it", () => {
    const files = new Map(holdersIn(toPeak, "retained", "file").map(({ site, bytes }) => [site, bytes]));
    expect(files.get("core/lib/libtomcrypt/ecb.c")).toBe(23_664);
    expect(files.get("core/lib/libtomcrypt/hash.c")).toBe(14_784);
    expect(files.get("core/tee/tee_obj.c")).toBe(6_384);
  });

  test.each([undefined, "pkcs11-1007", "regression-4006"])(
    "peak and its holders as the report tells, mark %s",
    (mark) => {
      const range = rowRange(trace, mark);
      if (!range.ok) throw new Error(range.error);
      const report = heapReport(trace, { range: range.value, ...(mark === undefined ? {} : { mark }) });
      const [sums] = rangesOfTrace(trace, range.value);
      if (sums === undefined || report === undefined) throw new Error("no range");
      expect(sums.peak).toEqual({ row: report.peak.row, time: report.peak.time, bytes: report.peak.bytes });
      expect(holdersIn(sums, "peak", "site")).toEqual(report.peak.bySite);
      expect(holdersIn(sums, "peak", "mark")).toEqual(report.peak.byMark);
    },
  );

  test("the same from rows that are packed", () => {
    const reader = createTraceReader(memoryStore());
    expect(reader.add(file)).toBe(null);
    const packed = reader.finish();
    if (!packed.ok) throw new Error(packed.error);
    expect(rangesOfTrace(packed.value, rowsWithin(trace, { from: 0, to: 529_232_000 }))).toEqual([toPeak]);
  });
});

describe("instances of a TA's heap", () => {
  test("each has its own sums, and one that ended before the range has none", () => {
    const recorder = createRecorder("ta-00000000-0000-0000-0000-000000000001");
    const first = recorder.life(4096);
    malloc(first, 100, "left.c", 1);
    const second = recorder.life(4096);
    const block = malloc(second, 200, "b.c", 2);
    const third = recorder.life(4096);
    malloc(third, 300, "c.c", 3);
    free(second, block);
    const trace = recorder.trace();
    const ranges = rangesOfTrace(trace, { from: 8, to: trace.length });
    expect(ranges.map(({ instance, peak, rows }) => [instance, peak?.bytes, rows])).toEqual([
      [3, 352, 1],
      [2, 32, 1],
    ]);
    expect(ranges.map((range) => holdersIn(range, "retained", "file"))).toEqual([
      [{ site: "c.c", blocks: 1, bytes: 320 }],
      [],
    ]);
    expect(holdersIn(ranges[1] as never, "freed", "site")).toEqual([{ site: "b.c:2", blocks: 1, bytes: 224 }]);
  });
});
