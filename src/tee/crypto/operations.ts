// Operations, whatever they do: the calls of OP-TEE 4.0.0 lib/libutee/tee_api_operations.c.
import { TEE } from "../../abi/errors.ts";
import type { OperationApi } from "../api/crypto_api.ts";
import { ALGORITHMS, type Algorithm, HASHES } from "./algorithms.ts";
import { CURVES } from "./curves.ts";
import { type CryptoEnv, objectOf, operationOf, refuse } from "./env.ts";
import { CLASS, CURVE, MODE, OPERATION_FLAG, USAGE } from "./ids.ts";
import { copyAttributes, empty } from "./keys/fill.ts";
import { OBJECT_TYPES, sizeFits } from "./object_types.ts";
import { giveOperation, keysOf, keyTypeOf, takeOperation } from "./operation_blocks.ts";
import type { KeyObject, Operation } from "./state.ts";

/** Modes of each class. */
const MODES: Readonly<Record<number, readonly number[]>> = {
  [CLASS.CIPHER]: [MODE.ENCRYPT, MODE.DECRYPT],
  [CLASS.AE]: [MODE.ENCRYPT, MODE.DECRYPT],
  [CLASS.ASYMMETRIC_CIPHER]: [MODE.ENCRYPT, MODE.DECRYPT],
  [CLASS.MAC]: [MODE.MAC],
  [CLASS.DIGEST]: [MODE.DIGEST],
  [CLASS.ASYMMETRIC_SIGNATURE]: [MODE.SIGN, MODE.VERIFY],
  [CLASS.KEY_DERIVATION]: [MODE.DERIVE],
};

/** What a key must allow, by mode. */
const USAGE_OF: Readonly<Record<number, number>> = {
  [MODE.ENCRYPT]: USAGE.ENCRYPT,
  [MODE.DECRYPT]: USAGE.DECRYPT,
  [MODE.SIGN]: USAGE.SIGN,
  [MODE.VERIFY]: USAGE.VERIFY,
  [MODE.MAC]: USAGE.MAC,
  [MODE.DIGEST]: 0,
  [MODE.DERIVE]: USAGE.DERIVE,
};

export function operationApi(env: CryptoEnv): OperationApi {
  const { state } = env;
  return {
    allocateOperation(id, mode, maxKeySize) {
      const algorithm = supported(env, id);
      if (algorithm === null || !MODES[algorithm.class]?.includes(mode)) return { code: TEE.NOT_SUPPORTED, handle: 0 };
      const keySize = keysOf(algorithm) === 2 ? maxKeySize / 2 : maxKeySize;
      const type = OBJECT_TYPES.get(keyTypeOf(algorithm, mode));
      if (type && !sizeFits(type, keySize)) return { code: TEE.NOT_SUPPORTED, handle: 0 };
      const blocks = takeOperation(env, algorithm, mode, keySize);
      if (blocks === null) return { code: TEE.OUT_OF_MEMORY, handle: 0 };
      state.operations.set(blocks.handle, newOperation(algorithm, mode, maxKeySize, blocks));
      return { code: TEE.SUCCESS, handle: blocks.handle };
    },
    freeOperation(handle) {
      if (handle === 0) return;
      const operation = operationOf(env, handle);
      state.operations.delete(handle);
      giveOperation(env, operation.algorithm, operation);
    },
    operationInfo(handle) {
      const operation = operationOf(env, handle);
      const { algorithm, mode, maxKeySize, keySize, requiredUsage, digestLength, keySet, progress } = operation;
      const initialized = progress !== null || algorithm.class === CLASS.DIGEST;
      return {
        algorithm: algorithm.id,
        operationClass: algorithm.class,
        mode,
        digestLength,
        maxKeySize,
        keySize,
        requiredKeyUsage: requiredUsage,
        handleState:
          (initialized ? OPERATION_FLAG.INITIALIZED : 0) |
          (keySet ? OPERATION_FLAG.KEY_SET : 0) |
          (operation.extracted === null ? 0 : OPERATION_FLAG.EXTRACTING) |
          (operation.keys.length === 2 ? OPERATION_FLAG.EXPECT_TWO_KEYS : 0),
      };
    },
    resetOperation(handle) {
      const operation = operationOf(env, handle);
      if (!operation.keySet) refuse("the operation has no key", TEE.BAD_STATE);
      rewind(operation);
    },
    setOperationKey(handle, key) {
      const operation = operationOf(env, handle);
      if (operation.keys.length === 2) refuse("the operation takes two keys");
      return setKeys(env, operation, [key]);
    },
    setOperationKey2(handle, key1, key2) {
      const operation = operationOf(env, handle);
      if (operation.keys.length !== 2) refuse("the operation takes one key");
      return setKeys(env, operation, [key1, key2]);
    },
    copyOperation(to, from) {
      const [target, source] = [operationOf(env, to), operationOf(env, from)];
      if (target.algorithm !== source.algorithm || target.mode !== source.mode) refuse("the operations differ");
      if (target.maxKeySize < source.keySize) refuse("the key is too large for the operation");
      copyState(env, target, source);
    },
    isAlgorithmSupported(id, curve = 0) {
      const algorithm = supported(env, id);
      if (algorithm === null) return TEE.NOT_SUPPORTED;
      return curvesOf(algorithm).includes(curve) ? TEE.SUCCESS : TEE.NOT_SUPPORTED;
    },
  };
}

/** As before the first data; the key stays. */
export function rewind(operation: Operation): void {
  operation.progress = null;
  operation.active = false;
  operation.held.fill(0);
  operation.held = new Uint8Array();
  operation.extracted = null;
  operation.chained = 0;
}

/** An algorithm that this system has everything for. */
function supported({ provider }: CryptoEnv, id: number): Algorithm | null {
  const algorithm = ALGORITHMS.get(id);
  if (algorithm === undefined || provider === undefined) return null;
  const { work } = algorithm;
  if ("hash" in work && work.hash !== null && provider.hash(work.hash) === null) return null;
  if (work.kind === "sm2" && (provider.hash("sm3") === null || provider.curve("sm2") === null)) return null;
  if ("cipher" in work && provider.cipher(work.cipher, trialKey(work.cipher)) === null) return null;
  return algorithm;
}

/** What may be said of the curve of an algorithm: 0 where there is none to choose. */
function curvesOf({ work }: Algorithm): readonly number[] {
  if (work.kind === "sm2") return [0, CURVE.SM2];
  if (work.kind === "ed25519" || work.kind === "x25519") return [0, CURVE.CURVE_25519];
  const elliptic = work.kind === "ecdsa" || work.kind === "ecdh";
  return elliptic ? [...CURVES.keys()] : [0];
}

function trialKey(cipher: "aes" | "des" | "des3" | "sm4"): Uint8Array {
  return new Uint8Array(cipher === "des" ? 8 : 16);
}

function newOperation(
  algorithm: Algorithm,
  mode: number,
  maxKeySize: number,
  blocks: Pick<Operation, "handle" | "buffer" | "state" | "contexts" | "keys">,
): Operation {
  const { work } = algorithm;
  const hash = work.kind === "digest" || work.kind === "hmac" ? HASHES[work.hash].size : 0;
  const digestLength = work.kind === "mac" ? (work.cipher === "aes" ? 16 : 8) : hash;
  return {
    ...blocks,
    algorithm,
    mode,
    maxKeySize,
    requiredUsage: USAGE_OF[mode] ?? 0,
    keySize: 0,
    keySet: algorithm.key === 0,
    active: false,
    progress: null,
    held: new Uint8Array(),
    digestLength,
    extracted: null,
    chained: 0,
  };
}

function setKeys(env: CryptoEnv, operation: Operation, handles: readonly number[]): number {
  if (operation.active) refuse("the operation is at work", TEE.BAD_STATE);
  if (operation.keys.length === 0) refuse("a digest takes no key");
  if (handles.every((handle) => handle === 0)) {
    forget(operation);
    return TEE.SUCCESS;
  }
  // Two objects with the same bytes pass: upstream compares handles, and vector 1 of IEEE 1619 has such keys.
  if (handles.length === 2 && handles[0] === handles[1]) return TEE.SECURITY;
  const keys = handles.map((handle) => checkKey(operation, objectOf(env, handle)));
  if (keys.length === 2 && keys[0]?.keySize !== keys[1]?.keySize) refuse("the keys have different sizes");
  forget(operation);
  for (const [n, key] of keys.entries()) {
    const own = operation.keys[n];
    if (own && !copyAttributes(env.core.heap, own, key)) refuse("the key is of the wrong type");
  }
  // With two keys 4.0.0 tells the size of one, though the largest size counts both.
  operation.keySize = keys[0]?.keySize ?? 0;
  operation.keySet = true;
  return TEE.SUCCESS;
}

function checkKey(operation: Operation, key: KeyObject): KeyObject {
  const { requiredUsage, keys, maxKeySize } = operation;
  if (!key.initialized) refuse("the key is empty");
  if ((key.usage & requiredUsage) !== requiredUsage) refuse("the key must not be used for this");
  if (key.keySize > maxKeySize / keys.length) refuse("the key is too large for the operation");
  return key;
}

function forget(operation: Operation): void {
  for (const key of operation.keys) empty(key);
  rewind(operation);
  operation.keySet = false;
  operation.keySize = 0;
}

function copyState({ core }: CryptoEnv, target: Operation, source: Operation): void {
  forget(target);
  for (const [n, key] of source.keys.entries()) {
    const own = target.keys[n];
    if (own && key.initialized && !copyAttributes(core.heap, own, key)) refuse("the operations differ");
  }
  target.keySet = source.keySet;
  target.keySize = source.keySize;
  target.active = source.active;
  target.progress = source.progress && ({ ...source.progress, it: source.progress.it.copy() } as Operation["progress"]);
  target.held = source.held.slice();
  target.digestLength = source.digestLength;
  target.extracted = source.extracted;
  target.chained = source.chained;
}
