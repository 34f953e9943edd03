// Tests of import_ta.ts and what it reads, with what real TAs gave on emulated boards (test/fixtures/ta_object/captures/README.md).
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { operationName } from "../malloc/operation.ts";
import { recordedBuild } from "../replay/recorded_build.ts";
import type { RecordedTrace } from "../replay/trace_columns.ts";
import { siteOf } from "../replay/trace_row.ts";
import { verifyTrace } from "../replay/verify.ts";
import { importRecording } from "./import_recording.ts";
import { importTaFile, importTaReplies } from "./import_ta.ts";
import type { Recording } from "./recording.ts";
import { blocksBefore } from "./ta_before.ts";
import { readTaReplies, type TaReply } from "./ta_reply.ts";

const FOLDER = "test/fixtures/ta_object/captures";

function capture(name: string): Uint8Array {
  return new Uint8Array(gunzipSync(readFileSync(`${FOLDER}/${name}.ring.gz`)));
}

async function read(bytes: Uint8Array, name = "file"): Promise<Recording> {
  const recording = await importRecording(bytes, name);
  if (!recording.ok) throw new Error(recording.error);
  return recording.value;
}

async function traceOf(name: string): Promise<RecordedTrace> {
  const [trace] = (await read(capture(name))).traces;
  if (trace === undefined) throw new Error("no heap");
  return trace;
}

function repliesOf(name: string): readonly TaReply[] {
  const replies = readTaReplies(capture(name));
  if (!replies.ok) throw new Error(replies.error);
  return replies.value.replies;
}

/** Sizes of live blocks in the order of addresses, before a row. */
function liveSizes(trace: RecordedTrace, end = trace.length): (number | undefined)[] {
  const live = new Map<number, number>();
  for (let row = 0; row < end; row++) {
    if (trace.result[row] !== 0 || operationName(trace.op[row] ?? 0) === "free") live.delete(trace.pointer[row] ?? 0);
    if (trace.result[row] !== 0) live.set(trace.result[row] ?? 0, row);
  }
  return [...live].sort(([a], [b]) => a - b).map(([, row]) => trace.size[row]);
}

describe("what boards gave", () => {
  test.each([
    ["aarch64-4.0.0-leak_headers", 8, true, 131],
    ["aarch64-4.5.0", 8, false, 131],
    ["aarch64-4.10.0", 8, false, 131],
    ["aarch64-4.10.0-leak_headers", 8, true, 131],
    ["arm-4.0.0-leak_headers", 4, true, 131],
    ["arm-4.10.0-leak_headers", 4, true, 131],
    ["aarch64-4.5.0-zones", 8, false, 139],
    ["aarch64-4.10.0-leak_headers-zones", 8, true, 139],
    ["arm-4.0.0-leak_headers-zones", 4, true, 139],
  ])("%s: the allocator gives every address and every count again", async (name, word, leakHeaders, operations) => {
    const trace = await traceOf(name);
    expect(recordedBuild(trace)).toEqual({ word, leakHeaders, core: false });
    expect(verifyTrace(trace)).toEqual({ operations, instances: 1, difference: null });
  });

  test("the counters are those that xtest --stats --ta gave", async () => {
    const trace = await traceOf("aarch64-4.10.0-leak_headers");
    const refused = Array.from(trace.result.keys()).filter(
      (row) => row > 0 && operationName(trace.op[row] ?? 0) !== "free",
    );
    const failed = refused
      .filter((row) => trace.result[row] === 0)
      .map((row) => [trace.size[row], trace.allocated[row]]);
    expect(failed).toEqual([[40000, 352]]);
    expect(Math.max(...trace.allocated)).toBe(1504);
    expect(trace.allocated.at(-1)).toBe(976);
    expect(trace.instances[0]?.pools[0]?.length).toBe(32752);
  });

  test("live blocks are those of OP-TEE's own list, in its order", async () => {
    const list = readFileSync(`${FOLDER}/aarch64-4.10.0-leak_headers.list`, "utf8");
    const sizes = [...list.matchAll(/buffer: (\d+) bytes/g)].map(([, bytes]) => Number(bytes));
    expect(sizes).toHaveLength(8);
    expect(liveSizes(await traceOf("aarch64-4.10.0-leak_headers"))).toEqual(sizes);
  });

  test("entries have their commands, and times of the board", async () => {
    const { entries, traces } = await read(capture("aarch64-4.10.0"));
    const names = entries.map(({ name }) => name);
    expect(names).toEqual(["create", "open", "invoke 2", "invoke 3", "invoke 4", "invoke 4", "invoke 0", "invoke 5"]);
    const times = traces[0]?.time ?? new Float64Array();
    expect([...times]).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1) ?? 0).toBeGreaterThan(times[0] ?? 0);
  });

  test("red zones found what the commands did", async () => {
    for (const name of ["aarch64-4.5.0-zones", "arm-4.0.0-leak_headers-zones"]) {
      const pieces = [...((await read(capture(name))).console?.pieces ?? [])];
      expect(pieces.map(({ during, text }) => [during, text.replace(/: allocated.*\n/s, "")])).toEqual([
        ["invoke 7", "teemem 7ee3e300: Invalid write after a block of 100 bytes"],
        ["invoke 8", "teemem 7ee3e300: Invalid write before a block of 40 bytes"],
        ["invoke 9", "teemem 7ee3e300: Double free of a block of 60 bytes"],
        ["invoke 10", "teemem 7ee3e300: Use after free: write to a block of 200 bytes"],
      ]);
    }
  });

  test("a ring that was full: 290 are missing, and what is live afterwards is known", async () => {
    const { lost, traces } = await read(capture("aarch64-4.10.0-full_ring"));
    expect(lost).toBe(290);
    expect(traces[0]?.instances.map(({ number }) => number)).toEqual([1, 1_000_001]);
    const [reply] = repliesOf("aarch64-4.10.0-full_ring").filter((one) => one.lost > 0);
    if (reply === undefined) throw new Error("no gap");
    const live = blocksBefore(reply);
    for (const { op, given, result, block } of reply.events) {
      if ("RFW".includes(op)) live.delete(given);
      if ("MCRA".includes(op) && result !== 0) live.set(result, block);
    }
    const blocks = reply.blocks.map(({ address, bytes }) => [address, bytes] as const);
    expect([...live].sort(([a], [b]) => a - b)).toEqual(blocks);
  });

  test("a log has what a TA printed: all of it, or its last events before a panic", async () => {
    const lines = await read(new Uint8Array(readFileSync(`${FOLDER}/aarch64-4.10.0-lines.txt`)));
    expect(lines.entries.map(({ name }) => name)).toEqual(["invoke 0", "invoke 2", "invoke 1", "close", "destroy"]);
    expect(lines.lost).toBe(13);
    const panic = await read(new Uint8Array(readFileSync(`${FOLDER}/aarch64-4.10.0-panic.txt`)));
    expect(panic.entries.at(-1)?.name).toBe("invoke 6");
    expect(panic.read?.[0]).toMatchObject({ events: 17, unread: 0 });
  });
});

describe("what is missing or wrong", () => {
  const whole = capture("aarch64-4.10.0");

  test("a reply that was left out makes a new instance, a reply that came twice makes nothing", async () => {
    const replies = repliesOf("aarch64-4.10.0");
    const twice = importTaReplies([...replies, ...replies], "file");
    expect(twice).toEqual(importTaReplies(replies, "file"));
    const gap = importTaReplies(
      replies.filter((_, n) => n !== 1),
      "file",
    );
    if (!gap.ok) throw new Error(gap.error);
    expect(gap.value.lost).toBe(replies[1]?.events.length);
    const [trace] = gap.value.traces;
    expect(trace?.instances).toHaveLength(2);
    expect(trace && siteOf(trace, trace.instances[1]?.first ?? 0).place).toBe("unknown");
  });

  test("cut anywhere: what is whole is read", async () => {
    const all = repliesOf("aarch64-4.10.0").flatMap((reply) => reply.events);
    for (let end = 1; end < whole.length; end++) {
      const part = readTaReplies(whole.subarray(0, end));
      if (!part.ok) throw new Error(part.error);
      const events = part.value.replies.flatMap((reply) => reply.events);
      expect(events).toEqual(all.slice(0, events.length));
    }
    expect(await importTaFile(whole.subarray(0, 50), "file")).toEqual({ ok: false, error: "it has no heap events" });
    expect((await read(whole.subarray(0, whole.length - 1))).cut).toBe(true);
  });

  test("damage is an error or another recording, and never throws", async () => {
    let seed = 1;
    const random = (below: number): number => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    for (let n = 0; n < 2000; n++) {
      const bytes = whole.slice();
      for (let k = 0; k < 1 + random(4); k++) bytes[random(bytes.length)] = random(256);
      const replies = readTaReplies(bytes);
      const read = replies.ok && n % 50 === 0 ? importTaReplies(replies.value.replies, "file") : replies;
      if (read.ok && "traces" in read.value) for (const trace of read.value.traces) verifyTrace(trace);
    }
  });

  test("a line that is damaged or missing is said, and events after it are a new instance", async () => {
    const lines = readFileSync(`${FOLDER}/aarch64-4.10.0-lines.txt`, "latin1").split("\n");
    const events = lines.flatMap((line, n) => (line.startsWith("~tm:") ? [n] : []));
    const [, second = 0, third = 0] = events;
    const encode = (all: readonly string[]): Uint8Array => new TextEncoder().encode(all.join("\n"));
    const damaged = await read(encode(lines.with(second, (lines[second] ?? "").replace(" 64 ", " 65 "))));
    expect(damaged.read?.[0]).toMatchObject({ unread: 1, events: events.length });
    expect(damaged.traces[0]?.instances).toHaveLength(2);
    const missing = await read(encode(lines.toSpliced(third, 2)));
    expect(missing.lost).toBe(15);
    expect(missing.read?.[0]).toMatchObject({ unread: 0 });
  });
});
