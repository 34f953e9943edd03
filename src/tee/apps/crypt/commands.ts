// Commands of the crypto test TA. Ids and layouts are our own, and so is the UUID: optee_test's TA can be there beside it.
import { PARAM_TYPE } from "../../../abi/ids.ts";

export const CRYPT_UUID = "5cbae579-cfdc-46e0-afe0-bf86c30e5c6c";

/**
 * One command is one call of the Internal Core API. `PARAMETERS` has their types; what they hold, in the order of the
 * parameters (`{a, b}` is a value, `in`, `out` and `inout` are memrefs; handles are small numbers of the TA's
 * own, 0 is TEE_HANDLE_NULL; `attributes` is packed as attributes.ts says, empty for none):
 *
 * | command | parameters |
 * |---|---|
 * | ALLOCATE_OPERATION | {algorithm, mode} {maxKeySize} → {operation} |
 * | FREE_OPERATION, RESET_OPERATION | {operation} |
 * | GET_OPERATION_INFO | {operation} → out: eight words, as `OperationInfo` lists them |
 * | SET_OPERATION_KEY | {operation, object} |
 * | SET_OPERATION_KEY2 | {operation} {object1, object2} |
 * | COPY_OPERATION | {to, from} |
 * | IS_ALGORITHM_SUPPORTED | {algorithm, curve} |
 * | ALLOCATE_TRANSIENT_OBJECT | {type, maxKeySize} → {object} |
 * | FREE_TRANSIENT_OBJECT, RESET_TRANSIENT_OBJECT | {object} |
 * | POPULATE_TRANSIENT_OBJECT | {object} attributes |
 * | COPY_OBJECT_ATTRIBUTES | {to, from} |
 * | GENERATE_KEY | {object, keySize} attributes |
 * | GET_OBJECT_INFO | {object} → out: seven words, as `ObjectInfo` lists them |
 * | RESTRICT_OBJECT_USAGE | {object, usage} |
 * | GET_OBJECT_BUFFER_ATTRIBUTE | {object, attribute} → out |
 * | GET_OBJECT_VALUE_ATTRIBUTE | {object, attribute} → {a, b} |
 * | DIGEST_UPDATE, CIPHER_INIT, MAC_INIT, MAC_UPDATE, AE_UPDATE_AAD | {operation} in: data or IV |
 * | DIGEST_DO_FINAL, CIPHER_UPDATE, CIPHER_DO_FINAL, MAC_FINAL_COMPUTE, AE_UPDATE | {operation} in → out |
 * | MAC_FINAL_COMPARE | {operation} in, in: the MAC |
 * | AE_INIT | {operation, tagBits} in: the nonce {aadSize, dataSize} |
 * | AE_ENCRYPT_FINAL | {operation} in → out, out: the tag |
 * | AE_DECRYPT_FINAL | {operation} in → out, in: the tag |
 * | ASYMMETRIC_ENCRYPT, …_DECRYPT, …_SIGN_DIGEST | {operation} attributes in → out |
 * | ASYMMETRIC_VERIFY_DIGEST | {operation} attributes in: the digest, in: the signature |
 * | DERIVE_KEY | {operation, object} attributes |
 * | RANDOM_NUMBER_GENERATE | → out |
 *
 * A wrong layout or an unknown handle is BAD_PARAMETERS; what the specification calls a programmer error panics.
 */
export const CRYPT = {
  ALLOCATE_OPERATION: 1,
  FREE_OPERATION: 2,
  GET_OPERATION_INFO: 3,
  RESET_OPERATION: 4,
  SET_OPERATION_KEY: 5,
  SET_OPERATION_KEY2: 6,
  COPY_OPERATION: 7,
  IS_ALGORITHM_SUPPORTED: 8,
  ALLOCATE_TRANSIENT_OBJECT: 16,
  FREE_TRANSIENT_OBJECT: 17,
  RESET_TRANSIENT_OBJECT: 18,
  POPULATE_TRANSIENT_OBJECT: 19,
  COPY_OBJECT_ATTRIBUTES: 20,
  GENERATE_KEY: 21,
  GET_OBJECT_INFO: 22,
  RESTRICT_OBJECT_USAGE: 23,
  GET_OBJECT_BUFFER_ATTRIBUTE: 24,
  GET_OBJECT_VALUE_ATTRIBUTE: 25,
  DIGEST_UPDATE: 32,
  DIGEST_DO_FINAL: 33,
  CIPHER_INIT: 34,
  CIPHER_UPDATE: 35,
  CIPHER_DO_FINAL: 36,
  MAC_INIT: 37,
  MAC_UPDATE: 38,
  MAC_FINAL_COMPUTE: 39,
  MAC_FINAL_COMPARE: 40,
  AE_INIT: 48,
  AE_UPDATE_AAD: 49,
  AE_UPDATE: 50,
  AE_ENCRYPT_FINAL: 51,
  AE_DECRYPT_FINAL: 52,
  ASYMMETRIC_ENCRYPT: 64,
  ASYMMETRIC_DECRYPT: 65,
  ASYMMETRIC_SIGN_DIGEST: 66,
  ASYMMETRIC_VERIFY_DIGEST: 67,
  DERIVE_KEY: 68,
  RANDOM_NUMBER_GENERATE: 80,
} as const;

export type CryptCommand = (typeof CRYPT)[keyof typeof CRYPT];

const { VALUE_INPUT: VALUE, VALUE_OUTPUT: RESULT, MEMREF_INPUT: IN, MEMREF_OUTPUT: OUT } = PARAM_TYPE;

/** Types of each command's parameters; those that are left out are none. */
export const PARAMETERS: Readonly<Record<CryptCommand, readonly number[]>> = {
  [CRYPT.ALLOCATE_OPERATION]: [VALUE, VALUE, RESULT],
  [CRYPT.FREE_OPERATION]: [VALUE],
  [CRYPT.GET_OPERATION_INFO]: [VALUE, OUT],
  [CRYPT.RESET_OPERATION]: [VALUE],
  [CRYPT.SET_OPERATION_KEY]: [VALUE],
  [CRYPT.SET_OPERATION_KEY2]: [VALUE, VALUE],
  [CRYPT.COPY_OPERATION]: [VALUE],
  [CRYPT.IS_ALGORITHM_SUPPORTED]: [VALUE],
  [CRYPT.ALLOCATE_TRANSIENT_OBJECT]: [VALUE, RESULT],
  [CRYPT.FREE_TRANSIENT_OBJECT]: [VALUE],
  [CRYPT.RESET_TRANSIENT_OBJECT]: [VALUE],
  [CRYPT.POPULATE_TRANSIENT_OBJECT]: [VALUE, IN],
  [CRYPT.COPY_OBJECT_ATTRIBUTES]: [VALUE],
  [CRYPT.GENERATE_KEY]: [VALUE, IN],
  [CRYPT.GET_OBJECT_INFO]: [VALUE, OUT],
  [CRYPT.RESTRICT_OBJECT_USAGE]: [VALUE],
  [CRYPT.GET_OBJECT_BUFFER_ATTRIBUTE]: [VALUE, OUT],
  [CRYPT.GET_OBJECT_VALUE_ATTRIBUTE]: [VALUE, RESULT],
  [CRYPT.DIGEST_UPDATE]: [VALUE, IN],
  [CRYPT.DIGEST_DO_FINAL]: [VALUE, IN, OUT],
  [CRYPT.CIPHER_INIT]: [VALUE, IN],
  [CRYPT.CIPHER_UPDATE]: [VALUE, IN, OUT],
  [CRYPT.CIPHER_DO_FINAL]: [VALUE, IN, OUT],
  [CRYPT.MAC_INIT]: [VALUE, IN],
  [CRYPT.MAC_UPDATE]: [VALUE, IN],
  [CRYPT.MAC_FINAL_COMPUTE]: [VALUE, IN, OUT],
  [CRYPT.MAC_FINAL_COMPARE]: [VALUE, IN, IN],
  [CRYPT.AE_INIT]: [VALUE, IN, VALUE],
  [CRYPT.AE_UPDATE_AAD]: [VALUE, IN],
  [CRYPT.AE_UPDATE]: [VALUE, IN, OUT],
  [CRYPT.AE_ENCRYPT_FINAL]: [VALUE, IN, OUT, OUT],
  [CRYPT.AE_DECRYPT_FINAL]: [VALUE, IN, OUT, IN],
  [CRYPT.ASYMMETRIC_ENCRYPT]: [VALUE, IN, IN, OUT],
  [CRYPT.ASYMMETRIC_DECRYPT]: [VALUE, IN, IN, OUT],
  [CRYPT.ASYMMETRIC_SIGN_DIGEST]: [VALUE, IN, IN, OUT],
  [CRYPT.ASYMMETRIC_VERIFY_DIGEST]: [VALUE, IN, IN, IN],
  [CRYPT.DERIVE_KEY]: [VALUE, IN],
  [CRYPT.RANDOM_NUMBER_GENERATE]: [OUT],
};
