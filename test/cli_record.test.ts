// Runs `teemem record`.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readRecordings } from "../src/cli/inputs/read_recording.ts";
import type { Recording } from "../src/recording/recording.ts";
import { verifyTrace } from "../src/replay/verify.ts";
import { runBin } from "./cli.ts";
import { runHere } from "./run_here.ts";
import { bootChild } from "./support/daemon.ts";
import { needFile } from "./support/needs.ts";

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "teemem-recorded-"));
  file = join(folder, "run.arrows");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function read(path = file): Promise<Recording> {
  const recording = await readRecordings([path], { input: nothing() });
  if (!recording.ok) throw new Error(recording.error);
  return recording.value;
}

const LDELF = "data/optee-4.0.0/ldelf.trace.gz";
const BIN = fileURLToPath(new URL("../dist/cli/teemem.js", import.meta.url));

describe("teemem record", () => {
  it("refuses --ta where it cannot be before it reads any module", async () => {
    for (const words of [[], ["--on", "sim", "--", "true"]]) {
      const { outcome } = await runHere("record", "-o", file, "--ta", join(folder, "no_such_folder"), ...words);
      expect(outcome).toMatchObject({ ok: false, error: expect.stringContaining("--ta is for the embedded system") });
    }
  });

  it("records a workload on the embedded system from its boot on, so that it replays exactly", async () => {
    const { outcome, err } = await runHere("record", "-o", file, "--", "leaky", "3");
    expect([outcome, err]).toEqual([
      { ok: true, value: 0 },
      expect.stringMatching(/run\.arrows: \d+ rows, .*: ldelf\n$/),
    ]);
    const { traces, entries, samples, version, cut } = await read();
    const [core, , ta] = traces;
    if (core === undefined || ta === undefined) throw new Error("heaps");
    expect([version, cut, verifyTrace(core).difference, verifyTrace(ta).difference]).toEqual([
      "4.0.0",
      undefined,
      null,
      null,
    ]);
    expect(core.marks.map(({ name, command }) => [name, command])).toEqual([
      ["boot", ""],
      ["leaky", "leaky 3"],
    ]);
    expect(entries.filter(({ name }) => name.startsWith("invoke"))).toHaveLength(3);
    expect(samples.length).toBeGreaterThan(1);
  });

  it("makes recordings of traces, several in one, that hold the same", async () => {
    const files = [LDELF, "data/optee-4.0.0/ta-8aaaf200-2450-11e4-abe2-0002a5d5c51b.trace.gz"];
    const { outcome } = await runHere("record", "-o", file, "--from", ...files);
    expect(outcome).toEqual({ ok: true, value: 0 });
    const { traces } = await read();
    expect(traces.map(({ context, length }) => [context, length])).toEqual([
      ["ldelf", 2755],
      ["ta-8aaaf200-2450-11e4-abe2-0002a5d5c51b", 11],
    ]);
  });

  it.each([
    [["--", "leaky", "many"], "'many' is no number"],
    [["--", "run", "nosuch"], "unknown example 'nosuch'"],
    [["--", "nosuch-program"], "no program 'nosuch-program'"],
    [["--from", "package.json"], "package.json: not a recording: expected"],
    [["--from", "nosuch.trace"], "nosuch.trace: no such file"],
    [["--from", LDELF, "--", "leaky"], "nothing can be run"],
    [["--on", "unix:/nosuch/a.sock"], "no daemon listens"],
    [["-o", "-", "--", "leaky"], "a recording is a file"],
    [["--interval", "0", "--", "leaky"], "a number of milliseconds"],
    [["--cfg", "CFG_CORE_HEAP_SIZE=1", "--", "leaky"], "CFG_CORE_HEAP_SIZE"],
  ])("refuses %j, and leaves no file", async (args, error) => {
    const { outcome } = await runHere("record", "-o", file, ...args);
    expect(outcome).toEqual({ ok: false, error: expect.stringContaining(error) });
    expect(existsSync(file)).toBe(false);
  });

  it("does not write over a file unless told", async () => {
    writeFileSync(file, "precious");
    const refused = await runHere("record", "-o", file, "--from", LDELF);
    expect(refused.outcome).toEqual({ ok: false, error: expect.stringContaining("--force") });
    expect(statSync(file).size).toBe(8);
    const forced = await runHere("record", "-o", file, "--force", "--from", LDELF);
    expect(forced.outcome).toEqual({ ok: true, value: 0 });
    expect((await read()).traces).toHaveLength(1);
  });

  it("says that the disk is full, and lets the work go on", async (context) => {
    needFile(context, "/dev/full");
    const { outcome, err } = await runHere("record", "-o", "/dev/full", "--force", "--", "leaky", "1");
    expect([outcome, err]).toEqual([
      { ok: true, value: 1 },
      expect.stringContaining(
        "cannot write /dev/full: no space left on the device; everything recorded since then is lost",
      ),
    ]);
    const imported = runHere("record", "-o", "/dev/full", "--force", "--from", LDELF);
    await expect(imported).rejects.toMatchObject({ code: "ENOSPC", path: "/dev/full" });
  });

  it("runs any program, which finds the system, and tells of its failure", async () => {
    const stats = runBin("teemem", ["record", "-o", file, "--", "xtest", "--stats", "--alloc"]);
    expect([stats.code, stats.stdout]).toEqual([0, expect.stringMatching(/^Pool: +Heap\n/)]);
    const { traces } = await read();
    expect(traces[0]?.marks.map(({ command }) => command)).toEqual(["", "xtest --stats --alloc"]);
    const program = ["--", process.execPath, "-e", "process.exit(3)"];
    const failed = runBin("teemem", ["record", "--force", "-o", file, ...program]);
    expect([failed.code, failed.stderr]).toEqual([3, expect.stringMatching(/ended with exit code 3\n$/)]);
  });
});

/** Until a condition holds. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

function recordDaemon(socket: string, ...more: string[]): ChildProcess {
  return spawn(process.execPath, [BIN, "record", "-o", file, "--on", `unix:${socket}`, ...more], { stdio: "ignore" });
}

describe("teemem record --on a daemon", () => {
  it("keeps what it has written when it is killed", async () => {
    const daemon = await bootChild();
    const recorder = recordDaemon(daemon.path);
    await until(async () => existsSync(file) && statSync(file).size > 0 && (await read()).traces.length > 0);
    runBin("teemem", ["run", "hello_world"], { env: { TEEMEM_SOCKET: daemon.path } });
    await until(async () => (await read()).entries.some(({ name }) => name === "destroy"));
    recorder.kill("SIGKILL");
    await once(recorder, "exit");
    await daemon.stop();
    const { cut, traces, entries } = await read();
    expect(cut).toBe(true);
    expect(traces[0]?.instances[0]?.found).toBeGreaterThan(20);
    expect(entries.map(({ name }) => name)).toEqual(["create", "open", "invoke 0", "close", "destroy"]);
    const { outcome, err } = await runHere("stats", "--on", `file:${file}`);
    expect([outcome, err]).toEqual([{ ok: true, value: 0 }, expect.stringContaining("is truncated")]);
  });

  it("keeps other recorders away from its file, until it is dead", async () => {
    const daemon = await bootChild();
    const record = (...more: string[]) => runBin("teemem", ["record", "-o", file, ...more, "--", "leaky", "1"]);
    const recorder = recordDaemon(daemon.path);
    await until(async () => existsSync(file) && statSync(file).size > 0 && (await read()).traces.length > 0);
    const refused = `teemem: process ${recorder.pid} is recording into ${file}; choose another file with -o. If that process is not a recorder, remove ${file}.lock\n`;
    for (const more of [[], ["--force"]]) expect(record(...more)).toMatchObject({ code: 2, stderr: refused });
    recorder.kill("SIGKILL");
    await once(recorder, "exit");
    await daemon.stop();
    expect((await read()).cut).toBe(true);
    expect(record()).toMatchObject({
      code: 2,
      stderr: `teemem: ${file} already exists; choose another file with -o or pass --force\n`,
    });
    expect(record("--force")).toMatchObject({ code: 0 });
    expect(readdirSync(folder)).toEqual([basename(file)]);
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("ends whole at %s", async (signal) => {
    const daemon = await bootChild();
    const recorder = recordDaemon(daemon.path);
    await until(async () => existsSync(file) && statSync(file).size > 0 && (await read()).traces.length > 0);
    recorder.kill(signal);
    const [code] = await once(recorder, "exit");
    await daemon.stop();
    expect([code, (await read()).cut]).toEqual([0, undefined]);
  });
});

describe("teemem record -- a program", () => {
  it.each(["SIGTERM", "SIGHUP"] as const)(
    "passes %s on, and leaves a whole recording and no folder",
    async (signal) => {
      const temp = join(folder, "temp");
      mkdirSync(temp);
      const ready = join(folder, "ready");
      const program = `require("node:fs").writeFileSync(${JSON.stringify(ready)}, ""); setTimeout(() => {}, 15_000)`;
      const args = [BIN, "record", "-o", file, "--", process.execPath, "-e", program];
      const recorder = spawn(process.execPath, args, { stdio: "ignore", env: { ...process.env, TMPDIR: temp } });
      await until(() => existsSync(ready));
      expect(readdirSync(temp)).toHaveLength(1);
      recorder.kill(signal);
      const [code] = await once(recorder, "exit");
      expect([code, (await read()).cut, readdirSync(temp)]).toEqual([128 + constants.signals[signal], undefined, []]);
      expect(readdirSync(folder).sort()).toEqual([basename(file), "ready", "temp"].sort());
    },
  );
});

describe("teemem stats --on file:", () => {
  it("answers for a moment of a trace", async () => {
    const core = "file:data/optee-4.0.0/core.trace.gz";
    const heapAt = async (...at: string[]): Promise<unknown> => {
      const { out } = await runHere("stats", "--json", "--on", core, ...at);
      return (JSON.parse(out) as { pools: unknown[] }).pools[0];
    };
    // 16,480 bytes are what the recorded system's own statistics began with after its boot.
    const now = await heapAt("--at", "boot");
    expect(now).toMatchObject({ name: "Heap", allocated: 16480, maxAllocated: 17744, size: 68640, failures: 0 });
    expect(await heapAt()).not.toEqual(now);
    expect(await heapAt("--at", "0")).toMatchObject({ allocated: 0, size: 0 });
  });

  it.each([
    [["--at", "1"], "--at is for a recording"],
    [["--on", "file:nosuch"], "no such file"],
    [["--on", `file:${LDELF}`, "--at", "nomark"], "no mark 'nomark'"],
  ])("refuses %j", async (args, error) => {
    expect((await runHere("stats", ...args)).outcome).toEqual({ ok: false, error: expect.stringContaining(error) });
  });
});
