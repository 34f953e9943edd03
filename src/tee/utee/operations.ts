// Operations, whatever they do: the calls of OP-TEE 4.0.0 lib/libutee/tee_api_operations.c.
import { TEE } from "../../abi/errors.ts";
import { type Algorithm, HASHES } from "../svc/crypto/algorithms.ts";
import { CURVES } from "../svc/crypto/curves.ts";
import { CLASS, CURVE, MODE, OPERATION_FLAG, USAGE } from "../svc/crypto/ids.ts";
import { OBJECT_TYPES, sizeFits } from "../svc/crypto/object_types.ts";
import { supportedAlgorithm } from "../svc/crypto/supported.ts";
import type { ObjectInfo } from "../svc/reply.ts";
import type { OperationApi } from "./crypto_api.ts";
import { operationOf } from "./find_operation.ts";
import { expectCode, expectReply, type LibraryEnv, raisePanic } from "./library_env.ts";
import { type Operation, rewind } from "./operation.ts";
import { giveOperation, keysOf, keyTypeOf, type OperationBlocks, takeOperation } from "./operation_blocks.ts";

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

export function operationApi(env: LibraryEnv): OperationApi {
  const { operations, provider } = env;
  return {
    allocateOperation(id, mode, maxKeySize) {
      const algorithm = supportedAlgorithm(provider, id);
      if (algorithm === null || !MODES[algorithm.class]?.includes(mode)) return { code: TEE.NOT_SUPPORTED, handle: 0 };
      const keySize = keysOf(algorithm) === 2 ? maxKeySize / 2 : maxKeySize;
      const type = OBJECT_TYPES.get(keyTypeOf(algorithm, mode));
      if (type && !sizeFits(type, keySize)) return { code: TEE.NOT_SUPPORTED, handle: 0 };
      const { code, blocks } = takeOperation(env, algorithm, mode, keySize);
      if (blocks === null) return { code, handle: 0 };
      const operation = newOperation(algorithm, mode, maxKeySize, blocks);
      operations.set(blocks.handle, operation);
      resetDigest(env, operation);
      return { code, handle: blocks.handle };
    },
    freeOperation(handle) {
      if (handle === 0) return;
      const operation = operationOf(env, handle);
      operations.delete(handle);
      giveOperation(env, operation);
    },
    operationInfo(handle) {
      const operation = operationOf(env, handle);
      const { algorithm, mode, maxKeySize, keySize, requiredUsage, digestLength, keySet, initialized } = operation;
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
      if (!operation.keySet) raisePanic("the operation has no key", TEE.BAD_STATE);
      rewind(operation);
      resetDigest(env, operation);
    },
    setOperationKey(handle, key) {
      const operation = operationOf(env, handle);
      if (operation.keys.length === 2) raisePanic("the operation takes two keys");
      return setKeys(env, operation, [key]);
    },
    setOperationKey2(handle, key1, key2) {
      const operation = operationOf(env, handle);
      if (operation.keys.length !== 2) raisePanic("the operation takes one key");
      return setKeys(env, operation, [key1, key2]);
    },
    copyOperation(to, from) {
      const [target, source] = [operationOf(env, to), operationOf(env, from)];
      if (target.algorithm !== source.algorithm || target.mode !== source.mode) raisePanic("the operations differ");
      if (target.maxKeySize < source.keySize) raisePanic("the key is too large for the operation");
      copyState(env, target, source);
    },
    isAlgorithmSupported(id, curve = 0) {
      const algorithm = supportedAlgorithm(provider, id);
      if (algorithm === null) return TEE.NOT_SUPPORTED;
      return curvesOf(algorithm).includes(curve) ? TEE.SUCCESS : TEE.NOT_SUPPORTED;
    },
  };
}

/** A digest is begun at once, and again behind its end. */
export function resetDigest({ svc }: LibraryEnv, operation: Operation): void {
  if (operation.algorithm.class !== CLASS.DIGEST) return;
  expectCode(svc.hashInit(operation.state));
  operation.initialized = true;
}

/** What may be said of the curve of an algorithm: 0 where there is none to choose. */
function curvesOf({ work }: Algorithm): readonly number[] {
  if (work.kind === "sm2") return [0, CURVE.SM2];
  if (work.kind === "ed25519" || work.kind === "x25519") return [0, CURVE.CURVE_25519];
  const elliptic = work.kind === "ecdsa" || work.kind === "ecdh";
  return elliptic ? [...CURVES.keys()] : [0];
}

function newOperation(algorithm: Algorithm, mode: number, maxKeySize: number, blocks: OperationBlocks): Operation {
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
    initialized: false,
    active: false,
    held: new Uint8Array(),
    digestLength,
    extracted: null,
  };
}

function setKeys(env: LibraryEnv, operation: Operation, handles: readonly number[]): number {
  if (operation.active) raisePanic("the operation is at work", TEE.BAD_STATE);
  if (operation.keys.length === 0) raisePanic("a digest takes no key");
  if (handles.every((handle) => handle === 0)) {
    forgetKeys(env, operation);
    return TEE.SUCCESS;
  }
  // Two objects with the same bytes pass: upstream compares handles, and vector 1 of IEEE 1619 has such keys.
  if (handles.length === 2 && handles[0] === handles[1]) return TEE.SECURITY;
  const infos = handles.map((handle) => checkKey(env, operation, handle));
  if (infos.length === 2 && infos[0]?.keySize !== infos[1]?.keySize) raisePanic("the keys have different sizes");
  forgetKeys(env, operation);
  for (const [n, handle] of handles.entries()) expectCode(env.svc.crypObjCopy(operation.keys[n] ?? 0, handle));
  // With two keys 4.0.0 reports the size of one, though the largest size counts both.
  operation.keySize = infos[0]?.keySize ?? 0;
  operation.keySet = true;
  return TEE.SUCCESS;
}

function checkKey({ svc }: LibraryEnv, { requiredUsage, keys, maxKeySize }: Operation, handle: number): ObjectInfo {
  const { info } = expectReply(svc.crypObjGetInfo(handle));
  if ((info.handleFlags & OPERATION_FLAG.INITIALIZED) === 0) raisePanic("the key is empty");
  if ((info.usage & requiredUsage) !== requiredUsage) raisePanic("the key must not be used for this");
  if (info.keySize > maxKeySize / keys.length) raisePanic("the key is too large for the operation");
  return info;
}

function forgetKeys({ svc }: LibraryEnv, operation: Operation): void {
  for (const key of operation.keys) expectCode(svc.crypObjReset(key));
  rewind(operation);
  operation.keySet = false;
  operation.keySize = 0;
}

function copyState(env: LibraryEnv, target: Operation, source: Operation): void {
  const { svc } = env;
  forgetKeys(env, target);
  if (source.keySet)
    for (const [n, key] of source.keys.entries()) expectCode(svc.crypObjCopy(target.keys[n] ?? 0, key));
  expectCode(svc.crypStateCopy(target.state, source.state));
  target.keySet = source.keySet;
  target.keySize = source.keySize;
  target.initialized = source.initialized;
  target.active = source.active;
  target.held = source.held.slice();
  target.digestLength = source.digestLength;
  target.extracted = source.extracted;
}
