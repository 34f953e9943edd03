// TEE_BigInt in memory: words of 32 bits. The first is how many may hold the number, the second its sign (bit 31) and how many do.
import { TEE } from "../../abi/errors.ts";
import { toBytes, toNumber } from "../../tee/svc/numbers/bytes.ts";
import { raisePanic } from "../../tee/utee/library_env.ts";
import type { LibraryMemory } from "./library_memory.ts";

/** Words before the number's own. */
const HEAD = 2;
const NEGATIVE = 0x80000000;

/** Bits of the largest number, the property gpd.tee.arith.maxBigIntSize. */
const MOST_BITS = 2048;

/** Makes a number of `words`, head among them; it is 0. */
export function initNumber(memory: LibraryMemory, at: number, words: number): void {
  if (words <= HEAD || words - HEAD > MOST_BITS / 32) raisePanic(`a big number of ${words} words`);
  memory.output(at, 4 * words).fill(0);
  memory.putWords(at, words - HEAD);
}

export function numberAt(memory: LibraryMemory, at: number): bigint {
  memory.passed(at, 4 * HEAD);
  const [room, used] = [memory.u32(at), memory.u32(at + 4)];
  const words = used & ~NEGATIVE;
  if (words > room || room > MOST_BITS / 32) raisePanic("this is no big number");
  const value = toNumber(
    memory
      .input(at + 4 * HEAD, 4 * words)
      .slice()
      .reverse(),
  );
  return (used & NEGATIVE) !== 0 ? -value : value;
}

/** False where the number has no room. */
export function tryPutNumber(memory: LibraryMemory, at: number, value: bigint): boolean {
  const size = value < 0n ? -value : value;
  const words = Math.ceil(size.toString(16).length / 8);
  const used = size === 0n ? 0 : words;
  if (used > memory.u32(at)) return false;
  memory.putWords(at, memory.u32(at), ((value < 0n ? NEGATIVE : 0) | used) >>> 0);
  memory.output(at + 4 * HEAD, 4 * used).set(toBytes(size, 4 * used).reverse());
  return true;
}

/** A result that has no room is a programmer's error. */
export function putNumber(memory: LibraryMemory, at: number, value: bigint): void {
  if (!tryPutNumber(memory, at, value)) raisePanic("the big number has no room for the result", TEE.OVERFLOW);
}
