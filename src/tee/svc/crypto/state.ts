// The crypto state of an instance in the core: objects with keys, and states of operations.

import type { Hash } from "../../kernel/host/provider.ts";
import type { Ae } from "../modes/ae.ts";
import type { Mac } from "../modes/mac.ts";
import type { Stream } from "../modes/stream.ts";
import type { Algorithm } from "./algorithms.ts";
import type { ValueAttribute } from "./attribute.ts";
import type { ObjectType } from "./object_types.ts";

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

/** The data of a state so far. */
export type OperationProgress =
  /** `given`: bytes of an extendable digest that were given out. */
  | { readonly kind: "digest"; readonly it: Hash; given: number }
  | { readonly kind: "cipher"; readonly it: Stream }
  /** `waiting`: bytes that wait in the chain of a CBC-MAC. */
  | { readonly kind: "mac"; readonly it: Mac; waiting: number }
  | { readonly kind: "ae"; readonly it: Ae };

/** The core's part of an operation, C's `struct tee_cryp_state`; its handle is its block on the core heap. */
export interface CrypState {
  readonly handle: number;
  readonly algorithm: Algorithm;
  readonly mode: number;
  /** Its own objects, which go with it. */
  readonly keys: readonly KeyObject[];
  /** Blocks of the algorithm's contexts. */
  readonly contexts: readonly number[];
  progress: OperationProgress | null;
  /** Bytes of the tag that authenticated encryption was begun with. */
  tagLength: number;
}

export interface CryptoState {
  /** By handle. */
  readonly objects: Map<number, KeyObject>;
  readonly states: Map<number, CrypState>;
}

export function createCryptoState(): CryptoState {
  return { objects: new Map(), states: new Map() };
}
