// Blocks on the heap of a TA that its library takes: lib/libutee.
import type { SiteUse } from "./site_use.ts";

/** By name. */
export const TA_SITES = {
  "ta.number_pool": { is: "the pool of big numbers", stays: true },
  "ta.tls": { is: "the search for thread-local storage" },
  "ta.initializers": { is: "the search for initializers" },
  "ta.session": { is: "a session in the library's list" },
  "ta.operation": { is: "an operation in the library" },
  "ta.operation_buffer": { is: "the block buffer of an operation", n: "bytes" },
} as const satisfies Readonly<Record<string, SiteUse>>;
