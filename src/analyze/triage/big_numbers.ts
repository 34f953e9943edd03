// Causes in the scratch memory of big numbers, which is no heap.
import { lines } from "./case.ts";
import type { TriageRule } from "./rule.ts";

const MEMPOOL = "the scratch pool of big numbers (mempool), no heap";

export const BIG_NUMBER_RULES: readonly TriageRule[] = [
  {
    id: "mempool-full",
    when: (s) => lines(s, "mempool-full"),
    sure: "certain",
    pool: MEMPOOL,
    knobs: ["MPI_MEMPOOL_SIZE", "LTC_VARIABLE_NUMBER"],
    why: (s) =>
      `RSA, DH and elliptic curves calculate in a pool of their own. It could not give ${sizeOf(lines(s, "mempool-full"))}. No option of a heap changes it. If it fails only after many operations, something does not give its numbers back.`,
    next: "raise MPI_MEMPOOL_SIZE in core/lib/libtomcrypt/mpi_desc.c (46 KiB in 4.x), or for the arithmetic of a TA in lib/libutee/tee_api_arith_mpi.c (14 KiB); LTC_VARIABLE_NUMBER in early 3.x",
    threads: ["#3328"],
  },
  {
    id: "mempool-misused",
    when: (s) => lines(s, "mempool-misused"),
    sure: "certain",
    pool: "the scratch pool of big numbers (mempool), misused",
    knobs: [],
    why: () =>
      "An assertion of mempool.c failed: the pool is not aligned as the library expects, or was written over. Mostly the TA was built with another kit than its libraries.",
    next: "build the TA again, from clean, with the kit of this OP-TEE",
    threads: ["build#357"],
  },
];

function sizeOf(evidence: readonly string[]): string {
  const size = /allocate (\d+) bytes/.exec(evidence[0] ?? "")?.[1];
  return size === undefined ? "a number" : `${size} bytes`;
}
