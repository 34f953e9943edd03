// OP-TEE 4.8 and 4.9: the core looks at a block's size before it releases it, and a TA that could not be created is tried again.
import type { Release } from "./release.ts";
import { SINCE_4_6 } from "./since_4_6.ts";

export const SINCE_4_8: Release = {
  ...SINCE_4_6,
  since: "4.8",
  retriesCreate: true,
  allocator: {
    ...SINCE_4_6.allocator,
    lines: {
      malloc: 714,
      calloc: 727,
      realloc: 733,
      mallocFlags: 720,
      memalign: 740,
      alignedAlloc: 751,
      poolTable: 833,
    },
    checksSize: "core",
  },
};
