// Ed25519, Ed25519ctx and Ed25519ph: RFC 8032. What is signed is the message. OP-TEE's memory for it was not measured.
import type { Attribute } from "../crypto/attribute.ts";
import { type CryptoEnv, providerOf } from "../crypto/env.ts";
import { ATTR } from "../crypto/ids.ts";
import type { CrypState } from "../crypto/state.ts";
import { bytesOf } from "./numbers_of.ts";

/** Bytes. */
export const ED25519_SIGNATURE = 64;

const MOST_CONTEXT = 255;

interface Options {
  readonly context: Uint8Array;
  readonly prehash: boolean;
}

/** null for a context that is too long. */
export function ed25519Sign(
  env: CryptoEnv,
  operation: CrypState,
  attributes: readonly Attribute[],
  message: Uint8Array,
): Uint8Array | null {
  const options = optionsOf(attributes);
  const secret = bytesOf(operation, ATTR.ED25519_PRIVATE_VALUE);
  return options && providerOf(env).curve25519.sign(secret, message, options.context, options.prehash);
}

export function ed25519Verify(
  env: CryptoEnv,
  operation: CrypState,
  attributes: readonly Attribute[],
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const options = optionsOf(attributes);
  if (options === null || signature.length !== ED25519_SIGNATURE) return false;
  const key = bytesOf(operation, ATTR.ED25519_PUBLIC_VALUE);
  return providerOf(env).curve25519.verify(key, message, signature, options.context, options.prehash);
}

function optionsOf(attributes: readonly Attribute[]): Options | null {
  const [context, prehash] = [ATTR.EDDSA_CTX, ATTR.EDDSA_PREHASH].map((id) => attributes.find((one) => one.id === id));
  const data = context?.kind === "ref" ? context.data : new Uint8Array();
  return data.length > MOST_CONTEXT ? null : { context: data, prehash: prehash?.kind === "value" && prehash.a !== 0 };
}
