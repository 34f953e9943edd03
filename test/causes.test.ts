// Inputs made after public reports, with the right answer to each: `doctor --log` names one cause first, or none.
// (#1 is a thread of OP-TEE/optee_os; `shared/cases/reports` has the whole set, with what was wrong before.)
import { describe, expect, it } from "vitest";
import type { Verdict } from "../src/analyze/triage/triage.ts";
import { runHere } from "./run_here.ts";

interface Answer {
  readonly code?: number;
  readonly origin?: number;
  readonly call?: string;
  readonly verdicts: readonly Verdict[];
  readonly notes: readonly string[];
}

async function answer(file: string): Promise<Answer> {
  return JSON.parse((await runHere("doctor", "--json", "--log", `test/fixtures/causes/${file}.in`)).out);
}

const CORE = "CFG_CORE_HEAP_SIZE";

describe("the first cause", () => {
  it.each([
    // The normal world's words.
    ["23-6706-xtest-only", "likely", "core-object-call", CORE],
    ["24-client-only", "possible", "open-session", "CFG_TZDRAM_SIZE"],
    ["24b-client-origin1", "likely", "shared-memory", "CFG_CORE_DYN_SHM"],
    ["24c-client-alloc", "likely", "shared-memory", "CFG_CORE_DYN_SHM"],
    ["25-oomkill", "certain", "supplicant-killed", ""],
    ["26-kernel-shm", "likely", "linux-shm", "CFG_CORE_DYN_SHM"],
    ["06b-pkcs11-cli", "likely", "pkcs11-memory", "CFG_PKCS11_TA_HEAP_SIZE"],
    // The line that tells most, where another has no origin.
    ["19-5893-ffa", "possible", "open-session", "CFG_TZDRAM_SIZE"],
    ["16-5526-interleaved", "possible", "load-step-open", "CFG_SHMEM_SIZE"],
    ["04-1523-old-pgt", "certain", "page-tables", "CFG_PGT_CACHE_ENTRIES"],
    // OP-TEE's own messages and panics.
    ["02-3328-mempool", "certain", "mempool-full", "MPI_MEMPOOL_SIZE"],
    ["02b-3328-mempool-only", "certain", "mempool-full", "MPI_MEMPOOL_SIZE"],
    ["15-5530-rpc-alloc-nw", "certain", "rpc-refused", ""],
    ["55-361-supplicant", "certain", "rpc-refused", ""],
    ["17-4652-aes-panic", "likely", "panic-out-of-memory", CORE],
    ["54-6514-stm32", "likely", "panic-out-of-memory", CORE],
    ["57-bare-panic", "likely", "panic-out-of-memory", CORE],
    ["20-4718-pager-big-ta", "likely", "load-with-pager", CORE],
    ["21-7610-dead-canary", "certain", "canary-thread", "CFG_STACK_THREAD_EXTRA"],
    ["22-4445-stack-abt", "certain", "canary-abort", ""],
    ["56-3064-stack-tmp", "certain", "canary-tmp", "CFG_STACK_TMP_EXTRA"],
    ["41-6894-link", "certain", "link-size", "CFG_TEE_RAM_VA_SIZE"],
    ["41b-4622-link", "certain", "link-pager", CORE],
    ["41c-link-pager", "certain", "link-pager", CORE],
    ["42-overlap-boot", "certain", "memory-map", "CFG_TZDRAM_START"],
    ["51-st-overlap", "certain", "memory-map", "CFG_TZDRAM_START"],
    ["43-pager-panic", "certain", "pager-memory", CORE],
    ["46-exec-heap", "likely", "core-alloc-failed", CORE],
    // Assertions of the allocator, by file.
    ["07-5108-brel-ta", "certain", "heap-smashed", ""],
    ["08-4239-core-calloc", "certain", "heap-smashed", ""],
    ["09-mdbg-footer", "certain", "heap-smashed", ""],
    ["10-3893-bpool", "certain", "heap-smashed", ""],
    ["11-2414-create-free-block", "certain", "heap-smashed", ""],
    ["12-other-asserts", "certain", "heap-smashed", ""],
    ["12b-other-asserts", "certain", "heap-smashed", ""],
    ["12c-b-alloc", "certain", "heap-smashed", ""],
    ["12d-osize", "certain", "heap-smashed", ""],
    ["13-build357-ta-mempool", "certain", "mempool-misused", ""],
    ["31-core-abort-bget", "likely", "core-heap-smashed", ""],
    ["44-core-abort", "likely", "core-abort", ""],
    ["45-ta-abort-5555", "possible", "use-after-free", ""],
    ["30-null-plus-offset", "possible", "ta-aborted", ""],
    // The code in the line decides.
    ["03-7314-rpmb-fat", "likely", "rpmb-unreadable", "CFG_RPMB_RESET_FAT"],
    ["18-6122-overlaps", "likely", "parameter-refused", ""],
    ["27-cts-prefix", "likely", "core-object-printed", CORE],
    ["40d-ta-panic-badparam", "likely", "storage-full", "CFG_REE_FS"],
    // What stands before a line.
    ["53-361-ctrl-c", "likely", "supplicant-silent", ""],
    // TAs that OP-TEE ships.
    ["05-5022-nxp-pkcs11", "possible", "shipped-panic", "CFG_PKCS11_TA_HEAP_SIZE"],
    ["06-5004-pkcs11-15-keys", "likely", "pkcs11-memory", "CFG_PKCS11_TA_HEAP_SIZE"],
  ])("%s: %s %s", async (file, sure, id, knob) => {
    const [first] = (await answer(file)).verdicts;
    expect([first?.sure, first?.id, first?.knobs[0] ?? ""]).toEqual([sure, id, knob]);
  });

  it.each([
    "12e-fp-other-assert",
    "22b-boot-canaries-only",
    "40-ta-other-code",
    "40b-ta-conflict",
    "40c-ta-sig",
    "40e-ta-ok",
  ])("%s: none", async (file) => {
    expect(await answer(file)).toMatchObject({ verdicts: [], notes: [] });
    expect((await runHere("doctor", "--log", `test/fixtures/causes/${file}.in`)).outcome).toEqual({
      ok: true,
      value: 0,
    });
  });
});

describe("what the answers say and leave out", () => {
  const told = async (file: string): Promise<string> => JSON.stringify(await answer(file));
  const pools = async (file: string): Promise<string> => (await answer(file)).verdicts.map(({ pool }) => pool).join();

  it("the pool of big numbers: the refused size, both places of its option, and no heap", async () => {
    const [first, ...others] = (await answer("02-3328-mempool")).verdicts;
    expect(first?.why).toContain("544 bytes");
    expect(first?.next).toMatch(/mpi_desc\.c.*tee_api_arith_mpi\.c.*LTC_VARIABLE_NUMBER/);
    expect(others).toEqual([]);
  });

  it("a refusal of the normal world blames neither the core heap nor TZDRAM", async () => {
    for (const file of ["15-5530-rpc-alloc-nw", "55-361-supplicant", "25-oomkill"])
      expect((await answer(file)).verdicts.flatMap(({ knobs }) => knobs)).toEqual([]);
  });

  it("a file that could not be opened does not blame TZDRAM", async () => {
    expect(await pools("16-5526-interleaved")).not.toContain("memory for TAs");
  });

  it("with the pager the core heap stands beside TZDRAM, and cannot be raised freely", async () => {
    const [big] = (await answer("20-4718-pager-big-ta")).verdicts;
    expect(big?.knobs).toEqual(
      expect.arrayContaining(["CFG_CORE_HEAP_SIZE", "CFG_TZDRAM_SIZE", "CFG_PGT_CACHE_ENTRIES"]),
    );
    expect((await answer("54-6514-stm32")).verdicts[0]?.together).toMatch(/has the pager.*96 KiB/);
  });

  it("what must be raised with TEE RAM stands in the linker's answer", async () => {
    const [first] = (await answer("41-6894-link")).verdicts;
    expect(first?.knobs).toEqual(["CFG_TEE_RAM_VA_SIZE", "CFG_TZDRAM_SIZE", "CFG_CORE_HEAP_SIZE"]);
  });

  it("code and origin are read from the client's line, the test from xtest's", async () => {
    expect(await answer("24-client-only")).toMatchObject({ code: 0xffff000c, origin: 3, call: "TEEC_OpenSession" });
    expect(await answer("19-5893-ffa")).toMatchObject({ code: 0xffff000c, origin: 3 });
    expect(await answer("04-1523-old-pgt")).toMatchObject({ code: 0xffff000c, origin: 3 });
    expect(await told("23-6706-xtest-only")).toContain("line 5 (regression_8001.12): regression_8000.c:1337");
  });

  it("a client's line is answered as the same words on the command line", async () => {
    const { out } = await runHere(
      "doctor",
      "--json",
      "--error",
      "0xffff000c",
      "--origin",
      "3",
      "--call",
      "TEEC_OpenSession",
    );
    const plain = ({ verdicts }: Answer) => verdicts.map(({ evidence: _, ...verdict }) => verdict);
    expect(plain(await answer("24-client-only"))).toEqual(plain(JSON.parse(out)));
  });

  it("a trace of a call that begins is no evidence, its result is", async () => {
    const answers = (await answer("03-7314-rpmb-fat")).verdicts;
    expect(answers.map(({ id }) => id)).toEqual(["rpmb-unreadable", "core-object-printed"]);
    expect(JSON.stringify(answers)).not.toContain("line 1:");
  });

  it("freed memory is named beside the crash of the core", async () => {
    expect((await answer("44-core-abort")).verdicts.map(({ id }) => id)).toContain("use-after-free");
  });
});
