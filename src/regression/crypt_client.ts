// The crypto test TA from the outside: one method for each of its commands, named as the calls behind them.
import { TEE } from "../abi/errors.ts";
import { packAttributes } from "../tee/apps/crypt/attributes.ts";
import { CRYPT } from "../tee/apps/crypt/commands.ts";
import type { Client } from "../tee/kernel/client.ts";
import { bufferOf, memrefIn, memrefOut, type Param, params, valueIn, valueOut } from "../tee/kernel/params.ts";
import type { Attribute } from "../tee/svc/crypto/attribute.ts";
import type { Handle, ObjectInfo } from "../tee/svc/reply.ts";
import type { OperationInfo, ValueOutcome } from "../tee/utee/crypto_api.ts";

/** A code, what was written into the buffer of `capacity` bytes, and the size that the TA names. */
export interface CryptOutput {
  readonly code: number;
  /** Empty unless the code is SUCCESS. */
  readonly data: Uint8Array;
  /** Bytes written; with SHORT_BUFFER the bytes needed. */
  readonly size: number;
}

/**
 * Calls of the TEE Internal Core API, made by the crypto test TA on its client's behalf. Methods that return a
 * number return the code. Handles are the TA's; sizes of keys in bits, `capacity` in bytes.
 */
export interface CryptClient {
  allocateOperation(algorithm: number, mode: number, maxKeySize: number): Promise<Handle>;
  freeOperation(operation: number): Promise<number>;
  getOperationInfo(operation: number): Promise<{ readonly code: number; readonly info: OperationInfo }>;
  resetOperation(operation: number): Promise<number>;
  setOperationKey(operation: number, object: number): Promise<number>;
  setOperationKey2(operation: number, object1: number, object2: number): Promise<number>;
  copyOperation(to: number, from: number): Promise<number>;
  isAlgorithmSupported(algorithm: number, curve?: number): Promise<number>;
  allocateTransientObject(type: number, maxKeySize: number): Promise<Handle>;
  freeTransientObject(object: number): Promise<number>;
  resetTransientObject(object: number): Promise<number>;
  populateTransientObject(object: number, attributes: readonly Attribute[]): Promise<number>;
  copyObjectAttributes(to: number, from: number): Promise<number>;
  generateKey(object: number, keySize: number, attributes?: readonly Attribute[]): Promise<number>;
  getObjectInfo(object: number): Promise<{ readonly code: number; readonly info: ObjectInfo }>;
  restrictObjectUsage(object: number, usage: number): Promise<number>;
  getObjectBufferAttribute(object: number, attribute: number, capacity: number): Promise<CryptOutput>;
  getObjectValueAttribute(object: number, attribute: number): Promise<ValueOutcome>;
  digestUpdate(operation: number, data: Uint8Array): Promise<number>;
  digestDoFinal(operation: number, data: Uint8Array, capacity: number): Promise<CryptOutput>;
  cipherInit(operation: number, iv?: Uint8Array): Promise<number>;
  cipherUpdate(operation: number, data: Uint8Array, capacity: number): Promise<CryptOutput>;
  cipherDoFinal(operation: number, data: Uint8Array, capacity: number): Promise<CryptOutput>;
  macInit(operation: number): Promise<number>;
  macUpdate(operation: number, data: Uint8Array): Promise<number>;
  macFinalCompute(operation: number, data: Uint8Array, capacity: number): Promise<CryptOutput>;
  macFinalCompare(operation: number, data: Uint8Array, mac: Uint8Array): Promise<number>;
  aeInit(operation: number, nonce: Uint8Array, tagBits: number, aadSize?: number, dataSize?: number): Promise<number>;
  aeUpdateAad(operation: number, aad: Uint8Array): Promise<number>;
  aeUpdate(operation: number, data: Uint8Array, capacity: number): Promise<CryptOutput>;
  /** On the TA's heap meanwhile: blocks of `capacity` and of `tagCapacity` bytes. */
  aeEncryptFinal(
    operation: number,
    data: Uint8Array,
    capacity: number,
    tagCapacity: number,
  ): Promise<CryptOutput & { readonly tag: Uint8Array }>;
  aeDecryptFinal(operation: number, data: Uint8Array, capacity: number, tag: Uint8Array): Promise<CryptOutput>;
  asymmetricEncrypt(
    operation: number,
    attributes: readonly Attribute[],
    data: Uint8Array,
    capacity: number,
  ): Promise<CryptOutput>;
  asymmetricDecrypt(
    operation: number,
    attributes: readonly Attribute[],
    data: Uint8Array,
    capacity: number,
  ): Promise<CryptOutput>;
  asymmetricSignDigest(
    operation: number,
    attributes: readonly Attribute[],
    digest: Uint8Array,
    capacity: number,
  ): Promise<CryptOutput>;
  asymmetricVerifyDigest(
    operation: number,
    attributes: readonly Attribute[],
    digest: Uint8Array,
    signature: Uint8Array,
  ): Promise<number>;
  deriveKey(operation: number, attributes: readonly Attribute[], derived: number): Promise<number>;
  randomNumberGenerate(capacity: number): Promise<CryptOutput>;
}

const NOTHING = new Uint8Array();

/** Speaks with the TA through an open session. Long: one line for each command of the TA. */
export function createCryptClient(client: Client, session: number): CryptClient {
  const call = async (command: number, ...given: readonly Param[]): Promise<number> =>
    (await client.invoke(session, command, params(...given))).code;
  const ask = async (command: number, ...given: readonly Param[]): Promise<{ code: number; a: number; b: number }> => {
    const result = valueOut();
    const code = await call(command, ...given, result);
    return code === TEE.SUCCESS && result.type === "value" ? { code, ...result.value } : { code, a: 0, b: 0 };
  };
  const fetch = async (command: number, capacity: number, ...given: readonly Param[]): Promise<CryptOutput> => {
    const out = bytesOut(capacity);
    return outputOf(await call(command, ...given, out), out);
  };
  const words = async (command: number, handle: number, count: number): Promise<[code: number, words: number[]]> => {
    const { code, data } = await fetch(command, 4 * count, valueIn(handle));
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    return [code, Array.from({ length: count }, (_, n) => (code === TEE.SUCCESS ? view.getUint32(4 * n, true) : 0))];
  };
  const withData = (command: number, operation: number, data: Uint8Array): Promise<number> =>
    call(command, valueIn(operation), bytesIn(data));
  const through = (command: number, operation: number, data: Uint8Array, capacity: number): Promise<CryptOutput> =>
    fetch(command, capacity, valueIn(operation), bytesIn(data));
  const withAttributes = (command: number, a: number, b: number, list: readonly Attribute[]): Promise<number> =>
    call(command, valueIn(a, b), bytesIn(packAttributes(list)));
  const asymmetric =
    (command: number) =>
    (operation: number, list: readonly Attribute[], data: Uint8Array, capacity: number): Promise<CryptOutput> =>
      fetch(command, capacity, valueIn(operation), bytesIn(packAttributes(list)), bytesIn(data));
  return {
    async allocateOperation(algorithm, mode, maxKeySize) {
      const { code, a } = await ask(CRYPT.ALLOCATE_OPERATION, valueIn(algorithm, mode), valueIn(maxKeySize));
      return { code, handle: a };
    },
    freeOperation: (operation) => call(CRYPT.FREE_OPERATION, valueIn(operation)),
    async getOperationInfo(operation) {
      const [code, at] = await words(CRYPT.GET_OPERATION_INFO, operation, 8);
      const [algorithm = 0, operationClass = 0, mode = 0, digestLength = 0, maxKeySize = 0, keySize = 0] = at;
      const [requiredKeyUsage = 0, handleState = 0] = at.slice(6);
      const sizes = { digestLength, maxKeySize, keySize };
      return { code, info: { algorithm, operationClass, mode, ...sizes, requiredKeyUsage, handleState } };
    },
    resetOperation: (operation) => call(CRYPT.RESET_OPERATION, valueIn(operation)),
    setOperationKey: (operation, object) => call(CRYPT.SET_OPERATION_KEY, valueIn(operation, object)),
    setOperationKey2: (operation, object1, object2) =>
      call(CRYPT.SET_OPERATION_KEY2, valueIn(operation), valueIn(object1, object2)),
    copyOperation: (to, from) => call(CRYPT.COPY_OPERATION, valueIn(to, from)),
    isAlgorithmSupported: (algorithm, curve = 0) => call(CRYPT.IS_ALGORITHM_SUPPORTED, valueIn(algorithm, curve)),
    async allocateTransientObject(type, maxKeySize) {
      const { code, a } = await ask(CRYPT.ALLOCATE_TRANSIENT_OBJECT, valueIn(type, maxKeySize));
      return { code, handle: a };
    },
    freeTransientObject: (object) => call(CRYPT.FREE_TRANSIENT_OBJECT, valueIn(object)),
    resetTransientObject: (object) => call(CRYPT.RESET_TRANSIENT_OBJECT, valueIn(object)),
    populateTransientObject: (object, attributes) =>
      withAttributes(CRYPT.POPULATE_TRANSIENT_OBJECT, object, 0, attributes),
    copyObjectAttributes: (to, from) => call(CRYPT.COPY_OBJECT_ATTRIBUTES, valueIn(to, from)),
    generateKey: (object, keySize, attributes = []) => withAttributes(CRYPT.GENERATE_KEY, object, keySize, attributes),
    async getObjectInfo(object) {
      const [code, at] = await words(CRYPT.GET_OBJECT_INFO, object, 7);
      const [objectType = 0, keySize = 0, maxKeySize = 0, usage = 0, dataSize = 0, dataPosition = 0, flags = 0] = at;
      return {
        code,
        info: { objectType, keySize, maxKeySize, usage, dataSize, dataPosition, handleFlags: flags },
      };
    },
    restrictObjectUsage: (object, usage) => call(CRYPT.RESTRICT_OBJECT_USAGE, valueIn(object, usage)),
    getObjectBufferAttribute: (object, attribute, capacity) =>
      fetch(CRYPT.GET_OBJECT_BUFFER_ATTRIBUTE, capacity, valueIn(object, attribute)),
    getObjectValueAttribute: (object, attribute) => ask(CRYPT.GET_OBJECT_VALUE_ATTRIBUTE, valueIn(object, attribute)),
    digestUpdate: (operation, data) => withData(CRYPT.DIGEST_UPDATE, operation, data),
    digestDoFinal: (operation, data, capacity) => through(CRYPT.DIGEST_DO_FINAL, operation, data, capacity),
    cipherInit: (operation, iv = NOTHING) => withData(CRYPT.CIPHER_INIT, operation, iv),
    cipherUpdate: (operation, data, capacity) => through(CRYPT.CIPHER_UPDATE, operation, data, capacity),
    cipherDoFinal: (operation, data, capacity) => through(CRYPT.CIPHER_DO_FINAL, operation, data, capacity),
    macInit: (operation) => withData(CRYPT.MAC_INIT, operation, NOTHING),
    macUpdate: (operation, data) => withData(CRYPT.MAC_UPDATE, operation, data),
    macFinalCompute: (operation, data, capacity) => through(CRYPT.MAC_FINAL_COMPUTE, operation, data, capacity),
    macFinalCompare: (operation, data, mac) =>
      call(CRYPT.MAC_FINAL_COMPARE, valueIn(operation), bytesIn(data), bytesIn(mac)),
    aeInit: (operation, nonce, tagBits, aadSize = 0, dataSize = 0) =>
      call(CRYPT.AE_INIT, valueIn(operation, tagBits), bytesIn(nonce), valueIn(aadSize, dataSize)),
    aeUpdateAad: (operation, aad) => withData(CRYPT.AE_UPDATE_AAD, operation, aad),
    aeUpdate: (operation, data, capacity) => through(CRYPT.AE_UPDATE, operation, data, capacity),
    async aeEncryptFinal(operation, data, capacity, tagCapacity) {
      const [out, tag] = [bytesOut(capacity), bytesOut(tagCapacity)];
      const code = await call(CRYPT.AE_ENCRYPT_FINAL, valueIn(operation), bytesIn(data), out, tag);
      return { ...outputOf(code, out), tag: outputOf(code, tag).data };
    },
    async aeDecryptFinal(operation, data, capacity, tag) {
      const out = bytesOut(capacity);
      return outputOf(await call(CRYPT.AE_DECRYPT_FINAL, valueIn(operation), bytesIn(data), out, bytesIn(tag)), out);
    },
    asymmetricEncrypt: asymmetric(CRYPT.ASYMMETRIC_ENCRYPT),
    asymmetricDecrypt: asymmetric(CRYPT.ASYMMETRIC_DECRYPT),
    asymmetricSignDigest: asymmetric(CRYPT.ASYMMETRIC_SIGN_DIGEST),
    asymmetricVerifyDigest: (operation, attributes, digest, signature) =>
      call(
        CRYPT.ASYMMETRIC_VERIFY_DIGEST,
        valueIn(operation),
        bytesIn(packAttributes(attributes)),
        bytesIn(digest),
        bytesIn(signature),
      ),
    deriveKey: (operation, attributes, derived) => withAttributes(CRYPT.DERIVE_KEY, operation, derived, attributes),
    randomNumberGenerate: (capacity) => fetch(CRYPT.RANDOM_NUMBER_GENERATE, capacity),
  };
}

function outputOf(code: number, out: Param): CryptOutput {
  if (out.type !== "memref") return { code, data: NOTHING, size: 0 };
  return { code, data: code === TEE.SUCCESS ? bufferOf(out).subarray(0, out.size) : NOTHING, size: out.size };
}

/** A buffer that is read. xtest passes NULL where there are no bytes. */
function bytesIn(data: Uint8Array): Param {
  return memrefIn(data.length === 0 ? null : data);
}

/** A buffer that is filled. */
function bytesOut(capacity: number): Param {
  return memrefOut(capacity === 0 ? null : new Uint8Array(capacity));
}
