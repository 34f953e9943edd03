// OP-TEE 4.4 and 4.5, as 4.5.0 printed it: the memory of TAs has another name.
import type { Release } from "./release.ts";
import { SINCE_4_1 } from "./since_4_1.ts";

export const SINCE_4_4: Release = {
  ...SINCE_4_1,
  since: "4.4",
  pools: SINCE_4_1.pools.map((pool) => (pool.role === "ta-memory" ? { ...pool, name: "Physical TA memory" } : pool)),
};
