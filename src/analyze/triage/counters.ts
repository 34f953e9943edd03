// Causes of a failure, from the counters of pools and TAs.
import { poolAdvice } from "../pool_advice.ts";
import { coreHeap, taRam } from "./case.ts";
import { advice, CORE, NO_EVIDENCE, OWN, RAM, type TriageRule } from "./rule.ts";

export const COUNTER_RULES: readonly TriageRule[] = [
  {
    id: "core-heap-counted",
    when: (s) => {
      const heap = coreHeap(s);
      if (heap === undefined || heap.failures === 0 || heap.biggestFailure >= heap.size) return NO_EVIDENCE;
      return [`the statistics count ${heap.failures} failed in pool "Heap"`];
    },
    sure: "certain",
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: (s) => advice(coreHeap(s)),
    next: "record a run and let 'teemem size' find the size, with first and best fit (CFG_CORE_BGET_BESTFIT=y)",
    threads: ["#1029", "#2744", "test#310"],
  },
  {
    id: "core-heap-hidden",
    when: (s) => {
      const heap = coreHeap(s);
      if (heap === undefined || heap.failures < 2 || heap.biggestFailure < heap.size) return NO_EVIDENCE;
      return [`the statistics count ${heap.failures} failed in pool "Heap", the largest larger than the pool`];
    },
    sure: "possible",
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: (s) => advice(coreHeap(s)),
    next: "reset the counters, run only the failing work, and take the statistics again: the counters keep only the largest request",
    threads: ["#1029"],
  },
  {
    id: "ta-heap-counted",
    when: ({ tas }) =>
      (tas ?? []).flatMap(({ uuid, heap }) =>
        heap.failures > 0 ? [`the statistics count ${heap.failures} failed in the heap of ${uuid}`] : [],
      ),
    sure: "certain",
    pool: OWN,
    knobs: ["TA_DATA_SIZE"],
    why: (s) => {
      const heap = s.tas?.find((ta) => ta.heap.failures > 0)?.heap;
      return heap === undefined ? "" : poolAdvice({ ...heap, knob: "TA_DATA_SIZE" });
    },
    next: "TA_DATA_SIZE is in the TA's user_ta_header_defines.h; 'teemem size' finds the smallest value that works",
    threads: ["#1288", "#481", "#2395"],
  },
  {
    id: "ta-ram-counted",
    when: (s) => {
      const pool = taRam(s);
      return pool !== undefined && pool.failures > 0
        ? [`the statistics count ${pool.failures} failed in pool "${pool.name}"`]
        : NO_EVIDENCE;
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
      [...(pools ?? []), ...(tas ?? []).map(({ uuid, heap }) => ({ ...heap, name: uuid }))].flatMap((pool) =>
        pool.failures > 0 && pool.biggestFailure + pool.biggestFailureUsed <= pool.size
          ? [
              `${pool.name}: a request for ${pool.biggestFailure} bytes failed with ${pool.size - pool.biggestFailureUsed} free`,
            ]
          : [],
      ),
    sure: "certain",
    pool: "free memory in pieces",
    knobs: ["CFG_CORE_BGET_BESTFIT"],
    why: () =>
      "More memory was free than requested, but not in one piece. A little more memory may not help; another order of allocations helps, or best fit in the core.",
    next: "'teemem report' shows the free blocks at that moment; 'teemem size' compares first fit with best fit",
    threads: ["#2395", "#2744", "test#310"],
  },
  {
    id: "heap-nearly-full",
    when: (s) => {
      const heap = coreHeap(s);
      if (heap === undefined || heap.failures > 0 || heap.maxAllocated < 0.9 * heap.size) return NO_EVIDENCE;
      return [`the peak of pool "Heap" was ${heap.maxAllocated} of ${heap.size} bytes`];
    },
    sure: "possible",
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: (s) => advice(coreHeap(s)),
    next: "record a run and let 'teemem size' find the size",
    threads: ["#4208"],
  },
];
