// Checksums in the padding of Arrow messages.
import { crc32 } from "../replay/crc32.ts";

/** Bytes behind a message's head: CRC-32 of its body, then of its head with that sum; both little-endian. */
export const CHECK_BYTES = 8;

/** The sum over a head that ends with its two checksums, the second left out. */
export function headSum(head: Uint8Array): number {
  return crc32(head.subarray(0, head.length - 4));
}

/** Whether a head has the sum that it ends with. */
export function isHead(head: Uint8Array): boolean {
  return head.length > CHECK_BYTES && lastWord(head, 4) === headSum(head);
}

/** The sum that a head ends with, from 0 to 2^32 - 1: it tells messages apart, as that of the body is in it. */
export function sumOfHead(head: Uint8Array): number {
  return lastWord(head, 4) >>> 0;
}

/** The sum of the body that a head has. */
export function sumOfBody(head: Uint8Array): number {
  return lastWord(head, CHECK_BYTES);
}

/** True if a body matches the checksum in its head. */
export function isBodyOf(head: Uint8Array, body: Uint8Array): boolean {
  return lastWord(head, CHECK_BYTES) === crc32(body);
}

function lastWord({ buffer, byteOffset, length }: Uint8Array, back: number): number {
  return new DataView(buffer, byteOffset + length - back, 4).getInt32(0, true);
}
