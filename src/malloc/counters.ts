// The counters of an allocator: the one list of them, and how an operation is counted (OP-TEE 4.0.0 bget_malloc.c).
import { isPowerOfTwo } from "../base/integer.ts";
import { asksMemory, OP } from "./operation.ts";

/** All counters, in the order of C's `struct malloc_stats`. */
const ZERO = {
  /** Bytes in use now, block headers included. */
  allocated: 0,
  /** Most bytes in use since the last reset; a reset sets it to 0, not to `allocated`. */
  maxAllocated: 0,
  /** Bytes of all pools, sentinels included. */
  size: 0,
  /** Requests that failed since the last reset. */
  failures: 0,
  /** Bytes of the largest payload that failed, without headers; cut to 32 bits, as upstream stores it. */
  biggestFailure: 0,
  /** `allocated` at that moment. */
  biggestFailureUsed: 0,
};

/** The counters of an allocator: bytes, but `failures`. */
export type Counters = typeof ZERO;
/** Name of a counter. */
export type CounterName = keyof Counters;

/** Names of all counters in their order. */
export const COUNTERS = Object.keys(ZERO) as readonly CounterName[];

/** The counters that a reset sets to 0. */
export const RESET_COUNTERS = COUNTERS.filter((name) => name !== "allocated" && name !== "size") as readonly Exclude<
  CounterName,
  "allocated" | "size"
>[];

/** All counters at 0. */
export function zeroCounters(): Counters {
  return { ...ZERO };
}

/** The counters alone of what has more. */
export function pickCounters(from: Readonly<Counters>): Counters {
  const counters = zeroCounters();
  for (const name of COUNTERS) counters[name] = from[name];
  return counters;
}

/** What `count` changes. */
type Counted = Omit<Counters, "allocated" | "size">;

/**
 * Counts the end of a request, `allocated` bytes in use after it. `requested` is the payload asked for; it is kept in 32
 * bits, and compared in full.
 */
export function count(into: Counted, failed: boolean, requested: number | bigint, allocated: number): void {
  if (allocated > into.maxAllocated) into.maxAllocated = allocated;
  if (!failed) return;
  into.failures++;
  if (requested > into.biggestFailure) {
    into.biggestFailure = low32(requested);
    into.biggestFailureUsed = allocated;
  }
}

/**
 * Counts an operation as the heap that performed it did; the arguments are those of a `HeapListener`, with the char code of
 * the letter.
 */
export function countOperation(
  into: Counters,
  code: number,
  size: number,
  arg: number,
  result: number,
  allocated: number,
): void {
  into.allocated = allocated;
  if (code === OP.P) into.size += size;
  if (isCounted(code, arg)) count(into, result === 0, size, allocated);
}

/** True for a request that C counts: it turns one with an impossible alignment away before. */
export function isCounted(code: number, arg: number): boolean {
  return asksMemory(code) && (code !== OP.A || isPowerOfTwo(arg));
}

function low32(size: number | bigint): number {
  if (typeof size === "bigint") return Number(BigInt.asUintN(32, size));
  return Number.isFinite(size) ? size % 2 ** 32 : 2 ** 32 - 1;
}
