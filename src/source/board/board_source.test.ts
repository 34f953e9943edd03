// Tests of boards: what is asked of them, and what keeps them from answering.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BOARDS, captured, type FakeBoard, fakeBoard } from "../../../test/support/fake_board.ts";
import { type Line, localShell } from "../../../test/support/local_shell.ts";
import type { Question, Source } from "../source.ts";
import { type Board, type BoardOptions, openBoard } from "./board.ts";
import { boardSource } from "./board_source.ts";

let fake: FakeBoard;
beforeEach(() => {
  fake = fakeBoard("4.5.0");
  fake.prints("alloc", text("4.5.0", "05-stats-alloc.out"));
});
afterEach(() => fake.remove());

const text = (release: string, name: string): string => readFileSync(captured(release, name), "utf8");

async function opened(options: BoardOptions = {}, line: Line = {}, clock = () => 0): Promise<Board> {
  const board = await openBoard(localShell(fake.path, line), options, clock);
  if (!board.ok) throw new Error(board.error);
  return board.value;
}
async function source(options: BoardOptions = {}, line: Line = {}): Promise<Source> {
  return boardSource(await opened(options, line), options);
}
async function why(asked: Source, question: Question): Promise<string> {
  const answer = await asked.ask(question);
  return answer.ok ? "answered" : answer.error.text;
}

describe.each(BOARDS)("a board with OP-TEE %s", (release) => {
  beforeEach(() => {
    fake.remove();
    fake = fakeBoard(release);
    fake.prints("alloc", text(release, "05-stats-alloc.out"));
  });

  it.each([true, false])("answers as its xtest prints, on a console (%s)", async (mixed) => {
    fake.prints("pager", text(release, "04-stats-pager.out"));
    fake.prints("time", text(release, "09-stats-time.out"));
    fake.prints("memleak", "");
    const board = await source({}, { mixed });
    expect(board.version).toBe(release.replace(/\.0$/, ""));
    const alloc = await board.ask("alloc");
    if (!alloc.ok) throw new Error(alloc.error.text);
    const printed = /Bytes allocated: +(\d+)\n[\s\S]*?Max bytes allocated: +(\d+)\nSize of pool: +(\d+)/.exec(
      text(release, "05-stats-alloc.out"),
    );
    const [, allocated, maxAllocated, size] = (printed ?? []).map(Number);
    expect(alloc.value.pools[0]).toMatchObject({ name: "Heap", allocated, maxAllocated, size });
    expect([alloc.value.release.since, board.release.since]).toEqual(Array(2).fill(board.release.since));
    expect(alloc.value.pools).toHaveLength(release === "4.0.0" ? 4 : 5);
    expect(await board.ask("pager")).toMatchObject({ ok: true, value: { poolPages: 0 } });
    expect(await board.ask("time")).toMatchObject({ ok: true, value: { tee: { millis: expect.any(Number) } } });
    expect(await board.ask("memleak")).toEqual({ ok: true, value: undefined });
  });

  it("is known by the layout of its statistics where the kernel keeps its lines", async () => {
    fake.set("dmesg", "");
    const board = await source();
    expect(board.version).toBe("");
    await board.ask("alloc");
    expect(board.version).toBe({ "4.0.0": "4.0", "4.5.0": "4.4 or 4.5", "4.10.0": "4.6 or later" }[release]);
  });

  it("does without what the question itself holds, where its build is known", async () => {
    const [asked, known] = [await source(), await source({ leakHeaders: { there: false, says: "boards.yaml" } })];
    const [whole, less] = [await asked.ask("alloc"), await known.ask("alloc")];
    if (!whole.ok || !less.ok) throw new Error("no answer");
    expect(whole.value.own).toEqual({ text: expect.stringContaining("368 to 512 bytes") });
    expect(less.value.own).toMatchObject({
      held: 368,
      text: expect.stringMatching(/368 bytes.*The core has no leak headers, as boards\.yaml says\.$/),
    });
    expect((whole.value.pools[0]?.allocated ?? 0) - (less.value.pools[0]?.allocated ?? 0)).toBe(368);
    expect(less.value.pools.slice(1)).toEqual(whole.value.pools.slice(1));
    expect(less.value.pools[0]?.maxAllocated).toBe(whole.value.pools[0]?.maxAllocated);
  });
});

describe("an xtest that is teemem's own", () => {
  const OWN = "#!/usr/bin/env node\n// The program `xtest`.\n";

  it("is not asked: it is said what it is", async () => {
    writeFileSync(join(fake.path, "xtest"), OWN);
    const board = await opened();
    expect(board.facts).toMatchObject({ xtest: "", ownXtest: expect.stringMatching(/\/xtest$/) });
    expect(await why(boardSource(board, {}), "alloc")).toMatch(
      /\/xtest is teemem's own xtest, which asks a simulated system \(--on sim\), and no other was found: install optee_test/,
    );
  });
});

describe("an xtest that fails without a word", () => {
  it("is told by its exit code: nothing is quoted that it did not print", async () => {
    fake.prints("alloc", "", 1);
    expect(await why(await source(), "alloc")).toBe(
      "the answer of xtest was not understood: xtest ended with exit code 1: it printed nothing",
    );
  });
});

describe("TAs", () => {
  it("are asked for only where the user wants it", async () => {
    const board = await source();
    expect(board.answers.has("ta")).toBe(false);
    expect(await why(board, "ta")).toContain("can deadlock OP-TEE 4.x");
    expect(await why(board, "running")).toBe("a board answers only what its xtest can ask");
  });

  it("none is loaded, some are, or the build does not tell", async () => {
    const board = await source({ ta: true });
    fake.prints("ta", "", 1, "xtest: TEEC_InvokeCommand: res 0xffff0008 err_orig 0x4\n");
    expect(await board.ask("ta")).toEqual({ ok: true, value: [] });
    fake.prints("ta", "", 1, "xtest: TEEC_InvokeCommand: res 0xffff000a err_orig 0x4\n");
    expect(await board.ask("ta")).toMatchObject({
      ok: false,
      error: { text: expect.stringContaining("CFG_TA_STATS=y"), failure: { code: 0xffff000a, origin: 4 } },
    });
    fake.prints("ta", readFileSync("test/fixtures/recorded/stats-ta-3.out", "utf8"));
    expect(await board.ask("ta")).toMatchObject({ ok: true, value: [{ sessions: 0 }] });
  });
});

describe("a board that does not answer says why, in one sentence", () => {
  it.each([
    ["tee", "missing", "the driver started: udev"],
    ["tee", "denied", "no permission for /dev/tee0 as user 0: log in as root"],
  ])("%s is %s", async (name, state, says) => {
    fake.set(name, `${state}\n`);
    fake.prints("alloc", "", 1, "xtest: TEEC_InitializeContext: 0xffff0008\n");
    expect(await why(await source(), "alloc")).toContain(says);
  });

  it("Linux found no OP-TEE, or its driver did not start", async () => {
    fake.set("tee", "missing\n");
    fake.prints("alloc", "", 1, "xtest: TEEC_InitializeContext: 0xffff0008\n");
    fake.set("dmesg", "[    2.504943] optee: probing for conduit method.\n[    2.51] optee: api uid mismatch\n");
    expect(await why(await source(), "alloc")).toMatch(/did not start; its last line is "optee: api uid mismatch"$/);
    fake.set("dmesg", "");
    expect(await why(await source(), "alloc")).toContain("Linux found no OP-TEE");
  });

  it("there is no xtest, or not where it was said to be", async () => {
    fake.without("xtest");
    expect(await why(await source(), "alloc")).toContain("there is no xtest on the board");
    expect(await why(await source({ xtest: "/no/xtest" }), "alloc")).toContain("there is no xtest on the board");
  });

  it("OP-TEE hangs while the shell lives; after --ta it is the deadlock", async () => {
    const board = await source({ ta: true, timeout: 2000 });
    fake.hangs("alloc");
    expect(await why(board, "alloc")).toMatch(/the shell of the board does: all its threads are busy, or/);
    fake.hangs("ta");
    expect(await why(board, "ta")).toMatch(/--ta deadlocks OP-TEE 4\.x/);
    expect(await why(board, "alloc")).toMatch(/--ta deadlocks OP-TEE 4\.x/);
  });

  it("it has rebooted, once; then it answers again", async () => {
    const board = await source();
    expect(await why(board, "alloc")).toBe("answered");
    fake.set("uptime", "12.05 20.00\n");
    expect(await why(board, "alloc")).toContain("has rebooted: it was up for 651 s, and now for 12 s");
    expect(await why(board, "alloc")).toBe("answered");
  });

  it("behind a reboot it may be another build, with other pools", async () => {
    const board = await source();
    expect(await why(board, "alloc")).toBe("answered");
    const [first = ""] = readFileSync(captured("4.10.0", "05-stats-alloc.out"), "utf8").split(/^(?=Pool: .*RPMB)/m);
    fake.prints("alloc", first);
    expect(await why(board, "alloc")).toContain("a part of the answer is missing");
    fake.set("uptime", "12.05 20.00\n");
    fake.set("dmesg", "[    2.505683] optee: revision 4.99\n");
    const gone = await board.ask("alloc");
    expect(gone).toMatchObject({ ok: false, error: { rebooted: true } });
    expect(await why(board, "alloc")).toBe("answered");
    expect(board.version).toBe("4.99");
  });

  it("a reboot in the middle of a question is no deadlock, nor is a lost connection", async () => {
    const board = await source({ timeout: 2000 });
    expect(await why(board, "alloc")).toBe("answered");
    fake.hangs("alloc");
    fake.set("uptime", "12.05 20.00\n");
    expect(await why(board, "alloc")).toContain("has rebooted: it was up for 651 s, and now for 12 s");
    fake.hangsOnce("alloc");
    expect(await why(board, "alloc")).toBe("answered");
  });

  it("statistics are not in its build, or its heap is full", async () => {
    const board = await source();
    fake.prints("alloc", "", 1, "xtest: TEEC_OpenSession: res 0xffff0008 err_orig 0x3\n");
    expect(await why(board, "alloc")).toContain("CFG_WITH_STATS=y");
    fake.prints("alloc", "", 1, "xtest: TEEC_OpenSession: res 0xffff000c err_orig 0x3\n");
    expect(await why(board, "alloc")).toContain("the core heap has no room");
    fake.prints("alloc", "", 1, "xtest: TEEC_OpenSession: res 0xffff000e err_orig 0x2\n");
    expect(await why(board, "alloc")).not.toBe("answered");
    fake.prints("alloc", "Segmentation fault\n", 139);
    expect(await why(board, "alloc")).toMatch(/exit code 139: "Segmentation fault"/);
  });
});

describe("damage", () => {
  const numbers = (value: unknown): string[] => JSON.stringify(value).match(/\d+/g) ?? [];

  it.each([true, false])("cut anywhere, an answer is whole or an error; on a console (%s)", async (mixed) => {
    let at = Number.POSITIVE_INFINITY;
    const board = await source({}, { mixed, damage: (out) => out.subarray(0, at) });
    const whole = await board.ask("alloc");
    if (!whole.ok) throw new Error(whole.error.text);
    const length = text("4.5.0", "05-stats-alloc.out").length;
    for (at = 0; at < length; at += 97) {
      const answer = await board.ask("alloc");
      expect(answer.ok, `cut at ${at}`).toBe(false);
    }
    expect(numbers(whole.value.pools)).toContain("199296");
  });

  it("a byte that a console lost is no other number", async () => {
    let lost = -1;
    const damage = (out: Uint8Array): Uint8Array => Buffer.concat([out.subarray(0, lost), out.subarray(lost + 1)]);
    const board = await source({}, { mixed: true, damage });
    const whole = await board.ask("alloc");
    const at = text("4.5.0", "05-stats-alloc.out").indexOf("199296") + "651.32 1204.11\n".length;
    for (lost = at - 3; lost < at + 8; lost++) {
      const answer = await board.ask("alloc");
      if (answer.ok && whole.ok) expect(answer.value.pools).toEqual(whole.value.pools);
    }
    expect(lost).toBe(at + 8);
  });

  it("lines of the kernel on the console change nothing", async () => {
    const noise = "[  651.400000] hrtimer: interrupt took 28673680 ns\r\n";
    fake.prints("alloc", text("4.5.0", "05-stats-alloc.out"));
    const damage = (out: Uint8Array): Uint8Array =>
      Buffer.from(
        Buffer.from(out)
          .toString()
          .replaceAll(/^(Size of pool|Pool:)/gm, `${noise}$1`),
      );
    const board = await source({}, { mixed: true, damage });
    expect(await board.ask("alloc")).toMatchObject({ ok: true, value: { pools: [{ size: 199296 }, {}, {}, {}, {}] } });
  });

  it("numbers that contradict each other, and pools that are gone, are told", async () => {
    const board = await source();
    const given = text("4.5.0", "05-stats-alloc.out");
    await board.ask("alloc");
    fake.prints("alloc", given.replace("199296", "1992"));
    expect(await why(board, "alloc")).toMatch(/not understood: line 8: expected no more than the pool's 1992 bytes/);
    fake.prints("alloc", given.split("\n\n").slice(0, 4).join("\n\n"));
    expect(await why(board, "alloc")).toMatch(/4 pools, before it were 5/);
  });
});

it("the clocks are compared: times of answers lie between question and answer", async () => {
  let now = 5000;
  const board = await opened({}, {}, () => (now += 40));
  const first = await board.ask("alloc");
  fake.set("uptime", "652.32 1204.11\n");
  now += 960 - 40;
  const second = await board.ask("alloc");
  if (!first.ok || !second.ok) throw new Error("no answer");
  expect(second.value.at - first.value.at).toBe(1000);
  expect(first.value.uptime).toBe(651_320);
});
