// System calls with key pairs, C's `_utee_asymm_…` and `_utee_cryp_derive_key`: OP-TEE 4.0.0 core/tee/tee_svc_cryp.c.
import { TEE } from "../../../abi/errors.ts";
import type { Work } from "../crypto/algorithms.ts";
import type { Attribute } from "../crypto/attribute.ts";
import { type CryptoEnv, crypStateOf, objectOf } from "../crypto/env.ts";
import { ATTR, MODE } from "../crypto/ids.ts";
import { OBJECT_TYPES } from "../crypto/object_types.ts";
import { using } from "../crypto/scratch.ts";
import type { CrypState, KeyObject } from "../crypto/state.ts";
import { agree } from "../keys/agree.ts";
import { derive } from "../keys/derive.ts";
import { bytesOf } from "../keys/numbers_of.ts";
import { rsaDecrypt, rsaEncrypt } from "../keys/rsa_cipher.ts";
import { type OaepOptions, oaepOptions } from "../keys/rsa_oaep.ts";
import { rsaLength } from "../keys/rsa_power.ts";
import { schemeOf } from "../keys/signatures.ts";
import { SM2_SURPLUS, sm2Decrypt, sm2Encrypt } from "../keys/sm2_encrypt.ts";
import { coded, codedLater, put, replied, type Written } from "../reply.ts";

/** Encryption, signatures and key agreement. */
export interface AsymmetricCalls {
  /** Encrypts, decrypts or signs, as the mode of the state says. SHORT_BUFFER, BAD_PARAMETERS. */
  asymmOperate(state: number, attributes: readonly Attribute[], data: Uint8Array, into: Uint8Array): Written;
  /** SIGNATURE_INVALID. */
  asymmVerify(state: number, attributes: readonly Attribute[], digest: Uint8Array, signature: Uint8Array): number;
  /** The secret goes into an empty generic secret. BAD_PARAMETERS for an impossible key of the other side. */
  crypDeriveKey(state: number, attributes: readonly Attribute[], derived: number): Promise<number>;
}

type RsaWork = Work & { readonly kind: "rsa" };

export function asymmetricCalls(env: CryptoEnv): AsymmetricCalls {
  const framed = <T>(attributes: readonly Attribute[], call: "operate" | "verify" | "derive", work: () => T): T =>
    using(env.core, [[`copy.${call}`, attributes.length]], work);
  return {
    asymmOperate: (handle, attributes, data, into) =>
      replied({ size: 0 }, () => {
        const state = crypStateOf(env, handle);
        return framed(attributes, "operate", () => operate(env, state, attributes, data, into));
      }),
    asymmVerify: (handle, attributes, digest, signature) =>
      coded(() => {
        const state = crypStateOf(env, handle);
        return framed(attributes, "verify", () => {
          const fits = schemeOf(state).verify(env, { operation: state, attributes, digest }, signature);
          return fits ? TEE.SUCCESS : TEE.SIGNATURE_INVALID;
        });
      }),
    crypDeriveKey: (handle, attributes, derived) =>
      codedLater(async () => {
        const state = crypStateOf(env, handle);
        return framed(attributes, "derive", async () => {
          const object = objectOf(env, derived);
          const { longest = 0, fields } = object.type;
          if (fields[0]?.id !== ATTR.SECRET_VALUE) return TEE.NOT_SUPPORTED;
          if (object.initialized) return TEE.BAD_PARAMETERS;
          const secret = await derivedSecret(env, state, attributes, object);
          if (secret === null || secret.length > longest) return TEE.BAD_PARAMETERS;
          // The size of the object stays 0: only its attribute has one.
          object.refs.set(ATTR.SECRET_VALUE, secret);
          object.initialized = true;
          return TEE.SUCCESS;
        });
      }),
  };
}

/** SM2 makes as many bytes as the object has bits, as far as there is room for them. */
function derivedSecret(
  env: CryptoEnv,
  state: CrypState,
  attributes: readonly Attribute[],
  { type: { longest = 0 }, maxKeySize }: KeyObject,
): Uint8Array | null | Promise<Uint8Array | null> {
  const { work, key } = state.algorithm;
  if (work.kind !== "kdf") return agree(env, state, attributes, Math.min(maxKeySize, longest));
  const source = OBJECT_TYPES.get(key)?.fields[0]?.id ?? 0;
  return derive(env, work, bytesOf(state, source), attributes, longest);
}

function operate(
  env: CryptoEnv,
  state: CrypState,
  attributes: readonly Attribute[],
  data: Uint8Array,
  into: Uint8Array,
): Written {
  const { work } = state.algorithm;
  const options = (): OaepOptions =>
    oaepOptions(env, work.kind === "rsa" && work.padding === "oaep" ? work.hash : null, attributes);
  if (state.mode === MODE.ENCRYPT) {
    const size = work.kind === "sm2" ? SM2_SURPLUS + data.length : rsaLength(state);
    if (into.length < size) return { code: TEE.SHORT_BUFFER, size };
    if (work.kind === "sm2") return written(sm2Encrypt(env, state, data), into);
    return written(rsaEncrypt(env, state, work as RsaWork, options(), data), into);
  }
  if (state.mode === MODE.DECRYPT) {
    if (work.kind === "sm2") return written(sm2Decrypt(env, state, data), into);
    return written(rsaDecrypt(env, state, work as RsaWork, options(), data), into);
  }
  const scheme = schemeOf(state);
  const size = scheme.length(env, state);
  if (into.length < size) return { code: TEE.SHORT_BUFFER, size };
  return written(scheme.sign(env, { operation: state, attributes, digest: data }), into);
}

function written(data: Uint8Array | number | null, into: Uint8Array): Written {
  if (typeof data === "number") return { code: data, size: 0 };
  return data === null ? { code: TEE.BAD_PARAMETERS, size: 0 } : put(data, into);
}
