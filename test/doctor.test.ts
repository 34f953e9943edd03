// What people in public threads had, in our own words and with made-up numbers where a log line is needed: does the command
// answer right? (Rows of the list of needs.)
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { emptyRecord } from "../src/abi/record.ts";
import type { Verdict } from "../src/analyze/triage/triage.ts";
import { SINCE_4_0 } from "../src/release/since_4_0.ts";
import { printAlloc, printFailure, printTa } from "../src/xtest/print.ts";
import { runHere, runHereWith } from "./run_here.ts";
import { needPrograms } from "./support/needs.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-doctor-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

function file(...lines: readonly string[]): string {
  const path = join(folder, `${files++}.log`);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

async function ask(...words: string[]): Promise<Verdict[]> {
  const { out } = await runHere("doctor", "--json", ...words);
  return JSON.parse(out).verdicts;
}

/** First knob of the first answer, how sure it is, and its name. */
async function first(...words: string[]): Promise<readonly [string, string, string]> {
  const [verdict] = await ask(...words);
  return [verdict?.id ?? "", verdict?.sure ?? "", verdict?.knobs[0] ?? ""];
}

const heap = (more: object): string =>
  printAlloc(
    [
      { ...emptyRecord(), name: "Heap", size: 68608, allocated: 24832, maxAllocated: 57184, ...more },
      ...Array.from({ length: 3 }, () => ({ ...emptyRecord() })),
    ],
    SINCE_4_0,
  );
const ta = (sessions: number, more: object): string =>
  printTa(
    [{ uuid: "8aaaf200-2450-11e4-abe2-0002a5d5c51b", panicked: 0, sessions, heap: { ...emptyRecord(), ...more } }],
    SINCE_4_0,
  );
const OOM = ["--error", "0xffff000c"];

describe("which pool was it", () => {
  it("#6596: operations are the core's, whatever was raised for the application", async () => {
    const log = file(
      "E/TA:  create_operation:1233 Error TEE_AllocateOperation maxObjectSize=4096",
      "D/TC:? 0 tee_ta_invoke_command:840 Error: ffff000c of 4",
    );
    expect(await first("--log", log, "--tried", "TA_DATA_SIZE,TA_STACK_SIZE", "--tried", "CFG_TZDRAM_SIZE")).toEqual([
      "core-object-printed",
      "likely",
      "CFG_CORE_HEAP_SIZE",
    ]);
    const { out, outcome } = await runHere("doctor", "--log", log);
    expect(out).toContain("TEE_ERROR_OUT_OF_MEMORY (0xffff000c) from the TA (origin 4)");
    expect(outcome).toEqual({ ok: true, value: 1 });
  });

  it("#4171: a large application that cannot be mapped", async () => {
    const log = file(
      "E/LD:  populate_segments:890 sys_map_zi",
      "E/TC:? 0 init_with_ldelf:232 ldelf failed with res: 0xffff000c",
      "D/TC:? 0 tee_ta_open_session:720 init session failed 0xffff000c",
    );
    const answers = await ask("--log", log);
    expect(answers[0]).toMatchObject({ id: "load-step-map", sure: "likely" });
    expect(answers[0]?.knobs.slice(0, 2)).toEqual(["CFG_TZDRAM_SIZE", "CFG_CORE_HEAP_SIZE"]);
    // With the counters it is one pool.
    const full = file(heap({ failures: 3, biggestFailure: 848, biggestFailureUsed: 68000 }));
    expect(await first("--log", log, "--stats", full)).toEqual(["core-heap-counted", "certain", "CFG_CORE_HEAP_SIZE"]);
  });

  it("#5874: an error of the TEE that comes and goes", async () => {
    expect(await first(...OOM, "--origin", "3", "--call", "TEEC_InvokeCommand")).toEqual([
      "tee-out-of-memory",
      "possible",
      "CFG_CORE_HEAP_SIZE",
    ]);
  });

  it("#1281: origin 1 is shared memory, more RAM for the machine does not help", async () => {
    expect(await first(...OOM, "--origin", "1", "--call", "TEEC_InvokeCommand")).toEqual([
      "shared-memory",
      "likely",
      "CFG_CORE_DYN_SHM",
    ]);
    expect((await ask(...OOM, "--origin", "1")).every(({ pool }) => pool.includes("shared"))).toBe(true);
  });

  it("test#580, test#563: the core printed it", async () => {
    const log = file("E/TC:1 0 print_oom:185 Memory allocation failed: size 1048 context 0x6e214088");
    expect(await first("--log", log)).toEqual(["core-heap-printed", "certain", "CFG_CORE_HEAP_SIZE"]);
    // The self test's 256 MiB are no trouble.
    expect(
      await ask("--log", file("E/TC:1 0 print_oom:185 Memory allocation failed: size 268435456 context 0x1")),
    ).toEqual([]);
  });

  it("#1288: malloc in the application is the application's, not the core's", async () => {
    expect(await first(...OOM, "--call", "malloc", "--tried", "CFG_CORE_HEAP_SIZE")).toEqual([
      "ta-malloc",
      "likely",
      "TA_DATA_SIZE",
    ]);
  });

  it("#5469: a larger TA_DATA_SIZE makes a load fail more", async () => {
    const [answer] = await ask(...OOM, "--origin", "3", "--call", "TEEC_OpenSession", "--tried", "TA_DATA_SIZE");
    expect(answer).toMatchObject({ id: "open-session", knobs: ["CFG_TZDRAM_SIZE", "TA_DATA_SIZE", "TA_STACK_SIZE"] });
    expect(answer?.why).toContain("worse");
  });

  it.each([
    ["#6841", "E/TC:? 0 alloc_pgt:116 Page tables are not available", "page-tables", "CFG_PGT_CACHE_ENTRIES"],
    ["#5928", "E/TC:? 0 alloc_pgt:148 19 page tables not available", "page-tables", "CFG_PGT_CACHE_ENTRIES"],
    ["#6393", "E/TC:0 0 core_mmu_xlat_table_alloc:519 5 xlat tables exhausted", "xlat-tables", "MAX_XLAT_TABLES"],
    ["#5575", "E/TC:0 0 Panic 'Impossible memory alignment' at ?:0 <?>", "pager-memory", "CFG_CORE_HEAP_SIZE"],
    [
      "#5077",
      "E/TA:  assertion 'hdr->magic == MDBG_HEADER_MAGIC' failed at lib/libutils/isoc/bget_malloc.c:68",
      "heap-smashed",
      "",
    ],
    [
      "#560",
      "E/TC:? 0 write_one_block:818 Failed to allocate plaintext buffer, size=4096",
      "storage-buffer",
      "CFG_CORE_HEAP_SIZE",
    ],
  ])("%s: the console names it", async (_thread, line, id, knob) => {
    const [verdict] = await ask(...OOM, "--log", file(line));
    expect([verdict?.id, verdict?.knobs[0] ?? ""]).toEqual([id, knob]);
  });

  it("what was tried comes last", async () => {
    const answers = await ask(...OOM, "--origin", "4", "--tried", "CFG_CORE_HEAP_SIZE=262144");
    expect(answers.map(({ id, tried }) => [id, tried])).toEqual([
      ["ta-returned-own", false],
      ["ta-returned-core", true],
    ]);
  });

  it("counters that refused nothing clear the core's heap", async () => {
    const answers = await ask(...OOM, "--origin", "4", "--stats", file(heap({})));
    expect(answers.map(({ id }) => id)).toEqual(["ta-returned-own"]);
  });

  it("#2659, #480: busy", async () => {
    expect((await ask("--error", "0xffff000d", "--origin", "3")).map(({ knobs }) => knobs[0])).toEqual([
      "TA_FLAG_MULTI_SESSION",
      "CFG_NUM_THREADS",
    ]);
  });

  it.each([
    ["0xffff3024", "target-dead"],
    ["TEE_ERROR_STORAGE_NO_SPACE", "storage-full"],
    ["f0100003", "storage-away"],
  ])("%s is no full heap", async (code, id) => {
    expect((await first("--error", code))[0]).toBe(id);
  });
});

describe("counters", () => {
  it("#1029: what was missing, in a sentence", async () => {
    const [answer] = await ask(
      "--stats",
      file(heap({ failures: 14, biggestFailure: 4124, biggestFailureUsed: 66000 })),
    );
    expect(answer?.why).toMatch(
      /14 requests failed; the largest lacked at least 1,516 bytes; CFG_CORE_HEAP_SIZE sets its size/,
    );
  });

  it("#2395: 74 kB refused with more than that free", async () => {
    const answers = await ask(
      "--stats",
      file(
        ta(1, {
          size: 1048576,
          allocated: 700000,
          maxAllocated: 800000,
          failures: 1,
          biggestFailure: 75776,
          biggestFailureUsed: 700000,
        }),
      ),
    );
    expect(answers.map(({ id }) => id)).toEqual(["ta-heap-counted", "fragmented"]);
    expect(answers[1]?.evidence[0]).toContain("75776 bytes failed with 348576 free");
  });

  it("behind a request that no pool could give, others may hide", async () => {
    const stats = file(heap({ failures: 2, biggestFailure: 2 ** 28, biggestFailureUsed: 23360 }));
    expect(await first("--stats", stats)).toEqual(["core-heap-hidden", "possible", "CFG_CORE_HEAP_SIZE"]);
  });

  it("a request larger than the pool is no reason to raise it", async () => {
    expect(
      await ask("--stats", file(heap({ failures: 1, biggestFailure: 2 ** 28, biggestFailureUsed: 23360 }))),
    ).toEqual([]);
  });
});

describe("statistics that do not come", () => {
  const refusal = (call: string, code: number, origin: number): string => file(printFailure({ call, code, origin }));

  it("#7153: 0xffff000a is the core's build", async () => {
    const [answer] = await ask("--stats", refusal("TEEC_InvokeCommand", 0xffff000a, 4));
    expect(answer).toMatchObject({ sure: "certain", knobs: ["CFG_TA_STATS"] });
    expect(answer?.why).toContain("build of the TA has no effect");
  });

  it("no statistics application, and none loaded", async () => {
    expect(await first("--stats", refusal("TEEC_OpenSession", 0xffff0008, 3))).toEqual([
      "stats-missing",
      "certain",
      "CFG_WITH_STATS",
    ]);
    expect((await first("--stats", refusal("TEEC_InvokeCommand", 0xffff0008, 4)))[0]).toBe("stats-none-loaded");
  });

  it("#7160, #6420: zeros", async () => {
    expect((await first("--stats", file(ta(0, {}))))[0]).toBe("stats-zeros-session");
    expect((await first("--stats", file(ta(1, {}))))[0]).toBe("stats-zeros-busy");
    expect(await ask("--stats", file(ta(1, { size: 32752 })))).toEqual([]);
  });
});

describe("leak lines that do not come", () => {
  it.each([
    [
      "#4876: the kit was built without",
      ["ld.bfd: a.c:146: undefined reference to `mdbg_calloc'"],
      "mdbg-link",
      "CFG_TEE_TA_MALLOC_DEBUG",
    ],
    ["#2154: the log level", ["E/TC:? 0 get_alloc_stats:121 Wrong pool id"], "mdbg-level", "CFG_TEE_CORE_LOG_LEVEL"],
    ["no leak headers", ["D/TC:? 0 x", "I/TA: Hello World!"], "mdbg-flag", "CFG_TEE_CORE_MALLOC_DEBUG"],
  ])("%s", async (_what, lines, id, knob) => {
    const [got, , option] = await first("--missing", "leaks", "--log", file(...lines));
    expect([got, option]).toEqual([id, knob]);
  });

  it("nothing is missing where they are", async () => {
    expect(
      await ask("--missing", "leaks", "--log", "test/fixtures/xtest/4.0.0/36-after-memleak.secure.log.gz"),
    ).toEqual([]);
  });
});

describe("applications that were ended", () => {
  it("#6883, #2975: their memory, from the console", async () => {
    const { out } = await runHere("doctor", "--json", "--log", "test/fixtures/xtest/4.0.0/32-full-part.secure.log.gz");
    const { dumps } = JSON.parse(out);
    expect(dumps).toHaveLength(2);
    expect(dumps[0]).toMatchObject({
      uuid: "5b9e0e40-2636-11e1-ad9e-0002a5d5c51b",
      arch: "aarch64",
      panic: 0xbeef,
      sizes: {
        stack: 0x3000,
        code: 0xa000 + 0x31000,
        data: 0xe2000 + 0x6000,
        loader: 0x17000,
        parameter: 0,
        other: 0x1000,
      },
      files: [{ address: 0x8006f000 }, { uuid: "ffd2bded-ab7d-4988-95ee-e4962fff7154" }],
    });
    expect(dumps[0].callStack).toHaveLength(6);
    expect(dumps[1]).toMatchObject({ abort: { kind: "data", address: 0, fault: "translation fault" } });
    const text = await runHere("doctor", "--log", "test/fixtures/xtest/4.0.0/32-full-part.secure.log.gz");
    expect(text.out).toMatch(/241,664 {4}950,272 {3}12,288 {2}1,302,528 {2}5b9e0e40/);
  });

  it("#3411: the older form", async () => {
    const log = file(
      "E/TC:? 0 TA panicked with code 0xffff000c",
      "E/TC:? 0 Status of TA 7fc5c039-0542-4ee1-80af-b4eab2f1998d (0xe171f00) (active)",
      "E/TC:? 0  arch: arm  load address: 0x203000 ctx-idr: 2",
      "E/TC:? 0  stack: 0x102000 1050624",
      "E/TC:? 0  region 0: va 0x100000 pa 0xe100000 size 0x1000 flags ---R-X ",
      "E/TC:? 0  region 1: va 0x102000 pa 0xed21000 size 0x101000 flags rw-RW- ",
      "E/TC:? 0  region 2: va 0x203000 pa 0xe300000 size 0x1e000 flags r-x--- [0]",
      "E/TC:? 0  region 3: va 0x221000 pa 0xe31e000 size 0xa03000 flags rw---- [0]",
      "E/TC:? 0  [0] 7fc5c039-0542-4ee1-80af-b4eab2f1998d @ 0x203000",
    );
    const { out } = await runHere("doctor", "--json", "--log", log);
    expect(JSON.parse(out)).toMatchObject({
      dumps: [{ arch: "arm", sizes: { stack: 0x101000, code: 0x1e000, data: 0xa03000 } }],
      verdicts: [{ id: "panic-out-of-memory" }],
    });
  });

  it("#4870: an abort right below the stack", async () => {
    const log = file(
      "E/TC:? 0 User mode data-abort at address 0x10ff3c (write permission fault)",
      "E/LD:  Status of TA 79e2d6a6-0c3a-425b-8c89-0ee8ce8e6f16",
      "E/LD:  region  5: va 0x00110000 pa 0x2414a000 size 0x001000 flags rw-s (stack)",
    );
    expect(await first("--error", "0xffff3024", "--origin", "3", "--log", log)).toEqual([
      "stack-below",
      "likely",
      "TA_STACK_SIZE",
    ]);
  });
});

it("what a log tells of the day's work is no failure", async () => {
  const log = file(
    "D/TC:? 0 tee_ta_invoke_command:796 Error: ffff0008 of 4",
    "D/TC:? 0 tee_ta_invoke_command:796 Error: ffff0006 of 3",
  );
  const { out, outcome } = await runHere("doctor", "--log", log);
  expect(out).toContain("No sign of a memory problem");
  expect(outcome).toEqual({ ok: true, value: 0 });
});

it("names who asked, where tee.elf is given", async (context) => {
  needPrograms(context, "gcc and binutils", "gcc", "nm", "addr2line");
  writeFileSync(join(folder, "tee.c"), "int asks(void)\n{\n  return 1;\n}\nint main(void)\n{\n  return asks();\n}\n");
  execFileSync("gcc", ["-g", "-O0", "-no-pie", "-o", "tee.elf", "tee.c"], { cwd: folder });
  const symbols = execFileSync("nm", ["tee.elf"], { cwd: folder, encoding: "utf8" });
  const addressOf = (name: string): number =>
    Number.parseInt(new RegExp(`^([\\da-f]+) \\w ${name}$`, "m").exec(symbols)?.[1] ?? "400000", 16);
  // As if it had been loaded 1 MiB above its link address.
  const moved = 2 ** 20;
  const log = file(
    "E/TC:1 0 print_oom:185 Memory allocation failed: size 800 context 0x1",
    `E/TC:1 0 TEE load address @ 0x${(addressOf("__executable_start") + moved).toString(16)}`,
    "E/TC:1 0 Call stack:",
    `E/TC:1 0  0x${(addressOf("asks") + moved).toString(16)}`,
  );
  const { out } = await runHere("doctor", "--log", log, "--elf", join(folder, "tee.elf"));
  expect(out).toMatch(/Call stack in line 4: .*size 800.*\n {2}asks .*tee\.c:[12]\n/);
  const piped = await runHereWith(readFileSync(join(folder, "tee.elf")), "doctor", "--log", log, "--elf", "-");
  expect(piped.out).toBe(out);
  expect((await runHere("doctor", "--log", log, "--elf", log)).outcome).toMatchObject({
    ok: false,
    error: expect.stringContaining("not an ELF file"),
  });
});

describe("without a failure", () => {
  it("says what the embedded system answers", async () => {
    const { out } = await runHere("doctor", "--cfg", "CFG_TEE_CORE_MALLOC_DEBUG=y", "--json");
    expect(JSON.parse(out).checks.map(({ well }: { well: boolean }) => well)).toEqual([true, true, true, true]);
  });

  it("and what is missing", async () => {
    const { out, outcome } = await runHere("doctor", "--cfg", "CFG_TA_STATS=n");
    expect(outcome).toEqual({ ok: true, value: 1 });
    expect(out).toMatch(/no {3}of TAs {2,}needs CFG_TA_STATS=y in the core's build/);
    expect(out).toMatch(/no {3}leak list {2,}needs CFG_TEE_CORE_MALLOC_DEBUG=y/);
    expect(out.split("\n").every((line) => line.length <= 80)).toBe(true);
    expect((await runHere("doctor", "--cfg", "CFG_WITH_STATS=n")).out).toContain("CFG_WITH_STATS=y");
  });

  it("finds what the recorded run left in the counters", async () => {
    const { out } = await runHere("doctor", "--after", "pkcs11-1007", "--json");
    expect(JSON.parse(out).verdicts.map(({ id }: Verdict) => id)).toContain("core-heap-hidden");
  });
});

it.each([
  [["--error", "full"], "--error: expected a code"],
  [["--error", "1", "--origin", "9"], "--origin: expected 1"],
  [["--missing", "heap"], "--missing accepts only 'leaks'"],
  [["--missing", "leaks"], "needs --log"],
  [["--log", "/nowhere"], "no such file"],
  [["a.log"], "a.log: no such file"],
  [["--error", "0xffff000c", "--cfg", "CFG_TA_STATS=n"], "--cfg queries a system"],
])("says what is wrong with %j", async (words, text) => {
  expect((await runHere("doctor", ...words)).outcome).toMatchObject({
    ok: false,
    error: expect.stringContaining(text),
  });
});
