// RSA signatures over digests: RFC 8017, chapter 8.

import type { HashName } from "../../kernel/host/provider.ts";
import type { Work } from "../crypto/algorithms.ts";
import type { CryptoEnv } from "../crypto/env.ts";
import { hashOf } from "../crypto/env.ts";
import { ATTR } from "../crypto/ids.ts";
import { touch, using } from "../crypto/scratch.ts";
import type { CrypState } from "../crypto/state.ts";
import { bitLength, equal } from "../numbers/bytes.ts";
import { padForSignature, pssFits, pssPad } from "../numbers/padding.ts";
import { numberOf } from "./numbers_of.ts";
import { mgf1Memory, pssBlocks } from "./rsa_memory.ts";
import { raiseToKey, rsaLength } from "./rsa_power.ts";

type RsaWork = Work & { readonly kind: "rsa" };

export function rsaSign(
  env: CryptoEnv,
  operation: CrypState,
  work: RsaWork,
  salt: number | null,
  digest: Uint8Array,
): Uint8Array | null {
  const length = rsaLength(operation);
  const block = encode(env, operation, work, salt, digest, length);
  return block && raiseToKey(env, operation, block, true);
}

export function rsaVerify(
  env: CryptoEnv,
  operation: CrypState,
  work: RsaWork,
  salt: number | null,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  const { core } = env;
  const length = rsaLength(operation);
  if (signature.length !== length) return false;
  return using(core, [["work.rsa_verify", length]], () => {
    const block = raiseToKey(env, operation, signature, false);
    if (block === null) return false;
    if (work.padding === "pss") {
      return using(core, pssBlocks("decode", length), () => {
        mgf1Memory(env, work.hash);
        const bits = bitLength(numberOf(operation, ATTR.RSA_MODULUS));
        return pssFits(digest, block, bits, digestWith(env, work.hash), salt ?? digest.length);
      });
    }
    const hash = work.padding === "sign" ? work.hash : null;
    touch(core, ["work.rsa_verify_digest", length - 3]);
    const expected = padForSignature(digest, length, hash);
    return expected !== null && equal(block, expected);
  });
}

function encode(
  env: CryptoEnv,
  operation: CrypState,
  work: RsaWork,
  salt: number | null,
  digest: Uint8Array,
  length: number,
): Uint8Array | null {
  const { core } = env;
  if (work.padding !== "pss") {
    const hash = work.padding === "sign" ? work.hash : null;
    if (hash !== null) touch(core, ["work.rsa_sign", length]);
    return padForSignature(digest, length, hash);
  }
  return using(core, pssBlocks("encode", length), () => {
    mgf1Memory(env, work.hash);
    const random = new Uint8Array(salt ?? digest.length);
    env.core.host.random(random);
    const bits = bitLength(numberOf(operation, ATTR.RSA_MODULUS));
    return pssPad(digest, bits, digestWith(env, work.hash), random);
  });
}

const digestWith =
  (env: CryptoEnv, name: HashName) =>
  (data: Uint8Array): Uint8Array => {
    const hash = hashOf(env, name);
    hash.update(data);
    return hash.digest();
  };
