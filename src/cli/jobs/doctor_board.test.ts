// Tests of the check list of a board, and of what a failing command did to its pools.
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { captured, type FakeBoard, fakeBoard } from "../../../test/support/fake_board.ts";
import { localShell } from "../../../test/support/local_shell.ts";
import { panickingPrograms } from "../../../test/support/panicking_programs.ts";
import type { BoardOptions } from "../../source/board/board.ts";
import type { BoardToExamine } from "../../source/board/check_step.ts";
import type { Shell } from "../../source/board/shell/shell.ts";
import type { Output } from "../outputs/output.ts";
import type { ElfFiles } from "../systems/elf_files.ts";
import { doctorBoard } from "./doctor_board.ts";

const ALLOC = readFileSync(captured("4.5.0", "05-stats-alloc.out"), "utf8");
let fake: FakeBoard;
beforeEach(() => {
  fake = fakeBoard("4.5.0");
  fake.prints("alloc", ALLOC);
  fake.prints("usage", readFileSync(captured("4.5.0", "01-stats-usage.out"), "utf8"), 1);
  fake.prints("time", readFileSync(captured("4.5.0", "09-stats-time.out"), "utf8"));
  fake.prints("memleak", "");
  fake.prints("ta", "", 1, "xtest: TEEC_InvokeCommand: res 0xffff0008 err_orig 0x4\n");
});
afterEach(() => fake.remove());

interface Done {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

const NO_ELVES: ElfFiles = { elf: undefined, taElf: [] };

async function doctor(
  words: readonly string[] = [],
  form: object = {},
  options: BoardOptions = {},
  open?: BoardToExamine["open"],
  console?: BoardToExamine["console"],
  elves: ElfFiles = NO_ELVES,
): Promise<Done> {
  const texts = { out: "", err: "" };
  const into = (which: "out" | "err") =>
    ({
      isTerminal: false,
      colours: false,
      width: 100,
      write(text: string) {
        texts[which] += text;
      },
      writeData(text: string) {
        texts[which] += text;
      },
      flush: async () => {},
    }) as unknown as Output;
  const io = { out: into("out"), err: into("err"), input: (async function* () {})(), clock: () => performance.now() };
  const opener =
    open ?? (async (): Promise<{ ok: true; value: Shell }> => ({ ok: true, value: localShell(fake.path) }));
  const ended = await doctorBoard(
    "ssh://board",
    { open: opener, options, clock: io.clock, elves, ...(console === undefined ? {} : { console }) },
    words,
    form,
    io,
  );
  return { ...texts, ...(ended.ok ? { code: ended.value } : { code: 2, err: ended.error }) };
}
/** Examines a board whose secure console says something at each command with a certain word. */
function doctorHears(
  said: string,
  at: string,
  words: readonly string[] = [],
  form: object = {},
  elves = NO_ELVES,
  options: BoardOptions = {},
): Promise<Done> {
  let hear = (_bytes: Uint8Array): void => {};
  const feed = {
    name: "file:sec.log",
    ended: "",
    listen(to: typeof hear) {
      hear = to;
      hear(Buffer.from("E/TC:? 0 public DDR not managed\n"));
      return () => {};
    },
    async [Symbol.asyncDispose]() {},
  };
  const shell = localShell(fake.path);
  const run: Shell["run"] = (command, options) => {
    if (command.includes(at)) hear(Buffer.from(said));
    return shell.run(command, options);
  };
  return doctor(
    words,
    form,
    options,
    async () => ({ ok: true, value: { ...shell, run } }),
    async () => ({ ok: true, value: feed }),
    elves,
  );
}
/** The line of a step, without its column. */
function step(done: Done, name: string): string {
  const line = done.out.split("\n").find((one) => one.slice(11).startsWith(name)) ?? "";
  return `${line.slice(2, 11).trim()}: ${line.slice(27)}`;
}

/** Statistics with other numbers for the core heap. */
function heap(allocated: number, max: number, failures: number, largest: number, used: number): string {
  const [, ...others] = ALLOC.split("\n\n");
  const numbers = [
    ["Pool:                Heap"],
    ["Bytes allocated:                       ", allocated],
    ["Max bytes allocated:                   ", max],
    ["Size of pool:                          ", 199296],
    ["Number of failed allocations:          ", failures],
    ["Size of larges allocation failure:     ", largest],
    ["Total bytes allocated at that failure: ", used],
  ];
  return [numbers.map((line) => line.join("")).join("\n"), ...others].join("\n\n");
}

describe("the check list", () => {
  it("says step by step what is there", async () => {
    const done = await doctor();
    expect(
      done.out
        .replaceAll(fake.path, "/usr/bin")
        .split("\n")
        .map((line) => line.slice(0, 60).trimEnd()),
    ).toMatchInlineSnapshot(`
      [
        "ssh://board",
        "  ok       reachable       exec:fake",
        "  ok       shell           Linux 6.1.0-50-arm64 aarch64, use",
        "  ok       /dev/tee0       can be opened",
        "  ok       driver          OP-TEE 4.5; "optee: initialized d",
        "  ok       tee-supplicant  runs",
        "  ok       free space      there is some",
        "  ok       xtest           /usr/bin/xtest, with the options",
        "  ok       statistics      5 pools, 2 in use: as OP-TEE 4.4",
        "  ok       of TAs          answered: no TA is loaded",
        "  ok       time            OP-TEE runs for 11 s, Linux for 6",
        "                           07:54 UTC",
        "  unknown  leak list       answered; the list shows on the s",
        "                           beside the board",
        "  unknown  log level       shows on the secure console alone",
        "",
        "No sign of a memory problem.",
        "",
        "",
      ]
    `);
    expect([done.code, done.err]).toEqual([0, ""]);
  });

  it("that cannot be reached: why, and that nothing else was tried", async () => {
    const done = await doctor([], {}, {}, async () => ({ ok: false, error: "cannot reach board: refused" }));
    expect(step(done, "reachable")).toBe("failed: cannot reach board: refused");
    expect(step(done, "statistics")).toBe('skipped: not tried, because "reachable" failed');
    expect(done.out.match(/skipped/g)).toHaveLength(11);
    expect(done.out).toContain("The statistics could not be read, so nothing is known of the board's memory.");
    expect(done.code).toBe(1);
  });

  it.each([
    ["tee", "missing\n", "/dev/tee0", "there is no /dev/tee0"],
    ["tee", "denied\n", "/dev/tee0", "no permission for /dev/tee0"],
    ["supplicant", "", "tee-supplicant", "tee-supplicant does not run"],
    ["supplicant", "T (stopped)", "tee-supplicant", "tee-supplicant is stopped"],
    ["full", "tmpfs 1014200 1014200 0 100% /tmp\n", "free space", "no room is left in /tmp"],
  ])("%s is %j", async (name, state, which, says) => {
    fake.set(name, state);
    const done = await doctor();
    expect(step(done, which)).toContain(`failed: ${says}`);
    expect(done.code).toBe(1);
  });

  it("no xtest: statistics are not tried", async () => {
    fake.without("xtest");
    const done = await doctor();
    expect(step(done, "xtest")).toContain("failed: there is no xtest on the board");
    expect(step(done, "of TAs")).toBe('skipped: not tried, because "xtest" failed');
  });

  it.each([
    ["0xffff000a", "failed: needs CFG_TA_STATS=y in the core's build"],
    ["0xffff0008", "ok: answered: no TA is loaded"],
  ])("TAs: %s", async (code, says) => {
    fake.prints("ta", "", 1, `xtest: TEEC_InvokeCommand: res ${code} err_orig 0x4\n`);
    expect(step(await doctor(), "of TAs")).toContain(says);
  });

  it("TAs are not asked for while programs use them, or while nobody knows", async () => {
    fake.set("clients", "/proc/118/fd:\nlrwx------ 1 root root 64 Nov 28 17:21 3 -> /dev/tee0\n");
    expect(step(await doctor(), "of TAs")).toContain("unknown: not asked, because xtest uses OP-TEE now");
    expect(step(await doctor([], {}, { ta: true }), "of TAs")).toContain("ok: answered: no TA is loaded");
    fake.set("clients", "");
    fake.set("user", "1000\n");
    expect(step(await doctor(), "of TAs")).toContain("unknown: not asked, because only root sees");
  });

  it("a TA that shows zeros was built with another kit", async () => {
    const zeros = readFileSync("test/fixtures/boards/ta-zeros-4.10.0.out", "utf8");
    fake.prints("ta", zeros);
    expect(step(await doctor(), "of TAs")).toContain("failed: 1 loaded, but cb3e5ba0 shows zeros");
  });

  it("statistics that hang are the end of it", async () => {
    fake.hangs("alloc");
    const done = await doctor([], {}, { timeout: 2000 });
    expect(step(done, "statistics")).toContain("failed: OP-TEE has not answered for 2 s, while the shell");
    expect(step(done, "time")).toContain("skipped");
  });

  it("the leak list and the log level are on the secure console", async () => {
    const list = "I/TC: buffer: 24 bytes a.c:1\nI/TC: buffer: 48 bytes lib/libutils/isoc/bget_malloc.c:831\n";
    const told = await doctorHears(list, "--memleak");
    expect(step(told, "leak list")).toMatch(/^ok: 2 blocks on the secure console; with 'leak-headers: yes'/);
    expect(step(told, "log level")).toContain("ok: at least 2: lines of level I");
    const silent = await doctorHears("", "--memleak");
    expect(step(silent, "leak list")).toContain("unknown: no line of it came");
    expect(step(silent, "log level")).toContain("ok: at least 1");
    const without = await doctorHears("D/TC:? 0 tee_ta_close_session:468 csess 0x1\n", "--alloc");
    const known = (there: boolean) =>
      doctorHears(list, "--memleak", [], {}, NO_ELVES, { leakHeaders: { there, says: "boards.yaml" } });
    expect(step(await known(true), "leak list")).toBe("ok: 2 blocks on the secure console");
    expect(step(await known(false), "leak list")).toContain("secure console; boards.yaml says otherwise");
    expect(step(without, "leak list")).toMatch(/^ok: none, so the core has no leak headers; with 'leak-headers: no'/);
  });

  it("an answer of no known xtest is exit code 2", async () => {
    fake.prints("alloc", "Heap: 12 of 34\n");
    expect(await doctor()).toMatchObject({ code: 2, err: expect.stringContaining("not understood") });
  });

  it("as JSON", async () => {
    const { steps, system } = JSON.parse((await doctor([], { json: true })).out);
    expect(system).toBe("ssh://board");
    expect(steps[0]).toEqual({ name: "reachable", state: "ok", text: "exec:fake" });
    expect(steps).toHaveLength(12);
  });
});

describe("a command between two looks at the pools", () => {
  /** A program of the board that changes the statistics, prints something and fails. */
  function program(text: string, after: string, code: number): void {
    fake.set("after", after);
    fake.program("lab", `cp "$B/after" "$B/alloc.out"; echo '${text}'; exit ${code}`);
  }

  it("a full core heap: pool, option and value, whatever code it showed as", async () => {
    program("session 52: res 0xffff000c err_orig 0x3", heap(17648, 193232, 1, 8000, 192496), 1);
    const done = await doctor(["lab", "-s", "300"]);
    expect(done.out).toMatch(/^lab -s 300 {2}ended with exit code 1$/m);
    expect(done.out).toMatch(/^ +17,648 +17,648 +193,232 +199,296 +\+1 {2}Heap$/m);
    expect(done.out).toMatch(/^certain {2}the core heap: CFG_CORE_HEAP_SIZE$/m);
    expect(done.out).toMatch(/next: set CFG_CORE_HEAP_SIZE=221184, with a margin/);
    expect(done.code).toBe(1);
  });

  it("an earlier, larger failure hides the size of this one: the value is twice what there is", async () => {
    fake.prints("alloc", heap(17648, 193232, 2, 268435456, 23360));
    program("session 8: res 0xffff000f err_orig 0x3", heap(17648, 193232, 3, 268435456, 23360), 0);
    const done = await doctor(["lab"]);
    expect(done.out).toMatch(/^certain {2}the core heap: CFG_CORE_HEAP_SIZE$/m);
    expect(done.out).toMatch(/next: try CFG_CORE_HEAP_SIZE=393216, twice what it has/);
    expect(done.out).toContain("TEE_ERROR_SECURITY");
  });

  it("a session that was refused though no allocation failed: it is the signature", async () => {
    program("session 0: res 0xffff000f err_orig 0x3", heap(17648, 20000, 0, 0, 0), 1);
    const done = await doctor(["lab"]);
    expect(done.out).toMatch(/^likely {2}not memory: the TA's signature: TA_SIGN_KEY$/m);
    expect(done.out).not.toContain("CFG_CORE_HEAP_SIZE");
  });

  it("no pool refused anything: then it was the TA's own heap", async () => {
    program("cmd 1: res 0xffff000c err_orig 0x4", heap(17648, 20000, 0, 0, 0), 1);
    const done = await doctor(["lab", "1", "1000"]);
    expect(done.out).toMatch(/TA_DATA_SIZE/);
    expect(done.out).not.toMatch(/^certain {2}the core heap/m);
  });

  it("the self test's request of 256 MiB is none", async () => {
    program("done", heap(17648, 20000, 1, 268435456, 17000), 0);
    const done = await doctor(["lab"]);
    expect([done.code, done.out]).toEqual([0, expect.stringContaining("It ended well")]);
  });

  it("one that fails without a code, and one that hangs OP-TEE", async () => {
    fake.program("lab", "echo no luck; exit 3");
    expect(await doctor(["lab"])).toMatchObject({
      code: 1,
      out: expect.stringMatching(/no result\scode\sis\sin\swhat\sit\sprinted/),
    });
    fake.program("lab", 'touch "$B/alloc.hangs"');
    const done = await doctor(["lab"], {}, { timeout: 2000 });
    expect(done.out).toMatch(/Afterwards: OP-TEE has not answered/);
  });

  it("the call stacks that the secure console prints meanwhile are looked up, of the core and of TAs", async (context) => {
    const { elves, lines, addresses } = panickingPrograms(context);
    program("cmd 1: res 0xffff3024 err_orig 0x3", heap(17648, 20000, 0, 0, 0), 1);
    const said = `${lines.join("\n")}\n`;
    const done = await doctorHears(said, "lab", ["lab"], {}, elves);
    expect(done.out).toMatch(/^Call stack in line \d+: .*size 800.*\n {2}asks .*tee\.c:[12]$/m);
    expect(done.out).toMatch(
      /^Call stack of TA 7e3a1c0e-\S+ in line \d+: panic with code 0xdeadbeef\n {2}asks .*ta\.c:[12]\n {2}0x99$/m,
    );
    const { stacks } = JSON.parse((await doctorHears(said, "lab", ["lab"], { json: true }, elves)).out);
    expect(stacks).toMatchObject([{ frames: [expect.stringContaining("asks ")] }, { addresses: [addresses.ta, 0x99] }]);
    const bare = await doctorHears(said, "lab", ["lab"]);
    expect(bare.out).not.toContain("Call stack");
    const gone = await doctorHears(said, "lab", ["lab"], {}, { elf: "/no/tee.elf", taElf: [] });
    expect([gone.code, gone.err]).toEqual([1, expect.stringContaining("/no/tee.elf")]);
    expect(gone.out).toContain("lab  ended with exit code 1");
    const unneeded = await doctorHears("", "lab", [], {}, { elf: "/no/tee.elf", taElf: ["/no/ta.elf"] });
    expect([unneeded.code, unneeded.err]).toEqual([0, ""]);
  });

  it("is not run where there are no statistics", async () => {
    fake.prints("alloc", "", 1, "xtest: TEEC_OpenSession: res 0xffff0008 err_orig 0x3\n");
    const done = await doctor(["lab", "1"]);
    expect([done.code, done.err]).toEqual([1, expect.stringContaining("'lab 1' was not run")]);
  });
});
