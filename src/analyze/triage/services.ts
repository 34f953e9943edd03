// Causes behind the codes of services: PKCS#11, Keymaster, a TPM in a TA.
import type { ForeignName } from "../../abi/foreign_codes.ts";
import { callKind } from "./calls.ts";
import { type Evidence, has, heapRefusedNothing, lines, type Symptoms } from "./case.ts";
import { isOutOfMemory } from "./origins.ts";
import { ASK_TA, CORE, NO_EVIDENCE, OWN, STATS, type TriageRule } from "./rule.ts";
import { placeOf, taHeapKnobs } from "./ta_heap.ts";

export const SERVICE_RULES: readonly TriageRule[] = [
  {
    id: "pkcs11-core",
    when: (s) =>
      has(s, "pkcs11-operation") && has(s, "pkcs11-memory")
        ? lines(s, "pkcs11-operation", "pkcs11-memory")
        : NO_EVIDENCE,
    sure: "likely",
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: () =>
      "The PKCS#11 TA got no operation from the core, and returned CKR_DEVICE_MEMORY: operations lie in the core heap.",
    next: STATS,
    threads: ["#5004"],
  },
  {
    id: "pkcs11-memory",
    when: (s) => [
      ...gave(s, "CKR_DEVICE_MEMORY"),
      ...lines(s, "pkcs11-memory"),
      ...(callKind(s.call) === "pkcs11" && isOutOfMemory(s) ? [`${s.call} failed`] : []),
    ],
    sure: "likely",
    pool: `${OWN} of the PKCS#11 TA`,
    knobs: taHeapKnobs,
    why: () =>
      "CKR_DEVICE_MEMORY is what the PKCS#11 TA makes of TEE_ERROR_OUT_OF_MEMORY. Its objects and sessions lie in its own heap, so that comes first; keys and operations in use lie in the core heap. libckteec gives the same code where the call lacked shared memory and did not reach the TA.",
    next: (s) => `${placeOf(s)}; ${ASK_TA}`,
    threads: ["#5004", "#4686", "#5035"],
  },
  {
    id: "pkcs11-memory-core",
    when: (s) =>
      heapRefusedNothing(s) || has(s, "pkcs11-operation", "ta-malloc")
        ? NO_EVIDENCE
        : [...gave(s, "CKR_DEVICE_MEMORY"), ...lines(s, "pkcs11-memory")],
    sure: "possible",
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: () =>
      "The PKCS#11 TA returns the same code where a key, an operation or an object got no room in the core heap.",
    next: STATS,
    threads: ["#5004"],
  },
  {
    id: "pkcs11-host",
    when: (s) => [...gave(s, "CKR_HOST_MEMORY"), ...lines(s, "pkcs11-host")],
    sure: "likely",
    pool: "memory of the program that loads libckteec",
    knobs: [],
    why: () =>
      "CKR_HOST_MEMORY comes from the PKCS#11 library in the normal world, not from the TEE: it could not allocate, or share, a buffer.",
    next: "look at the limits and the memory of that process, then at Linux's log",
    threads: [],
  },
  {
    id: "pkcs11-unknown",
    when: (s) => [
      ...gave(s, "CKR_GENERAL_ERROR"),
      ...gave(s, "CKR_FUNCTION_FAILED"),
      ...gave(s, "CKR_DEVICE_ERROR"),
      ...gave(s, "CKR_SESSION_COUNT"),
    ],
    sure: "possible",
    pool: "unknown: the code tells no reason",
    knobs: [],
    why: () =>
      "PKCS#11 has this code for any failure. If the TA panicked, its heap is a candidate (CFG_PKCS11_TA_HEAP_SIZE).",
    next: "give the log of the secure console with --log",
    threads: ["#5022"],
  },
  {
    id: "keymaster-memory",
    when: (s) => [...gave(s, "KM_ERROR_MEMORY_ALLOCATION_FAILED"), ...lines(s, "keymaster-memory")],
    sure: "possible",
    pool: `${CORE}, or ${OWN} of the Keymaster TA`,
    knobs: ["CFG_CORE_HEAP_SIZE", "TA_DATA_SIZE"],
    why: () =>
      "The Keymaster TA makes this code of a failed allocation: of an operation or a key, which lie in the core heap, or of its own TEE_Malloc.",
    next: `${STATS}; let the TA print the function that failed`,
    threads: ["#6979"],
  },
  {
    id: "keymaster-operations",
    when: (s) => [...gave(s, "KM_ERROR_TOO_MANY_OPERATIONS"), ...lines(s, "keymaster-operations")],
    sure: "likely",
    pool: "not memory: the Keymaster TA's table of operations",
    knobs: [],
    why: () =>
      "The TA has a fixed number of operations at once, and clients have begun them all. An operation ends with finish or abort.",
    next: "look for a client that begins operations and never ends them",
    threads: [],
  },
  {
    id: "tpm-memory",
    when: (s) => [
      ...gave(
        s,
        "TPM_RC_OBJECT_MEMORY",
        "TPM_RC_SESSION_MEMORY",
        "TPM_RC_MEMORY",
        "TPM_RC_SESSION_HANDLES",
        "TPM_RC_OBJECT_HANDLES",
      ),
      ...lines(s, "tpm-memory"),
    ],
    sure: "likely",
    pool: "the TPM's own slots, no heap",
    knobs: [],
    why: () =>
      "The TPM has room for a few loaded objects and sessions, three of each in most builds of the fTPM TA. They are slots of its own, fixed when it is built (MAX_LOADED_OBJECTS, MAX_LOADED_SESSIONS).",
    next: "flush objects and sessions that nobody needs (tpm2_flushcontext -t, -l, -s), or use a resource manager: /dev/tpmrm0 instead of /dev/tpm0",
    threads: [],
  },
  {
    id: "tpm-space",
    when: (s) => [...gave(s, "TPM_RC_NV_SPACE"), ...lines(s, "tpm-space")],
    sure: "likely",
    pool: "the TPM's non-volatile memory, no heap",
    knobs: [],
    why: () =>
      "The TPM has no room for another NV index or persistent object. The fTPM TA keeps it in secure storage, with a size fixed when it is built (NV_MEMORY_SIZE).",
    next: "remove NV indices and persistent objects that nobody needs (tpm2_nvundefine, tpm2_evictcontrol)",
    threads: [],
  },
];

/** The user saw one of these codes. */
function gave({ foreign }: Symptoms, ...names: readonly ForeignName[]): Evidence {
  return names.some((name) => name === foreign?.name) ? [`the code is ${foreign?.name}`] : NO_EVIDENCE;
}
