// Whose memory a buffer is, C's vm_check_access_rights: OP-TEE 4.0.0 core/mm/vm.c.
import { buffersOf } from "../kernel/params.ts";
import type { TaEntry } from "../kernel/user_app.ts";

/** False if any of the bytes lie in a buffer that the caller of the TA passed. */
export function isOwnMemory({ params }: TaEntry, bytes: Uint8Array): boolean {
  return !overlapsOneOf(buffersOf(params), bytes);
}

/** True if any of the bytes lie in one of the buffers. */
export function overlapsOneOf(buffers: readonly Uint8Array[], bytes: Uint8Array): boolean {
  return buffers.some((buffer) => overlap(buffer, bytes));
}

function overlap(a: Uint8Array, b: Uint8Array): boolean {
  if (a.buffer !== b.buffer || a.length === 0 || b.length === 0) return false;
  return a.byteOffset < b.byteOffset + b.length && b.byteOffset < a.byteOffset + a.length;
}
