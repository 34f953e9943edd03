// The bytes that the library keeps back for a whole block: OP-TEE 4.0.0 lib/libutee/tee_api_operations.c.
import type { Algorithm } from "../svc/crypto/algorithms.ts";

/** Bytes of `total` that the core may have now. The rest waits in the operation. */
export function readyBytes({ work, buffer }: Algorithm, total: number): number {
  const unit = "cipher" in work && (work.cipher === "des" || work.cipher === "des3") ? 8 : 16;
  // A key stream has no block buffer, and keeps nothing back.
  if (buffer === 0 && (work.kind === "ae" || (work.kind === "cipher" && work.mode === "ctr"))) return total;
  // More than a block and at most two, as ciphertext stealing makes the end from both.
  if (work.kind === "cipher" && (work.mode === "cts" || work.mode === "xts"))
    return total > 2 * unit ? total - (((total - 1) % unit) + 1 + unit) : 0;
  return total - (total % unit);
}
