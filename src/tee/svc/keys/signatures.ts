// Signature schemes, by what an operation does.

import type { Work } from "../crypto/algorithms.ts";
import type { Attribute } from "../crypto/attribute.ts";
import type { CryptoEnv } from "../crypto/env.ts";
import { ATTR } from "../crypto/ids.ts";
import type { CrypState } from "../crypto/state.ts";
import { refuse } from "../reply.ts";
import { dsaLength, dsaSign, dsaVerify } from "./dsa.ts";
import { ecdsaLength, ecdsaSign, ecdsaVerify } from "./ecdsa.ts";
import { ED25519_SIGNATURE, ed25519Sign, ed25519Verify } from "./ed25519.ts";
import { rsaLength } from "./rsa_power.ts";
import { rsaSign, rsaVerify } from "./rsa_sign.ts";
import { SM2_BYTES } from "./sm2.ts";
import { sm2Sign, sm2Verify } from "./sm2_sign.ts";

/** What is signed: a digest, for Ed25519 the message; and what the call says of it. */
interface Signed {
  readonly operation: CrypState;
  readonly attributes: readonly Attribute[];
  readonly digest: Uint8Array;
}

interface Scheme {
  /** Bytes of a signature. */
  length(env: CryptoEnv, operation: CrypState): number;
  /** null for what the key cannot sign. */
  sign(env: CryptoEnv, signed: Signed): Uint8Array | null;
  verify(env: CryptoEnv, signed: Signed, signature: Uint8Array): boolean;
}

const SCHEMES: Readonly<Partial<Record<Work["kind"], Scheme>>> = {
  rsa: {
    length: (_, operation) => rsaLength(operation),
    sign: (env, { operation, attributes, digest }) =>
      rsaSign(env, operation, rsaWork(operation), saltOf(attributes), digest),
    verify: (env, { operation, attributes, digest }, signature) =>
      rsaVerify(env, operation, rsaWork(operation), saltOf(attributes), digest, signature),
  },
  dsa: {
    length: (_, operation) => 2 * dsaLength(operation),
    sign: (env, { operation, digest }) => dsaSign(env, operation, digest),
    verify: (env, { operation, digest }, signature) => dsaVerify(env, operation, digest, signature),
  },
  ecdsa: {
    length: (env, operation) => 2 * ecdsaLength(env, operation),
    sign: (env, { operation, digest }) => ecdsaSign(env, operation, digest),
    verify: (env, { operation, digest }, signature) => ecdsaVerify(env, operation, digest, signature),
  },
  ed25519: {
    length: () => ED25519_SIGNATURE,
    sign: (env, { operation, attributes, digest }) => ed25519Sign(env, operation, attributes, digest),
    verify: (env, { operation, attributes, digest }, signature) =>
      ed25519Verify(env, operation, attributes, digest, signature),
  },
  sm2: {
    length: () => 2 * SM2_BYTES,
    sign: (env, { operation, digest }) => sm2Sign(env, operation, digest),
    verify: (env, { operation, digest }, signature) => sm2Verify(env, operation, digest, signature),
  },
};

/** The scheme of an operation that signs or verifies. */
export function schemeOf({ algorithm }: CrypState): Scheme {
  return SCHEMES[algorithm.work.kind] ?? refuse("the operation signs nothing");
}

function rsaWork({ algorithm }: CrypState): Work & { readonly kind: "rsa" } {
  return algorithm.work.kind === "rsa" ? algorithm.work : refuse("the operation is not one of RSA");
}

function saltOf(attributes: readonly Attribute[]): number | null {
  const found = attributes.find(({ id }) => id === ATTR.RSA_PSS_SALT_LENGTH);
  return found?.kind === "value" ? found.a : null;
}
