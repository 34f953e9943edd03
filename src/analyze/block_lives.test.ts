// Tests of block_lives.ts.
import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { inParts } from "../../test/support/in_parts.ts";
import { parseRecordedTrace } from "../replay/recorded_trace.ts";
import type { RecordedTrace } from "../replay/trace_columns.ts";
import { blockLives } from "./block_lives.ts";
import { totalPeak } from "./budget/total_peak.ts";

const FOLDER = "data/optee-4.0.0/";
const NAMES = readdirSync(FOLDER).filter((name) => name.endsWith(".trace.gz"));

function traceOf(name: string): RecordedTrace {
  const trace = parseRecordedTrace(gunzipSync(readFileSync(FOLDER + name)));
  if (!trace.ok) throw new Error(trace.error);
  return trace.value;
}

describe.each(NAMES)("%s", (name) => {
  const trace = traceOf(name);
  const several = trace.instances.length > 1;

  test("blocks add up to what the allocator counted, after every row", () => {
    const lives = blockLives(trace);
    const sums = new Float64Array(trace.instances.length);
    const add = (block: number, sign: number): void => {
      const instance = lives.live.instance[block] as number;
      sums[instance] = (sums[instance] as number) + sign * (lives.live.bytes[block] as number);
    };
    const changes = { made: (block: number) => add(block, 1), gone: (block: number) => add(block, -1) };
    for (let row = 0; row < trace.length; row++) {
      lives.at(row, changes);
      const instance = trace.instance[row] as number;
      if (sums[instance] !== trace.allocated[row]) expect([row, sums[instance]]).toEqual([row, trace.allocated[row]]);
      lives.after(row, changes);
    }
    const left = sums.reduce((sum, bytes) => sum + bytes, 0);
    expect(left).toBe(several ? 0 : trace.allocated[trace.length - 1]);
  });

  test("what lives before a row is what the rows before it left", () => {
    const at = Math.floor(trace.length / 2);
    const lives = blockLives(inParts(trace));
    const expected = new Set<number>();
    const changes = {
      made: (block: number) => void expected.add(block),
      gone: (block: number) => void expected.delete(block),
    };
    for (let row = 0; row < at; row++) {
      lives.at(row, changes);
      lives.after(row, changes);
    }
    const found: number[] = [];
    blockLives(inParts(trace)).before(at, {
      made: (block) => void found.push(block),
      gone: () => expect.unreachable(),
    });
    const madeIn = (block: number): number => lives.live.made[block] as number;
    expect(found).toEqual([...expected].sort((a, b) => madeIn(a) - madeIn(b)));
  });
});

test("all heaps together at one moment hold less than the sum of their peaks", () => {
  const traces = NAMES.map(traceOf);
  const peaks = traces.map((trace) => trace.allocated.reduce((most, bytes) => Math.max(most, bytes), 0));
  const { bytes } = totalPeak(traces);
  expect(bytes).toBeGreaterThanOrEqual(Math.max(...peaks));
  expect(bytes).toBeLessThan(peaks.reduce((sum, peak) => sum + peak, 0));
  const [core] = traces.filter(({ context }) => context === "core");
  if (core) expect(totalPeak([core]).bytes).toBe(56_112);
  expect(totalPeak([])).toEqual({ bytes: 0, time: 0 });
});
