// Encryption, signatures and key agreement with key pairs: the calls.
import { TEE } from "../../abi/errors.ts";
import type { AsymmetricApi, Attribute, Written } from "../api/crypto_api.ts";
import type { Work } from "./algorithms.ts";
import { type CryptoEnv, objectOf, refuse } from "./env.ts";
import { ATTR, CLASS, MODE, TYPE } from "./ids.ts";
import { agree } from "./keys/agree.ts";
import { ATTRIBUTE } from "./keys/fill.ts";
import { rsaDecrypt, rsaEncrypt, rsaLength, rsaSign, rsaVerify } from "./keys/rsa_work.ts";
import { groupOf, signGroup, verifyGroup } from "./keys/signatures.ts";
import { type Scratch, using } from "./scratch.ts";
import type { Operation } from "./state.ts";
import { keyed, put } from "./symmetric.ts";

type RsaWork = Work & { readonly kind: "rsa" };

export function asymmetricApi(env: CryptoEnv): AsymmetricApi {
  const get = (handle: number, group: number, mode: number): Operation => {
    const operation = keyed(env, handle, group);
    return operation.mode === mode ? operation : refuse("the operation has another mode");
  };
  const framed = <T>(attributes: readonly Attribute[], verify: boolean, work: () => T): T => {
    const [from, to] = verify ? [4649, 4750] : [4415, 4594];
    const frame: Scratch = ["M", ATTRIBUTE * attributes.length, "core/tee/tee_svc_cryp.c", from, to, "W"];
    return using(env.core.heap, [frame], work);
  };
  return {
    async asymmetricEncrypt(handle, attributes, data, into) {
      const operation = get(handle, CLASS.ASYMMETRIC_CIPHER, MODE.ENCRYPT);
      return framed(attributes, false, () => {
        const length = rsaLength(operation);
        if (into.length < length) return { code: TEE.SHORT_BUFFER, size: length };
        return written(rsaEncrypt(env, operation, operation.algorithm.work as RsaWork, label(attributes), data), into);
      });
    },
    async asymmetricDecrypt(handle, attributes, data, into) {
      const operation = get(handle, CLASS.ASYMMETRIC_CIPHER, MODE.DECRYPT);
      return framed(attributes, false, () =>
        written(rsaDecrypt(env, operation, operation.algorithm.work as RsaWork, label(attributes), data), into),
      );
    },
    async asymmetricSignDigest(handle, attributes, digest, into) {
      const operation = get(handle, CLASS.ASYMMETRIC_SIGNATURE, MODE.SIGN);
      const { work } = operation.algorithm;
      return framed(attributes, false, () => {
        const group = work.kind === "rsa" ? null : groupOf(operation);
        const length = group === null ? rsaLength(operation) : 2 * group.length;
        if (into.length < length) return { code: TEE.SHORT_BUFFER, size: length };
        if (group !== null) return written(signGroup(env, operation, group, digest), into);
        return written(rsaSign(env, operation, work as RsaWork, saltOf(attributes), digest), into);
      });
    },
    async asymmetricVerifyDigest(handle, attributes, digest, signature) {
      const operation = get(handle, CLASS.ASYMMETRIC_SIGNATURE, MODE.VERIFY);
      const { work } = operation.algorithm;
      return framed(attributes, true, () => {
        const fits =
          work.kind === "rsa"
            ? rsaVerify(env, operation, work, saltOf(attributes), digest, signature)
            : verifyGroup(env, operation, groupOf(operation), digest, signature);
        return fits ? TEE.SUCCESS : TEE.SIGNATURE_INVALID;
      });
    },
    async deriveKey(handle, attributes, derived) {
      const operation = get(handle, CLASS.KEY_DERIVATION, MODE.DERIVE);
      const object = objectOf(env, derived);
      if (object.type.id !== TYPE.GENERIC_SECRET || object.initialized) refuse("not an empty generic secret");
      const secret = agree(operation, attributes) ?? refuse("the other side's key is impossible");
      if (secret.length * 8 > object.maxKeySize) refuse("the secret does not fit the object");
      object.refs.set(ATTR.SECRET_VALUE, secret);
      object.keySize = secret.length * 8;
      object.initialized = true;
    },
  };
}

function written(data: Uint8Array | null, into: Uint8Array): Written {
  return data === null ? { code: TEE.BAD_PARAMETERS, size: 0 } : put(data, into);
}

function label(attributes: readonly Attribute[]): Uint8Array {
  const found = attributes.find(({ id }) => id === ATTR.RSA_OAEP_LABEL);
  return found?.kind === "ref" ? found.data : new Uint8Array();
}

function saltOf(attributes: readonly Attribute[]): number | null {
  const found = attributes.find(({ id }) => id === ATTR.RSA_PSS_SALT_LENGTH);
  return found?.kind === "value" ? found.a : null;
}
