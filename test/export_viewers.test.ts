// Exports for viewers that have no command line: what they hold is added up as the viewers do it.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { totalPeak } from "../src/analyze/budget/total_peak.ts";
import { parseRecordedTrace } from "../src/replay/recorded_trace.ts";
import type { RecordedTrace } from "../src/replay/trace_columns.ts";
import { runHere } from "./run_here.ts";

const DATA = "data/optee-4.0.0";
const CORE = `${DATA}/core.trace.gz`;
/** A TA with 34 instances, one after the other. */
const MANY = `${DATA}/ta-5b9e0e40-2636-11e1-ad9e-0002a5d5c51b.trace.gz`;

function traceOf(path: string): RecordedTrace {
  const trace = parseRecordedTrace(gunzipSync(readFileSync(path)));
  if (!trace.ok) throw new Error(trace.error);
  return trace.value;
}

async function exported(...words: string[]) {
  const { outcome, out } = await runHere("export", ...words);
  expect(outcome).toEqual({ ok: true, value: 0 });
  return JSON.parse(out);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

interface SpeedscopeProfile {
  readonly name: string;
  readonly samples: readonly (readonly number[])[];
  readonly weights: readonly number[];
  readonly endValue: number;
}

test("speedscope has the peak of all heaps together, all that was allocated, and what is left", async () => {
  const { profiles, shared, $schema, name } = await exported("-f", "speedscope", CORE, MANY);
  expect([$schema, name]).toEqual([
    "https://www.speedscope.app/file-format-schema.json",
    expect.stringContaining(CORE),
  ]);
  const traces = [CORE, MANY].map(traceOf);
  const [peak, made, left] = profiles as [SpeedscopeProfile, SpeedscopeProfile, SpeedscopeProfile];
  const { bytes, time } = totalPeak(traces);
  expect([peak.name, made.name, left.name]).toEqual([
    `in use at the peak, ${(time / 1e6).toFixed(3)} s`,
    "allocated in all",
    "never freed",
  ]);
  expect(sum(peak.weights)).toBe(bytes);
  for (const { samples, weights, endValue } of [peak, made, left]) {
    expect(samples).toHaveLength(weights.length);
    expect(sum(weights)).toBe(endValue);
    for (const frame of samples.flat()) expect(shared.frames[frame]).toBeDefined();
  }
  const ecb = { name: "ltc_ecb_alloc_ctx", file: "core/lib/libtomcrypt/ecb.c", line: 109 };
  const at = peak.samples.findIndex((stack) => shared.frames[stack.at(-1) as number].name === ecb.name);
  const stack = peak.samples[at]?.map((frame) => shared.frames[frame]);
  expect(stack?.map((frame) => frame.name)).toEqual(["heap core", expect.stringMatching(/^\w+/), ecb.name]);
  expect(stack?.at(-1)).toEqual(ecb);
});

test("a frame is the command of the TA, and another the line: neither is there twice", async () => {
  const folder = mkdtempSync(join(tmpdir(), "teemem-viewers-"));
  try {
    const run = join(folder, "run.arrows");
    await runHere("record", "-o", run, "--", "run", "acipher", "512", "hello");
    const { profiles, shared } = await exported("-f", "speedscope", "--heap", "a734eed9", run);
    const stacks = (profiles[1] as SpeedscopeProfile).samples.map((stack) =>
      stack.map((frame) => shared.frames[frame]),
    );
    const names = stacks.map((stack) => stack.map((frame) => frame.name));
    const commands = new Set(names.filter(({ length }) => length > 2).map(([, command]) => command));
    expect(commands).toEqual(new Set(["create", "open", "invoke 1", "destroy"]));
    for (const frame of stacks.flat()) if (/:\d+$/.test(frame.name)) expect(frame).toEqual({ name: frame.name });
    const massif = await runHere("export", "-f", "massif", "--heap", "a734eed9", run);
    expect(massif.out).toMatch(/^ {2}n\d: \d+ invoke 1$/m);
    expect(massif.out).not.toMatch(/(\S+:\d+) \(\1\)/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

interface Allocations {
  readonly time: readonly number[];
  readonly weight: readonly number[];
  readonly stack: readonly (number | null)[];
  readonly memoryAddress: readonly number[];
  readonly threadId: readonly number[];
  readonly length: number;
}

/** What the Firefox Profiler calls retained memory: allocations in a range whose free is not in it. By function and file. */
function retained(profile: Awaited<ReturnType<typeof exported>>, thread: number, until: number): Map<string, number> {
  const { stackTable, frameTable, funcTable, sources, stringArray } = profile.shared;
  const { time, weight, stack, memoryAddress } = profile.threads[thread].nativeAllocations as Allocations;
  const live = new Map<number, number>();
  for (const [n, bytes] of weight.entries()) {
    if ((time[n] as number) >= until) break;
    if (bytes >= 0) live.set(memoryAddress[n] as number, n);
    else live.delete(memoryAddress[n] as number);
  }
  const byFile = new Map<string, number>();
  for (const n of live.values()) {
    const func = frameTable.func[stackTable.frame[stack[n] as number]];
    const file = stringArray[sources.filename[funcTable.source[func]]] as string;
    byFile.set(file, (byFile.get(file) ?? 0) + (weight[n] as number));
  }
  return byFile;
}

test("firefox retains at our peak what we say, with markers for tests and failed requests", async () => {
  const profile = await exported("-f", "firefox", CORE, MANY);
  const atPeak = retained(profile, 0, 529_232);
  expect([...atPeak].sort(([, a], [, b]) => b - a).slice(0, 2)).toEqual([
    ["core/lib/libtomcrypt/ecb.c", 23_664],
    ["core/lib/libtomcrypt/hash.c", 14_784],
  ]);
  expect(atPeak.get("core/tee/tee_obj.c")).toBe(6_384);
  const core = traceOf(CORE);
  const peak = core.allocated.reduce((best, bytes, row) => (bytes > (core.allocated[best] ?? 0) ? row : best), 0);
  expect(sum([...retained(profile, 0, (core.time[peak + 1] as number) / 1000).values()])).toBe(56_112);
  const { data, name, startTime, endTime, length } = profile.threads[0].markers;
  expect(new Set([data, name, startTime, endTime].map((column) => column.length))).toEqual(new Set([length]));
  const tests = data.filter(({ type }: { type: string }) => type === "test");
  expect(tests.map((one: { name: string }) => one.name)).toEqual(core.marks.map((mark) => mark.name));
  expect(data.filter(({ type }: { type: string }) => type === "failed")).toContainEqual(
    expect.objectContaining({ size: 800, func: expect.any(String), place: expect.stringMatching(/:\d+$/) }),
  );
});

test("firefox pairs every free with one allocation, and its tables fit each other", async () => {
  const { threads, counters, shared, meta } = await exported("-f", "firefox", CORE, MANY);
  expect(threads.map(({ pid, name }: { pid: string; name: string }) => [pid, name])).toEqual([
    ["1", "core"],
    ["2", traceOf(MANY).context],
  ]);
  for (const [n, thread] of threads.entries()) {
    const { time, weight, stack, memoryAddress, threadId, length } = thread.nativeAllocations as Allocations;
    expect(new Set([time, weight, stack, memoryAddress, threadId].map((column) => column.length))).toEqual(
      new Set([length]),
    );
    const live = new Map<number, number>();
    let [now, peak] = [0, 0];
    for (const [at, bytes] of weight.entries()) {
      const block = memoryAddress[at] as number;
      if (bytes > 0) expect(live.has(block)).toBe(false);
      else expect(live.get(block)).toBe(-bytes);
      if (bytes > 0) live.set(block, bytes);
      else live.delete(block);
      now += bytes;
      peak = Math.max(peak, now);
    }
    const trace = traceOf([CORE, MANY][n] as string);
    expect([peak, now]).toEqual([totalPeak([trace]).bytes, n === 0 ? trace.allocated[trace.length - 1] : 0]);
    const { time: at, count } = counters[n].samples;
    let [level, top] = [0, 0];
    for (const change of count) {
      level += change;
      top = Math.max(top, level);
    }
    expect([top, level]).toEqual([peak, now]);
    expect(at).toEqual(at.toSorted((a: number, b: number) => a - b));
  }
  const { stackTable, frameTable, funcTable, sources, stringArray } = shared;
  for (const [index, offset] of stackTable.prefixOffset.entries()) expect(offset).toBeLessThanOrEqual(index);
  for (const frame of stackTable.frame) expect(frame).toBeLessThan(frameTable.length);
  for (const func of frameTable.func) expect(func).toBeLessThan(funcTable.length);
  for (const file of sources.filename) expect(stringArray[file]).toMatch(/\.[chS]$/);
  const kinds = new Set(meta.markerSchema.map(({ name }: { name: string }) => name));
  for (const { markers } of threads) for (const { type } of markers.data) expect(kinds).toContain(type);
});
