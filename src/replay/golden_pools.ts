// Checks the pools of a golden trace.
import { clip } from "../base/printable.ts";
import { geometryOf } from "../heap/geometry.ts";
import type { GoldenOp, GoldenTrace } from "./golden_trace.ts";
import type { Variant } from "./variant.ts";

/** What the malloc layer wants of a first pool. */
const FIRST_POOL = 1024;

/**
 * Whether all pools of a golden trace lie in its arena and, where bget is alone, can hold a block: what the C code takes
 * for granted. Returns what is wrong, with the line, or null. A pool that the malloc layer refuses is no error, wherever
 * it lies; a length that wraps around the end of the address space is one of those.
 */
export function poolProblem(trace: GoldenTrace, variant: Variant): string | null {
  const { header, freeHeader, quantum, bits } = geometryOf(variant.word);
  const bare = variant.flavour === "bare";
  let least = FIRST_POOL;
  for (const { op, args, at } of trace.ops) {
    if (op !== "pool") continue;
    const [offset, length] = args.map((value) => BigInt.asIntN(bits, BigInt(value)));
    if (offset === undefined || length === undefined) continue;
    const pool = `line ${at}: the pool ${named(args)}`;
    const room = roundDown(offset + length, quantum) - (bare ? offset : -roundDown(-offset, quantum));
    if (bare && length - (length % BigInt(quantum)) < header + freeHeader)
      return `${pool} is too small for a bare pool (at least ${header + freeHeader} bytes)`;
    if (!bare && room < least) continue;
    if (offset < 0n || offset + length > trace.arena) return `${pool} is outside the arena of ${trace.arena} bytes`;
    least = header + freeHeader;
  }
  return null;
}

/** Rounds towards minus infinity. */
function roundDown(value: bigint, quantum: number): bigint {
  const q = BigInt(quantum);
  return value - (((value % q) + q) % q);
}

function named(args: GoldenOp["args"]): string {
  return args.map((value) => clip(String(value))).join("+");
}
