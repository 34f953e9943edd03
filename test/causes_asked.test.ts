// What is asked on the command line: codes of everybody between a program and the TEE, and functions without an origin.
import { describe, expect, it } from "vitest";
import type { Verdict } from "../src/analyze/triage/triage.ts";
import { runHere } from "./run_here.ts";

interface Answer {
  readonly code?: number;
  readonly foreign?: { readonly name: string };
  readonly verdicts: readonly Verdict[];
  readonly notes: readonly string[];
}

async function ask(...words: readonly string[]): Promise<Answer> {
  return JSON.parse((await runHere("doctor", "--json", ...words)).out);
}

const CORE = "CFG_CORE_HEAP_SIZE";

describe("a code of somebody between", () => {
  it.each([
    ["CKR_DEVICE_MEMORY", "CKR_DEVICE_MEMORY", "CFG_PKCS11_TA_HEAP_SIZE"],
    ["PKCS11_CKR_DEVICE_MEMORY", "CKR_DEVICE_MEMORY", "CFG_PKCS11_TA_HEAP_SIZE"],
    ["ckr_device_memory", "CKR_DEVICE_MEMORY", "CFG_PKCS11_TA_HEAP_SIZE"],
    ["0x31", "CKR_DEVICE_MEMORY", "CFG_PKCS11_TA_HEAP_SIZE"],
    ["0x00000031", "CKR_DEVICE_MEMORY", "CFG_PKCS11_TA_HEAP_SIZE"],
    ["49", "CKR_DEVICE_MEMORY", "CFG_PKCS11_TA_HEAP_SIZE"],
    ["CKR_HOST_MEMORY", "CKR_HOST_MEMORY", ""],
    ["ENOMEM", "ENOMEM", "CFG_SHMEM_SIZE"],
    ["-ENOMEM", "ENOMEM", "CFG_SHMEM_SIZE"],
    ["-12", "ENOMEM", "CFG_SHMEM_SIZE"],
    ["12", "ENOMEM", "CFG_SHMEM_SIZE"],
    ["KM_ERROR_MEMORY_ALLOCATION_FAILED", "KM_ERROR_MEMORY_ALLOCATION_FAILED", CORE],
    ["ErrorCode::MEMORY_ALLOCATION_FAILED", "KM_ERROR_MEMORY_ALLOCATION_FAILED", CORE],
    ["-41", "KM_ERROR_MEMORY_ALLOCATION_FAILED", CORE],
    ["0xffffffd7", "KM_ERROR_MEMORY_ALLOCATION_FAILED", CORE],
    ["TPM_RC_MEMORY", "TPM_RC_MEMORY", ""],
    ["TPM2_RC_OBJECT_MEMORY", "TPM_RC_OBJECT_MEMORY", ""],
    ["0x902", "TPM_RC_OBJECT_MEMORY", ""],
    ["0x14b", "TPM_RC_NV_SPACE", ""],
  ])("%s is %s", async (text, name, knob) => {
    const { code, foreign, verdicts } = await ask("--error", text);
    expect([code, foreign?.name, verdicts[0]?.knobs[0] ?? ""]).toEqual([undefined, name, knob]);
  });

  it.each([
    ["-65524", 0xffff000c],
    ["ffff000c", 0xffff000c],
    ["4294901772", 0xffff000c],
    ["TEEC_ERROR_OUT_OF_MEMORY", 0xffff000c],
    ["0xffff9999", 0xffff9999],
  ])("%s is the TEE's", async (text, code) => expect(await ask("--error", text)).toMatchObject({ code }));

  it("is named in the headline, and means exit code 1", async () => {
    const { out, outcome } = await runHere("doctor", "--error", "CKR_DEVICE_MEMORY");
    expect(out).toMatch(/^CKR_DEVICE_MEMORY \(0x31\), a code of PKCS#11\n/);
    expect(outcome).toEqual({ ok: true, value: 1 });
  });
});

describe("a function without an origin has its answer", () => {
  it.each([
    ["TEEC_OpenSession", "possible", "open-session", "CFG_TZDRAM_SIZE", true],
    ["TEEC_InvokeCommand", "possible", "tee-out-of-memory", CORE, true],
    ["TEEC_AllocateSharedMemory", "likely", "shared-memory", "CFG_CORE_DYN_SHM", false],
    ["TEEC_RegisterSharedMemory", "likely", "shared-memory", "CFG_CORE_DYN_SHM", false],
    ["TEEC_InitializeContext", "likely", "driver-memory", "CFG_SHMEM_SIZE", false],
    ["tee_shm_alloc", "likely", "shared-memory", "CFG_CORE_DYN_SHM", false],
    ["TEE_AllocateOperation", "likely", "core-object-call", CORE, false],
    ["TEE_CreatePersistentObject", "likely", "core-object-call", CORE, false],
    ["TEE_Malloc", "likely", "ta-malloc", "TA_DATA_SIZE", false],
    ["calloc", "likely", "ta-malloc", "TA_DATA_SIZE", false],
    ["TEE_BigIntComputeExtendedGcd", "likely", "ta-numbers", "MPI_MEMPOOL_SIZE", false],
    ["TEE_OpenTASession", "possible", "tee-out-of-memory", CORE, false],
    ["C_GenerateKeyPair", "likely", "pkcs11-memory", "CFG_PKCS11_TA_HEAP_SIZE", false],
  ])("%s: %s %s", async (call, sure, id, knob, asks) => {
    const { verdicts, notes } = await ask("--error", "0xffff000c", "--call", call);
    expect([verdicts[0]?.sure, verdicts[0]?.id, verdicts[0]?.knobs[0]]).toEqual([sure, id, knob]);
    expect(notes.some((note) => note.includes("--origin"))).toBe(asks);
  });

  it("a bare code has the causes of every origin, and asks for it", async () => {
    const { verdicts, notes } = await ask("--error", "0xffff000c");
    expect(verdicts.map(({ id }) => id)).toEqual([
      "tee-out-of-memory",
      "ta-returned-own",
      "shared-memory",
      "driver-memory",
    ]);
    expect(verdicts.every(({ sure }) => sure === "possible")).toBe(true);
    expect(notes[0]).toMatch(/origin of this code is not known.*1 the client library.*4 the TA/);
  });

  it("with its origin nothing is asked", async () => {
    expect((await ask("--error", "0xffff000c", "--origin", "3")).notes).toEqual([]);
  });
});
