// The secure console beside a source, by every command that reads one: a board that is a fake, its console a file that grows.
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, it, vi } from "vitest";
import { emptyRecord } from "../src/abi/record.ts";
import { importRecording } from "../src/recording/import_recording.ts";
import { RELEASES } from "../src/release/releases.ts";
import type { ProgramEvent } from "../src/source/program.ts";
import type { Question } from "../src/source/source.ts";
import { runHere as run } from "./run_here.ts";

const board = vi.hoisted(() => ({
  onAsk: (_question: string): void => {},
  failAfter: 3,
  closed: 0,
  /** What a program on it does; without one it runs none. */
  program: null as null | (() => void),
}));

// The row.
vi.mock(import("../src/cli/systems/schemes.ts"), async (original) => {
  const { SCHEMES } = await original();
  const { fakeSource } = await import("./support/fake_source.ts");
  const ssh = {
    usage: "ssh://HOST",
    async open(where: string) {
      const alloc = { release: RELEASES[0], pools: [{ ...emptyRecord("Heap"), size: 196_608, allocated: 30_000 }] };
      const source = fakeSource(`ssh:${where}`, {
        answers: { alloc, ta: [] },
        onClose: () => void board.closed++,
      });
      let asked = 0;
      let lost = "";
      const answers = new Set<Question>(["alloc", "ta", "memleak"]);
      const ask: typeof source.ask = async (question, signal) => {
        board.onAsk(question);
        if (question === "memleak") return { ok: true, value: undefined as never };
        if (question === "alloc" && asked++ === board.failAfter) {
          lost = "the board went away";
          return { ok: false, error: { text: lost } };
        }
        return source.ask(question, signal);
      };
      const { program } = board;
      async function* runs(): AsyncGenerator<ProgramEvent> {
        program?.();
        yield { kind: "ended", code: { ok: true, value: 0 } };
      }
      return {
        ok: true as const,
        value: {
          ...source,
          answers,
          ask,
          ...(program === null ? {} : { run: runs }),
          get lost() {
            return lost;
          },
        },
      };
    },
  };
  return { SCHEMES: { ...SCHEMES, ssh } };
});

const folder = mkdtempSync(join(tmpdir(), "teemem-secure-"));
afterAll(() => rmSync(folder, { recursive: true }));
const log = join(folder, "sec.log");
const made = join(folder, "made.arrows");
const BOARD = ["--on", "ssh://lab", "--secure", `file:${log}`];

const list = (blocks: number): string =>
  [
    ...Array.from({ length: blocks }, () => "I/TC: buffer: 24 bytes core/mm/tee_mm.c:19\r\n"),
    "I/TC: buffer: 16 bytes lib/libutils/isoc/bget_malloc.c:831\r\n",
  ].join("");
const REFUSED = "E/TC:? 0 \r\nE/TC:? 0 Memory allocation failed: size 40000 context 1\r\n";
const PANIC = "E/TC:? 0 TA panicked with code 0xffff000c\r\n";

const say = (text: string): void => appendFileSync(log, text, "latin1");
beforeEach(() => {
  writeFileSync(log, "I/TC: said before anybody listened\r\n");
  board.onAsk = () => {};
  board.failAfter = 3;
  board.program = null;
});

/** Records three samples, with what the console says at each question. */
async function record(...spoken: readonly string[]) {
  let n = 0;
  board.onAsk = (question) => {
    if (question === "alloc") say(spoken[n++] ?? "");
  };
  const { err } = await run("record", "--force", "--interval", "60", "-o", made, ...BOARD);
  const read = await importRecording(readFileSync(made), "made.arrows");
  if (!read.ok) throw new Error(read.error);
  return { err, recording: read.value };
}

it("record keeps what the console says while a program runs on the board", async () => {
  board.program = () => say(REFUSED);
  const { outcome, err } = await run("record", "--force", "-o", made, ...BOARD, "--", "client");
  expect([outcome, err]).toEqual([{ ok: true, value: 0 }, expect.stringContaining("2 console lines")]);
  const read = await importRecording(readFileSync(made), "made.arrows");
  expect(read.ok && [...(read.value.console?.pieces ?? [])].map(({ text }) => text).join("")).toBe(REFUSED);
});

it("record keeps every byte from then on beside the samples, and report tells what it said", async () => {
  const noise = "D/TC:? 0 \x80\xff half a line";
  const { err, recording } = await record(list(3), REFUSED, PANIC, noise);
  const { console, samples } = recording;
  expect(samples).toHaveLength(3);
  expect(console?.name).toBe(`file:${log}`);
  expect([...(console?.pieces ?? [])].map(({ text }) => text).join("")).toBe(list(3) + REFUSED + PANIC + noise);
  expect(err).toMatch(/, 7 console lines, /);
  const { out } = await run("report", made);
  expect(out).toMatch(/^secure console {2}file:.*: 8 console lines · 4 leak lines in 1 list · \d faults$/m);
  expect(out).toMatch(/^ +0\.\d{3} s {2}leak list: 4 blocks, 88 bytes of the core/m);
  expect(out).toMatch(/^ +\d\.\d{3} s {2}E\/TC:\? 0 Memory allocation failed: size 40000/m);
  expect(out).toMatch(/^core {2}a leak list: 4 blocks, 88 bytes$/m);
  const told = JSON.parse((await run("report", "--json", made)).out) as { console: { events: { kind: string }[] } };
  expect(told.console.events.map(({ kind }) => kind)).toEqual(["leak list", "trouble", "trouble"]);
  // A copy has it as well.
  const copy = join(folder, "copy.arrows");
  await run("record", "--force", "-o", copy, "--on", `file:${made}`);
  const again = await importRecording(readFileSync(copy), "copy.arrows");
  expect(again.ok && [...(again.value.console?.pieces ?? [])]).toEqual([...(console?.pieces ?? [])]);
});

it("lists that were recorded are compared over time, and doctor cites lines with their times", async () => {
  await record(list(3), REFUSED, list(5));
  const { out, outcome } = await run("leaks", made);
  expect(outcome).toEqual({ ok: true, value: 1 });
  expect(out).toMatch(/^ {2}list 1 \(0\.\d{3} s\): 4 blocks/m);
  expect(out).toMatch(/^ {2}list 2 \(\d\.\d{3} s\): 6 blocks/m);
  expect(out).toMatch(/\+2 .*core\/mm\/tee_mm\.c:19/);
  expect((await run("leaks", "--on", `file:${made}`)).out).toBe(out);
  const doctor = await run("doctor", "--on", `file:${made}`);
  expect(doctor.out).toMatch(/^ {2}yes {2}secure console /m);
  expect(doctor.out).toMatch(/because \d\.\d{3} s.*: E\/TC:\? 0 Memory allocation failed: size 40000/);
});

it("each line has the question that was asked when it came", async () => {
  const { recording } = await record("E/TC:? 0 get_alloc_stats:71 x\r\n");
  const durings = [...(recording.console?.pieces ?? [])].map(({ during }) => during);
  expect(durings).toHaveLength(1);
  expect(["alloc", "ta", ""]).toContain(durings[0]);
});

it("a console that ends is said, and the samples go on", async () => {
  const command = "exec:printf 'I/TC: booted\\n'; exit 3";
  const { err, outcome } = await run(
    "record",
    "--force",
    "--interval",
    "90",
    "-o",
    made,
    "--on",
    "ssh://lab",
    "--secure",
    command,
  );
  expect(outcome).toEqual({ ok: true, value: 1 });
  expect(err).toMatch(/the secure console exec:printf .* ended: .*exit code 3/);
  const read = await importRecording(readFileSync(made), "made.arrows");
  expect(read.ok && read.value.samples).toHaveLength(3);
  expect(read.ok && [...(read.value.console?.pieces ?? [])].map(({ text }) => text).join("")).toMatch(
    /^I\/TC: booted\n$/,
  );
});

it("leaks asks the board for one list, or several, and compares them", async () => {
  let blocks = 3;
  board.onAsk = (question) => {
    if (question === "memleak") say(list(blocks++));
  };
  const one = await run("leaks", ...BOARD);
  expect(one.outcome).toEqual({ ok: true, value: 0 });
  expect(one.out).toMatch(/list 1 \(0\.\d s\): 4 blocks, 88 bytes/);
  const two = await run("leaks", ...BOARD, "--lists", "2", "--every", "1");
  expect(two.outcome).toEqual({ ok: true, value: 1 });
  expect(two.out).toMatch(/list 2 \(\d\.\d s\): 6 blocks/);
  expect((await run("leaks", "--on", "ssh://lab")).outcome).toMatchObject({
    ok: false,
    error: /name that with --secure$/,
  });
});

it("says what is missing where no list comes", async () => {
  expect((await run("leaks", ...BOARD)).err).toContain("nothing came from file:");
  board.onAsk = () => say("D/TC:? 0 something else\r\n");
  const { err, outcome } = await run("leaks", ...BOARD);
  expect(outcome).toEqual({ ok: true, value: 1 });
  expect(err).toMatch(
    /1 lines? came from file:.*, but no leak list: the board's build needs CFG_TEE_CORE_MALLOC_DEBUG=y/,
  );
});

it("doctor listens while it asks", async () => {
  board.failAfter = 99;
  board.onAsk = (question) => {
    if (question === "ta") say(REFUSED);
    if (question === "memleak") say(list(2));
  };
  const { out } = await run("doctor", ...BOARD);
  expect(out).toMatch(/^ {2}yes {2}leak list +3 blocks on the secure console$/m);
  expect(out).toMatch(/^ {2}yes {2}secure console +5 console lines · 3 leak lines in 1 list · 1 fault$/m);
  expect(out).toContain("Memory allocation failed: size 40000");
  board.onAsk = () => {};
  expect((await run("doctor", ...BOARD)).out).toMatch(/^ {2}no {3}secure console +nothing came from file:/m);
});

it("refuses consoles that are none, and leaves nothing open", async () => {
  const error = async (...words: string[]): Promise<string> => {
    const { outcome } = await run(...words);
    return outcome.ok ? "" : outcome.error;
  };
  const before = board.closed;
  expect(await error("leaks", "--on", "ssh://lab", "--secure", "file:/nosuch/sec.log")).toContain(
    "there is no such file",
  );
  expect(board.closed).toBe(before + 1);
  expect(await error("leaks", "--on", "ssh://lab", "--secure", "nosuch")).toMatch(
    /^--secure: expected exec:COMMAND, .*file:PATH, found 'nosuch'$/,
  );
  expect(await error("doctor", "--on", "sim", "--secure", `file:${log}`)).toContain("a secure console of its own");
  expect(await error("record", "-o", made, "--secure", `file:${log}`)).toContain("--secure needs --on");
});

it("stats shows the errors that the console says meanwhile", async () => {
  board.failAfter = 99;
  board.onAsk = (question) => {
    if (question === "alloc") say("D/TC:? 0 f:1 x\r\nE/TC:? 0 get_alloc_stats:71 public DDR not managed\r\n");
  };
  const { out, err, outcome } = await run("stats", ...BOARD);
  expect(outcome).toEqual({ ok: true, value: 0 });
  expect(out).toMatch(/^Heap +30,000 /m);
  expect(err).toBe("E/TC:? 0 get_alloc_stats:71 public DDR not managed\n");
});
