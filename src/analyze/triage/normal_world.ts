// Causes in the normal world: Linux, its driver, tee-supplicant, and the memory that both worlds share.
import { ORIGIN } from "../../abi/ids.ts";
import { callKind } from "./calls.ts";
import { has, lines } from "./case.ts";
import { from, ifKnown } from "./origins.ts";
import { NO_EVIDENCE, NORMAL, SHM, type TriageRule } from "./rule.ts";

export const NORMAL_WORLD_RULES: readonly TriageRule[] = [
  {
    id: "supplicant-killed",
    when: (s) =>
      [...lines(s, "supplicant-killed"), ...lines(s, "rpc-refused").slice(0, 1)].slice(
        0,
        has(s, "supplicant-killed") ? 3 : 0,
      ),
    sure: "certain",
    pool: NORMAL,
    knobs: [],
    why: () =>
      "Linux ran out of memory and killed tee-supplicant, which gives OP-TEE its files and shared buffers. None of OP-TEE's pools is the cause.",
    next: "free memory in Linux, protect tee-supplicant from the killer (oom_score_adj -1000), and start it again",
    threads: ["#6210"],
  },
  {
    id: "rpc-refused",
    when: (s) => lines(s, "rpc-refused"),
    sure: "certain",
    pool: `the normal world, for ${SHM}`,
    knobs: [],
    why: () =>
      "OP-TEE asked the normal world for a shared buffer and got none: tee-supplicant was killed, was interrupted or does not run, or Linux had no memory. Neither the core heap nor TZDRAM is the cause.",
    next: "check that tee-supplicant runs and that its client was not interrupted; look at Linux's log of that moment",
    threads: ["#5530", "#5526", "test#361"],
  },
  {
    id: "linux-shm",
    when: (s) => lines(s, "linux-shm"),
    sure: "likely",
    pool: `Linux's pages, for ${SHM}`,
    knobs: ["CFG_CORE_DYN_SHM", "CFG_SHMEM_SIZE"],
    why: () =>
      "Linux could not give a shared buffer: it needs contiguous pages, or room in the reserved shared memory. OP-TEE's heaps are not the cause.",
    next: "register memory of the program (TEEC_RegisterSharedMemory) or share smaller buffers; with reserved shared memory raise CFG_SHMEM_SIZE",
    threads: ["#6225"],
  },
  {
    id: "linux-oom",
    when: (s) => (has(s, "supplicant-killed") ? NO_EVIDENCE : lines(s, "linux-oom", "linux-pages")),
    sure: "likely",
    pool: NORMAL,
    knobs: [],
    why: () => "Linux itself ran out of memory. OP-TEE gets its shared buffers and files from there.",
    next: "look at who takes the memory in Linux (the killer's table in its log); check that tee-supplicant still runs",
    threads: ["#6210"],
  },
  {
    id: "linux-no-memory",
    when: ({ foreign }) => (foreign?.name === "ENOMEM" ? ["the code is ENOMEM"] : NO_EVIDENCE),
    sure: "likely",
    pool: `Linux's memory, or ${SHM}`,
    knobs: ["CFG_SHMEM_SIZE", "CFG_CORE_DYN_SHM"],
    why: () =>
      "Linux's TEE driver lacked memory for a message or a shared buffer. Clients in the kernel (TPM, trusted keys, random numbers) also turn TEE_ERROR_OUT_OF_MEMORY of their TA into it.",
    next: "look at Linux's log of that moment, then at the secure console",
    threads: ["#7819"],
  },
  {
    id: "shared-memory",
    when: (s) => from(s, ORIGIN.API),
    sure: ifKnown("likely"),
    pool: SHM,
    knobs: ["CFG_CORE_DYN_SHM", "CFG_SHMEM_SIZE", "CFG_CORE_HEAP_SIZE"],
    why: () =>
      "The client library could not allocate or register a buffer; the call did not reach the TA. Temporary memory references need a buffer at every call. Without dynamic shared memory, all buffers come from the reserved CFG_SHMEM_SIZE.",
    next: "look for 'dynamic shared memory is enabled' in the boot log; release the buffers of TEEC_AllocateSharedMemory; without that line raise CFG_SHMEM_SIZE",
    threads: ["#1281", "#2420", "#3685", "#4639", "#6225"],
  },
  {
    id: "load-buffer",
    when: (s) =>
      s.origin === ORIGIN.TEE && callKind(s.call) === "open" && !has(s, "load-step")
        ? from(s, ORIGIN.TEE)
        : NO_EVIDENCE,
    sure: "possible",
    pool: SHM,
    knobs: ["CFG_SHMEM_SIZE", "CFG_CORE_DYN_SHM"],
    why: () =>
      "The core reads the TA's file through a shared buffer of its size, which tee-supplicant allocates. Since 3.19 the core prints 'RPC allocation failed' where it gets none.",
    next: "check that tee-supplicant runs; set CFG_TEE_CORE_LOG_LEVEL=3 and look for that line",
    threads: ["#5893"],
  },
  {
    id: "driver-memory",
    when: (s) => from(s, ORIGIN.COMMS),
    sure: ifKnown("likely"),
    pool: SHM,
    knobs: ["CFG_SHMEM_SIZE", "CFG_CORE_DYN_SHM"],
    why: () =>
      "Linux's TEE driver gave up: it found no shared memory for the message, or for a buffer that OP-TEE requested. OP-TEE's heaps are not the cause.",
    next: "look at Linux's log of that moment; with reserved shared memory raise CFG_SHMEM_SIZE",
    threads: ["#7819"],
  },
];
