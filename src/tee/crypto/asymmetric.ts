// Encryption, signatures and key agreement with key pairs: the calls.
import { TEE } from "../../abi/errors.ts";
import type { AsymmetricApi, Attribute, Written } from "../api/crypto_api.ts";
import type { Work } from "./algorithms.ts";
import { type CryptoEnv, objectOf, refuse } from "./env.ts";
import { ATTR, CLASS, MODE, TYPE } from "./ids.ts";
import { agree } from "./keys/agree.ts";
import { ATTRIBUTE } from "./keys/fill.ts";
import { rsaDecrypt, rsaEncrypt } from "./keys/rsa_cipher.ts";
import { rsaLength } from "./keys/rsa_power.ts";
import { schemeOf } from "./keys/signatures.ts";
import { SM2_SURPLUS, sm2Decrypt, sm2Encrypt } from "./keys/sm2_encrypt.ts";
import { type Scratch, using } from "./scratch.ts";
import type { Operation } from "./state.ts";
import { keyed, put } from "./symmetric.ts";

type RsaWork = Work & { readonly kind: "rsa" };

/** Where the core copies the attributes of a call, and lets go of them. */
const FRAMES = { operate: [4415, 4594], verify: [4649, 4750], derive: [3661, 4017] } as const;

export function asymmetricApi(env: CryptoEnv): AsymmetricApi {
  const get = (handle: number, group: number, mode: number): Operation => {
    const operation = keyed(env, handle, group);
    return operation.mode === mode ? operation : refuse("the operation has another mode");
  };
  const framed = <T>(attributes: readonly Attribute[], call: keyof typeof FRAMES, work: () => T): T => {
    const [from, to] = FRAMES[call];
    const frame: Scratch = ["M", ATTRIBUTE * attributes.length, "core/tee/tee_svc_cryp.c", from, to, "W"];
    return using(env.core.heap, [frame], work);
  };
  return {
    async asymmetricEncrypt(handle, attributes, data, into) {
      const operation = get(handle, CLASS.ASYMMETRIC_CIPHER, MODE.ENCRYPT);
      return framed(attributes, "operate", () => {
        const { work } = operation.algorithm;
        const length = work.kind === "sm2" ? SM2_SURPLUS + data.length : rsaLength(operation);
        if (into.length < length) return { code: TEE.SHORT_BUFFER, size: length };
        if (work.kind === "sm2") return written(sm2Encrypt(env, operation, data), into);
        return written(rsaEncrypt(env, operation, work as RsaWork, label(attributes), data), into);
      });
    },
    async asymmetricDecrypt(handle, attributes, data, into) {
      const operation = get(handle, CLASS.ASYMMETRIC_CIPHER, MODE.DECRYPT);
      const { work } = operation.algorithm;
      return framed(attributes, "operate", () =>
        work.kind === "sm2"
          ? written(sm2Decrypt(env, operation, data), into)
          : written(rsaDecrypt(env, operation, work as RsaWork, label(attributes), data), into),
      );
    },
    async asymmetricSignDigest(handle, attributes, digest, into) {
      const operation = get(handle, CLASS.ASYMMETRIC_SIGNATURE, MODE.SIGN);
      const scheme = schemeOf(operation);
      return framed(attributes, "operate", () => {
        const length = scheme.length(env, operation);
        if (into.length < length) return { code: TEE.SHORT_BUFFER, size: length };
        return written(scheme.sign(env, { operation, attributes, digest }), into);
      });
    },
    async asymmetricVerifyDigest(handle, attributes, digest, signature) {
      const operation = get(handle, CLASS.ASYMMETRIC_SIGNATURE, MODE.VERIFY);
      return framed(attributes, "verify", () => {
        const fits = schemeOf(operation).verify(env, { operation, attributes, digest }, signature);
        return fits ? TEE.SUCCESS : TEE.SIGNATURE_INVALID;
      });
    },
    async deriveKey(handle, attributes, derived) {
      const operation = get(handle, CLASS.KEY_DERIVATION, MODE.DERIVE);
      const object = objectOf(env, derived);
      if (object.type.id !== TYPE.GENERIC_SECRET || object.initialized) refuse("not an empty generic secret");
      const most = object.maxKeySize / 8;
      const secret =
        framed(attributes, "derive", () => agree(env, operation, attributes, most)) ??
        refuse("the other side's key is impossible");
      if (secret.length * 8 > object.maxKeySize) refuse("the secret does not fit the object");
      object.refs.set(ATTR.SECRET_VALUE, secret);
      object.keySize = secret.length * 8;
      object.initialized = true;
    },
  };
}

function written(data: Uint8Array | number | null, into: Uint8Array): Written {
  if (typeof data === "number") return { code: data, size: 0 };
  return data === null ? { code: TEE.BAD_PARAMETERS, size: 0 } : put(data, into);
}

function label(attributes: readonly Attribute[]): Uint8Array {
  const found = attributes.find(({ id }) => id === ATTR.RSA_OAEP_LABEL);
  return found?.kind === "ref" ? found.data : new Uint8Array();
}
