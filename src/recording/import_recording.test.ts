// Tests of import_recording.ts.
import { readFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { plainTrace } from "../../test/support/recordings.ts";
import { SINCE_4_0 } from "../release/since_4_0.ts";
import { parseRecordedTrace } from "../replay/recorded_trace.ts";
import { verifyTrace } from "../replay/verify.ts";
import { printAlloc, printTa } from "../xtest/print.ts";
import { importRecording, joinRecordings } from "./import_recording.ts";
import { inputKind } from "./input_kind.ts";
import type { Recording } from "./recording.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

async function read(text: string | Uint8Array, origin = "file"): Promise<Recording> {
  const result = await importRecording(typeof text === "string" ? encode(text) : text, origin);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

const TRACE = [
  "# OP-TEE 4.0.0 heap event trace, context core",
  "1\t5\tP\t1000\t4096\t0\t0\t0\t0\tf\ta.c:1",
  "1\t6\tM\t0\t100\t0\t1f00\t128\t0\tf\ta.c:2\n",
].join("\n");
const counters = { allocated: 5, maxAllocated: 6, size: 7, failures: 0, biggestFailure: 0, biggestFailureUsed: 0 };
const zeros = { allocated: 0, maxAllocated: 0, size: 0, failures: 0, biggestFailure: 0, biggestFailureUsed: 0 };
const pools = ["Heap", "", "Secure DDR", ""].map((name) => ({ ...(name === "" ? zeros : counters), name }));
const UUID = "8aaaf200-2450-11e4-abe2-0002a5d5c51b";
const tas = [{ uuid: UUID, panicked: 0, sessions: 1, heap: { ...counters, name: "" } }];

describe("what a file is shows in its content", () => {
  test.each([
    ["arrow", Uint8Array.of(255, 255, 255, 255, 8, 0, 0, 0)],
    ["arrow-file", encode("ARROW1\0\0")],
    ["recorded", encode(TRACE)],
    ["golden", encode("arena 4096\n")],
    ["text", encode(`noise\n${printAlloc(pools, SINCE_4_0)}`)],
    ["text", encode("# a readme\n")],
    ["text", encode("")],
  ] as const)("%s", (kind, bytes) => {
    expect(inputKind(bytes)).toBe(kind);
  });

  test("and what is none says so", async () => {
    expect(await importRecording(encode("text\n"), "x")).toMatchObject({
      error: expect.stringMatching(/^not a recording: exp/),
    });
    expect(await importRecording(encode("ARROW1"), "x")).toMatchObject({ error: expect.stringContaining("streams") });
  });
});

describe("imports", () => {
  test("a reference trace is taken as it is", async () => {
    const parsed = parseRecordedTrace(encode(TRACE));
    if (!parsed.ok) throw new Error(parsed.error);
    const { traces, version, origin } = await read(TRACE, "core.trace");
    expect([traces.length, version, origin]).toEqual([1, "4.0.0", "core.trace"]);
    expect(plainTrace(traces[0] as (typeof traces)[0])).toEqual(plainTrace(parsed.value));
  });

  test.each(["ta-32k-s2.trace.gz", "oom-64k-s2.trace.gz", "edge-realloc.trace"])(
    "the golden trace %s, played, is one that the allocator verifies",
    async (name) => {
      const path = new URL(`../../data/golden/traces/${name}`, import.meta.url);
      const { traces } = await read(name.endsWith(".gz") ? gunzipSync(readFileSync(path)) : readFileSync(path));
      const [trace] = traces;
      if (trace === undefined) throw new Error("no trace");
      expect([trace.context, trace.instances.length]).toEqual(["golden", 1]);
      expect(trace.length).toBeGreaterThan(10);
      expect(verifyTrace(trace).difference).toBeNull();
    },
  );

  test("samples of xtest have the uptime before them, and lack what is damaged", async () => {
    const alloc = printAlloc(pools, SINCE_4_0);
    const damaged = alloc.replace("Bytes allocated", "Bytes al");
    const log = `@@ sample 1 uptime 19.64 test\n${alloc}@@ sample 2 uptime 20.5\n${damaged}@@ sample 3 uptime 21\n${printTa(tas, SINCE_4_0)}`;
    const { samples } = await read(log);
    expect(samples.map(({ time, heap }) => [time, heap])).toEqual([
      [19_640_000, "Heap"],
      [19_640_000, "Secure DDR"],
      [20_500_000, "Heap"],
      [20_500_000, "Secure DDR"],
      [21_000_000, UUID],
    ]);
    expect(samples[0]?.stats).toEqual(counters);
    const { allocated: _damaged, ...rest } = counters;
    expect(samples[2]?.stats).toEqual(rest);
  });

  test("samples of a log without times are numbered", async () => {
    const alloc = printAlloc(pools, SINCE_4_0);
    const { samples } = await read(`${alloc}\n\nxtest\n${alloc}`);
    expect(samples.map(({ time }) => time)).toEqual([0, 0, 1, 1]);
  });

  test("each leak list of a console log is a life with its blocks", async () => {
    const list = "I/TC: buffer: 24 bytes a.c:1\nI/TC: buffer: 30 bytes a.c:1\n";
    const { traces } = await read(`${list}D/TC:? 0 tee_ta_x OP-TEE version: 4\n${list}I/TA: buffer: 7 bytes b.c:2\n`);
    expect(traces.map(({ context, instances }) => [context, instances.map(({ found }) => found)])).toEqual([
      ["core", [2, 2]],
      ["ta", [1]],
    ]);
    expect(Array.from(traces[0]?.size ?? []).slice(1, 3)).toEqual([27, 27]);
    expect(traces[0]?.allocated[2]).toBe(54);
  });
});

describe("several files", () => {
  test("make one recording, core first", async () => {
    const ta = TRACE.replace("context core", "context ta-0");
    const joined = joinRecordings([await read(ta, "b"), await read(TRACE, "a")]);
    expect(joined).toMatchObject({
      ok: true,
      value: { origin: "b, a", traces: [{ context: "core" }, { context: "ta-0" }] },
    });
  });

  test("of the same heap are refused", async () => {
    const joined = joinRecordings([await read(TRACE, "a"), await read(TRACE, "b")]);
    expect(joined).toEqual({ ok: false, error: "a and b are of the same heap, core: give only one of them" });
  });
});

test("what was unpacked before is not unpacked again", async () => {
  expect(await importRecording(gzipSync(encode(TRACE)), "x")).toMatchObject({ ok: false });
});
