// Keys, and cryptography with them: GlobalPlatform TEE Internal Core API 1.1, chapters 5 and 6, in TypeScript.
//
// Functions return TEE codes. What the specification calls a programmer error (an unknown handle, a wrong state, a wrong
// type) panics the TA and never returns. Handles are numbers; 0 is TEE_HANDLE_NULL.

import type { Attribute, RefAttribute, ValueAttribute } from "../svc/crypto/attribute.ts";
import type { Handle, ObjectInfo, Written } from "../svc/reply.ts";

/** Stands for an operation; 0 for none. */
type OperationHandle = number;

/** Stands for a transient object; 0 for none. */
export type ObjectHandle = number;

/** A code and a value attribute; with a code other than SUCCESS zeros. */
export interface ValueOutcome {
  readonly code: number;
  readonly a: number;
  readonly b: number;
}

/** TEE_OperationInfo. */
export interface OperationInfo {
  readonly algorithm: number;
  readonly operationClass: number;
  readonly mode: number;
  /** Bytes of digest, MAC or tag; else 0. */
  readonly digestLength: number;
  /** Bits. */
  readonly maxKeySize: number;
  readonly keySize: number;
  readonly requiredKeyUsage: number;
  readonly handleState: number;
}

/** Objects that hold keys. */
export interface ObjectApi {
  /** TEE_AllocateTransientObject: `maxKeySize` in bits. NOT_SUPPORTED for unknown types and sizes. */
  allocateTransientObject(objectType: number, maxKeySize: number): Handle;
  /** TEE_FreeTransientObject; nothing for 0. */
  freeTransientObject(object: ObjectHandle): void;
  /** TEE_ResetTransientObject: as it was after it had been allocated. */
  resetTransientObject(object: ObjectHandle): void;
  /** TEE_PopulateTransientObject: BAD_PARAMETERS for a wrong set of attributes, or a key that does not fit the object. */
  populateTransientObject(object: ObjectHandle, attributes: readonly Attribute[]): number;
  /** TEE_InitRefAttribute and TEE_InitValueAttribute. */
  refAttribute(id: number, data: Uint8Array): RefAttribute;
  /** TEE_InitValueAttribute. */
  valueAttribute(id: number, a: number, b?: number): ValueAttribute;
  /** TEE_CopyObjectAttributes1: into an empty transient object of the type, or of its public half. */
  copyObjectAttributes(to: ObjectHandle, from: ObjectHandle): number;
  /** TEE_GenerateKey: `keySize` in bits, `attributes` the group of DSA and DH or the curve. */
  generateKey(object: ObjectHandle, keySize: number, attributes?: readonly Attribute[]): Promise<number>;
  /** TEE_GetObjectInfo1. */
  objectInfo(object: ObjectHandle): ObjectInfo;
  /** TEE_RestrictObjectUsage1: takes usages away. */
  restrictObjectUsage(object: ObjectHandle, usage: number): number;
  /** TEE_GetObjectBufferAttribute. Secret ones need USAGE.EXTRACTABLE; ITEM_NOT_FOUND for what the object lacks. */
  objectBufferAttribute(object: ObjectHandle, id: number, into: Uint8Array): Written;
  /** TEE_GetObjectValueAttribute. */
  objectValueAttribute(object: ObjectHandle, id: number): ValueOutcome;
}

/** Operations, whatever they do. */
export interface OperationApi {
  /** TEE_AllocateOperation: `maxKeySize` in bits, 0 for digests. NOT_SUPPORTED for what this TEE does not have. */
  allocateOperation(algorithm: number, mode: number, maxKeySize: number): Handle;
  /** TEE_FreeOperation; nothing for 0. */
  freeOperation(operation: OperationHandle): void;
  /** TEE_GetOperationInfo. */
  operationInfo(operation: OperationHandle): OperationInfo;
  /** TEE_ResetOperation: as before its data began; keys stay. */
  resetOperation(operation: OperationHandle): void;
  /** TEE_SetOperationKey: a copy of the key; 0 takes it away. */
  setOperationKey(operation: OperationHandle, key: ObjectHandle): number;
  /** TEE_SetOperationKey2: the two keys of XTS. SECURITY if they are the same. */
  setOperationKey2(operation: OperationHandle, key1: ObjectHandle, key2: ObjectHandle): number;
  /** TEE_CopyOperation: between operations of the same algorithm and mode. */
  copyOperation(to: OperationHandle, from: OperationHandle): void;
  /** TEE_IsAlgorithmSupported: SUCCESS or NOT_SUPPORTED; `curve` of `CURVE`, 0 where there is none. */
  isAlgorithmSupported(algorithm: number, curve?: number): number;
}

/** Digests. */
export interface DigestApi {
  /** TEE_DigestUpdate. */
  digestUpdate(operation: OperationHandle, data: Uint8Array): void;
  /** TEE_DigestDoFinal: what was not extracted; the operation can start anew. SHAKE fills all of `into`. */
  digestDoFinal(operation: OperationHandle, data: Uint8Array, into: Uint8Array): Written;
  /** TEE_DigestExtract: the next bytes, as many as there are; those of SHAKE have no end. No more data after it. */
  digestExtract(operation: OperationHandle, into: Uint8Array): Written;
}

/** Ciphers, MACs. */
export interface SymmetricApi {
  /** TEE_CipherInit: `iv` of a block; empty for ECB. */
  cipherInit(operation: OperationHandle, iv?: Uint8Array): void;
  /** TEE_CipherUpdate: gives whole blocks, as soon as they are complete. */
  cipherUpdate(operation: OperationHandle, data: Uint8Array, into: Uint8Array): Written;
  /** TEE_CipherDoFinal. Panics if the length of all data does not fit the algorithm. */
  cipherDoFinal(operation: OperationHandle, data: Uint8Array, into: Uint8Array): Written;
  /** TEE_MACInit. */
  macInit(operation: OperationHandle, iv?: Uint8Array): void;
  /** TEE_MACUpdate. */
  macUpdate(operation: OperationHandle, data: Uint8Array): void;
  /** TEE_MACComputeFinal: writes the MAC to `into`. */
  macComputeFinal(operation: OperationHandle, data: Uint8Array, into: Uint8Array): Written;
  /** TEE_MACCompareFinal: MAC_INVALID if they differ. */
  macCompareFinal(operation: OperationHandle, data: Uint8Array, mac: Uint8Array): number;
}

/** Authenticated encryption. */
export interface AeApi {
  /** TEE_AEInit: `tagBits` of the tag; `aadSize` and `dataSize` in bytes are needed by CCM alone. */
  aeInit(operation: OperationHandle, nonce: Uint8Array, tagBits: number, aadSize?: number, dataSize?: number): number;
  /** TEE_AEUpdateAAD. */
  aeUpdateAad(operation: OperationHandle, aad: Uint8Array): void;
  /** TEE_AEUpdate: writes what is ready to `into`. */
  aeUpdate(operation: OperationHandle, data: Uint8Array, into: Uint8Array): Written;
  /** TEE_AEEncryptFinal: the last data, and the tag. */
  aeEncryptFinal(
    operation: OperationHandle,
    data: Uint8Array,
    into: Uint8Array,
    tag: Uint8Array,
  ): Written & { readonly tagSize: number };
  /** TEE_AEDecryptFinal: MAC_INVALID if the tag is wrong; what was decrypted must not be used then. */
  aeDecryptFinal(operation: OperationHandle, data: Uint8Array, into: Uint8Array, tag: Uint8Array): Written;
}

/** Encryption, signatures and key agreement with key pairs. */
export interface AsymmetricApi {
  /** `attributes`: RSA_OAEP_LABEL is the only one that counts. BAD_PARAMETERS for data that the key cannot take. */
  asymmetricEncrypt(
    operation: OperationHandle,
    attributes: readonly Attribute[],
    data: Uint8Array,
    into: Uint8Array,
  ): Promise<Written>;
  /** BAD_PARAMETERS if the padding is wrong. */
  asymmetricDecrypt(
    operation: OperationHandle,
    attributes: readonly Attribute[],
    data: Uint8Array,
    into: Uint8Array,
  ): Promise<Written>;
  /**
   * `attributes`: RSA_PSS_SALT_LENGTH, default the length of the digest; EDDSA_CTX and EDDSA_PREHASH. Ed25519 takes the
   * message for a digest.
   */
  asymmetricSignDigest(
    operation: OperationHandle,
    attributes: readonly Attribute[],
    digest: Uint8Array,
    into: Uint8Array,
  ): Promise<Written>;
  /** SIGNATURE_INVALID if it does not fit. */
  asymmetricVerifyDigest(
    operation: OperationHandle,
    attributes: readonly Attribute[],
    digest: Uint8Array,
    signature: Uint8Array,
  ): Promise<number>;
  /** TEE_DeriveKey: the shared secret becomes the value of `derived`, an empty object of type GENERIC_SECRET. */
  deriveKey(operation: OperationHandle, attributes: readonly Attribute[], derived: ObjectHandle): Promise<void>;
}

/** Everything of chapters 5 (but for persistent objects) and 6. */
export interface CryptoApi extends ObjectApi, OperationApi, DigestApi, SymmetricApi, AeApi, AsymmetricApi {}
