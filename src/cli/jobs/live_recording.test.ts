// Tests of recordings of watched systems.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { fakeSource } from "../../../test/support/fake_source.ts";
import { readArrow } from "../../recording/read_arrow.ts";
import type { Recording } from "../../recording/recording.ts";
import { SINCE_4_0 } from "../../release/since_4_0.ts";
import { type HeapEvent, isTraced, type Source } from "../../source/source.ts";
import type { Output } from "../outputs/output.ts";
import { liveRecordings, placeIn } from "./live_recording.ts";

const POOL = {
  name: "Heap",
  allocated: 16960,
  maxAllocated: 17744,
  size: 68640,
  failures: 0,
  biggestFailure: 0,
  biggestFailureUsed: 0,
};
const ALLOC = { release: SINCE_4_0, pools: [POOL, { ...POOL, name: "Nexus heap", size: 0 }] };

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function recordings(most = Number.POSITIVE_INFINITY) {
  const folder = mkdtempSync(join(tmpdir(), "teemem-test-"));
  folders.push(folder);
  let said = "";
  const err = {
    isTerminal: true,
    write: (text: string) => {
      said += text;
    },
    flush: async () => {},
  } as unknown as Output;
  const made = liveRecordings((name) => join(folder, name), most, { err, clock: () => performance.now() });
  return { ...made, list: made.list, folder, said: () => said };
}

async function opened(made: ReturnType<typeof recordings>, source: Source): Promise<Source> {
  const recorded = await made.record(source);
  if (!recorded.ok) throw new Error(recorded.error);
  return recorded.value;
}

async function read(path: string): Promise<Recording> {
  const recording = await readArrow(readFileSync(path));
  if (!recording.ok) throw new Error(recording.error);
  return recording.value;
}

const known: HeapEvent = {
  time: 1,
  event: {
    kind: "known",
    sequence: 0,
    heap: "core",
    instance: 0,
    base: 4096,
    stats: { ...POOL, allocated: 0 },
    blocks: [],
  },
};
const done = (n: number): HeapEvent => ({
  time: 2 + n,
  event: {
    ...{ kind: "heap", sequence: n, heap: "core", instance: 0, op: "M", pointer: 0, size: n % 7919, arg: 0 },
    // It fails, which leaves the heap as it is.
    ...{ result: 0, file: `f${n % 1000}.c`, line: n % 5003, allocated: 0 },
  },
});

test("a system without events: the counters that it is asked for", async () => {
  const made = recordings();
  const board = await opened(made, fakeSource("ssh://root@board/<b>", { answers: { alloc: ALLOC, ta: [] } }));
  expect(board.name).toBe("ssh://root@board/<b>");
  await board.ask("alloc");
  await board.ask("ta");
  await board.ask("alloc");
  const [file] = made.list;
  expect([file?.name, file?.growing()]).toEqual(["ssh_root_board_b_-1.arrows", true]);
  await board[Symbol.asyncDispose]();
  expect(file?.growing()).toBe(false);
  const { samples, origin, cut } = await read(file?.path ?? "");
  expect([origin, cut]).toEqual(["ssh://root@board/<b>", undefined]);
  expect(samples.map(({ heap, stats }) => [heap, stats.allocated])).toEqual([
    ["Heap", 16960],
    ["Heap", 16960],
  ]);
  expect(made.said()).toBe("");
});

test("a system with events: what its watcher takes, and the counters of that", async () => {
  const made = recordings();
  const source = fakeSource("sim", { answers: { alloc: ALLOC }, events: [known, done(1), done(2)] });
  const sim = await opened(made, source);
  if (!isTraced(sim)) throw new Error("it has lost its events");
  const taken = [];
  for await (const { event } of sim.events()) taken.push(event.kind);
  expect(taken).toEqual(["known", "heap", "heap"]);
  await sim.ask("alloc");
  await sim[Symbol.asyncDispose]();
  const { traces } = await read(made.list[0]?.path ?? "");
  expect(traces.map(({ context, length }) => [context, length])).toEqual([["core", 3]]);
});

test("a system that is opened again has another recording", async () => {
  const made = recordings();
  for (let n = 0; n < 2; n++)
    await (await opened(made, fakeSource("b", { answers: { alloc: ALLOC } })))[Symbol.asyncDispose]();
  expect(made.list.map(({ id, name }) => [id, name])).toEqual([
    ["live-1", "b-1.arrows"],
    ["live-2", "b-2.arrows"],
  ]);
  expect(readdirSync(made.folder)).toHaveLength(2);
});

test("a recording is none that is recorded", async () => {
  const made = recordings();
  const recording: Recording = { origin: "", version: "", traces: [], samples: [], entries: [] };
  const source = fakeSource("file:a", { answers: { recording } });
  expect(await opened(made, source)).toBe(source);
  expect(made.list).toEqual([]);
});

test("one that is full ends whole, says so once, and the system goes on", async () => {
  const made = recordings(50_000);
  const source = fakeSource("sim", {
    answers: {},
    events: [known, ...Array.from({ length: 100_000 }, (_, n) => done(n + 1))],
  });
  const sim = await opened(made, source);
  let taken = 0;
  if (isTraced(sim)) for await (const _ of sim.events()) taken++;
  expect(taken).toBe(100_001);
  expect(made.said()).toMatch(
    /^teemem: the recording of sim has ended at [\d,]+ bytes; --record FOLDER has no such limit\n$/,
  );
  const [file] = made.list;
  expect(file?.growing()).toBe(false);
  const bytes = readFileSync(file?.path ?? "");
  expect(bytes.length).toBeLessThan(600_000);
  expect((await read(file?.path ?? "")).cut).toBe(undefined);
});

test("a system that cannot be recorded is watched all the same", async () => {
  const made = recordings();
  rmSync(made.folder, { recursive: true });
  const source = fakeSource("b", { answers: { alloc: ALLOC } });
  expect(await opened(made, source)).toBe(source);
  expect(made.said()).toMatch(/^teemem: b is not recorded: .+\n$/);
  expect(made.list).toEqual([]);
  mkdirSync(made.folder);
});

test("the folder of a user is made, and an error says why it is not", () => {
  const { folder } = recordings();
  const now = new Date("2026-11-28T21:40:12Z");
  const place = placeIn(join(folder, "a", "b"), now);
  expect(place.ok && place.value("sim-1.arrows")).toBe(join(folder, "a", "b", "2026-11-28T2140-sim-1.arrows"));
  expect(readdirSync(folder)).toEqual(["a"]);
  expect(placeIn("/dev/null/a", now)).toMatchObject({ ok: false, error: expect.stringContaining("/dev/null/a: ") });
});
