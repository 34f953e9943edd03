// Causes of a failure, from the counters of pools and TAs.
import type { PartialStats } from "../../abi/record.ts";
import { uuidText } from "../../abi/uuid.ts";
import { hadRoom, poolAdvice } from "../pool_advice.ts";
import { isSelfTestLargest } from "../self_test.ts";
import { counterValue } from "../size/counter_setting.ts";
import { coreHeap, type Symptoms, taRam } from "./case.ts";
import { advice, CORE, NO_EVIDENCE, OWN, RAM, RECORD, type TriageRule } from "./rule.ts";
import { placeOf, taHeapKnobs } from "./ta_heap.ts";

/** A heap whose peak stays below this part of it refused no ordinary request. */
const ROOMY = 0.75;

export const COUNTER_RULES: readonly TriageRule[] = [
  {
    id: "core-heap-counted",
    when: (s) => {
      const heap = coreHeap(s);
      if (heap === undefined || !hasFailed(heap) || isImpossible(heap) !== false) return NO_EVIDENCE;
      return [`${counted(heap)} in pool "Heap"`];
    },
    sure: "certain",
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: (s) => advice(coreHeap(s)),
    next: (s) => `${coreValue(s)}${RECORD}`,
    threads: ["#1029", "#2744", "test#310"],
  },
  {
    id: "core-heap-hidden",
    when: (s) => {
      const heap = coreHeap(s);
      if (heap === undefined) return NO_EVIDENCE;
      // Each run of regression_1001 adds its one request of 256 MiB.
      if (isSelfTestLargest(heap, heap.name) && (heap.maxAllocated ?? 0) < ROOMY * (heap.size ?? 0)) return NO_EVIDENCE;
      const impossible = isImpossible(heap);
      if (impossible === false || !hasFailed(heap, impossible === true ? 2 : 1)) return NO_EVIDENCE;
      const largest =
        impossible === true ? "the largest larger than the pool" : "the size of the largest is not recorded";
      return [`${counted(heap)} in pool "Heap", ${largest}`];
    },
    sure: "possible",
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: (s) => advice(coreHeap(s)),
    next: (s) =>
      `${coreValue(s)}reset the counters, run only the failing work, and take the statistics again: the counters keep only the largest request`,
    threads: ["#1029"],
  },
  {
    id: "ta-heap-counted",
    when: ({ tas }) =>
      (tas ?? []).flatMap(({ uuid, heap }) =>
        hasFailed(heap) ? [`${counted(heap)} in the heap of ${uuidText(uuid)}`] : [],
      ),
    sure: "certain",
    pool: OWN,
    knobs: taHeapKnobs,
    why: (s) => {
      const heap = s.tas?.find((ta) => hasFailed(ta.heap))?.heap;
      return heap === undefined ? "" : poolAdvice({ ...heap, knob: taHeapKnobs(s)[0] ?? "" });
    },
    next: (s) => `${taValue(s)}${placeOf(s)}; ${RECORD}`,
    threads: ["#1288", "#481", "#2395"],
  },
  {
    id: "ta-ram-counted",
    when: (s) => {
      const pool = taRam(s);
      return pool !== undefined && hasFailed(pool) ? [`${counted(pool)} in pool "${pool.name}"`] : NO_EVIDENCE;
    },
    sure: "certain",
    pool: RAM,
    knobs: ["CFG_TZDRAM_SIZE", "TA_DATA_SIZE", "TA_STACK_SIZE"],
    why: (s) => advice(taRam(s)),
    next: "give it more secure memory, or load smaller TAs: the code, TA_DATA_SIZE and TA_STACK_SIZE of all loaded TAs share it",
    threads: ["#5469", "#1751"],
  },
  {
    id: "fragmented",
    when: ({ pools, tas }) =>
      [...(pools ?? []), ...(tas ?? []).map(({ uuid, heap }) => ({ ...heap, name: uuidText(uuid) }))].flatMap(
        (pool) => {
          const { size, biggestFailure, biggestFailureUsed } = pool;
          if (size === undefined || biggestFailure === undefined || biggestFailureUsed === undefined) return [];
          return hasFailed(pool) && hadRoom({ size, biggestFailure, biggestFailureUsed })
            ? [`${pool.name}: a request for ${biggestFailure} bytes failed with ${size - biggestFailureUsed} free`]
            : [];
        },
      ),
    sure: "certain",
    pool: "free memory in pieces",
    knobs: ["CFG_CORE_BGET_BESTFIT"],
    why: () =>
      "More memory was free than requested, but not in one piece. A little more memory may not help; another order of allocations helps, or best fit in the core.",
    next: `${RECORD}, with first and with best fit; 'teemem report run.arrows' shows the free blocks at that moment`,
    threads: ["#2395", "#2744", "test#310"],
  },
  {
    id: "heap-nearly-full",
    when: (s) => {
      const heap = coreHeap(s);
      if (heap?.failures !== 0 || heap.maxAllocated === undefined || heap.size === undefined) return NO_EVIDENCE;
      if (heap.maxAllocated < 0.9 * heap.size) return NO_EVIDENCE;
      return [`the peak of pool "Heap" was ${heap.maxAllocated} of ${heap.size} bytes`];
    },
    sure: "possible",
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: (s) => advice(coreHeap(s)),
    next: (s) => `${coreValue(s)}${RECORD}`,
    threads: ["#4208"],
  },
];

/** The value for the core heap, as `teemem size` says it. */
function coreValue(s: Symptoms): string {
  const heap = coreHeap(s);
  return heap === undefined ? "" : `${counterValue("core", heap, heap.name)}; `.replace(/^; $/, "");
}

/** The same for the TA whose heap has failures. */
function taValue(s: Symptoms): string {
  const ta = s.tas?.find(({ heap }) => hasFailed(heap));
  return ta === undefined ? "" : `${counterValue(`ta-${uuidText(ta.uuid)}`, ta.heap, "")}; `.replace(/^; $/, "");
}

function counted({ failures }: PartialStats): string {
  return `the statistics count ${failures ?? "at least 1"} failed`;
}

function hasFailed({ failures, biggestFailure = 0 }: PartialStats, least = 1): boolean {
  // A largest failure proves one, where the line with their number is missing.
  return (failures ?? Number(biggestFailure > 0)) >= least;
}

/** No pool of this size could have served the largest request; undefined where one of the two is not known. */
function isImpossible({ size, biggestFailure }: PartialStats): boolean | undefined {
  return size === undefined || biggestFailure === undefined ? undefined : biggestFailure >= size;
}
