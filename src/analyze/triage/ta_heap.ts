// Causes in the TA heap, with the option of the TA that it is.
import { TEE } from "../../abi/errors.ts";
import { ORIGIN } from "../../abi/ids.ts";
import { callKind } from "./calls.ts";
import { heapRefusedNothing, lines, quoted, type Symptoms } from "./case.ts";
import { aborts } from "./ended_tas.ts";
import { from, isOutOfMemory } from "./origins.ts";
import { ASK_TA, CORE, NO_EVIDENCE, OWN, STATS, type TriageRule } from "./rule.ts";
import { shippedIn } from "./shipped.ts";

const SMALL = 4096;

export const TA_HEAP_RULES: readonly TriageRule[] = [
  {
    id: "ta-malloc",
    when: (s) => {
      if (callKind(s.call) === "heap") return s.from === undefined ? [`${s.call} failed`] : quoted([s.from]);
      const open = s.code === undefined || isOutOfMemory(s) || s.code === TEE.TARGET_DEAD;
      return open ? lines(s, "ta-malloc") : NO_EVIDENCE;
    },
    sure: "likely",
    pool: OWN,
    knobs: taHeapKnobs,
    why: () => "TEE_Malloc takes from the TA heap, which lies in the TA itself. CFG_CORE_HEAP_SIZE does not change it.",
    next: (s) => `${placeOf(s)}; ${ASK_TA}`,
    threads: ["#1288", "#481", "#2395"],
  },
  {
    id: "ta-numbers",
    when: (s) => (callKind(s.call) === "numbers" ? [`${s.call} failed`] : NO_EVIDENCE),
    sure: "likely",
    pool: "the scratch pool of big numbers in the TA, or the TA heap",
    knobs: ["MPI_MEMPOOL_SIZE", "TA_DATA_SIZE"],
    why: () =>
      "The arithmetic of a TA calculates in a pool of its own, in lib/libutee/tee_api_arith_mpi.c; no option of a heap changes it.",
    next: "raise MPI_MEMPOOL_SIZE there, and build the kit and the TA again",
    threads: ["#3328"],
  },
  {
    id: "ta-returned-own",
    when: (s) => (!named(s) && !tasRefusedNothing(s) ? from(s, ORIGIN.TRUSTED_APP) : NO_EVIDENCE),
    // The counters of the other heap that it can be say that it refused nothing.
    sure: (s) => (heapRefusedNothing(s) && s.origin !== undefined ? "likely" : "possible"),
    pool: OWN,
    knobs: taHeapKnobs,
    why: () =>
      "The TA returned this code. If its own TEE_Malloc failed, the TA heap was full. TEE_AllocateOperation and others take a little of it, too.",
    next: ASK_TA,
    threads: ["#1288", "#6124"],
  },
  {
    id: "ta-returned-core",
    // Without an origin, tee-out-of-memory names this pool already.
    when: (s) =>
      s.origin !== undefined && !named(s) && !heapRefusedNothing(s) ? from(s, ORIGIN.TRUSTED_APP) : NO_EVIDENCE,
    sure: "possible",
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: () =>
      "The TA returned this code. If it got the code from a TEE function for keys, operations or objects, the core heap was full.",
    next: `${STATS}; let the TA print the function that failed`,
    threads: ["#6596", "#4171"],
  },
  {
    id: "null-pointer",
    when: (s) => aborts(s).flatMap(({ kind, address, text }) => (kind === "data" && address < SMALL ? [text] : [])),
    sure: "possible",
    pool: OWN,
    knobs: taHeapKnobs,
    why: () => "The TA used a null pointer. Often that is the unchecked result of a failed TEE_Malloc.",
    next: "check the result of every allocation; CFG_TA_STATS=y counts failed allocations",
    threads: ["#4393"],
  },
];

/** The option of the TA heap: that of the TA which these symptoms are about. */
export function taHeapKnobs(symptoms: Symptoms): readonly string[] {
  const knob = shippedIn(symptoms)?.knob;
  return knob === undefined || knob === "" ? ["TA_DATA_SIZE"] : [knob];
}

/** What to do about the TA heap. */
export function placeOf(symptoms: Symptoms): string {
  return shippedIn(symptoms)?.place ?? "raise TA_DATA_SIZE in user_ta_header_defines.h";
}

/** The function is known, and it is one of the TEE's inside of the TA. */
function named({ call }: Symptoms): boolean {
  const kind = callKind(call);
  return kind !== undefined && kind !== "open" && kind !== "invoke" && kind !== "other";
}

/** The counters of TAs say that their heaps refused nothing. A TA without figures says nothing. */
function tasRefusedNothing({ tas = [] }: Symptoms): boolean {
  return tas.length > 0 && tas.every(({ heap }) => (heap.size ?? 0) > 0 && heap.failures === 0);
}
