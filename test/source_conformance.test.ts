import { afterAll, describe, expect, it } from "vitest";
import { LAYOUTS } from "../src/abi/layout.ts";
import { type Source, sourceOf } from "../src/source/source.ts";
import { systemOf, type TeeSystem } from "../src/source/tee_system.ts";
import { xtestStats } from "../src/source/xtest_stats.ts";
import { HELLO_WORLD_UUID, helloWorld } from "../src/tee/apps/hello_world.ts";
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

const SOURCES: Readonly<Record<string, () => Promise<Examined>>> = {
  async embedded() {
    const { core, lines } = bootTest(CFG, undefined, [helloWorld]);
    const system = systemOf(core);
    return { source: sourceOf(system), system, console: () => lines().join("\n"), stop: async () => {} };
  },
  async "daemon in another process"() {
    const child = await bootChild(["--cfg", CFG]);
    const connection = await connect(child.path);
    const { client, release, profile, layout } = connection;
    const system: TeeSystem = { name: `unix:${child.path}`, client, release, profile, layout };
    const source = sourceOf(system, () => connection[Symbol.asyncDispose]());
    return { source, system, console: child.console, stop: () => child.stop() };
  },
};

describe.each(Object.keys(SOURCES))("the source: %s", async (name) => {
  const { source, system, console, stop } = await (SOURCES[name] as () => Promise<Examined>)();
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
    const { pools, layout } = answer.value;
    expect([layout, pools.length]).toEqual([system.layout, LAYOUTS[layout].pools]);
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
