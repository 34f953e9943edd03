// OP-TEE 4.0, as 4.0.0 printed it.
import { PADDED_BEHIND } from "./leak_fields.ts";
import type { Release } from "./release.ts";

export const SINCE_4_0: Release = {
  since: "4.0",
  pools: [
    { role: "heap", name: "Heap", knob: "CFG_CORE_HEAP_SIZE" },
    { role: "public", name: "", knob: "" },
    { role: "ta-memory", name: "Secure DDR", knob: "CFG_TZDRAM_SIZE" },
    {
      role: "nexus",
      name: "",
      knob: "",
      when: { option: "nsVirtualization", name: "KHeap", knob: "CFG_CORE_NEX_HEAP_SIZE" },
    },
  ],
  recordSize: 56,
  allocator: {
    leakLayout: PADDED_BEHIND,
    lines: {
      malloc: 768,
      calloc: 774,
      realloc: 780,
      mallocFlags: 780,
      memalign: 0,
      alignedAlloc: 0,
      poolTable: 935,
    },
    zeroesRealloc: true,
    hasMallocFlags: false,
    checksAligned: true,
    validatesFirst: false,
    sumsFreeList: false,
    checksSize: "nowhere",
  },
  driverInfo: false,
  retriesCreate: false,
  xtest: {
    options: {
      "--pager": "listed",
      "--alloc": "listed",
      "--memleak": "listed",
      "--ta": "listed",
      "--time": "unlisted",
      "--clocks": "unknown",
      "--regulators": "unknown",
    },
    asymPerf: false,
    fragmentation: false,
  },
  console: {
    lookup: { func: "tee_ta_init_pseudo_ta_session", line: 297 },
    open: { func: "tee_ta_init_pseudo_ta_session", line: 310 },
    opened: { func: "tee_ta_init_pseudo_ta_session", line: 327 },
    reopen: { func: "tee_ta_init_session_with_context", line: 566 },
    reopenText: "Re-open TA",
    close: { func: "tee_ta_close_session", line: 468 },
    closeAddress: true,
    destroy: { func: "tee_ta_close_session", line: 487 },
    invokeError: { func: "tee_ta_invoke_command", line: 796 },
    publicDdr: { func: "get_alloc_stats", line: 103 },
    wrongPool: { func: "get_alloc_stats", line: 121 },
    wrongPoolShown: true,
    taStats: { func: "get_user_ta_stats", line: 182 },
    outOfMemory: { func: "print_oom", line: 185 },
    statsName: "stats.ta",
  },
};
