// Call stacks of a TA in C, from its heap through a recording to the exports that have stacks.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { churnReport } from "../src/analyze/report/churn.ts";
import { type CallFrame, readCallStack } from "../src/base/call_stack.ts";
import { createEventDecoder } from "../src/daemon/event_decoder.ts";
import { nodeCrypto } from "../src/node/crypto.ts";
import { createEventRecorder } from "../src/recording/event_recorder.ts";
import { importRecording } from "../src/recording/import_recording.ts";
import { indexOf } from "../src/recording/indexed/indexed_view.ts";
import { openIndexed } from "../src/recording/indexed/open_indexed.ts";
import { bytesInMemory } from "../src/recording/indexed/range_bytes.ts";
import { readArrow } from "../src/recording/read_arrow.ts";
import { createRecordingWriter } from "../src/recording/recording_writer.ts";
import type { RecordedTrace, Site } from "../src/replay/trace_columns.ts";
import { createClient } from "../src/tee/kernel/client.ts";
import { memrefIn, memrefOut, params, valueIn } from "../src/tee/kernel/params.ts";
import type { HeapDone, TeeEvent } from "../src/tee/monitor/event.ts";
import { tapEvents } from "../src/tee/monitor/tap.ts";
import { wasmApp } from "../src/wasm/wasm_app.ts";
import { SUBSCRIBE } from "../src/wire/event_frames.ts";
import { bootTest } from "./embedded.ts";
import { runHere } from "./run_here.ts";
import { connect, serve } from "./support/daemon.ts";
import { heaptrackPeer, massifPeer, pprofPeer } from "./support/peer.ts";
import { fixtureModule } from "./support/wasm.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-stacks-"));
const file = join(folder, "run.arrows");
afterAll(() => rmSync(folder, { recursive: true }));

/** Commands of the TA: from inlined functions, through the library, from a recursion of two depths. */
const COMMANDS = [
  [0, 8],
  [1, 100],
  [1, 100],
  [2, 3],
  [2, 40],
  // More than its heap has.
  [0, 100_000],
] as const;

beforeAll(async () => {
  const module = fixtureModule("stacks4.wasm32");
  const { core } = bootTest("", undefined, [wasmApp(module)]);
  const parts: Uint8Array[] = [];
  const writer = await createRecordingWriter(
    { origin: "x", version: "4.0.0" },
    (part) => void parts.push(part.slice()),
  );
  let time = 0;
  const recorder = createEventRecorder(writer, () => time++);
  const stop = tapEvents(core, recorder.feed);
  const client = createClient(core);
  const { session } = await client.open(module.uuid);
  for (const [command, value] of COMMANDS) await client.invoke(session, command, params(valueIn(value, 0)));
  stop();
  writer.end();
  writeFileSync(file, Buffer.concat(parts));
});

async function recorded(path: string): Promise<RecordedTrace> {
  const read = await readArrow(readFileSync(path));
  if (!read.ok) throw new Error(read.error);
  return read.value.traces.find(({ context }) => context.startsWith("ta-")) as RecordedTrace;
}

const lines = ({ stack = "" }: Pick<Site, "stack">): string[] =>
  readCallStack(stack).map(({ func, place }: CallFrame) => `${func} ${place.replace(/:\d+$/, "")}`);

const LIBRARY = ["TEE_Malloc lib/libutee/tee_api.c", "invoke ta/stacks.c", "__utee_entry lib/libutee/user_ta_entry.c"];

test("a daemon tells its subscribers the stacks that its system tells", async () => {
  const module = fixtureModule("stacks4.wasm32");
  const { core } = bootTest("", undefined, [wasmApp(module)]);
  const daemon = await serve(core);
  const [ears, mouth] = [await connect(daemon.path), await connect(daemon.path)];
  const [here, there]: TeeEvent[][] = [[], []];
  ears.subscribe(SUBSCRIBE.STEPS + SUBSCRIBE.OPERATIONS, createEventDecoder((event) => there?.push(event)).feed);
  await ears.inspect.ended();
  const stop = tapEvents(core, (event) => here?.push(event));
  const { session } = await mouth.client.open(module.uuid);
  await mouth.client.invoke(session, 0, params(valueIn(8, 0)));
  await mouth.client.close(session);
  await ears.inspect.ended();
  stop();
  expect(there).toEqual(here);
  const stacks = there?.flatMap((event) => (event.kind === "heap" && event.heap === "ta" ? [event.stack ?? ""] : []));
  expect(stacks?.filter((stack) => stack.includes("inner"))).toHaveLength(1);
});

test("what the host's library allocates is put down to the TA's own code, and nothing behind it", async () => {
  const module = fixtureModule("bugs.wasm32");
  const { core } = bootTest("", undefined, [wasmApp(module)], { crypto: nodeCrypto() });
  const client = createClient(core);
  const { session } = await client.open(module.uuid);
  const heard: HeapDone[] = [];
  const stop = tapEvents(core, (event) => {
    if (event.kind === "heap" && event.heap === "ta") heard.push(event);
  });
  const SEAL = 11;
  const { code } = await client.invoke(
    session,
    SEAL,
    params(memrefIn(new Uint8Array(32)), memrefOut(new Uint8Array(16))),
  );
  stop();
  expect(code).toBe(0);
  const source = readFileSync("examples/ta/bugs/ta/key.c", "utf8").split("\n");
  const callAt = ({ file, line }: HeapDone): string =>
    file?.endsWith("key.c") ? (/TEE_\w+(?=\()/.exec(source[line - 1] ?? "")?.[0] ?? "") : `${file}:${line}`;
  expect([...new Set(heard.map(callAt))]).toEqual([
    "TEE_Malloc",
    "TEE_AllocateOperation",
    "TEE_FreeOperation",
    "TEE_Free",
  ]);
  const places = heard.map(({ file, line }) => `${file}:${line}`);
  expect(heard.filter(({ stack = "" }, n) => !stack.includes(places[n] ?? "?"))).toEqual([]);
  expect(core.instances.map(({ heap }) => heap.behalf)).toEqual([null]);
});

describe("a recording", () => {
  test("has function, place and stack of each call site, once", async () => {
    const { sites } = await recorded(file);
    const asked = sites.filter(({ place }) => place.startsWith("ta/stacks.c"));
    expect(asked.map(({ func }) => func)).toEqual(["inner", "invoke", "recurse"]);
    expect(lines(asked[1] as Site)).toEqual(LIBRARY);
  });

  test("keeps the stacks when it is converted, and so does its index", async () => {
    const copy = join(folder, "copy.arrows");
    const { outcome } = await runHere("record", "-o", copy, "--from", file);
    expect(outcome).toEqual({ ok: true, value: 0 });
    const { sites } = await recorded(file);
    expect((await recorded(copy)).sites).toEqual(sites);
    const bytes = bytesInMemory(readFileSync(file));
    const opened = await openIndexed(bytes);
    if (!opened.ok) throw new Error(opened.error);
    expect(opened.value.sites).toEqual(expect.arrayContaining([...sites]));
    const again = await openIndexed(bytes, { index: indexOf(opened.value) });
    expect(again.ok && again.value.sites).toEqual(opened.value.sites);
  });

  test("counts a call site that is reached on two ways as one", async () => {
    const trace = await recorded(file);
    const site = trace.sites.find(({ func }) => func === "inner") as Site;
    const twice = {
      ...trace,
      sites: trace.sites.map((one) => (one.func === "invoke" ? { ...site, stack: "x\ty" } : one)),
    };
    const { bySite } = churnReport(twice, { from: 0, to: trace.length });
    expect(bySite.filter((one) => one.site === site.place)).toMatchObject([{ allocations: 3 }]);
  });

  test("from before there were stacks is read as ever", async () => {
    const old = readFileSync("test/fixtures/recordings/before_stacks.arrows");
    const read = await importRecording(old, "old");
    expect(read.ok && read.value.traces.map(({ context, length }) => [context, length])).toEqual([
      ["core", 540],
      ["ldelf", 7],
      ["ta-8aaaf200-2450-11e4-abe2-0002a5d5c51b", 11],
    ]);
    const opened = await openIndexed(bytesInMemory(old));
    expect(opened.ok && opened.value.sites.filter(({ stack }) => stack !== undefined)).toEqual([]);
  });
});

test("a report says on which way a request came that failed", async () => {
  const { out } = await runHere("report", "--heap", "ta-57ac5000-cafe-4d1a-8f01-020304050607", file);
  expect(out).toContain(`    inner ta/stacks.c:27
      by outer ta/stacks.c:32
      by invoke ta/stacks.c:48
`);
});

describe("an export", () => {
  async function exported(format: string, name: string): Promise<string> {
    const path = join(folder, name);
    const words = ["export", "-f", format, "-o", path, "--heap", "ta-57ac5000-cafe-4d1a-8f01-020304050607", file];
    expect((await runHere(...words)).outcome).toEqual({ ok: true, value: 0 });
    return path;
  }

  test("to pprof has the TA's functions on one another", async (context) => {
    const path = await exported("pprof", "run.pb.gz");
    const traces = pprofPeer.run(context, "-traces", "-sample_index=alloc_space", path).replace(/ +/g, " ");
    expect(traces).toContain(" inner\n outer\n invoke\n invoke 0\n heap ta-57ac5000");
    // What the library does for the TA is left out.
    expect(traces).toContain(" invoke\n invoke 1\n heap ta-57ac5000");
    expect(traces).not.toContain("TEE_Malloc");
  });

  test("to heaptrack has the way to each block", async (context) => {
    const text = heaptrackPeer.run(context, await exported("heaptrack", "run.heaptrack"));
    const way = text.split("\n").filter((line) => / (inner|outer|at ta\/stacks\.c:\d+)$|^(inner|outer)$/.test(line));
    expect(way.join(" ").replace(/ +/g, " ")).toContain("inner at ta/stacks.c:27 outer at ta/stacks.c:32");
  });

  test("to massif has who called whom", async (context) => {
    const text = massifPeer.run(context, await exported("massif", "massif.out"));
    expect(text).toMatch(/inner \(ta\/stacks\.c:27\)\n.*outer \(ta\/stacks\.c:32\)\n/);
  });

  test("to csv and json has the stack of each row", async () => {
    const csv = readFileSync(await exported("csv", "run.csv"), "latin1").split("\r\n");
    expect(csv[0]).toMatch(/,func,place,stack$/);
    expect(csv.find((row) => row.includes(",inner,"))).toMatch(
      /inner \(ta\/stacks\.c:27\) < outer \(ta\/stacks\.c:32\) < invoke \(ta\/stacks\.c:48\) < __utee_entry/,
    );
    const json = JSON.parse(readFileSync(await exported("json", "run.json"), "utf8"));
    const site = json.heaps[0].sites.find(({ func }: Site) => func === "invoke");
    expect(site.stack.map(({ func }: CallFrame) => func)).toEqual(["TEE_Malloc", "invoke", "__utee_entry"]);
  });
});
