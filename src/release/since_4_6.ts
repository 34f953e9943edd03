// OP-TEE 4.6 and 4.7, as 4.10.0 printed it: fragmentation, a name for every pool, and an allocator with one way to allocate.
import { PADDED_WITHIN } from "./leak_fields.ts";
import type { Release } from "./release.ts";
import { SINCE_4_4 } from "./since_4_4.ts";

export const SINCE_4_6: Release = {
  ...SINCE_4_4,
  since: "4.6",
  pools: [
    { role: "heap", name: "Heap", knob: "CFG_CORE_HEAP_SIZE" },
    { role: "public", name: "Public DDR (deprecated)", knob: "" },
    { role: "ta-memory", name: "Physical TA memory", knob: "CFG_TZDRAM_SIZE" },
    {
      role: "nexus",
      name: "KHeap (disabled)",
      knob: "",
      when: { option: "nsVirtualization", name: "KHeap", knob: "CFG_CORE_NEX_HEAP_SIZE" },
    },
    {
      role: "rpmb",
      name: "RPMB secure storage (no data)",
      knob: "",
      when: { option: "rpmb", name: "RPMB secure storage", knob: "" },
    },
  ],
  recordSize: 64,
  allocator: {
    ...SINCE_4_4.allocator,
    leakLayout: PADDED_WITHIN,
    lines: {
      malloc: 706,
      calloc: 719,
      realloc: 725,
      mallocFlags: 712,
      memalign: 732,
      alignedAlloc: 743,
      poolTable: 825,
    },
    zeroesRealloc: false,
    hasMallocFlags: true,
    checksAligned: false,
    validatesFirst: true,
    sumsFreeList: true,
  },
  xtest: { ...SINCE_4_4.xtest, fragmentation: true },
  console: {
    ...SINCE_4_4.console,
    reopen: { func: "tee_ta_init_session_with_context", line: 570 },
    close: { func: "tee_ta_close_session", line: 513 },
    closeAddress: false,
    destroy: { func: "tee_ta_close_session", line: 527 },
    invokeError: { func: "tee_ta_invoke_command", line: 831 },
    publicDdr: { func: "get_alloc_stats", line: 71 },
    wrongPool: { func: "get_alloc_stats", line: 89 },
    wrongPoolShown: false,
  },
};
