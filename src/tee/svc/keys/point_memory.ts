// The core's memory for points of curves: OP-TEE 4.0.0 core/lib/libtomcrypt/src/pk/ecc.
import type { Core } from "../../kernel/core.ts";
import { play, type Scratch } from "../crypto/scratch.ts";

/** A number times a point: blocks, and the order in which they come and go. */
export const TIMES_BLOCKS: readonly Scratch[] = [
  ["work.times_point"],
  ["work.times_point"],
  ["work.times_point"],
  ["work.times_result"],
];
export const TIMES_STEPS: readonly number[] = [0, 1, 2, 3, 3, 0, 1, 2];

/** The sum of two numbers times two points: blocks, and the order in which they come and go. */
export const SUM_BLOCKS: readonly Scratch[] = [
  ["work.sum_first"],
  ["work.sum_second"],
  ...Array.from({ length: 16 }, (): Scratch => ["work.sum_point"]),
];
export const SUM_STEPS: readonly number[] = [...SUM_BLOCKS.keys(), ...[...SUM_BLOCKS.keys()].slice(2), 0, 1];

/** A number times a point. */
export function timesMemory(core: Core): void {
  play(core, TIMES_BLOCKS, TIMES_STEPS);
}

/** The sum of two numbers times two points. `around` it are points that go in the order in which they came. */
export function sumMemory(core: Core, around: readonly Scratch[] = []): void {
  const own = [...around.keys()];
  play(core, [...around, ...SUM_BLOCKS], [...own, ...SUM_STEPS.map((n) => n + own.length), ...own]);
}
