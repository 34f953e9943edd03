// The object in a TA (device/teemem_ta.c), built for this machine in both words and run around an allocator of the test's own: what it
// reports, what red zones find, what it does when the ring is full. What boards do is in ta_captures.test.ts.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, type TestContext, test } from "vitest";
import { operationName } from "../src/malloc/operation.ts";
import { importRecording } from "../src/recording/import_recording.ts";
import { importTaFile } from "../src/recording/import_ta.ts";
import type { Recording } from "../src/recording/recording.ts";
import { readTaReplies } from "../src/recording/ta_reply.ts";
import { siteOf } from "../src/replay/trace_row.ts";
import { runHere } from "./run_here.ts";
import { miss, needPrograms } from "./support/needs.ts";

const SOURCE = "test/fixtures/ta_object";
const UUID = "7ee3e300-0005-4b0a-8d00-74656d656d02";
const folder = mkdtempSync(join(tmpdir(), "teemem-ta-object-"));
afterAll(() => rmSync(folder, { recursive: true }));

const LINES = readFileSync(`${SOURCE}/ta/heap_ta.c`, "utf8").split("\n");
/** The line of the TA's source with a text, as call sites name it, or one so many lines below. */
function at(text: string, below = 0): string {
  const found = LINES.findIndex((line) => line.includes(text));
  expect(found, text).toBeGreaterThanOrEqual(0);
  return `heap_ta.c:${found + 1 + below}`;
}

const WORDS = { "64 bit": [], "32 bit": ["-m32"] } as const;
type Word = keyof typeof WORDS;
const WORD_NAMES = Object.keys(WORDS) as Word[];

/** A build with these flags; each is made once. */
function build(context: TestContext, word: Word, ...flags: string[]): string {
  needPrograms(context, "gcc, binutils", "gcc", "addr2line");
  if (process.arch !== "x64") miss(context, "the harness runs on x86-64 alone");
  const file = join(folder, [word, ...flags].join(" ").replaceAll(/[ =]/g, "_"));
  if (existsSync(file)) return file;
  const { stderr, status } = spawnSync(`${SOURCE}/host/build.sh`, [file, ...WORDS[word], ...flags]);
  expect({ status, text: stderr.toString() }).toEqual({ status: 0, text: "" });
  return file;
}

/** Runs the words in a build. */
function run(program: string, ...words: string[]): { bytes: Uint8Array; console: string; code: number | null } {
  const { stdout, stderr, status } = spawnSync(program, words, { maxBuffer: 2 ** 24 });
  return { bytes: new Uint8Array(stdout), console: stderr.toString("latin1"), code: status };
}

async function recordingOf(bytes: Uint8Array): Promise<Recording> {
  const recording = await importTaFile(bytes, "ring.bin");
  if (!recording.ok) throw new Error(recording.error);
  return recording.value;
}

/** What is live at the end: addresses from the start of the heap. */
function liveAtEnd({ traces }: Recording): number[] {
  const live = new Set<number>();
  const last = traces[0]?.instances.at(-1)?.first ?? 0;
  for (const trace of traces)
    for (let row = last; row < trace.length; row++) {
      if (trace.result[row] !== 0 || operationName(trace.op[row] ?? 0) === "free") live.delete(trace.pointer[row] ?? 0);
      if (trace.result[row] !== 0) live.add(trace.result[row] ?? 0);
    }
  const start = traces[0]?.instances[0]?.pools[0]?.address ?? 0;
  return [...live].map((address) => address - start).sort((a, b) => a - b);
}

describe.each(WORD_NAMES)("built for %s", (word) => {
  test("every operation is told, with the TA's own call sites, and every entry", async (context) => {
    const program = build(context, word);
    const ring = join(folder, "ring.bin");
    const out = join(folder, "run.arrows");
    writeFileSync(ring, run(program, "2,24,96").bytes);
    const ran = await runHere("record", "-o", out, "--force", "--from", ring, "--ta-elf", program);
    expect(ran.outcome).toEqual({ ok: true, value: 0 });
    const read = await importRecording(new Uint8Array(readFileSync(out)), "");
    if (!read.ok) throw new Error(read.error);
    const [trace] = read.value.traces;
    if (trace === undefined) throw new Error("no heap");
    const rows = Array.from({ length: trace.length }, (_, row) => {
      const { place } = siteOf(trace, row);
      return [operationName(trace.op[row] ?? 0), trace.size[row], trace.arg[row], place.replace(/^.*\//, "")];
    });
    const size = word === "64 bit" ? 16 : 8;
    expect(rows).toEqual([
      ["add_pool", 32768, 0, "unknown"],
      ["realloc", size, 0, "pool table"],
      ["calloc", 40, 1, at("TEE_Malloc(40")],
      ["malloc", 24, 0, at("*m = malloc(a)")],
      ["calloc", 72, 3, at("*m = malloc(a)")],
      ["calloc", 96, 1, at("*m = malloc(a)")],
      ["malloc", 96, 0, at("*m = malloc(a)")],
      ["memalign", 96, 64, at("memalign(64")],
      ["realloc", 24, 0, at("memalign(64")],
      ["realloc", 120, 0, at("m = realloc(m")],
      ["realloc", 216, 0, at("t = TEE_Realloc(t")],
      ["realloc", 1, 0, at("c = realloc(c, 1)")],
      ["free", 0, 0, at("TEE_Free(t)")],
      ["free", 0, 0, at("free(aligned)")],
      ["free", 0, 0, at("TEE_Free(z)")],
      ["free", 0, 0, at("free(c)")],
      ["free", 0, 0, at("free(m)")],
      ["free", 0, 0, at("free(r)")],
      ["free", 0, 0, at("TEE_Free(session)")],
    ]);
    expect(read.value.entries.map(({ name, from, to }) => [name, from, to])).toEqual([
      ["create", 2, 2],
      ["open", 2, 3],
      ["invoke 2", 3, 18],
      ["close", 18, 19],
      ["destroy", 19, 19],
    ]);
    expect(trace.allocated.at(-1)).toBe(trace.allocated[1]);
  });

  test("the program of another build, and what is no TA, are not taken for the one that ran", async (context) => {
    const program = build(context, word);
    const ring = join(folder, "ring.bin");
    writeFileSync(ring, run(program, "2,24,96").bytes);
    const record = (elf: string): ReturnType<typeof runHere> =>
      runHere("record", "-o", join(folder, "none.arrows"), "--from", ring, "--ta-elf", elf);
    const other = await record(build(context, word, "-DTEEMEM_ZONES"));
    expect(other.outcome).toEqual({
      ok: false,
      error: expect.stringMatching(/another build of the TA: its code has \d+ bytes/),
    });
    for (const file of [process.execPath, ring, "package.json"])
      expect((await record(file)).outcome).toEqual({ ok: false, error: expect.stringContaining("no program of a TA") });
  });

  test("fetched once or often, as bytes or as lines: the same events", async (context) => {
    const program = build(context, word);
    const once = run(program, "0,100,3", "3,40,50", "1");
    const often = run(program, "fetch", "0,100,3", "fetch", "fetch", "3,40,50", "fetch", "1");
    expect(await recordingOf(often.bytes)).toEqual(await recordingOf(once.bytes));
    const lines = build(context, word, "-DTEEMEM_START=TEEMEM_TA_LINES");
    const printed = run(lines, "0,100,3", "3,40,50", "1");
    const log = await importRecording(new TextEncoder().encode(printed.console), "ring.bin");
    if (!log.ok) throw new Error(log.error);
    const { traces, entries } = await recordingOf(once.bytes);
    const moved = (one: Recording["traces"]): unknown => one.map(({ site: _site, sites: _sites, ...rest }) => rest);
    expect(log.value.entries).toEqual(entries);
    expect(log.value.traces.map(({ length }) => length)).toEqual(traces.map(({ length }) => length));
    expect(moved(log.value.traces)).toEqual(moved(traces));
    expect(log.value.lost).toBeUndefined();
  });

  test("a full ring loses the oldest: they are counted, and what is live is still right", async (context) => {
    const words = ["0,100,3", "3,200,40"] as const;
    const all = await recordingOf(run(build(context, word), ...words).bytes);
    const small = run(build(context, word, "-DTEEMEM_RING_EVENTS=64"), ...words);
    const part = await recordingOf(small.bytes);
    const replies = readTaReplies(small.bytes);
    if (!replies.ok) throw new Error(replies.error);
    const [reply] = replies.value.replies;
    const total = (reply?.first ?? 0) + (reply?.events.length ?? 0);
    expect(reply).toMatchObject({ lost: total - 64, first: total - 64 });
    expect(part.lost).toBe(total - 64);
    expect(liveAtEnd(part)).toEqual(liveAtEnd(all));
    expect(part.traces[0]?.allocated.at(-1)).toBe(all.traces[0]?.allocated.at(-1));
    expect(part.traces[0]?.instances.map(({ found }) => (found ?? 0) > 0)).toEqual([true]);
  });

  test("nobody listens for a while: what is live then is found, and the count goes on", async (context) => {
    const program = build(context, word);
    const { bytes } = run(program, "fetch,1", "0,100,3", "fetch,2", "3,20,40");
    const { traces } = await recordingOf(bytes);
    expect(traces[0]?.instances.map(({ number }) => number)).toEqual([1, 1_000_001]);
    const all = await recordingOf(run(program, "0,100,3", "3,20,40").bytes);
    expect(liveAtEnd({ ...all, traces })).toEqual(liveAtEnd(all));
  });

  test("too small a buffer takes nothing", async (context) => {
    const program = build(context, word);
    const whole = run(program, "0,100,3", "3,20,40");
    for (const room of [1, 87, 88, 399])
      expect(run(program, "0,100,3", `fetch,0,${room}`, "3,20,40").bytes).toEqual(whole.bytes);
  });

  test("a TA that panics leaves its last events on the console", async (context) => {
    const { console, code, bytes } = run(build(context, word), "0,100,3", "6,57005");
    expect({ code, bytes: bytes.length }).toEqual({ code: 9, bytes: 0 });
    const log = await importRecording(new TextEncoder().encode(console), "log");
    if (!log.ok) throw new Error(log.error);
    expect(log.value.entries.map(({ name }) => name)).toContain("invoke 6");
    expect(log.value.traces[0]?.context).toBe(`ta-${UUID}`);
  });
});

describe.each(WORD_NAMES)("red zones, %s", (word) => {
  const HEADING = "teemem 7ee3e300: ";
  test.for([
    ["7,100,5", "Invalid write after a block of 100 bytes", "memset(hidden, 'b'", -1, 1],
    ["7,64,1", "Invalid write after a block of 64 bytes", "memset(hidden, 'b'", -1, 1],
    ["8,40,3", "Invalid write before a block of 40 bytes", "memset(hidden - b", -1, 1],
    ["9,60", "Double free of a block of 60 bytes", "case FREE_TWICE", 1, 3],
    ["10,200,17", "Use after free: write to a block of 200 bytes", "case WRITE_FREED", 1, 0],
  ] as const)("%s: %s", async ([command, what, text, made, seen], context) => {
    const program = build(context, word, "-DTEEMEM_ZONES");
    const { bytes, console } = run(program, "2,24,96", command, "3,30,40");
    expect(console.match(/^teemem.*$/gm)).toEqual([expect.stringContaining(`${HEADING}${what}: allocated at TA+0x`)]);
    const ring = join(folder, "zones.bin");
    writeFileSync(ring, bytes);
    const { err } = await runHere(
      "record",
      "-o",
      join(folder, "z.arrows"),
      "--force",
      "--from",
      ring,
      "--ta-elf",
      program,
    );
    const line = (distance: number): string => at(text, distance);
    const freed = /free/i.test(what) ? `, freed at ${line(2)}` : "";
    const where = seen === 0 ? "the end of the command" : line(seen);
    const expected = `${HEADING}${what}: allocated at ${line(made)}${freed}, seen at ${where}`;
    expect(err.replaceAll(/(?<= at )\S*\/(?=heap_ta)/g, "").split("\n")).toContain(expected);
  });

  test("a sound TA gives none, and gets what it would get without them", (context) => {
    const program = build(context, word, "-DTEEMEM_ZONES");
    const { console, code } = run(
      program,
      "2,24,96",
      "3,300,40",
      "0,100,5",
      "2,1,1",
      "1",
      "4,30000",
      "4,40000",
      "2,96,24",
    );
    expect({ console, code }).toEqual({ console: "", code: 0 });
  });
});
