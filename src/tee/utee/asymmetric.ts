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

/** What key pairs do; all but the derivation of a key is done at once. */
export interface AsymmetricSteps {
  /** MODE.ENCRYPT, DECRYPT or SIGN. */
  operate(mode: number, handle: number, attributes: readonly Attribute[], data: Uint8Array, into: Uint8Array): Written;
  verify(handle: number, attributes: readonly Attribute[], digest: Uint8Array, signature: Uint8Array): number;
  derive(handle: number, attributes: readonly Attribute[], derived: number): Promise<void>;
}

export function asymmetricSteps(env: LibraryEnv): AsymmetricSteps {
  const { svc } = env;
  const stateOf = (handle: number, group: number, mode: number): number => {
    const operation = keyedOperation(env, handle, group);
    return operation.mode === mode ? operation.state : raisePanic("the operation has another mode");
  };
  return {
    operate(mode, handle, attributes, data, into) {
      const group = mode === MODE.SIGN ? CLASS.ASYMMETRIC_SIGNATURE : CLASS.ASYMMETRIC_CIPHER;
      return expectReply(svc.asymmOperate(stateOf(handle, group, mode), attributes, data, into), KNOWN);
    },
    verify(handle, attributes, digest, signature) {
      const state = stateOf(handle, CLASS.ASYMMETRIC_SIGNATURE, MODE.VERIFY);
      return expectCode(svc.asymmVerify(state, attributes, digest, signature), [TEE.SIGNATURE_INVALID]);
    },
    async derive(handle, attributes, derived) {
      const state = stateOf(handle, CLASS.KEY_DERIVATION, MODE.DERIVE);
      expectCode(await svc.crypDeriveKey(state, attributes, derived));
    },
  };
}

export function asymmetricApi(env: LibraryEnv): AsymmetricApi {
  const { operate, verify, derive } = asymmetricSteps(env);
  return {
    asymmetricEncrypt: async (handle, attributes, data, into) => operate(MODE.ENCRYPT, handle, attributes, data, into),
    asymmetricDecrypt: async (handle, attributes, data, into) => operate(MODE.DECRYPT, handle, attributes, data, into),
    asymmetricSignDigest: async (handle, attributes, digest, into) =>
      operate(MODE.SIGN, handle, attributes, digest, into),
    asymmetricVerifyDigest: async (handle, attributes, digest, signature) =>
      verify(handle, attributes, digest, signature),
    deriveKey: derive,
  };
}
