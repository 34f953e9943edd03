// Every command on sources that are none of ours: a new kind of source is one file (support/fake_source.ts) and one row.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { TEE } from "../src/abi/errors.ts";
import { emptyRecord } from "../src/abi/record.ts";
import { importRecording } from "../src/recording/import_recording.ts";
import { RELEASES } from "../src/release/releases.ts";
import { sourceOf } from "../src/source/client/system_source.ts";
import { follow } from "../src/source/follow.ts";
import { systemOf } from "../src/source/sim/sim_system.ts";
import { type HeapEvent, isTraced, type Question } from "../src/source/source.ts";
import { LEAKY, LEAKY_UUID, leaky } from "../src/tee/apps/leaky.ts";
import { createClient } from "../src/tee/kernel/client.ts";
import { params, valueIn } from "../src/tee/kernel/params.ts";
import { bootTest } from "./embedded.ts";
import { runHere } from "./run_here.ts";
import { type Fake, type FakeAnswers, fakeSource } from "./support/fake_source.ts";

const fakes = vi.hoisted(() => ({ open: new Map<string, unknown>(), closed: [] as string[] }));

// The row.
vi.mock(import("../src/cli/systems/schemes.ts"), async (original) => {
  const { SCHEMES } = await original();
  const { fakeSource: make } = await import("./support/fake_source.ts");
  const ssh = {
    usage: "ssh://HOST",
    async open(where: string) {
      const fake = fakes.open.get(where.slice(2)) as Fake | undefined;
      if (fake === undefined) return { ok: false as const, error: `cannot reach ${where.slice(2)}` };
      const onClose = (): void => void fakes.closed.push(where.slice(2));
      return { ok: true as const, value: make(`ssh:${where}`, { ...fake, onClose }) };
    },
  };
  return { SCHEMES: { ...SCHEMES, ssh } };
});

const folder = mkdtempSync(join(tmpdir(), "teemem-fake-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);
const budget = at("budget.yaml");
writeFileSync(budget, "heaps:\n  core:\n    peak: 50 %\n");

const [RELEASE] = RELEASES;
const HEAP = { ...emptyRecord("Heap"), allocated: 20_000, maxAllocated: 30_000, size: 68_640, failures: 1 };
const POOLS = {
  release: RELEASE,
  pools: [{ ...HEAP, biggestFailure: 5000, biggestFailureUsed: 29_000 }, emptyRecord()],
};
const STATS = {
  allocated: 340,
  maxAllocated: 420,
  size: 32_768,
  failures: 0,
  biggestFailure: 0,
  biggestFailureUsed: 0,
};
const MOMENT = {
  instance: 3,
  uuid: LEAKY_UUID,
  name: "leaky",
  sessions: 1,
  panicked: false,
  busy: false,
  stats: STATS,
};
const BLOCK = { at: 64, size: 100, file: "ta/leaky/leaky.c", line: 31 };

const ALL: FakeAnswers = {
  alloc: POOLS,
  ta: [{ uuid: LEAKY_UUID, panicked: 0, sessions: 1, heap: { name: "", ...STATS } }],
  pager: { hidden: 0, zi: 0, rwHits: 0, roHits: 0, hiddenHits: 0, npages: 0 } as never,
  memleak: ["I/TC: buffer: 24 bytes a.c:1"],
  running: [MOMENT],
  leaks: [{ ...MOMENT, blocks: [BLOCK, BLOCK] }],
  ended: [{ uuid: LEAKY_UUID, name: "leaky", stats: STATS, panicked: false, when: { seconds: 0, millis: 0 } }],
};
const FAILURE = { call: "TEEC_InvokeCommand", code: TEE.GENERIC, origin: 3 } as const;
const failing = { text: "the board is on fire" };
const FAILS = Object.fromEntries(Object.keys(ALL).map((question) => [question, failing])) as FakeAnswers;

/** Everything that happens while the leaky TA is called twice, as a source that sees it tells. */
async function eventsOfLeaky(): Promise<HeapEvent[]> {
  const { core } = bootTest("", undefined, [leaky]);
  const source = sourceOf(systemOf(core));
  if (!isTraced(source)) throw new Error("it reports everything");
  const events: HeapEvent[] = [];
  const following = follow(source, (event, time) => events.push({ time, event }));
  const client = createClient(core);
  const { session } = await client.open(LEAKY_UUID);
  for (const size of [100, 200]) await client.invoke(session, LEAKY.LEAK, params(valueIn(size)));
  await client.close(session);
  await following.caughtUp();
  following.stop();
  return events;
}
const EVENTS = await eventsOfLeaky();
const GAP: readonly HeapEvent[] = [...EVENTS, { time: EVENTS.at(-1)?.time ?? 0, event: { kind: "lost", count: 7 } }];

const READ = await importRecording(readFileSync("test/fixtures/inputs/core.trace"), "core.trace");
if (!READ.ok) throw new Error(READ.error);
const RECORDING = READ.value;

beforeEach(() => {
  fakes.closed.splice(0);
  fakes.open.clear();
  const given: Readonly<Record<string, Fake>> = {
    all: { answers: ALL },
    alloc: { answers: { alloc: POOLS } },
    nothing: { answers: {} },
    fails: { answers: FAILS },
    refuses: { answers: { alloc: { text: "refused", failure: FAILURE } } },
    gone: { answers: FAILS, lost: "the board went away" },
    cut: { answers: { alloc: { text: "failed", failure: FAILURE } }, lost: "the board went away" },
    tas: { answers: { ta: failing } },
    recording: { answers: { recording: RECORDING } },
    events: { answers: {}, events: EVENTS },
    gap: { answers: {}, events: GAP },
    short: { answers: {}, events: EVENTS, lost: "the board went away" },
  };
  for (const [host, fake] of Object.entries(given)) fakes.open.set(host, fake);
});

/** Runs a command line; HOST stands for the fake. */
async function run(line: string): Promise<{ out: string; err: string; code: number }> {
  const { out, err, outcome } = await runHere(...line.split(" "));
  return { out, err: outcome.ok ? err : outcome.error, code: outcome.ok ? outcome.value : 2 };
}

/** Every command, without the name of its source. */
const LINES = {
  stats: "stats",
  ended: "stats --ended",
  report: "report",
  doctor: "doctor",
  leaks: "leaks",
  record: `record --force --interval 5 -o ${at("made.arrows")}`,
  check: `check ${budget}`,
  watch: "watch",
} as const;

/** What each command says of each source: its exit code, and a piece of what it says. */
const CASES: readonly (readonly [command: keyof typeof LINES, host: string, code: number, says: RegExp])[] = [
  ["stats", "all", 0, /^OP-TEE 4\.0\.0, ssh:\/\/all\n[\s\S]*Heap[\s\S]*6d4c1b8e/],
  ["ended", "all", 0, /420 +340 +32,768 {2}leaky$/m],
  ["report", "all", 0, /^Heap {2}peak 30,000 of 68,640 bytes in 1 sample, 1 failed$/m],
  ["doctor", "all", 1, /^OP-TEE 4\.0\.0, ssh:\/\/all\n[\s\S]*leak list +1 blocks on the secure console/],
  ["leaks", "all", 0, /^leaky, instance 3, still running: 2 blocks, 200 bytes asked for\n[\s\S]*leaky\.c:31/],
  ["check", "all", 0, /core/],
  ["watch", "all", 2, /^ssh:\/\/all reports no events, so it cannot be watched$/],

  ["stats", "alloc", 0, /Heap[\s\S]*\n\nTrusted applications: not answered by a board\.\n$/],
  ["ended", "alloc", 2, /^ssh:\/\/alloc does not report the TAs that have exited$/],
  ["report", "alloc", 0, /^Heap {2}peak 30,000/m],
  ["doctor", "alloc", 1, /yes {2}statistics +2 pools, 1 in use\n.*no .*of TAs +not answered by a board\n/],
  ["leaks", "alloc", 2, /^ssh:\/\/alloc does not list live blocks$/],
  ["check", "alloc", 0, /core/],
  ["watch", "alloc", 2, /reports no events/],

  ["stats", "nothing", 2, /^ssh:\/\/nothing has no statistics of pools or TAs$/],
  ["ended", "nothing", 2, /does not report the/],
  ["report", "nothing", 2, /^ssh:\/\/nothing has neither a recording nor counters$/],
  ["doctor", "nothing", 2, /^ssh:\/\/nothing has nothing to examine$/],
  ["leaks", "nothing", 2, /does not list live blocks/],
  ["record", "nothing", 2, /^ssh:\/\/nothing has neither events nor counters to record$/],
  ["check", "nothing", 2, /^ssh:\/\/nothing has neither a recording nor counters$/],
  ["watch", "nothing", 2, /reports no events/],

  ["stats", "fails", 1, /^teemem: the board is on fire\n$/],
  ["ended", "fails", 1, /^teemem: the board is on fire\n$/],
  ["report", "fails", 1, /^teemem: the board is on fire\n$/],
  ["doctor", "fails", 1, /no .*statistics +the board is on fire/],
  ["leaks", "fails", 1, /^teemem: the board is on fire\n$/],
  ["record", "fails", 1, /^teemem: the board is on fire\n/m],
  ["check", "fails", 1, /^teemem: the board is on fire\n$/],

  ["stats", "refuses", 1, /^teemem: TEEC_InvokeCommand.*0xffff0000/],
  ["stats", "recording", 2, /has no statistics of pools or TAs$/],
  ["report", "recording", 0, /^core/],
  ["doctor", "recording", 1, /^OP-TEE .*, ssh:\/\/recording\n.*heap events/],
  ["leaks", "recording", 0, /^core/],
  ["record", "recording", 0, /made\.arrows: \d+ rows, [\d,]+ bytes\n$/],
  ["check", "recording", 1, /peak +54\.69 %/],
  ["watch", "recording", 2, /^ssh:\/\/recording is a recording: 'teemem report' shows it/],

  ["stats", "cut", 1, /^teemem: TEEC_InvokeCommand.*0xffff0000.*: the board went away\n$/],
  ["report", "tas", 1, /^teemem: the board is on fire\n$/],
  ["record", "gone", 1, /^teemem: the board went away\n$/m],
  ["stats", "gone", 1, /^teemem: the board went away\n$/],
  ["report", "gone", 1, /^teemem: the board went away\n$/],
  ["leaks", "gone", 1, /^teemem: the board went away\n$/],
  ["stats", "nowhere", 2, /^cannot reach nowhere$/],
];

describe.each(CASES)("teemem %s --on ssh://%s", (command, host, code, says) => {
  it(`ends with ${code} and says it, and closes the source`, async () => {
    const ran = await run(`${LINES[command]} --on ssh://${host}`);
    const text = ran.out === "" ? ran.err : ran.out;
    expect([ran.code, text]).toEqual([code, expect.stringMatching(says)]);
    expect(fakes.closed).toEqual(fakes.open.has(host) ? expect.arrayContaining([host]) : []);
  });
});

it("a workload needs a source that takes calls", async () => {
  const text = "ssh://events takes no calls: leave out the workload";
  expect(await run("watch --on ssh://events -- leaky")).toEqual({ out: "", err: text, code: 2 });
  expect((await run(`${LINES.record} --on ssh://events -- leaky`)).err).toContain("takes no calls");
  expect(await run("leaks --on ssh://all -- leaky")).toMatchObject({ code: 2 });
  expect((await run("run --on ssh://all hello_world")).err).toBe("ssh://all takes no calls: name a running system");
});

it("files and --on are two sources", async () => {
  const text = "files and --on are two sources: leave out one of them";
  for (const line of ["report", "leaks", `check ${budget}`])
    expect(await run(`${line} --on ssh://all package.json`)).toEqual({ out: "", err: text, code: 2 });
});

it("no other kind of source is called like it, and messages name it", async () => {
  expect((await run("stats --on nosuch:/dev/ttyUSB0")).err).toMatch(
    /^unknown source 'nosuch:'; known: sim, .*ssh:\/\/HOST/,
  );
});

describe("a source with events", () => {
  it("is watched as the system itself", async () => {
    const there = await run("watch --json --until exit --on ssh://events");
    const told = JSON.parse(there.out) as { records: { entry: string; heap: { growth: number } }[]; ended: unknown[] };
    expect([there.code, there.err]).toEqual([0, ""]);
    expect(told.records.map(({ entry }) => entry)).toEqual(["create", "open", "invoke", "invoke", "close", "destroy"]);
    expect(told.records.map(({ heap }) => heap.growth).slice(2, 4)).toEqual([128, 224]);
    expect(told.ended).toHaveLength(1);
    expect((await run("watch --on ssh://events --ta leaky")).out).toMatch(/^leaky, instance 1$/m);
  });

  it("is recorded, event by event", async () => {
    const file = at("events.arrows");
    const ran = await run(`record -o ${file} --on ssh://events`);
    expect([ran.code, ran.out]).toEqual([0, ""]);
    const { out } = await run(`leaks ${file} --heap ta-${LEAKY_UUID}`);
    expect(out).toMatch(/300 +2 .*leaky\.c:31/);
    const heaps = EVENTS.filter(({ event }) => event.kind === "heap").length;
    const { out: csv } = await run(`export -f csv ${file}`);
    expect(csv.split("\n").length).toBeGreaterThan(heaps);
  });

  it.each([
    ["watch --json", /^teemem: 7 events were lost, because they came too fast; the figures have gaps\n$/],
    ["watch --json --until exit", /^teemem: 7 events/],
    [LINES.record, /teemem: 7 events were lost, because they came too fast\n$/],
  ])("that has gaps is said to, and ends with 1: %s", async (line, says) => {
    const { err, code } = await run(`${line} --on ssh://gap`);
    expect([code, err]).toEqual([1, expect.stringMatching(says)]);
  });
});

it("a source that goes away while it is watched says so, behind what was seen", async () => {
  const { out, err, code } = await run("watch --ta leaky --on ssh://short");
  expect([out, err, code]).toEqual([expect.stringMatching(/^destroy /m), "teemem: the board went away\n", 1]);
});

describe("a source that hangs", () => {
  /** Runs a command, and presses Ctrl-C each time that it has asked `count` questions, until it ends. */
  async function interrupted(line: string, fake: Fake, count = 1): Promise<Awaited<ReturnType<typeof run>>> {
    let asked = 0;
    const onAsk = (_question: Question): void => {
      if (++asked % count === 0) setImmediate(() => process.emit("SIGINT", "SIGINT"));
    };
    fakes.open.set("hangs", { hangs: true, onAsk, ...fake });
    return run(`${line} --on ssh://hangs`);
  }

  it.each(["stats", "ended", "report", "leaks", "check"] as const)(
    "is given up by teemem %s at Ctrl-C",
    async (name) => {
      const ran = await interrupted(LINES[name], { answers: ALL });
      expect(ran).toEqual({ out: "", err: "teemem: given up\n", code: 1 });
      expect(fakes.closed).toEqual(["hangs"]);
      expect(process.listenerCount("SIGINT")).toBe(0);
    },
  );

  it("is given up by teemem doctor at Ctrl-C, which says so", async () => {
    const ran = await interrupted(LINES.doctor, { answers: ALL });
    expect([ran.code, ran.out]).toEqual([1, expect.stringMatching(/statistics +given up/)]);
  });

  it("is no longer sampled by teemem record at Ctrl-C; what there was is kept", async () => {
    const file = at("sampled.arrows");
    const line = `record -o ${file} --interval 1`;
    const ran = await interrupted(line, { answers: { alloc: POOLS }, hangs: false }, 6);
    expect([ran.code, ran.out]).toEqual([0, ""]);
    expect((await run(`report ${file}`)).out).toMatch(
      /^Heap {2}peak 30,000 of 68,640 bytes in \d+ samples?, 1 failed$/m,
    );
    expect((await run(`stats --on file:${file}`)).out).toContain("Heap");
    const hung = await interrupted(LINES.record, { answers: { alloc: POOLS } });
    expect(hung).toMatchObject({ code: 0, out: "" });
  });

  it("is no longer watched at Ctrl-C, and shows what came before", async () => {
    const onHang = (): void => void setTimeout(() => process.emit("SIGINT", "SIGINT"), 20);
    const ran = await interrupted("watch --ta leaky", { answers: ALL, events: EVENTS, onHang });
    expect(ran).toMatchObject({ code: 0, out: expect.stringMatching(/^destroy /m) });
    expect(fakes.closed).toEqual(["hangs"]);
    expect(process.listenerCount("SIGINT")).toBe(0);
  });
});

it("docs/sources.md names every kind of source and every question", async () => {
  const page = readFileSync("docs/sources.md", "utf8");
  const { SCHEMES } = await import("../src/cli/systems/schemes.ts");
  const usages = Object.values(SCHEMES).flatMap(({ usage }) => (usage.startsWith("ssh") ? [] : [usage]));
  const questions = [...Object.keys(ALL), "time", "held", "recording"];
  for (const name of [...usages, ...questions]) expect(page, name).toContain(`\`${name}\``);
});

it("a fake is a source as the interface has it", async () => {
  const source = fakeSource("x", { answers: { alloc: POOLS } });
  expect(await source.ask("alloc")).toEqual({ ok: true, value: POOLS });
  expect((await source.ask("ta")).ok).toBe(false);
  expect(await source.ask("alloc", AbortSignal.abort())).toEqual({ ok: false, error: { text: "given up" } });
});
