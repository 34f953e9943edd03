// Reads and writes 32-bit words in the buffers of the crypto test TA.
import { TEE } from "../../../abi/errors.ts";
import { bytes, type CryptCall, wrote } from "./call.ts";

/** Writes words of 32 bits, low byte first, into a buffer. */
export function answerWords(call: CryptCall, n: number, words: readonly number[]): number {
  const into = bytes(call, n);
  const size = 4 * words.length;
  if (into.length < size) return wrote(call, n, { code: TEE.SHORT_BUFFER, size });
  const view = new DataView(into.buffer, into.byteOffset, into.byteLength);
  for (const [at, word] of words.entries()) view.setUint32(4 * at, word, true);
  return wrote(call, n, { code: TEE.SUCCESS, size });
}
