// Causes of a failure, from its result code, origin and call.
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
      "The client library could not allocate or register a buffer; the call did not reach the TA. Temporary memory references need a buffer at every call. Without dynamic shared memory, all buffers come from the reserved CFG_SHMEM_SIZE.",
    next: "look for 'dynamic shared memory is enabled' in the boot log; release the buffers of TEEC_AllocateSharedMemory; without that line raise CFG_SHMEM_SIZE",
    threads: ["#1281", "#2420", "#3685", "#4639"],
  },
  {
    id: "driver-memory",
    when: (s) => (from(s, ORIGIN.COMMS) ? [said(s)] : NO_EVIDENCE),
    sure: "likely",
    pool: SHM,
    knobs: ["CFG_SHMEM_SIZE", "CFG_CORE_DYN_SHM"],
    why: () =>
      "Linux's TEE driver gave up: it found no shared memory for the message, or for a buffer that OP-TEE requested. OP-TEE's heaps are not the cause.",
    next: "look at Linux's log of that moment; with reserved shared memory raise CFG_SHMEM_SIZE",
    threads: ["#7819"],
  },
  {
    id: "core-object-call",
    when: (s) =>
      !heapRefusedNothing(s) && (outOfMemory(s) || s.code === undefined) && isObjectCall(s.call)
        ? [`${s.call} failed`]
        : NO_EVIDENCE,
    sure: "likely",
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: () =>
      "The TEE functions for keys, operations and objects are calls into the core: they allocate on the core heap, not on the TA heap.",
    next: `${STATS}; 'teemem watch' shows both heaps side by side around each command`,
    threads: ["#6124", "#6596"],
  },
  {
    id: "ta-malloc",
    when: (s) =>
      isMallocCall(s.call)
        ? [`${s.call} failed`]
        : s.code === undefined || outOfMemory(s)
          ? lines(s, "ta-malloc")
          : NO_EVIDENCE,
    sure: "likely",
    pool: OWN,
    knobs: ["TA_DATA_SIZE"],
    why: () => "TEE_Malloc takes from the TA heap, which lies in the TA itself. CFG_CORE_HEAP_SIZE does not change it.",
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
      "The core ran out of memory while it loaded the TA. A larger TA_DATA_SIZE or TA_STACK_SIZE makes that worse, not better: both are taken from TZDRAM when the TA is loaded.",
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
      "The core itself ran out of memory. Sessions, loaded TAs and shared buffers all take from the core heap; several at once fill it.",
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
      "The TA returned this code. If it got the code from a TEE function for keys, operations or objects, the core heap was full.",
    next: `${STATS}; let the TA print the function that failed`,
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
    why: () => "The TA returned this code. If its own TEE_Malloc failed, the TA heap was full.",
    next: "'xtest --stats --ta' while its session is open (CFG_TA_STATS=y) counts its failed allocations",
    threads: ["#1288", "#6124"],
  },
  {
    id: "busy-session",
    when: (s) => (s.code === TEE.BUSY && s.origin !== ORIGIN.COMMS ? ["the code is TEE_ERROR_BUSY"] : NO_EVIDENCE),
    sure: "likely",
    pool: "no memory: the TA",
    knobs: ["TA_FLAG_MULTI_SESSION"],
    why: () =>
      "A single-instance TA without TA_FLAG_MULTI_SESSION has only one session, and another client holds it. TAs that call each other in a circle get the same code.",
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
      "All CFG_NUM_THREADS threads of the core are in use. Linux waits for a free one; other clients (a boot loader, a driver of your own) get this code.",
    next: "call again later; each additional thread costs the core a stack",
    threads: ["#1724", "#6172"],
  },
  {
    id: "target-dead",
    when: (s) =>
      s.code === TEE.TARGET_DEAD && s.console === undefined ? ["the code is TEE_ERROR_TARGET_DEAD"] : NO_EVIDENCE,
    sure: "likely",
    pool: "unknown: the TA panicked",
    knobs: [],
    why: () => "The TA panicked or crashed. The secure console shows the code or address.",
    next: "give the log of the secure console with --log. An abort right below the stack means TA_STACK_SIZE; a null pointer mostly means a failed TEE_Malloc",
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
    why: () => "The core cannot reach its storage: tee-supplicant does not run, or the RPMB has no key or a wrong key.",
    next: "start tee-supplicant; with a real RPMB build it with RPMB_EMU=0",
    threads: ["#3773", "#824"],
  },
];
