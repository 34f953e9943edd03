// The conformance suite of all sources.
import { afterAll, describe, expect, it } from "vitest";
import { emptyRecord, missingCounters } from "../src/abi/record.ts";
import type { Output } from "../src/cli/outputs/output.ts";
import { openNamed } from "../src/cli/systems/sources.ts";
import { getStats } from "../src/malloc/stats.ts";
import { createEventRecorder } from "../src/recording/event_recorder.ts";
import { importRecording } from "../src/recording/import_recording.ts";
import { createRecordingWriter } from "../src/recording/recording_writer.ts";
import { xtestStats } from "../src/source/client/xtest_stats.ts";
import { recordingSource } from "../src/source/file/recording_source.ts";
import { follow } from "../src/source/follow.ts";
import { systemOf } from "../src/source/sim/sim_system.ts";
import { type Answers, isTraced, type Question, type Source } from "../src/source/source.ts";
import { HELLO_WORLD_UUID, helloWorld } from "../src/tee/apps/hello_world.ts";
import type { Client } from "../src/tee/kernel/client.ts";
import { tapEvents } from "../src/tee/monitor/tap.ts";
import { bootTest } from "./embedded.ts";
import { bootChild } from "./support/daemon.ts";

/** A source to be examined, a client of the system behind it, and lines of its secure console. */
interface Examined {
  readonly source: Source;
  readonly client: Client;
  readonly console: () => string;
  readonly stop: () => Promise<unknown>;
}

const CFG = "CFG_TEE_CORE_MALLOC_DEBUG=y";

async function* nothing(): AsyncGenerator<Uint8Array> {}
let clock = 0;
const io = { err: { isTerminal: false } as Output, input: nothing(), clock: () => ++clock };

/** Opens a source as `--on` does. */
async function open(on: string, cfg: string, lines: string[] = []): Promise<Source & { readonly client: Client }> {
  const surroundings = { apps: [helloWorld] };
  const console = (line: string): void => void lines.push(line);
  const opened = await openNamed(on, { options: { cfg }, env: {}, io, console, surroundings });
  if (!opened.ok) throw new Error(opened.error);
  const { client } = opened.value;
  if (client === undefined) throw new Error("nobody can talk to it");
  return Object.assign(opened.value, { client });
}

const SOURCES: Readonly<Record<string, (cfg: string) => Promise<Examined>>> = {
  async sim(cfg) {
    const lines: string[] = [];
    const source = await open("sim", cfg, lines);
    return { source, client: source.client, console: () => lines.splice(0).join("\n"), stop: async () => {} };
  },
  async "unix: a daemon in another process"(cfg) {
    const child = await bootChild(cfg === "" ? [] : ["--cfg", cfg]);
    const source = await open(`unix:${child.path}`, "");
    return { source, client: source.client, console: child.console, stop: () => child.stop() };
  },
};

/** The answer, which there must be. */
async function answerOf<Q extends Question>(source: Source, question: Q, ta?: string): Promise<Answers[Q]> {
  const answer = await source.ask(question, undefined, { ta });
  if (!answer.ok) throw new Error(answer.error.text);
  return answer.value;
}

function examine(name: string, cfg: string): Promise<Examined> {
  const open = SOURCES[name];
  if (open === undefined) throw new Error(name);
  return open(cfg);
}

describe.each(Object.keys(SOURCES))("the source: %s", async (name) => {
  const { source, client, console, stop } = await examine(name, CFG);
  afterAll(async () => {
    await source[Symbol.asyncDispose]();
    await stop();
  });

  it("says what it is and what it answers", () => {
    expect([source.version, source.profile, source.lost]).toEqual(["4.0.0", "qemu_v8-4.0.0", ""]);
    expect(source.name).toMatch(name === "sim" ? /^sim$/ : /^unix:\/.*tee\.sock$/);
    const all: Question[] = ["alloc", "ended", "leaks", "memleak", "pager", "running", "ta", "time"];
    expect([...source.answers].filter((question) => question !== "held").sort()).toEqual(all);
  });

  it("says that it does not answer the rest", async () => {
    expect(await source.ask("recording")).toEqual({
      ok: false,
      error: { text: "a system that runs has no recording" },
    });
  });

  it("answers for all pools of its release", async () => {
    const answer = await source.ask("alloc");
    if (!answer.ok) throw new Error(answer.error.text);
    const { pools, release } = answer.value;
    expect([release.since, pools.length]).toEqual([source.release.since, release.pools.length]);
    expect(pools[0]).toMatchObject({ name: "Heap", failures: 0 });
    for (const pool of pools) {
      expect(missingCounters(pool)).toEqual([]);
      const { allocated, maxAllocated, size } = { ...emptyRecord(), ...pool };
      expect(allocated).toBeLessThanOrEqual(maxAllocated);
      expect(maxAllocated).toBeLessThanOrEqual(size);
    }
  });

  it("answers for TAs: none, then one with a session, then none", async () => {
    expect(await source.ask("ta")).toEqual({ ok: true, value: [] });
    const { session } = await client.open(HELLO_WORLD_UUID);
    const heap = expect.objectContaining({ allocated: 128, size: 32768 });
    const ta = { uuid: HELLO_WORLD_UUID, panicked: 0, sessions: 1, heap };
    expect(await source.ask("ta")).toEqual({ ok: true, value: [ta] });
    await client.close(session);
    expect(await source.ask("ta")).toEqual({ ok: true, value: [] });
  });

  it("answers for pager and time", async () => {
    expect(await source.ask("pager")).toMatchObject({ ok: true, value: { poolPages: 0 } });
    const first = await source.ask("time");
    const second = await source.ask("time");
    if (!first.ok || !second.ok) throw new Error("no time");
    expect(second.value.tee.seconds).toBeGreaterThanOrEqual(first.value.tee.seconds);
    expect(first.value.ree.millis).toBeLessThan(1000);
  });

  it("lets the leak list be printed on the secure console", async () => {
    const lines = await answerOf(source, "memleak");
    const count = lines?.length;
    let text = lines?.join("\n") ?? "";
    // Each answer has the lines of its own question.
    expect([(await answerOf(source, "memleak"))?.length, lines?.length]).toEqual([count, count]);
    while (!text.includes("core/lib/libtomcrypt/ecb.c:109")) {
      text += console();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(text).toMatch(/I\/TC: buffer: \d+ bytes/);
  });

  it("answers all questions while a session is open, and for as many pools as before", async () => {
    const { session } = await client.open(HELLO_WORLD_UUID);
    // Lists of blocks need leak headers, which this build has for the core only.
    const questions = [...source.answers].filter((question) => question !== "leaks");
    const answers = await Promise.all(questions.map((question) => source.ask(question)));
    expect(answers.filter(({ ok }) => !ok)).toEqual([]);
    await client.close(session);
  });

  it("answers many questions at once", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => source.ask("alloc")));
    expect(answers.every(({ ok }) => ok)).toBe(true);
  });

  it("gives up at a signal", async () => {
    const answer = await source.ask("alloc", AbortSignal.abort());
    expect(answer).toMatchObject({ ok: false, error: { text: "given up" } });
  });

  it("prints as xtest does, and is left as it was", async () => {
    const asked = { client, release: source.release };
    const [before] = await xtestStats(asked, ["--alloc"]);
    const [after] = await xtestStats(asked, ["--alloc"]);
    expect(after).toEqual(before);
    expect(before).toMatchObject({ stream: "stdout", exit: 0 });
  });
});

describe.each(Object.keys(SOURCES))("inside of the source: %s", async (name) => {
  const { source, client, console, stop } = await examine(name, "CFG_TEE_TA_MALLOC_DEBUG=y");
  afterAll(async () => {
    await source[Symbol.asyncDispose]();
    await stop();
  });

  it("nothing runs, nothing ended, nothing leaks at first", async () => {
    expect(await answerOf(source, "running")).toEqual([]);
    expect(await answerOf(source, "ended")).toEqual([]);
    expect(await source.ask("leaks")).toEqual({ ok: false, error: { text: "no TA is running" } });
    const text = "no TA 'hello_world' is running; none is";
    expect(await source.ask("leaks", undefined, { ta: "hello_world" })).toEqual({ ok: false, error: { text } });
  });

  it("an application that runs has figures and blocks, on the console too; one that ended its last figures", async () => {
    const { session } = await client.open(HELLO_WORLD_UUID);
    const running = await answerOf(source, "running", "Hello_World");
    const about = { uuid: HELLO_WORLD_UUID, name: "hello_world", sessions: 1, panicked: false, busy: false };
    expect(running).toMatchObject([{ ...about, instance: 1, stats: { size: 32768 } }]);
    const [found] = await answerOf(source, "leaks", HELLO_WORLD_UUID);
    expect({ ...found, blocks: [] }).toEqual({ ...running[0], blocks: [] });
    const lines = (found?.blocks ?? []).map(({ size, file, line }) => `I/TA: buffer: ${size} bytes ${file}:${line}\n`);
    expect(lines.length).toBeGreaterThan(1);
    let text = "";
    while (!text.includes(lines.join(""))) {
      text += `${console()}\n`;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const blocks = { ok: true, value: found?.blocks };
    const hello = { instance: 1, uuid: HELLO_WORLD_UUID, name: "hello_world", panicked: false };
    const held = { ...hello, ended: false, blocks };
    if (source.answers.has("held")) expect(await answerOf(source, "held")).toEqual([held]);
    await client.close(session);
    const last = { uuid: HELLO_WORLD_UUID, name: "hello_world", panicked: false };
    const ended = await answerOf(source, "ended", "hello_world");
    expect(ended).toMatchObject([{ ...last, stats: { size: 32768, failures: 0 } }]);
    expect(await answerOf(source, "ended", "other")).toEqual([]);
    if (!source.answers.has("held")) return;
    const left = { ok: true, value: expect.arrayContaining([expect.objectContaining({ file: expect.any(String) })]) };
    expect(await answerOf(source, "held", "HELLO_WORLD")).toEqual([{ ...held, ended: true, blocks: left }]);
    expect(await answerOf(source, "held", "other")).toEqual([]);
  });

  it("is reported as it happens: the state first, then every entry and operation, until it is left", async () => {
    if (!isTraced(source)) throw new Error("it reports everything");
    const told: string[] = [];
    const times: number[] = [];
    const following = follow(source, (event, time) => {
      if (event.kind !== "heap") told.push(`${event.kind} ${"entry" in event ? event.entry : ""}`.trim());
      times.push(time);
    });
    await following.caughtUp();
    // The core and its nexus, if it has one.
    expect(told.filter((kind) => kind !== "known")).toEqual([]);
    told.splice(0);
    const { session } = await client.open(HELLO_WORLD_UUID);
    await following.caughtUp();
    const opened = ["loaded", "known", "known", "entered create", "left create", "entered open", "left open"];
    expect(told).toEqual(opened);
    await client.close(session);
    await following.caughtUp();
    const closed = ["entered close", "left close", "entered destroy", "left destroy", "unloaded"];
    expect([...told, following.lost]).toEqual([...opened, ...closed, 0]);
    expect(times.length).toBeGreaterThan(told.length);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBeGreaterThan(times[0] ?? 0);
    following.stop();
    await following.ended;
    const count = told.length;
    await client.close((await client.open(HELLO_WORLD_UUID)).session);
    await source.ask("running");
    expect(told).toHaveLength(count);
  });
});

describe.each(Object.keys(SOURCES))("a build that answers less: %s", (name) => {
  it.each([
    ["CFG_WITH_STATS=n", "alloc", "the system has no statistics; build it with CFG_WITH_STATS=y"],
    ["CFG_WITH_STATS=n", "memleak", "the system has no statistics; build it with CFG_WITH_STATS=y"],
    ["CFG_TA_STATS=n", "ta", "not answered; CFG_TA_STATS=y is missing in the core's build"],
  ] as const)("%s: asked for %s", async (cfg, question, text) => {
    const { source, client, stop } = await examine(name, cfg);
    expect(await source.ask(question)).toMatchObject({ ok: false, error: { text } });
    await client.open(HELLO_WORLD_UUID);
    const missing = expect.stringContaining("CFG_TEE_TA_MALLOC_DEBUG=y is missing");
    expect(await source.ask("leaks", undefined, { ta: "hello_world" })).toEqual({
      ok: false,
      error: { text: missing },
    });
    if (source.answers.has("held"))
      expect(await answerOf(source, "held")).toMatchObject([{ ended: false, blocks: { ok: false, error: missing } }]);
    await source[Symbol.asyncDispose]();
    await stop();
  });
});

it("a source whose daemon ends says so, whatever it is asked, and so do its events", async () => {
  const { source, stop } = await examine("unix: a daemon in another process", "");
  if (!isTraced(source)) throw new Error("it reports everything");
  const following = follow(source, () => {});
  await stop();
  await following.ended;
  expect(source.lost).toContain("the daemon ends");
  for (const question of source.answers) {
    const isStatistics = ["alloc", "ta", "pager", "time", "memleak"].includes(question);
    const text = isStatistics ? "the system went away" : expect.stringContaining("the daemon ends");
    expect(await source.ask(question)).toMatchObject({ ok: false, error: { text } });
  }
  await source[Symbol.asyncDispose]();
});

it("an embedded system that has not booted is reported from its first block on", async () => {
  const opened = await openNamed("sim", { options: {}, env: {}, io, bootsLater: true });
  if (!opened.ok || !isTraced(opened.value)) throw new Error("it reports everything");
  const source = opened.value;
  const events: { readonly kind: string; readonly sequence: number }[] = [];
  const following = follow(source, (event) => events.push(event));
  expect(await source.start?.()).toEqual({ ok: true, value: undefined });
  await following.caughtUp();
  expect(events[0]).toMatchObject({ kind: "known", heap: "core", blocks: [{ site: "pool table" }] });
  expect(events.filter(({ kind }) => kind === "heap").length).toBeGreaterThan(100);
  const numbers = events.filter(({ kind }) => kind === "heap").map(({ sequence }) => sequence);
  expect(numbers).toEqual(numbers.map((_, n) => (numbers[0] ?? 0) + n));
  following.stop();
  await source[Symbol.asyncDispose]();
});

describe("the source: a recording of the embedded system", async () => {
  const { core } = bootTest("", undefined, [helloWorld]);
  const chunks: Uint8Array[] = [];
  const writer = await createRecordingWriter({ origin: "sim", version: "4.0.0" }, (bytes) => void chunks.push(bytes));
  let time = 0;
  const stop = tapEvents(core, createEventRecorder(writer, () => ++time).feed);
  const { client } = systemOf(core);
  const moments = [{ time, heap: getStats(core.heap), tas: [] as unknown[] }];
  const note = (): void => {
    const tas = core.userTas.map(({ uuid, sessions, heap }) => ({
      uuid,
      sessions,
      heap: heap === null ? {} : getStats(heap),
    }));
    moments.push({ time, heap: getStats(core.heap), tas });
  };
  const { session } = await client.open(HELLO_WORLD_UUID);
  note();
  await client.close(session);
  note();
  stop();
  writer.end();
  const recording = await importRecording(Buffer.concat(chunks), "run.arrows");
  if (!recording.ok) throw new Error(recording.error);

  it("says what it is and what it answers, and that it cannot answer the rest", async () => {
    await using source = recordingSource("file:run.arrows", recording.value);
    expect([source.name, [...source.answers].sort()]).toEqual(["file:run.arrows", ["alloc", "recording", "ta"]]);
    expect([source.version, source.profile, source.lost]).toEqual(["4.0.0", "", ""]);
    expect([isTraced(source), source.client]).toEqual([false, undefined]);
    expect(await source.ask("recording")).toEqual({ ok: true, value: recording.value });
    expect(await source.ask("time")).toEqual({ ok: false, error: { text: "not recorded" } });
    expect(await source.ask("running")).toEqual({ ok: false, error: { text: "not recorded" } });
    expect(await source.ask("alloc", AbortSignal.abort())).toMatchObject({ ok: false, error: { text: "given up" } });
  });

  it.each([1, 2])("answers as the system would have at moment %i", async (at) => {
    const moment = moments[at];
    if (moment === undefined) throw new Error("no moment");
    await using source = recordingSource("file:run.arrows", recording.value, at === 2 ? undefined : moment.time);
    const alloc = await source.ask("alloc");
    if (!alloc.ok) throw new Error(alloc.error.text);
    expect([alloc.value.release.since, alloc.value.pools.length]).toEqual(["4.0", 4]);
    // Its maximum is that since the recording began.
    expect(alloc.value.pools[0]).toEqual({ name: "Heap", ...moment.heap, maxAllocated: expect.any(Number) });
    expect(await source.ask("ta")).toMatchObject({ ok: true, value: moment.tas });
    const answers = await Promise.all(Array.from({ length: 20 }, () => source.ask("alloc")));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    await using whole = recordingSource("file:run.arrows", recording.value);
    expect(await whole.ask("ta", undefined, { at: moment.time })).toMatchObject({ ok: true, value: moment.tas });
  });
});
