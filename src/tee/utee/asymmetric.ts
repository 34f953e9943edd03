// Encryption, signatures and key agreement with key pairs: the calls of OP-TEE 4.0.0 lib/libutee/tee_api_operations.c.
import { TEE } from "../../abi/errors.ts";
import type { Attribute } from "../svc/crypto/attribute.ts";
import { CLASS, MODE } from "../svc/crypto/ids.ts";
import type { Written } from "../svc/reply.ts";
import type { AsymmetricApi } from "./crypto_api.ts";
import { keyedOperation } from "./find_operation.ts";
import { expectCode, expectReply, type LibraryEnv, raisePanic } from "./library_env.ts";

/** Codes of encryption, decryption and signing beside SUCCESS. */
const KNOWN = [TEE.SHORT_BUFFER, TEE.BAD_PARAMETERS, TEE.NOT_SUPPORTED, TEE.CIPHERTEXT_INVALID] as const;

export function asymmetricApi(env: LibraryEnv): AsymmetricApi {
  const { svc } = env;
  const stateOf = (handle: number, group: number, mode: number): number => {
    const operation = keyedOperation(env, handle, group);
    return operation.mode === mode ? operation.state : raisePanic("the operation has another mode");
  };
  const operate = (state: number, attributes: readonly Attribute[], data: Uint8Array, into: Uint8Array): Written =>
    expectReply(svc.asymmOperate(state, attributes, data, into), KNOWN);
  return {
    asymmetricEncrypt: async (handle, attributes, data, into) =>
      operate(stateOf(handle, CLASS.ASYMMETRIC_CIPHER, MODE.ENCRYPT), attributes, data, into),
    asymmetricDecrypt: async (handle, attributes, data, into) =>
      operate(stateOf(handle, CLASS.ASYMMETRIC_CIPHER, MODE.DECRYPT), attributes, data, into),
    asymmetricSignDigest: async (handle, attributes, digest, into) =>
      operate(stateOf(handle, CLASS.ASYMMETRIC_SIGNATURE, MODE.SIGN), attributes, digest, into),
    async asymmetricVerifyDigest(handle, attributes, digest, signature) {
      const state = stateOf(handle, CLASS.ASYMMETRIC_SIGNATURE, MODE.VERIFY);
      return expectCode(svc.asymmVerify(state, attributes, digest, signature), [TEE.SIGNATURE_INVALID]);
    },
    async deriveKey(handle, attributes, derived) {
      const state = stateOf(handle, CLASS.KEY_DERIVATION, MODE.DERIVE);
      expectCode(svc.crypDeriveKey(state, attributes, derived));
    },
  };
}
