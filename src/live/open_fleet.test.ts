// Tests of a fleet on sources that are none: poor, failing, hanging, lost, with events, with gaps, recorded.
import { afterEach, describe, expect, it } from "vitest";
import { bootTest } from "../../test/embedded.ts";
import { fakePools, fakeTa, type LiveFake, liveFake, until } from "../../test/support/live_fakes.ts";
import { ok } from "../base/result.ts";
import type { Recording } from "../recording/recording.ts";
import { sourceOf } from "../source/client/system_source.ts";
import type { HearConsole } from "../source/console_feed.ts";
import { systemOf } from "../source/sim/sim_system.ts";
import { LEAKY, LEAKY_UUID, leaky } from "../tee/apps/leaky.ts";
import { createClient } from "../tee/kernel/client.ts";
import { params, valueIn } from "../tee/kernel/params.ts";
import { openFleet } from "./open_fleet.ts";
import type { FleetChange } from "./state/change.ts";
import type { Fleet } from "./state/fleet.ts";
import type { SystemState } from "./state/state.ts";
import type { LiveSource } from "./system/live_source.ts";

const clock = (): number => performance.now();
const open: Fleet[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((fleet) => fleet[Symbol.asyncDispose]()));
});

function watch(sources: readonly LiveSource[], more: Partial<Parameters<typeof openFleet>[1]> = {}) {
  const fleet = openFleet(sources, { clock, wall: () => 1e12 + clock(), period: 5, patience: 20, again: 5, ...more });
  open.push(fleet);
  const changes: FleetChange[] = [];
  fleet.listen((change) => changes.push(change));
  const state = (name: string): SystemState => {
    const found = fleet.systems.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
  };
  return { fleet, changes, state };
}
const texts = ({ happened }: SystemState): string[] => happened.map(({ kind, text }) => `${kind}: ${text}`);

describe("a system with counters", () => {
  it("is live, with its pools and TAs, and every answer is a change", async () => {
    const fake = liveFake("a", { alloc: fakePools(), ta: [fakeTa(LEAKY_UUID)] });
    const { state, changes } = watch([fake]);
    expect(state("a")).toMatchObject({ state: "opening", samples: 0, sampled: null, heaps: [] });
    await until(() => state("a").samples >= 3);
    expect(state("a")).toMatchObject({
      state: "live",
      trouble: "",
      release: "4.0.0",
      can: { resetMaxima: false, liveBlocks: false },
      heaps: [
        { key: "pool:Heap", allocated: 20_000 },
        { key: `ta:${LEAKY_UUID}#1`, allocated: 340 },
      ],
    });
    expect(state("a").epoch).toBeCloseTo(1e12, -2);
    const samples = changes.filter(({ kind }) => kind === "sample");
    expect(samples.length).toBeGreaterThanOrEqual(3);
    expect(samples[0]).toMatchObject({ system: "a", samples: 1, heaps: [{ key: "pool:Heap" }, {}] });
    expect(JSON.stringify(samples[0])).not.toContain("history");
  });

  it("that has only pools, or whose TAs fail, is live as well", async () => {
    const { state } = watch([
      liveFake("pools", { alloc: fakePools() }),
      liveFake("no-tas", { alloc: fakePools(), ta: { text: "the board is on fire" } }),
    ]);
    await until(() => state("pools").samples > 0 && state("no-tas").samples > 0);
    expect(state("no-tas").heaps.map(({ key }) => key)).toEqual(["pool:Heap"]);
  });

  it("that fails is silent and says why, and is live again when it answers", async () => {
    const fake = liveFake("a", { alloc: { text: "the board is on fire" } });
    const { state } = watch([fake]);
    await until(() => state("a").state === "silent");
    expect(state("a").trouble).toBe("the board is on fire");
    fake.answers.alloc = fakePools();
    await until(() => state("a").state === "live");
    expect(state("a").trouble).toBe("");
  });

  it("without anything to ask is silent", async () => {
    const { state } = watch([liveFake("a", {})]);
    await until(() => state("a").state === "silent");
    expect(state("a").trouble).toBe("it has neither counters nor events to watch");
  });

  it("refusals, panics, TAs that come and go, and restarts are told", async () => {
    const fake = liveFake("a", { alloc: fakePools(), ta: [] });
    const { state, changes } = watch([fake]);
    await until(() => state("a").samples > 0);
    fake.answers.ta = [fakeTa(LEAKY_UUID)];
    await until(() => texts(state("a")).length === 1);
    fake.answers.ta = [fakeTa(LEAKY_UUID, {}, 1)];
    await until(() => texts(state("a")).length === 2);
    fake.answers.alloc = fakePools({ failures: 1, biggestFailure: 5000, biggestFailureUsed: 29_000 });
    await until(() => texts(state("a")).length === 3);
    fake.answers.ta = [];
    await until(() => texts(state("a")).length === 4);
    fake.answers.alloc = fakePools({ maxAllocated: 20_000 });
    await until(() => texts(state("a")).length === 5);
    expect(texts(state("a"))).toEqual([
      `loaded: ${LEAKY_UUID}: loaded`,
      `panic: ${LEAKY_UUID}: the TA panicked`,
      "refusal: Heap: 1 request failed; the largest so far asked for 5,000 bytes while 29,000 were in use",
      `unloaded: ${LEAKY_UUID}: unloaded`,
      "restart: Heap: its counters began anew, after a boot or a reset",
    ]);
    expect(changes.filter(({ kind }) => kind === "happening").length).toBe(5);
  });

  it("is asked nothing while paused, and at another pace", async () => {
    const fake = liveFake("a", { alloc: fakePools() });
    const { fleet, state } = watch([fake]);
    await until(() => fake.asked > 2);
    fleet.pause(true);
    await until(() => state("a").samples === fake.asked);
    const { asked } = fake;
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(fake.asked).toBe(asked);
    fleet.pause(false);
    await until(() => fake.asked > asked);
    fleet.setPeriod(3_600_000);
    await until(() => state("a").samples === fake.asked);
    const later = fake.asked;
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(fake.asked).toBeLessThanOrEqual(later + 1);
    fleet.setPeriod(1);
    await until(() => fake.asked > later + 3);
  });
});

describe("a system that does not answer", () => {
  it("is silent, and delays no other of 500", async () => {
    const hangs = liveFake("hangs", { alloc: fakePools() }, { hangs: true });
    const others = Array.from({ length: 499 }, (_, n) => liveFake(`board${n}`, { alloc: fakePools() }));
    const { fleet, state } = watch([...others.slice(0, 250), hangs, ...others.slice(250)], {
      period: 50,
      patience: 1000,
    });
    await until(() => fleet.systems.every(({ name, samples }) => name === "hangs" || samples >= 3));
    await until(() => state("hangs").state === "silent");
    expect(state("hangs")).toMatchObject({ samples: 0, trouble: "it does not answer" });
    expect(hangs.asked).toBe(1);
  });

  it("is given up, and asked again", async () => {
    const hangs = liveFake("hangs", { alloc: fakePools() }, { hangs: true });
    watch([hangs], { giveUp: 10 });
    await until(() => hangs.asked > 2);
  });

  it("and does not even open: that is said, and the fleet can be closed", async () => {
    const never: LiveSource = { name: "never", open: () => new Promise(() => {}) };
    const { state, fleet } = watch([never]);
    await until(() => state("never").trouble !== "");
    expect(state("never")).toMatchObject({ state: "opening", trouble: "it does not answer yet" });
    await fleet[Symbol.asyncDispose]();
  });
});

describe("a system that is lost", () => {
  async function lose(fake: LiveFake, why: string, is: () => SystemState): Promise<void> {
    fake.lost = why;
    await until(() => is().state === "lost");
  }

  it("is opened again, and is live again with what was before", async () => {
    const fake = liveFake("a", { alloc: fakePools() });
    const { state } = watch([fake]);
    await until(() => state("a").samples > 3);
    fake.refuses = "no route to host";
    const points = state("a").heaps[0]?.history.times.length ?? 0;
    await lose(fake, "the board went away", () => state("a"));
    expect(texts(state("a"))[0]).toBe("lost: lost: the board went away");
    await until(() => state("a").trouble === "no route to host");
    expect(state("a").heaps[0]?.allocated).toBe(20_000);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(texts(state("a"))).toEqual(["lost: lost: the board went away", "lost: lost: no route to host"]);
    fake.refuses = "";
    await until(() => state("a").state === "live");
    expect(fake.opened).toBe(2);
    expect(fake.closed).toBe(1);
    expect(state("a").heaps[0]?.history.times.length).toBeGreaterThan(points);
    expect(texts(state("a"))).toContain("opened: there again");
  });

  it("cannot be reached at first: it says why, and is tried again", async () => {
    const fake = liveFake("a", { alloc: fakePools() });
    fake.refuses = "no route to host";
    const { state } = watch([fake]);
    await until(() => state("a").state === "lost");
    expect(state("a").trouble).toBe("no route to host");
    fake.refuses = "";
    await until(() => state("a").state === "live");
  });

  it("whose opening throws is lost, too", async () => {
    const { state } = watch([{ name: "a", open: () => Promise.reject(new Error("our bug")) }]);
    await until(() => state("a").state === "lost");
    expect(state("a").trouble).toContain("our bug");
  });
});

describe("a system that reports everything", () => {
  const boot = () => {
    const { core } = bootTest("", undefined, [leaky]);
    const source = sourceOf(systemOf(core));
    return { client: createClient(core), live: { name: "sim", open: async () => ok(source) } satisfies LiveSource };
  };

  it("tells of TAs and refused requests at once, each one time, and who holds what", async () => {
    const { client, live } = boot();
    const { state, fleet } = watch([live]);
    await until(() => state("sim").samples > 1);
    const { session } = await client.open(LEAKY_UUID);
    await client.invoke(session, LEAKY.LEAK, params(valueIn(200)));
    await client.invoke(session, LEAKY.LEAK, params(valueIn(1_000_000)));
    await until(() => state("sim").heaps.some(({ kind, failures }) => kind === "ta" && failures === 1));
    const key = state("sim").heaps.find(({ kind }) => kind === "ta")?.key ?? "";
    expect(key).toBe(`ta:${LEAKY_UUID}#1`);
    expect(texts(state("sim"))).toEqual([
      "loaded: leaky: loaded",
      expect.stringMatching(
        /^refusal: leaky: a request for 1,000,000 bytes failed at .*leaky\.c:\d+, with [\d,]+ bytes in use$/,
      ),
    ]);
    const blocks = await fleet.liveBlocks("sim", key);
    expect(blocks).toMatchObject({ ok: true, value: { bytes: "taken" } });
    if (blocks.ok) expect(blocks.value.sites.some(({ site }) => site.includes("leaky.c"))).toBe(true);
    expect((await fleet.liveBlocks("sim", "pool:Heap")).ok).toBe(true);
    await client.close(session);
    await until(() => texts(state("sim")).length === 3);
    expect(texts(state("sim"))[2]).toBe("unloaded: leaky: unloaded");
    await until(() => state("sim").heaps.some(({ gone }) => gone));
  });

  it("keeps the peak between two answers", async () => {
    const { client, live } = boot();
    const { state, fleet } = watch([live]);
    await until(() => state("sim").samples > 1);
    fleet.setPeriod(60);
    const before = state("sim").heaps[0]?.allocated ?? 0;
    const { session } = await client.open(LEAKY_UUID);
    await client.close(session);
    const { samples } = state("sim");
    await until(() => state("sim").samples > samples + 1);
    const { history, max } = state("sim").heaps[0] ?? { history: { allocated: [] }, max: null };
    expect(Math.max(...history.allocated)).toBe(max);
    expect(max).toBeGreaterThan(before);
  });

  it("sets maxima back", async () => {
    const { client, live } = boot();
    const { state, fleet } = watch([live]);
    const { session } = await client.open(LEAKY_UUID);
    await client.close(session);
    await until(() => state("sim").samples > 1);
    expect(state("sim").can).toEqual({ resetMaxima: true, liveBlocks: true });
    expect(state("sim").heaps[0]?.max).toBeGreaterThan(0);
    expect(await fleet.resetMaxima("sim")).toEqual(ok(undefined));
    await until(() => texts(state("sim")).at(-1)?.includes("began anew") === true);
  });
});

describe("a system that only has events", () => {
  const known = { kind: "known", sequence: 5, instance: 0, base: 0 } as const;
  const stats = {
    allocated: 340,
    maxAllocated: 420,
    size: 32_768,
    failures: 0,
    biggestFailure: 0,
    biggestFailureUsed: 0,
  };
  const events = [
    { time: 1, event: { ...known, heap: "core", stats, blocks: [{ at: 64, bytes: 340, site: "a.c:1" }] } },
    { time: 1, event: { kind: "loaded", sequence: 5, instance: 3, uuid: LEAKY_UUID, name: "leaky" } },
    { time: 1, event: { ...known, heap: "ta", instance: 3, stats, blocks: [] } },
    {
      time: 2,
      event: {
        kind: "heap",
        sequence: 6,
        heap: "core",
        instance: 0,
        op: "M",
        pointer: 0,
        size: 100,
        arg: 0,
        result: 512,
        file: "b.c",
        line: 2,
        allocated: 460,
      },
    },
    { time: 3, event: { kind: "lost", count: 7 } },
  ] as const;

  it("has counters from them, tells of gaps, and ends with them", async () => {
    const { state } = watch([liveFake("a", {}, { events })]);
    await until(() => state("a").state === "ended");
    expect(state("a").heaps).toMatchObject([
      { key: "pool:Heap", allocated: 460, max: 460 },
      { key: `ta:${LEAKY_UUID}#3`, name: "leaky", allocated: 340 },
    ]);
    expect(texts(state("a"))).toEqual(["gap: 7 events were lost, because they came too fast"]);
  });

  it("goes on while it hangs", async () => {
    const { state, fleet } = watch([liveFake("a", {}, { events, hangs: true })]);
    await until(() => state("a").heaps[0]?.allocated === 460);
    expect(await fleet.liveBlocks("a", "pool:Heap")).toMatchObject({
      value: {
        sites: [
          { site: "a.c:1", blocks: 1, bytes: 340 },
          { site: "b.c:2", blocks: 1, bytes: 120 },
        ],
      },
    });
  });
});

describe("a recording", () => {
  const sample = (second: number, allocated: number, failures = 0) => ({
    time: second * 1e6,
    heap: "Heap",
    stats: { allocated, maxAllocated: allocated, size: 65_536, failures, biggestFailure: 0, biggestFailureUsed: 0 },
  });
  const recording = (seconds: number, cut = false): Recording => ({
    ...{ origin: "run", version: "4.5.0", traces: [], entries: [], cut },
    samples: Array.from({ length: seconds }, (_, n) => sample(n, 20_000 + 64 * n, n < 5 ? 0 : 1)),
  });

  it("that is whole has ended, with its history and what happened", async () => {
    const { state } = watch([liveFake("run", { recording: recording(30) })]);
    await until(() => state("run").state === "ended");
    const [heap] = state("run").heaps;
    expect(state("run")).toMatchObject({
      release: "4.5.0",
      trouble: "",
      can: { resetMaxima: false, liveBlocks: false },
    });
    expect(heap).toMatchObject({ allocated: 20_000 + 64 * 29, growth: expect.closeTo(3840, 3) });
    const { times } = heap?.history ?? { times: [] };
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeCloseTo(29_000, 6);
    expect(state("run").sampled).toBe(times.at(-1));
    expect(texts(state("run"))).toEqual(["refusal: Heap: 1 request failed"]);
  });

  it("that grows is read again; without its end it is silent when nothing more comes", async () => {
    let seconds = 10;
    const fake = liveFake("run", {});
    const grows: LiveSource = {
      name: "run",
      open: () => {
        fake.answers.recording = recording(seconds, true);
        return fake.open();
      },
      version: async () => String(seconds),
    };
    const { state, changes } = watch([grows]);
    await until(() => state("run").state === "silent");
    const first = state("run").heaps[0]?.history.times[0];
    seconds = 12;
    await until(() => state("run").samples === 2 && state("run").state === "silent");
    expect(state("run").heaps[0]?.allocated).toBe(20_000 + 64 * 11);
    expect(state("run").heaps[0]?.history.times[0]).toBe(first);
    expect(changes.filter(({ kind }) => kind === "happening").length).toBe(1);
    expect([fake.opened, fake.closed]).toEqual([2, 2]);
  });

  it("that cannot be read is lost, and tried again", async () => {
    const fake = liveFake("run", { recording: { text: "not a recording" } });
    const { state } = watch([fake]);
    await until(() => state("run").state === "lost");
    expect(state("run").trouble).toBe("not a recording");
    fake.answers.recording = recording(3);
    await until(() => state("run").state === "ended");
  });
});

describe("the secure console", () => {
  it("comes as lines, those that report trouble marked", async () => {
    const hears = new Set<HearConsole>();
    const console = {
      name: "tcp://lab:4000",
      ended: "",
      listen: (hear: HearConsole) => {
        hears.add(hear);
        return () => void hears.delete(hear);
      },
    };
    const { state, changes, fleet } = watch([liveFake("a", { alloc: fakePools() }, { console })]);
    await until(() => hears.size === 1);
    for (const hear of hears)
      hear(new TextEncoder().encode("I/TC: hello\nE/TC:? 0 Memory allocation failed: size 4096\n"));
    expect(state("a").console).toMatchObject([
      { text: "I/TC: hello", trouble: false },
      { text: "E/TC:? 0 Memory allocation failed: size 4096", trouble: true },
    ]);
    expect(changes.filter(({ kind }) => kind === "line").length).toBe(2);
    await fleet[Symbol.asyncDispose]();
    expect(hears.size).toBe(0);
  });
});

it("leaves out what the core prints about our own questions, and nothing else", async () => {
  const hears = new Set<HearConsole>();
  const say = (text: string): void => hears.forEach((hear) => hear(new TextEncoder().encode(text)));
  const console = {
    name: "tcp://lab:4000",
    ended: "",
    listen: (hear: HearConsole) => {
      hears.add(hear);
      return () => void hears.delete(hear);
    },
  };
  const onAsk = (): void => say("D/TC:? 0 tee_ta_close_session:468 csess 0xe1d id 2\nI/TA: busy\n");
  const { state } = watch([liveFake("a", { alloc: fakePools() }, { console, onAsk })]);
  await until(() => state("a").samples > 2);
  expect(new Set(state("a").console.map(({ text }) => text))).toEqual(new Set(["I/TA: busy"]));
});

it("a closed fleet has closed its sources, and tells nothing more", async () => {
  const fakes = ["a", "b"].map((name) => liveFake(name, { alloc: fakePools() }));
  const { fleet, changes } = watch(fakes);
  await until(() => fakes.every(({ asked }) => asked > 2));
  await fleet[Symbol.asyncDispose]();
  expect(fakes.map(({ closed }) => closed)).toEqual([1, 1]);
  const { length } = changes;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(changes.length).toBe(length);
});

it("what is not watched is an error", async () => {
  const { fleet } = watch([]);
  expect((await fleet.resetMaxima("nope")).ok).toBe(false);
  expect((await fleet.liveBlocks("nope", "pool:Heap")).ok).toBe(false);
});
