import { afterAll, describe, expect, it } from "vitest";
import { getStats } from "../src/malloc/stats.ts";
import { createEventRecorder } from "../src/recording/event_recorder.ts";
import { importRecording } from "../src/recording/import_recording.ts";
import { createRecordingWriter } from "../src/recording/recording_writer.ts";
import { recordingSource } from "../src/source/recording_source.ts";
import { type Source, sourceOf } from "../src/source/source.ts";
import { systemOf, type TeeSystem } from "../src/source/tee_system.ts";
import { xtestStats } from "../src/source/xtest_stats.ts";
import { HELLO_WORLD_UUID, helloWorld } from "../src/tee/apps/hello_world.ts";
import { tapEvents } from "../src/tee/monitor/tap.ts";
import { bootTest } from "./embedded.ts";
import { bootChild, connect } from "./support/daemon.ts";

/** A source to be examined, the system behind it, and lines of its secure console. */
interface Examined {
  readonly source: Source;
  readonly system: TeeSystem;
  readonly console: () => string;
  readonly stop: () => Promise<unknown>;
}

const CFG = "CFG_TEE_CORE_MALLOC_DEBUG=y";

const SOURCES: Readonly<Record<string, (cfg: string) => Promise<Examined>>> = {
  async embedded(cfg) {
    const { core, lines } = bootTest(cfg, undefined, [helloWorld]);
    const system = systemOf(core);
    return { source: sourceOf(system), system, console: () => lines().join("\n"), stop: async () => {} };
  },
  async "daemon in another process"(cfg) {
    const child = await bootChild(cfg === "" ? [] : ["--cfg", cfg]);
    const connection = await connect(child.path);
    const { client, inspect, version, release, profile } = connection;
    const system: TeeSystem = { name: `unix:${child.path}`, client, inspect, version, release, profile };
    const source = sourceOf(system, () => connection[Symbol.asyncDispose]());
    return { source, system, console: child.console, stop: () => child.stop() };
  },
};

function examine(name: string, cfg: string): Promise<Examined> {
  const open = SOURCES[name];
  if (open === undefined) throw new Error(name);
  return open(cfg);
}

describe.each(Object.keys(SOURCES))("the source: %s", async (name) => {
  const { source, system, console, stop } = await examine(name, CFG);
  afterAll(async () => {
    await source[Symbol.asyncDispose]();
    await stop();
  });

  it("says what it is and what it answers", () => {
    expect(source.name).not.toBe("");
    expect([...source.answers].sort()).toEqual(["alloc", "memleak", "pager", "ta", "time"]);
  });

  it("answers for all pools of its release", async () => {
    const answer = await source.ask("alloc");
    if (!answer.ok) throw new Error(answer.error.text);
    const { pools, release } = answer.value;
    expect([release.since, pools.length]).toEqual([system.release.since, release.pools.length]);
    expect(pools[0]).toMatchObject({ name: "Heap", failures: 0 });
    for (const { allocated, maxAllocated, size } of pools) {
      expect(allocated).toBeLessThanOrEqual(maxAllocated);
      expect(maxAllocated).toBeLessThanOrEqual(size);
    }
  });

  it("answers for trusted applications: none, then one with a session, then none", async () => {
    expect(await source.ask("ta")).toEqual({ ok: true, value: [] });
    const { session } = await system.client.open(HELLO_WORLD_UUID);
    const heap = expect.objectContaining({ allocated: 128, size: 32768 });
    const ta = { uuid: HELLO_WORLD_UUID, panicked: 0, sessions: 1, heap };
    expect(await source.ask("ta")).toEqual({ ok: true, value: [ta] });
    await system.client.close(session);
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
    expect(await source.ask("memleak")).toEqual({ ok: true, value: undefined });
    let text = "";
    while (!text.includes("core/lib/libtomcrypt/ecb.c:109")) {
      text += console();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(text).toMatch(/I\/TC: buffer: \d+ bytes/);
  });

  it("answers all questions while a session is open, and for as many pools as before", async () => {
    const { session } = await system.client.open(HELLO_WORLD_UUID);
    const answers = await Promise.all([...source.answers].map((question) => source.ask(question)));
    expect(answers.filter(({ ok }) => !ok)).toEqual([]);
    await system.client.close(session);
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
    const [before] = await xtestStats(system, ["--alloc"]);
    const [after] = await xtestStats(system, ["--alloc"]);
    expect(after).toEqual(before);
    expect(before).toMatchObject({ stream: "stdout", exit: 0 });
  });
});

describe.each(Object.keys(SOURCES))("inside of the source: %s", async (name) => {
  const { source, system, console, stop } = await examine(name, "CFG_TEE_TA_MALLOC_DEBUG=y");
  const { client, inspect } = system;
  afterAll(async () => {
    await source[Symbol.asyncDispose]();
    await stop();
  });

  it("nothing runs, nothing ended, nothing leaks at first", async () => {
    expect(await inspect.running()).toEqual({ ok: true, value: [] });
    expect(await inspect.ended()).toEqual({ ok: true, value: [] });
    expect(await inspect.leaks()).toEqual({ ok: false, error: "no trusted application is running" });
    const error = "no trusted application 'hello_world' is running; none is";
    expect(await inspect.leaks("hello_world")).toEqual({ ok: false, error });
  });

  it("an application that runs has figures and blocks, on the console too; one that ended its last figures", async () => {
    const { session } = await client.open(HELLO_WORLD_UUID);
    const running = await inspect.running("Hello_World");
    const about = { uuid: HELLO_WORLD_UUID, name: "hello_world", sessions: 1, panicked: false, busy: false };
    expect(running).toMatchObject({ ok: true, value: [{ ...about, instance: 1, stats: { size: 32768 } }] });
    const leaks = await inspect.leaks(HELLO_WORLD_UUID);
    if (!leaks.ok || !running.ok) throw new Error("it runs");
    const [found] = leaks.value;
    expect({ ...found, blocks: [] }).toEqual({ ...running.value[0], blocks: [] });
    const lines = (found?.blocks ?? []).map(({ size, file, line }) => `I/TA: buffer: ${size} bytes ${file}:${line}\n`);
    expect(lines.length).toBeGreaterThan(1);
    let text = "";
    while (!text.includes(lines.join(""))) {
      text += `${console()}\n`;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await client.close(session);
    const ended = await inspect.ended("hello_world");
    const last = { uuid: HELLO_WORLD_UUID, name: "hello_world", panicked: false };
    expect(ended).toMatchObject({ ok: true, value: [{ ...last, stats: { size: 32768, failures: 0 } }] });
    expect(await inspect.ended("other")).toEqual({ ok: true, value: [] });
  });
});

describe.each(Object.keys(SOURCES))("a build that answers less: %s", (name) => {
  it.each([
    ["CFG_WITH_STATS=n", "alloc", "the system has no statistics; build it with CFG_WITH_STATS=y"],
    ["CFG_WITH_STATS=n", "memleak", "the system has no statistics; build it with CFG_WITH_STATS=y"],
    ["CFG_TA_STATS=n", "ta", "not answered; CFG_TA_STATS=y is missing in the core's build"],
  ] as const)("%s: asked for %s", async (cfg, question, text) => {
    const { source, system, stop } = await examine(name, cfg);
    expect(await source.ask(question)).toMatchObject({ ok: false, error: { text } });
    await system.client.open(HELLO_WORLD_UUID);
    const error = expect.stringContaining("CFG_TEE_TA_MALLOC_DEBUG=y is missing");
    expect(await system.inspect.leaks("hello_world")).toEqual({ ok: false, error });
    await source[Symbol.asyncDispose]();
    await stop();
  });
});

it("a source whose daemon ends says so, whatever it is asked", async () => {
  const { source, system, stop } = await examine("daemon in another process", "");
  await stop();
  for (const question of source.answers)
    expect(await source.ask(question)).toMatchObject({ ok: false, error: { text: "the system went away" } });
  const error = expect.stringContaining("the daemon ends");
  for (const ask of Object.values(system.inspect)) expect(await ask()).toEqual({ ok: false, error });
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
    expect([source.name, [...source.answers].sort()]).toEqual(["file:run.arrows", ["alloc", "ta"]]);
    expect(await source.ask("time")).toMatchObject({ ok: false, error: { text: "not recorded" } });
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
  });
});
