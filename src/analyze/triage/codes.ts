// What a result code says, with who returned it and what was called.
import { TEE } from "../../abi/errors.ts";
import { ORIGIN } from "../../abi/ids.ts";
import { heapRefusedNothing, lines, type Symptoms } from "./case.ts";
import { CORE, NO_EVIDENCE, OOM_TRACE, OWN, RAM, SHM, STATS, type TriageRule } from "./rule.ts";

const outOfMemory = ({ code }: Symptoms): boolean => code === TEE.OUT_OF_MEMORY;
const from = (symptoms: Symptoms, origin: number): boolean => outOfMemory(symptoms) && symptoms.origin === origin;
const said = ({ origin, call }: Symptoms): string =>
  `the error came from origin ${origin}${call === undefined ? "" : ` in ${call}`}`;
const opens = ({ call, console }: Symptoms): boolean =>
  call === "TEEC_OpenSession" ||
  (call === undefined && console?.facts.some(({ kind }) => kind === "load-failed") === true);
const isObjectCall = (call: string | undefined): boolean =>
  call !== undefined && /^TEE_(?!Malloc|Realloc|Free|Mem|Panic)/.test(call);
const isMallocCall = (call: string | undefined): boolean => call !== undefined && /^(TEE_)?(m|re|c)alloc$/i.test(call);

export const CODE_RULES: readonly TriageRule[] = [
  {
    id: "shared-memory",
    when: (s) => (from(s, ORIGIN.API) ? [said(s)] : NO_EVIDENCE),
    sure: "likely",
    pool: SHM,
    knobs: ["CFG_CORE_DYN_SHM", "CFG_SHMEM_SIZE", "CFG_CORE_HEAP_SIZE"],
    why: () =>
      "The client library could not allocate or register a buffer; nothing was asked of the TEE's application. Temporary memory references do so at every call. Without dynamic shared memory all of it comes from the reserved CFG_SHMEM_SIZE.",
    next: "look for 'dynamic shared memory is enabled' in the boot log, release what TEEC_AllocateSharedMemory gave, and raise CFG_SHMEM_SIZE where it is reserved memory",
    threads: ["#1281", "#2420", "#3685", "#4639"],
  },
  {
    id: "driver-memory",
    when: (s) => (from(s, ORIGIN.COMMS) ? [said(s)] : NO_EVIDENCE),
    sure: "likely",
    pool: SHM,
    knobs: ["CFG_SHMEM_SIZE", "CFG_CORE_DYN_SHM"],
    why: () =>
      "Linux' TEE driver gave up: it found no shared memory for the message, or for a buffer that OP-TEE asked it for. The heaps of OP-TEE are not it.",
    next: "look at the kernel's log of that moment; with reserved shared memory raise CFG_SHMEM_SIZE",
    threads: ["#7819"],
  },
  {
    id: "core-object-call",
    when: (s) =>
      !heapRefusedNothing(s) && (outOfMemory(s) || s.code === undefined) && isObjectCall(s.call)
        ? [`${s.call} was the call`]
        : NO_EVIDENCE,
    sure: "likely",
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: () =>
      "The TEE functions for keys, operations and objects are calls into the core: their memory is the core's heap, not the application's.",
    next: `${STATS}; 'teemem watch' shows both heaps side by side around each command`,
    threads: ["#6124", "#6596"],
  },
  {
    id: "ta-malloc",
    when: (s) =>
      isMallocCall(s.call)
        ? [`${s.call} was the call`]
        : s.code === undefined || outOfMemory(s)
          ? lines(s, "ta-malloc")
          : NO_EVIDENCE,
    sure: "likely",
    pool: OWN,
    knobs: ["TA_DATA_SIZE"],
    why: () =>
      "TEE_Malloc takes from the heap that lies in the application itself. CFG_CORE_HEAP_SIZE does not change it.",
    next: "raise TA_DATA_SIZE in user_ta_header_defines.h; 'xtest --stats --ta' (CFG_TA_STATS=y) shows its peak",
    threads: ["#1288", "#481", "#2395"],
  },
  {
    id: "open-session",
    when: (s) => (from(s, ORIGIN.TEE) && opens(s) ? [said(s)] : NO_EVIDENCE),
    sure: "possible",
    pool: RAM,
    knobs: ["CFG_TZDRAM_SIZE", "TA_DATA_SIZE", "TA_STACK_SIZE"],
    why: () =>
      "The core refused while it loaded the application. A larger TA_DATA_SIZE or TA_STACK_SIZE makes that worse, not better: both are taken from TZDRAM when it is loaded.",
    next: `${STATS}; or try it with a small TA_DATA_SIZE`,
    threads: ["#5469", "#6847"],
  },
  {
    id: "tee-out-of-memory",
    when: (s) => (from(s, ORIGIN.TEE) && !heapRefusedNothing(s) ? [said(s)] : NO_EVIDENCE),
    sure: "possible",
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: () =>
      "The core itself refused. Sessions, loaded applications and shared buffers all take from its heap; several at once fill it.",
    next: `${STATS}; or ${OOM_TRACE}`,
    threads: ["#5874", "test#563", "#4171"],
  },
  {
    id: "ta-returned-core",
    when: (s) =>
      from(s, ORIGIN.TRUSTED_APP) && !heapRefusedNothing(s) && s.call === undefined ? [said(s)] : NO_EVIDENCE,
    sure: "possible",
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: () =>
      "The application returned it. If a TEE function for keys, operations or objects gave it to the application, the core's heap was full.",
    next: `${STATS}; print in the application which function failed`,
    threads: ["#6596", "#4171"],
  },
  {
    id: "ta-returned-own",
    when: (s) =>
      from(s, ORIGIN.TRUSTED_APP) && s.call === undefined && s.tas?.every(({ heap }) => heap.failures === 0) !== true
        ? [said(s)]
        : NO_EVIDENCE,
    sure: "possible",
    pool: OWN,
    knobs: ["TA_DATA_SIZE"],
    why: () => "The application returned it. If its own TEE_Malloc failed, its heap was full.",
    next: "'xtest --stats --ta' while its session is open (CFG_TA_STATS=y) counts its failed allocations",
    threads: ["#1288", "#6124"],
  },
  {
    id: "busy-session",
    when: (s) => (s.code === TEE.BUSY && s.origin !== ORIGIN.COMMS ? ["the code is TEE_ERROR_BUSY"] : NO_EVIDENCE),
    sure: "likely",
    pool: "no memory: the application",
    knobs: ["TA_FLAG_MULTI_SESSION"],
    why: () =>
      "A single-instance application without TA_FLAG_MULTI_SESSION has one session, and somebody has it. The same code comes back where applications call each other in a circle.",
    next: "add TA_FLAG_MULTI_SESSION to TA_FLAGS, or close the other session",
    threads: ["#2659", "#480"],
  },
  {
    id: "busy-threads",
    when: (s) => (s.code === TEE.BUSY ? ["the code is TEE_ERROR_BUSY"] : NO_EVIDENCE),
    sure: "possible",
    pool: "no memory: the core's threads",
    knobs: ["CFG_NUM_THREADS"],
    why: () =>
      "All CFG_NUM_THREADS threads of the core are taken. Linux waits for a free one, other clients (a boot loader, an own driver) see this code.",
    next: "call again later; each thread more costs the core a stack",
    threads: ["#1724", "#6172"],
  },
  {
    id: "target-dead",
    when: (s) =>
      s.code === TEE.TARGET_DEAD && s.console === undefined ? ["the code is TEE_ERROR_TARGET_DEAD"] : NO_EVIDENCE,
    sure: "likely",
    pool: "unknown: the application panicked",
    knobs: [],
    why: () => "The application panicked or crashed. Which code or address it was stands on the secure console.",
    next: "give the console's log with --log; an abort right below the stack is TA_STACK_SIZE, a null pointer mostly a failed TEE_Malloc",
    threads: ["#3997"],
  },
  {
    id: "storage-full",
    when: (s) => (s.code === TEE.STORAGE_NO_SPACE ? ["the code is TEE_ERROR_STORAGE_NO_SPACE"] : NO_EVIDENCE),
    sure: "likely",
    pool: "secure storage",
    knobs: ["CFG_REE_FS", "CFG_RPMB_FS"],
    why: () =>
      "The storage behind the objects is full: the RPMB partition, or the file system of tee-supplicant's folder. No heap is too small.",
    next: "delete objects, or make room in the normal world's file system",
    threads: ["#4242", "client#322"],
  },
  {
    id: "storage-away",
    when: (s) => {
      const away = s.code === TEE.STORAGE_NOT_AVAILABLE || s.code === TEE.STORAGE_NOT_AVAILABLE_2;
      return [...(away ? ["the code is TEE_ERROR_STORAGE_NOT_AVAILABLE"] : []), ...lines(s, "rpmb-key")];
    },
    sure: "likely",
    pool: "secure storage",
    knobs: ["CFG_RPMB_WRITE_KEY"],
    why: () =>
      "The core does not reach its storage: tee-supplicant does not run, or the RPMB has no key, or another one.",
    next: "start tee-supplicant; with a real RPMB build it with RPMB_EMU=0",
    threads: ["#3773", "#824"],
  },
];
