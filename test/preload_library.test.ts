// The library of device/preload, compiled by the host's gcc and loaded into clients of a libteec that stands in for a board. It answers
// with bytes that real boards gave.
import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, constants, existsSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ExactMoment } from "../src/recording/moment.ts";
import { createMomentReader, type MomentReader } from "../src/recording/moments.ts";
import { needPrograms } from "./support/needs.ts";
import { answersOf } from "./support/preload/answers.ts";
import { type Bench, buildLibrary, createBench } from "./support/preload/build.ts";

const V45 = answersOf("4.5.0-1001");
const ANSWERED = answersOf("4.10.0-pkcs11-1004");
/** Asked for before TAs are, with ones where the record of a TA has its sum of squares. */
const V410: Record<string, string> = { ...ANSWERED, FAKE_RAM: `${ANSWERED.FAKE_RAM?.slice(0, -16)}${"11".repeat(8)}` };
const CRYPT = "cb3e5ba0-adf1-11e0-998b-0002a5d5c51b";
const PKCS11 = "fd02c9da-306c-48c7-a49c-bbd827ae86ee";

const isThere = (program: string): boolean => spawnSync(program, ["--version"]).error === undefined;

function read(lines: readonly string[]): { readonly moments: readonly ExactMoment[]; readonly reader: MomentReader } {
  const moments: ExactMoment[] = [];
  const reader = createMomentReader((moment) => moments.push(moment));
  for (const line of lines) expect(reader.take(line), line).toBe(true);
  expect(reader.lost).toBe(0);
  return { moments, reader };
}

const callsOf = (moments: readonly ExactMoment[]): (string | undefined)[] => moments.map(({ call }) => call?.name);

// Of the compilers of boards those that are there: a machine that runs tests needs none of them.
const COMPILERS = [["gcc"], ["gcc", "-m32"], ["aarch64-linux-gnu-gcc"], ["arm-linux-gnueabihf-gcc"]].filter(
  ([program = "", ...words]) =>
    isThere(program) && spawnSync(program, [...words, "-E", "-"], { input: "#include <errno.h>\n" }).status === 0,
);

describe("the library", () => {
  it.for(COMPILERS)("compiles without a warning: %s", (compiler) => {
    for (const more of ["-O0", "-Os", "-O3"]) buildLibrary(compiler, "/dev/null", [more]);
  });
});

describe.each([1, 2] as const)("with libteec.so.%s", (version) => {
  let bench: Bench;
  beforeAll(() => {
    if (isThere("gcc")) bench = createBench(version);
  });
  afterAll(() => bench?.remove());
  afterEach(() => {
    for (const name of ["moments", "shared"])
      if (bench !== undefined) rmSync(join(bench.folder, name), { force: true });
  });

  it.for([
    ["4.5.0", V45],
    ["4.10.0", V410],
  ] as const)("sees each call of a client of %s, and changes nothing for it", async ([release, answers], context) => {
    needPrograms(context, "gcc, libc6-dev", "gcc");
    const ran = await bench.run("client", ["simple"], answers);
    expect(ran).toEqual({ out: "done\n", err: "", code: 7, signal: null });
    const { moments, reader } = read(bench.lines());
    expect(callsOf(moments)).toEqual([undefined, "open", "invoke 7", "invoke 9", "close"]);
    expect(moments.map(({ pools }) => pools[0]?.allocated)).toEqual([0, 16, 32, 48, 64]);
    const calls = moments.flatMap(({ call }) => call ?? []);
    expect(calls.map(({ code }) => code)).toEqual([0, 0, 0xffff000c, 0]);
    expect(calls.map(({ session, uuid }) => [session, uuid])).toEqual(calls.map(() => [1, CRYPT]));
    for (const { call, time } of moments) {
      if (call === null) continue;
      expect(call.to).toBeGreaterThanOrEqual(call.from);
      expect(time).toBeGreaterThanOrEqual(call.to);
    }
    const last = moments.at(-1);
    expect(last?.pools.map(({ name }) => name)).toEqual(["Heap", "Physical TA memory"]);
    // Of what lay in the buffer before nothing is left: a TA's record has neither a name nor a sum of squares.
    const heap = expect.objectContaining({ name: "", free2Sum: 0n });
    expect(last?.tas).toEqual(release === "4.5.0" ? undefined : [expect.objectContaining({ uuid: PKCS11, heap })]);
    expect(reader).toMatchObject({
      processes: 1,
      refused: 0,
      release: { since: release === "4.5.0" ? "4.4" : "4.6" },
    });
  });

  it("fetches the heap events of TAs that are named, after each call, and no others", async (context) => {
    needPrograms(context, "gcc, libc6-dev", "gcc");
    const file = join(bench.folder, "ring.bin");
    const events = { FAKE_EVENTS: "events;", TEEMEM_TA_OUT: file };
    for (const [named, fetched] of [
      [`8aaaf200-2450-11e4-abe2-0002a5d5c51b,${CRYPT}`, 4],
      ["8aaaf200-2450-11e4-abe2-0002a5d5c51b", 0],
    ] as const) {
      const ran = await bench.run("client", ["simple"], { ...V410, ...events, TEEMEM_TA: named });
      expect(ran).toEqual({ out: "done\n", err: "", code: 7, signal: null });
      expect(existsSync(file) ? readFileSync(file, "latin1") : "").toBe("events;".repeat(fetched));
      rmSync(file, { force: true });
    }
    const large = "x".repeat(70_000);
    await bench.run("client", ["simple"], { ...V410, ...events, FAKE_EVENTS: large, TEEMEM_TA: CRYPT });
    expect(readFileSync(file, "latin1")).toBe(large.repeat(4));
    rmSync(file);
    const none = await bench.run("client", ["simple"], { ...V410, TEEMEM_TA_OUT: file, TEEMEM_TA: CRYPT });
    expect({ ...none, there: existsSync(file) }).toEqual({
      out: "done\n",
      err: "",
      code: 7,
      signal: null,
      there: false,
    });
  });

  it("asks for TAs only while no thread of any client is inside of one", async (context) => {
    needPrograms(context, "gcc, libc6-dev", "gcc");
    const ran = await Promise.all([1, 2].map(() => bench.run("client", ["threads"], V410)));
    expect(ran).toEqual([1, 2].map(() => ({ out: "done\n", err: "", code: 7, signal: null })));
    const { moments, reader } = read(bench.lines());
    expect(reader.processes).toBe(2);
    expect(moments.filter(({ call }) => call !== null).length).toBe(2 * 4 * 22);
    expect(moments.filter(({ tas }) => tas === "busy").length).toBeGreaterThan(0);
    expect(moments.filter(({ tas }) => Array.isArray(tas)).length).toBeGreaterThan(0);
  });

  it("opens its own session in a child, and leaves the parent's alone", async (context) => {
    needPrograms(context, "gcc, libc6-dev", "gcc");
    expect(await bench.run("client", ["forks"], V410)).toEqual({ out: "done\n", err: "", code: 7, signal: null });
    const { moments, reader } = read(bench.lines());
    expect(reader.processes).toBe(2);
    expect(callsOf(moments)).toEqual([undefined, "open", undefined, "invoke 5", "invoke 6", "close"]);
    expect(moments[3]?.thread).not.toBe(moments[4]?.thread);
    expect(moments[3]?.call).toMatchObject({ uuid: CRYPT, session: 1 });
  });

  it("finds a libteec that came with a plug-in", async (context) => {
    needPrograms(context, "gcc, libc6-dev", "gcc");
    const ran = await bench.run("host", [join(bench.folder, "plugin.so"), "simple"], V45);
    expect(ran).toEqual({ out: "done\n", err: "", code: 7, signal: null });
    expect(callsOf(read(bench.lines()).moments)).toEqual([undefined, "open", "invoke 7", "invoke 9", "close"]);
  });

  it("has written everything when its client is killed", async (context) => {
    needPrograms(context, "gcc, libc6-dev", "gcc");
    expect(await bench.run("client", ["killed"], V410)).toMatchObject({ signal: "SIGKILL" });
    expect(callsOf(read(bench.lines()).moments)).toEqual([undefined, "open", "invoke 1"]);
  });

  it("never writes into a file of a client that closed all descriptors", async (context) => {
    needPrograms(context, "gcc, libc6-dev", "gcc");
    const own = join(bench.folder, "own");
    expect(await bench.run("client", ["closes", own], V410)).toMatchObject({ out: "done\n", code: 7 });
    expect(readFileSync(own, "latin1")).toBe("");
    expect(callsOf(read(bench.lines()).moments)).toEqual([undefined, "open", "invoke 1"]);
  });

  it("asks the TEE that the client named", async (context) => {
    needPrograms(context, "gcc, libc6-dev", "gcc");
    const { err } = await bench.run("client", ["named", "/dev/tee7"], { ...V410, FAKE_NAMES: "1" });
    expect(err).toBe("context /dev/tee7\ncontext /dev/tee7\n");
  });

  it("takes answers of any length", async (context) => {
    needPrograms(context, "gcc, libc6-dev", "gcc");
    const tas = (V410.FAKE_TAS ?? "").repeat(300);
    expect(await bench.run("client", ["simple"], { ...V410, FAKE_TAS: tas })).toMatchObject({ code: 7 });
    const { moments } = read(bench.lines());
    expect(moments.map((one) => one.tas?.length)).toEqual(moments.map(() => 300));
  });

  it("says why it can't ask, and lets the client go on", async (context) => {
    needPrograms(context, "gcc, libc6-dev", "gcc");
    expect(await bench.run("client", ["simple"], { FAKE_NO_STATS: "1" })).toMatchObject({
      out: "done\n",
      err: "",
      code: 7,
    });
    const { moments, reader } = read(bench.lines());
    expect({ moments, refused: reader.refused }).toEqual({ moments: [], refused: 0xffff0008 });
  });

  it("writes nothing where nothing is named, or what is named can't be written", async (context) => {
    needPrograms(context, "gcc, libc6-dev", "gcc");
    for (const TEEMEM_OUT of ["", "/none/such", "fd:77"])
      expect(await bench.run("client", ["simple"], { ...V45, TEEMEM_OUT })).toMatchObject({
        out: "done\n",
        err: "",
        code: 7,
      });
    expect(existsSync(join(bench.folder, "moments"))).toBe(false);
  });

  it("lets a client live whose reader has gone", async (context) => {
    needPrograms(context, "gcc, libc6-dev", "gcc");
    execFileSync("mkfifo", [join(bench.folder, "moments")]);
    const reader = openSync(join(bench.folder, "moments"), constants.O_RDONLY | constants.O_NONBLOCK);
    const running = bench.run("client", ["many"], V45);
    setTimeout(() => closeSync(reader), 50);
    expect(await running).toEqual({ out: "done\n", err: "", code: 7, signal: null });
  });

  it("sets the core heap's maximum back where it is told to", async (context) => {
    needPrograms(context, "gcc, libc6-dev", "gcc");
    await bench.run("client", ["simple"], { ...V410, TEEMEM_RESET: "1" });
    const { moments } = read(bench.lines());
    expect(moments.map(({ base }) => base?.maxAllocated)).toEqual(moments.map(() => 0));
  });
});
