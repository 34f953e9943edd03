// The requests of OP-TEE's own tests that are meant to fail: they say nothing about the size of a heap.
import type { PartialStats } from "../abi/record.ts";
import { poolNamed } from "../release/releases.ts";
import { SELF_TEST_BYTES } from "../release/self_test.ts";

/** What the self test asks an aligned block for; its bad alignments are no powers of two. Counters do not count these. */
const ALIGNED_BYTES = 1024;
const BAD_ALIGNMENTS: ReadonlySet<number> = new Set([0, 100]);

/** Names what makes such requests. */
export const SELF_TEST = "OP-TEE's self test (xtest 1001)";

/** A request that failed. */
interface Refused {
  readonly size: number;
  /** Null where none was asked for. */
  readonly alignment: number | null;
  /** Function and `file:line` of the caller; empty where they are not known. */
  readonly func: string;
  readonly site: string;
}

/** True for a request that the self test makes to fail. `heap` is the context of the heap: TAs do not run it. */
export function isSelfTest({ size, alignment, func, site }: Refused, heap: string): boolean {
  if (heap.startsWith("ta") || heap === "ldelf") return false;
  const meant = alignment === null ? size === SELF_TEST_BYTES : size === ALIGNED_BYTES && BAD_ALIGNMENTS.has(alignment);
  if (!meant) return false;
  return (func === "" && site === "unknown") || func.startsWith("self_test_") || site.includes("core/pta/tests/");
}

/** Counters of one heap as far as they are known. */
type Counted = Pick<PartialStats, "failures" | "biggestFailure">;

/** True where the largest failed request that a pool counts is that of the self test. `name` is the pool's, empty for a TA. */
export function isSelfTestLargest({ failures, biggestFailure }: Counted, name: string): boolean {
  const role = poolNamed(name)?.role;
  const ofCore = role === "heap" || role === "nexus";
  return ofCore && failures !== 0 && biggestFailure === SELF_TEST_BYTES;
}
