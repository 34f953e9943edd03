// OP-TEE 4.1 to 4.3: a fifth pool, and drivers that can be asked. Places on the console are those of 4.5.0; no release between was
// captured, nor one that was built with CFG_TA_STATS, so that the place of `taStats` is 4.0.0's. So is --asym-perf 4.5.0's.
import type { Release } from "./release.ts";
import { SINCE_4_0 } from "./since_4_0.ts";

export const SINCE_4_1: Release = {
  since: "4.1",
  pools: [...SINCE_4_0.pools, { role: "rpmb", name: "", knob: "" }],
  recordSize: 56,
  allocator: {
    ...SINCE_4_0.allocator,
    lines: {
      malloc: 769,
      calloc: 775,
      realloc: 781,
      mallocFlags: 781,
      memalign: 0,
      alignedAlloc: 0,
      poolTable: 936,
    },
  },
  driverInfo: true,
  retriesCreate: false,
  oaepMaskDigest: false,
  xtest: {
    options: {
      "--pager": "listed",
      "--alloc": "listed",
      "--memleak": "listed",
      "--ta": "listed",
      "--time": "listed",
      "--clocks": "listed",
      "--regulators": "listed",
    },
    asymPerf: true,
    fragmentation: false,
  },
  console: {
    lookup: { func: "tee_ta_init_pseudo_ta_session", line: 303 },
    open: { func: "tee_ta_init_pseudo_ta_session", line: 315 },
    opened: { func: "tee_ta_init_pseudo_ta_session", line: 330 },
    reopen: { func: "tee_ta_init_session_with_context", line: 561 },
    reopenText: "Re-open trusted service",
    close: { func: "tee_ta_close_session", line: 461 },
    closeAddress: true,
    destroy: { func: "tee_ta_close_session", line: 480 },
    invokeError: { func: "tee_ta_invoke_command", line: 802 },
    publicDdr: { func: "get_alloc_stats", line: 69 },
    wrongPool: { func: "get_alloc_stats", line: 87 },
    wrongPoolShown: true,
    taStats: { func: "get_user_ta_stats", line: 182 },
    outOfMemory: { func: "print_oom", line: 186 },
    statsName: "stats.pta",
  },
};
