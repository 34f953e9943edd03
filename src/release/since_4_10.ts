// OP-TEE 4.10 and later: TAs, too, look at a block's size before they release it.
import type { Release } from "./release.ts";
import { SINCE_4_8 } from "./since_4_8.ts";

export const SINCE_4_10: Release = {
  ...SINCE_4_8,
  since: "4.10",
  oaepMaskDigest: true,
  console: { ...SINCE_4_8.console, outOfMemory: { func: "print_oom", line: 181 } },
  allocator: {
    ...SINCE_4_8.allocator,
    lines: {
      malloc: 705,
      calloc: 718,
      realloc: 724,
      mallocFlags: 711,
      memalign: 731,
      alignedAlloc: 742,
      poolTable: 831,
    },
    checksSize: "everywhere",
  },
};
