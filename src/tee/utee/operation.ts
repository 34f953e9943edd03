// An operation as the library keeps it: OP-TEE 4.0.0 lib/libutee/tee_api_operations.c.
import type { Algorithm } from "../svc/crypto/algorithms.ts";

/** An operation; its handle is its block on the TA's heap. */
export interface Operation {
  readonly handle: number;
  readonly algorithm: Algorithm;
  readonly mode: number;
  /** Bits. */
  readonly maxKeySize: number;
  readonly requiredUsage: number;
  /** The block buffer on the TA's heap, or 0. */
  readonly buffer: number;
  /** The core's part. */
  readonly state: number;
  /** Objects that hold copies of the keys. */
  readonly keys: readonly number[];
  keySize: number;
  keySet: boolean;
  /** The core's part was begun. */
  initialized: boolean;
  /** Data has begun. */
  active: boolean;
  /** Bytes that wait for their block to fill, or of a digest that is given out in parts. */
  held: Uint8Array;
  /** Bytes of digest, MAC or tag. */
  digestLength: number;
  /** Bytes of a digest that were given out before its end; null as long as data may come. */
  extracted: number | null;
}

/** As before the first data; the key stays. */
export function rewind(operation: Operation): void {
  operation.initialized = false;
  operation.active = false;
  operation.held.fill(0);
  operation.held = new Uint8Array();
  operation.extracted = null;
}
