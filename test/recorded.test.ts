// Replays all heap events of the recorded OP-TEE.
import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { parseRecordedTrace } from "../src/replay/recorded_trace.ts";
import type { RecordedTrace } from "../src/replay/trace_columns.ts";
import { verifyTrace } from "../src/replay/verify.ts";
import { whatIf } from "../src/replay/what_if.ts";
import { needShared } from "./support/needs.ts";

const OWN = new URL("../data/optee-4.0.0/", import.meta.url);
const files = readdirSync(OWN).filter((name) => name.endsWith(".trace.gz"));

/** Instances and events as counted when the traces were recorded (summary.tsv of the reference). */
const COUNTS: Readonly<Record<string, readonly [instances: number, events: number, peak: number, failures: number]>> = {
  core: [1, 423739, 56112, 4],
  ldelf: [374, 2755, 5664, 0],
  "ta-b689f2a7-8adf-477a-9f99-32e90c0ad0a2": [146, 2628, 32912, 0],
  "ta-cb3e5ba0-adf1-11e0-998b-0002a5d5c51b": [23, 3293, 1072, 0],
  "ta-fd02c9da-306c-48c7-a49c-bbd827ae86ee": [1, 17847, 25856, 1],
};

function read(file: string): RecordedTrace {
  const trace = parseRecordedTrace(gunzipSync(readFileSync(new URL(file, OWN))));
  if (!trace.ok) throw new Error(`${file}: ${trace.error}`);
  return trace.value;
}

test("all heaps of the recorded system are here", () => {
  expect(files).toHaveLength(20);
});

test.each(files)("%s: every address and every allocated value as recorded", (file) => {
  const trace = read(file);
  expect(file).toBe(`${trace.context}.trace.gz`);
  expect(verifyTrace(trace)).toEqual({
    operations: trace.length,
    instances: trace.instances.length,
    difference: null,
  });
  const counts = COUNTS[trace.context];
  if (counts) expect([trace.instances.length, trace.length]).toEqual(counts.slice(0, 2));
});

test.each(files)("%s: nothing changes in the same heap", (file) => {
  const trace = read(file);
  const report = whatIf(trace);
  if (!report.ok) throw new Error(report.error);
  expect(report.value).toMatchObject({ operations: trace.length, newFailures: 0, rescued: 0, byMark: [] });
  for (const { peak, peakRow, end, failures, recorded } of report.value.lives) {
    expect([peak, peakRow, failures, end.allocated]).toEqual([
      recorded.peak,
      recorded.peakRow,
      recorded.failures,
      recorded.allocated,
    ]);
  }
  const counts = COUNTS[trace.context];
  const sum = report.value.lives.reduce((total, { failures }) => total + failures, 0);
  if (counts) expect([Math.max(...report.value.lives.map(({ peak }) => peak)), sum]).toEqual(counts.slice(2));
});

test("the core's refused 800 bytes were a matter of fragmentation", () => {
  const trace = read("core.trace.gz");
  const now = whatIf(trace);
  const best = whatIf(trace, { fit: "best" });
  if (!now.ok || !best.ok) throw new Error("the replay failed");
  expect(now.value.refused.at(-1)).toMatchObject({
    mark: "pkcs11-1007",
    size: 800,
    allocated: 56112,
    largestFree: 400,
    recorded: true,
  });
  expect(best.value).toMatchObject({ newFailures: 0, rescued: 1 });
});

test("the traces are those of the reference", (context) => {
  const whole = needShared(context, "reference/optee-4.0.0/heap-trace/");
  for (const file of files) {
    // They may be packed in another way.
    const [own, reference] = [OWN, whole].map((at) => gunzipSync(readFileSync(new URL(file, at))));
    expect(reference !== undefined && own?.equals(reference), file).toBe(true);
  }
});
