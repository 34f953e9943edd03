// Sessions that did not open, or that ended, for another reason than memory.
import { TEE } from "../../abi/errors.ts";
import { ORIGIN } from "../../abi/ids.ts";
import { has, heapRefusedNothing, quote } from "./case.ts";
import { refusedSession } from "./core_heap.ts";
import { NO_EVIDENCE, type TriageRule } from "./rule.ts";

export const SESSION_RULES: readonly TriageRule[] = [
  {
    id: "wrong-signature",
    when: (s) => (heapRefusedNothing(s) ? refusedSession(s) : NO_EVIDENCE),
    sure: "likely",
    pool: "not memory: the TA's signature",
    knobs: ["TA_SIGN_KEY"],
    why: () =>
      "A full core heap can give this code, but no allocation failed in it. So the TA's file does not have the signature that this core asks for.",
    next: "sign the TA with the key whose public half the core was built with: TA_SIGN_KEY in the build of the TA, TA_PUBLIC_KEY in that of the core",
    threads: [],
  },
  {
    id: "busy-session",
    when: (s) => (s.code === TEE.BUSY && s.origin !== ORIGIN.COMMS ? ["the code is TEE_ERROR_BUSY"] : NO_EVIDENCE),
    sure: "likely",
    pool: "not memory: the TA",
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
    pool: "not memory: the core's threads",
    knobs: ["CFG_NUM_THREADS"],
    why: () =>
      "All CFG_NUM_THREADS threads of the core are in use. Linux waits for a free one; other clients (a boot loader, a driver of your own) get this code.",
    next: "call again later; each additional thread costs the core a stack",
    threads: ["#1724", "#6172"],
  },
  {
    id: "target-dead",
    when: (s) =>
      s.code === TEE.TARGET_DEAD && !has(s, "ta-panic", "ta-abort")
        ? [s.from === undefined ? "the code is TEE_ERROR_TARGET_DEAD" : quote(s.from)]
        : NO_EVIDENCE,
    sure: "likely",
    pool: "unknown: the TA panicked",
    knobs: [],
    why: () => "The TA panicked or crashed. The secure console shows the code or address.",
    next: "give the log of the secure console with --log. An abort right below the stack means TA_STACK_SIZE; a null pointer mostly means a failed TEE_Malloc",
    threads: ["#3997"],
  },
];
