// The core's memory for points of curves: OP-TEE 4.0.0 core/lib/libtomcrypt/src/pk/ecc, measured.
import type { MallocContext } from "../../../malloc/context.ts";
import { play, type Scratch } from "../crypto/scratch.ts";

const ECC = "core/lib/libtomcrypt/src/pk/ecc";

/** A point, and where it ends. */
export function point(file: string, line: number): Scratch {
  // The line of the allocation is in another file than that of the end.
  return ["C", 24, `${ECC}/ltc_ecc_points.c`, 20, line, "F", file];
}

/** A random number below an order of so many bytes. */
export function randomNumber(bytes: number): Scratch {
  return ["C", bytes, "core/lib/libtomcrypt/src/math/rand_bn.c", 25, 43];
}

const TIMES = `${ECC}/ltc_ecc_mulmod_timing.c`;
const SUM = `${ECC}/ltc_ecc_mul2add.c`;

/** A number times a point: blocks, and the order in which they come and go. */
export const TIMES_BLOCKS: readonly Scratch[] = [
  point(TIMES, 140),
  point(TIMES, 140),
  point(TIMES, 140),
  point(TIMES, 138),
];
export const TIMES_STEPS: readonly number[] = [0, 1, 2, 3, 3, 0, 1, 2];

/** The sum of two numbers times two points: blocks, and the order in which they come and go. */
export const SUM_BLOCKS: readonly Scratch[] = [
  ["C", 256, SUM, 47, 185],
  ["C", 256, SUM, 51, 186],
  ...Array.from({ length: 16 }, () => point(SUM, 178)),
];
export const SUM_STEPS: readonly number[] = [...SUM_BLOCKS.keys(), ...[...SUM_BLOCKS.keys()].slice(2), 0, 1];

/** A number times a point. */
export function timesMemory(heap: MallocContext): void {
  play(heap, TIMES_BLOCKS, TIMES_STEPS);
}

/** The sum of two numbers times two points. `around` it are points that go in the order in which they came. */
export function sumMemory(heap: MallocContext, around: readonly Scratch[] = []): void {
  const own = [...around.keys()];
  play(heap, [...around, ...SUM_BLOCKS], [...own, ...SUM_STEPS.map((n) => n + own.length), ...own]);
}
