// Causes in the core heap, from what the core and TAs print and from codes.

import { TEE } from "../../abi/errors.ts";
import { ORIGIN } from "../../abi/ids.ts";
import { uuidText } from "../../abi/uuid.ts";
import { mostOf } from "../../base/extremes.ts";
import { grouped } from "../../base/format.ts";
import { counterValue } from "../size/counter_setting.ts";
import { callKind } from "./calls.ts";
import { coreHeap, type Evidence, factsOf, has, heapRefusedNothing, lines, quoted, type Symptoms } from "./case.ts";
import { from, isOutOfMemory } from "./origins.ts";
import { ASK_TA, CORE, NO_EVIDENCE, OOM_TRACE, RECORD, STATS, type TriageRule } from "./rule.ts";

const OBJECTS =
  "The TEE functions for keys, operations and objects are calls into the core: they allocate on the core heap, not on the TA heap.";

/** What a header and a leak header take at most, and the alignment. */
const AROUND = 128;
/** Values of CFG_CORE_HEAP_SIZE are pages. */
const PAGE = 4096;
const KNOB = "CFG_CORE_HEAP_SIZE";

/** How much more serves the largest request that was printed; empty where none has its size. */
function roomFor(symptoms: Symptoms): string {
  const sizes = factsOf(symptoms, "core-oom").map(({ groups }) => Number(groups[0]?.replace(/\D/g, "")));
  const largest = mostOf(sizes.filter(Number.isSafeInteger), 0);
  if (largest === 0) return "";
  const heap = coreHeap(symptoms);
  const value = heap === undefined ? "" : counterValue("core", heap, heap.name);
  if (value !== "") return `${value}; for what comes behind it, `;
  const more = Math.ceil((largest + AROUND) / PAGE) * PAGE;
  const now = Number(
    factsOf(symptoms, "setting").findLast(({ groups }) => groups[0] === KNOB)?.groups[1] ?? Number.NaN,
  );
  if (Number.isSafeInteger(now))
    return `set at least ${KNOB}=${now + more} (now ${now}): then there is room for the largest request that failed, ${grouped(largest)} bytes; for what comes behind it, `;
  return `raise CFG_CORE_HEAP_SIZE by ${grouped(more)} at least (its value is in the build's conf.mk, or give 'xtest --stats --alloc' of the board with --stats): then there is room for the largest request that failed, ${grouped(largest)} bytes; for what comes behind it, `;
}

export const CORE_HEAP_RULES: readonly TriageRule[] = [
  {
    id: "core-heap-printed",
    tolerated: true,
    when: (s) => lines(s, "core-oom"),
    sure: "certain",
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: () =>
      "The core printed that an allocation on its own heap failed. TA_DATA_SIZE and TZDRAM have no part in it.",
    next: (s) => `${roomFor(s)}${RECORD}; a call stack below the line shows the caller`,
    threads: ["test#580", "test#563"],
  },
  {
    id: "core-alloc-failed",
    when: (s) => lines(s, "core-alloc-failed"),
    sure: "likely",
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: () => "A part of the core printed that it got no memory. Drivers and services of the core use the core heap.",
    next: OOM_TRACE,
    threads: [],
  },
  {
    id: "panic-out-of-memory",
    when: (s) => (heapRefusedNothing(s) ? NO_EVIDENCE : outOfMemoryPanics(s)),
    // libutee also panics a TA whose own heap is full, and says so before.
    sure: (s) => (has(s, "ta-malloc") ? "possible" : "likely"),
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: () =>
      "The TA panicked with this code. Functions of the TEE API do that where an allocation failed in the core; the TA's own code may do it as well.",
    next: OOM_TRACE,
    threads: ["#4208", "#6514"],
  },
  {
    id: "panic-own",
    when: (s) => (heapRefusedNothing(s) ? outOfMemoryPanics(s) : NO_EVIDENCE),
    sure: "likely",
    pool: "the TA heap, or none",
    knobs: ["TA_DATA_SIZE"],
    why: () =>
      "The TA panicked with this code, but no allocation on the core heap failed: CFG_CORE_HEAP_SIZE does not help. Either the TA heap was full, or the TA's own code calls TEE_Panic with this code.",
    next: `search the TA for TEE_Panic; ${ASK_TA}`,
    threads: [],
  },
  {
    id: "core-object-printed",
    when: (s) =>
      heapRefusedNothing(s) || !(isOutOfMemory(s) || s.code === undefined || s.code === TEE.TARGET_DEAD)
        ? NO_EVIDENCE
        : lines(s, "core-object"),
    sure: (s) => (isOutOfMemory(s) && !has(s, "rpmb-fat") ? "likely" : "possible"),
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: () => `${OBJECTS} TA_DATA_SIZE, TA_STACK_SIZE and TZDRAM do not change it.`,
    next: `${STATS}; or ${OOM_TRACE}`,
    threads: ["#6596", "#6124"],
  },
  {
    id: "core-object-call",
    when: (s) => {
      const kind = callKind(s.call);
      const asked = (kind === "object" || kind === "storage") && (isOutOfMemory(s) || s.code === undefined);
      if (!asked || heapRefusedNothing(s) || has(s, "core-object", "core-oom", "rpc-refused")) return NO_EVIDENCE;
      return s.from === undefined ? [`${s.call} failed`] : quoted([s.from]);
    },
    sure: "likely",
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: () => OBJECTS,
    next: `${STATS}; 'teemem watch' shows both heaps side by side around each command`,
    threads: ["#6124", "#6596", "#6706"],
  },
  {
    id: "storage-buffer",
    when: (s) => lines(s, "storage-buffer"),
    sure: "likely",
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: () =>
      "Secure storage could not allocate a buffer for a file block on the core heap. If it fails only after many runs, something leaks.",
    next: "compare two leak lists with 'teemem leaks before.log after.log'",
    threads: ["#560", "#4326"],
  },
  {
    id: "tee-out-of-memory",
    when: (s) => (heapRefusedNothing(s) ? NO_EVIDENCE : from(s, ORIGIN.TEE)),
    sure: "possible",
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: () =>
      "The core itself ran out of memory. Sessions, loaded TAs and shared buffers all take from the core heap; several at once fill it.",
    next: `${STATS}; or ${OOM_TRACE}`,
    threads: ["#5874", "#5893", "test#563", "#4171"],
  },
  {
    id: "refused-session",
    when: (s) => (heapRefusedNothing(s) ? NO_EVIDENCE : refusedSession(s)),
    sure: "possible",
    pool: `${CORE}, or the TA's signature`,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: () =>
      "A wrong signature gives this code. So does a full core heap in some releases (measured with 4.0 and 4.10): the check of the TA's file lacks memory and fails.",
    next: `${STATS}; if the same TA opens when nothing else is loaded, its signature is right`,
    threads: [],
  },
];

/** A TA that was not opened, for a reason of security. */
export function refusedSession({ code, origin, call }: Symptoms): Evidence {
  return code === TEE.SECURITY && origin === ORIGIN.TEE && (call === undefined || callKind(call) === "open")
    ? ["the code is TEE_ERROR_SECURITY, from the TEE, while a TA was opened"]
    : NO_EVIDENCE;
}

/** TAs that were ended with out of memory; by the panic's line alone, where its dump is missing. */
function outOfMemoryPanics(s: Symptoms): Evidence {
  if (has(s, "mempool-full", "core-oom")) return NO_EVIDENCE;
  const dumps = (s.console?.dumps ?? []).filter(({ panic }) => panic === TEE.OUT_OF_MEMORY);
  const bare = factsOf(s, "ta-panic").filter(
    ({ groups }) => Number.parseInt(groups[0] ?? "", 16) === TEE.OUT_OF_MEMORY,
  );
  return dumps.length > 0
    ? dumps.slice(0, 3).map(({ line, uuid }) => `line ${line}: ${uuidText(uuid)} panicked with TEE_ERROR_OUT_OF_MEMORY`)
    : quoted(bare);
}
