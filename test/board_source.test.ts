// The conformance suite of boards: what every board answers, whatever is between us and its shell. Real ones take part where
// they can be reached: BOARD names one, as --on does; TEEMEM_QEMU_BOARD the folder of a program that boots one.
import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { missingCounters } from "../src/abi/record.ts";
import type { Output } from "../src/cli/outputs/output.ts";
import { openNamed } from "../src/cli/systems/sources.ts";
import type { Source } from "../src/source/source.ts";
import { runHere } from "./run_here.ts";
import { BOARDS, captured, type FakeBoard, fakeBoard } from "./support/fake_board.ts";
import { NO_BOARD, needFile } from "./support/needs.ts";
import { bootQemuBoard } from "./support/qemu_board.ts";
import { SSHD, startSshd } from "./support/sshd.ts";

/** A board to be examined: how it is named, and its end. */
interface Examined {
  readonly on: string;
  readonly stop: () => void | Promise<void>;
}

/** A fake board with everything that its release prints. */
function furnished(release: (typeof BOARDS)[number]): FakeBoard {
  const fake = fakeBoard(release);
  const text = (name: string): string => readFileSync(captured(release, name), "utf8");
  fake.prints("usage", text("01-stats-usage.out"), 1);
  fake.prints("pager", text("04-stats-pager.out"));
  fake.prints("alloc", text("05-stats-alloc.out"));
  fake.prints("memleak", "");
  fake.prints("time", text("09-stats-time.out"));
  fake.prints("ta", "", 1, "xtest: TEEC_InvokeCommand: res 0xffff0008 err_orig 0x4\n");
  return fake;
}

/** A shell of a fake board. */
const shellOf = ({ path }: FakeBoard): string => `env PATH=${path}:/usr/bin:/bin sh`;

function overExec(release: (typeof BOARDS)[number]): Examined {
  const fake = furnished(release);
  return { on: `exec:${shellOf(fake)}`, stop: fake.remove };
}

async function overSsh(release: (typeof BOARDS)[number]): Promise<Examined> {
  const fake = furnished(release);
  const { on, stop } = await startSshd(shellOf(fake));
  return {
    on,
    async stop() {
      await stop();
      fake.remove();
    },
  };
}

const { BOARD: named = "", TEEMEM_QEMU_BOARD: folder = "" } = process.env;
const EMULATED = folder === "" ? [] : ["trixie", "sid"];
const SOURCES: Readonly<Record<string, () => Examined | Promise<Examined>>> = {
  ...Object.fromEntries(BOARDS.map((release) => [`exec, OP-TEE ${release}`, () => overExec(release)])),
  ...(existsSync(SSHD) ? { "ssh, a real sshd": () => overSsh("4.5.0") } : {}),
  ...(named === "" ? {} : { [named]: () => ({ on: named, stop: () => {} }) }),
  ...Object.fromEntries(EMULATED.map((suite) => [`an emulated board, ${suite}`, () => bootQemuBoard(folder, suite)])),
};

async function* nothing(): AsyncGenerator<Uint8Array> {}
const io = {
  err: { isTerminal: false, write() {} } as unknown as Output,
  input: nothing(),
  clock: () => performance.now(),
};

async function open(on: string, taStats = false): Promise<Source> {
  const opened = await openNamed(on, { options: { taStats }, env: process.env, io });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}

/** A board that boots refuses connections for a while. */
async function openPatiently(on: string): Promise<Source> {
  for (let tries = 30; tries > 0; tries--) {
    const opened = await openNamed(on, { options: {}, env: process.env, io });
    if (opened.ok) return opened.value;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  return open(on);
}

it("a real sshd takes part", (context) => needFile(context, SSHD));

it("real boards take part", (context) => {
  if (named === "" && folder === "") context.skip(NO_BOARD);
});

describe.each(Object.entries(SOURCES))("%s", (_name, examine) => {
  let board: Examined;
  let source: Source;
  beforeAll(async () => {
    board = await examine();
    source = await openPatiently(board.on);
  }, 120_000);
  afterAll(async () => {
    await source[Symbol.asyncDispose]();
    await board.stop();
  });

  it("says what it is and what it answers", () => {
    expect([source.name, source.profile, source.lost]).toEqual([board.on, "", ""]);
    expect(source.version).toMatch(/^\d+\.\d+$/);
    expect([...source.answers].sort()).toEqual(["alloc", "memleak", "pager", "time"]);
  });

  it("answers for all pools of its release", async () => {
    const answer = await source.ask("alloc");
    if (!answer.ok) throw new Error(answer.error.text);
    const { pools, release, own } = answer.value;
    expect([release.since, pools.length]).toEqual([source.release.since, release.pools.length]);
    expect(pools[0]).toMatchObject({ name: "Heap" });
    expect(own?.text).toContain("question");
    for (const pool of pools) {
      expect(missingCounters(pool)).toEqual([]);
      expect(pool.allocated ?? 0).toBeLessThanOrEqual(pool.size ?? 0);
      expect(pool.maxAllocated ?? 0).toBeLessThanOrEqual(pool.size ?? 0);
    }
  });

  it("answers for pager, time and leak list, and says that it does not answer the rest", async () => {
    expect(await source.ask("pager")).toMatchObject({ ok: true });
    const time = await source.ask("time");
    expect(time.ok && time.value.tee.millis).toBeLessThan(1000);
    expect(await source.ask("memleak")).toEqual({ ok: true, value: undefined });
    for (const question of ["ta", "running", "recording"] as const)
      expect(await source.ask(question)).toMatchObject({ ok: false });
  });

  it("answers many questions at once, with times that ascend", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => source.ask("alloc")));
    const times = answers.map((answer) => (answer.ok ? (answer.value.at ?? Number.NaN) : Number.NaN));
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it("gives up at a signal", async () => {
    const answer = await source.ask("alloc", AbortSignal.abort());
    expect(answer).toMatchObject({ ok: false, error: { text: "given up" } });
    expect(await source.ask("alloc")).toMatchObject({ ok: true });
  });

  it("is taken by the commands as any source", async () => {
    const stats = await runHere("stats", "--on", board.on);
    expect(stats.out).toMatch(/^OP-TEE \d+\.\d+, .*\n[\s\S]*\nHeap [\s\S]*\nTrusted applications: not asked: --ta can/);
    expect(stats.outcome).toEqual({ ok: true, value: 0 });
    const json = JSON.parse((await runHere("stats", "--json", "--on", board.on)).out);
    expect([json.pools[0].name, json.own.text]).toEqual(["Heap", expect.stringContaining("368 to 512")]);
    const report = await runHere("report", "--on", board.on);
    expect(report.out).toMatch(/^Heap {2}peak [\d,]+ of [\d,]+ bytes in 1 sample/m);
    const doctor = await runHere("doctor", "--on", board.on);
    expect(doctor.out).toMatch(/^ {2}ok +statistics +[45] pools/m);
    expect(doctor.outcome.ok).toBe(true);
  });
});

it("what asking takes is left out where the user says how the core was built", async () => {
  const board = overExec("4.5.0");
  const used = async (...more: string[]): Promise<number> =>
    JSON.parse((await runHere("stats", "--json", ...more, "--on", board.on)).out).pools[0].allocated;
  expect((await used()) - (await used("--leak-headers", "no"))).toBe(368);
  await board.stop();
});

it("TAs are asked for where the user wants it, and none is loaded", async () => {
  const board = overExec("4.10.0");
  const stats = await runHere("stats", "--ta-stats", "--on", board.on);
  expect(stats.out).toMatch(/^No TA is loaded\.$/m);
  await board.stop();
});
