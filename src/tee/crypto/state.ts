// What a running application holds: its objects and its operations.
import type { ValueAttribute } from "../api/crypto_api.ts";
import type { Algorithm } from "./algorithms.ts";
import type { Ae } from "./modes/ae.ts";
import type { Mac } from "./modes/mac.ts";
import type { Stream } from "./modes/stream.ts";
import type { ObjectType } from "./object_types.ts";
import type { Hash } from "./provider.ts";

/** A big number on the core heap. */
export interface NumberBlock {
  readonly head: number;
  limbs: number;
  /** Bytes of the limbs. */
  size: number;
}

/** An object with a key; its handle is its block on the core heap. */
export interface KeyObject {
  readonly handle: number;
  readonly type: ObjectType;
  /** Bits. */
  readonly maxKeySize: number;
  readonly attributes: number;
  readonly numbers: readonly NumberBlock[];
  keySize: number;
  usage: number;
  initialized: boolean;
  /** It belongs to a handle on a persistent object, which has its memory. */
  readonly persistent: boolean;
  readonly refs: Map<number, Uint8Array>;
  readonly values: Map<number, ValueAttribute>;
}

/** The data of an operation so far. */
export type Progress =
  | { readonly kind: "digest"; readonly it: Hash }
  | { readonly kind: "cipher"; readonly it: Stream }
  | { readonly kind: "mac"; readonly it: Mac }
  | { readonly kind: "ae"; readonly it: Ae };

/** An operation; its handle is its block on the TA's heap. */
export interface Operation {
  readonly handle: number;
  readonly algorithm: Algorithm;
  readonly mode: number;
  /** Bits. */
  readonly maxKeySize: number;
  readonly requiredUsage: number;
  /** Blocks: the block buffer on the TA's heap (or 0), state and contexts on the core heap. */
  readonly buffer: number;
  readonly state: number;
  readonly contexts: readonly number[];
  readonly keys: readonly KeyObject[];
  keySize: number;
  keySet: boolean;
  /** Data has begun. */
  active: boolean;
  progress: Progress | null;
  /** Bytes that wait for their block to fill. */
  held: Uint8Array;
  /** Bytes of digest, MAC or tag. */
  digestLength: number;
  /** Bytes of a digest that were given out before its end; null as long as data may come. */
  extracted: number | null;
  /** Bytes that wait in the chain of a CBC-MAC. */
  chained: number;
}

export interface CryptoState {
  /** By handle; those of operations are not among them. */
  readonly objects: Map<number, KeyObject>;
  readonly operations: Map<number, Operation>;
}

export function createCryptoState(): CryptoState {
  return { objects: new Map(), operations: new Map() };
}
