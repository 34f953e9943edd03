// RSA-OAEP by the provider or, where the mask has a digest of its own, on the bare operations.
import { TEE } from "../../../abi/errors.ts";
import type { RsaPrivate, RsaPublic } from "../../kernel/host/key_provider.ts";
import type { HashName } from "../../kernel/host/provider.ts";
import { ALGORITHMS, HASHES } from "../crypto/algorithms.ts";
import type { Attribute } from "../crypto/attribute.ts";
import { type CryptoEnv, hashOf, providerOf } from "../crypto/env.ts";
import { ATTR } from "../crypto/ids.ts";
import { oaepPad, oaepUnpad } from "../numbers/oaep.ts";
import type { Digest } from "../numbers/padding.ts";
import { refuse } from "../reply.ts";

/** What a call says of the padding. */
export interface OaepOptions {
  readonly label: Uint8Array;
  /** The digest of the mask; null where it is the label's. */
  readonly mask: HashName | null;
}

type Oaep = OaepOptions & { readonly hash: HashName };

/**
 * Up to the label; what comes behind it does not count. Ends the call with BAD_PARAMETERS for an id of another length, with
 * NOT_SUPPORTED for a digest that this release does not take.
 */
export function oaepOptions({ core }: CryptoEnv, hash: HashName | null, attributes: readonly Attribute[]): OaepOptions {
  let mask: HashName | null = null;
  for (const attribute of attributes) {
    if (attribute.kind !== "ref") continue;
    const { id, data } = attribute;
    if (id === ATTR.RSA_OAEP_LABEL) return { label: data, mask };
    if (id !== ATTR.RSA_OAEP_MGF_HASH || hash === null) continue;
    mask = digestNamed(data);
    if (mask !== hash && !core.release.oaepMaskDigest) refuse("the mask has another digest", TEE.NOT_SUPPORTED);
  }
  return { label: new Uint8Array(), mask };
}

function digestNamed(data: Uint8Array): HashName {
  if (data.length !== 4) return refuse("the id of a digest has four bytes", TEE.BAD_PARAMETERS);
  const work = ALGORITHMS.get(new DataView(data.buffer, data.byteOffset).getUint32(0, true))?.work;
  return work?.kind === "digest" ? work.hash : refuse("there is no such digest", TEE.NOT_SUPPORTED);
}

function digestsOf(env: CryptoEnv, { hash, mask }: Oaep): { readonly label: Digest; readonly mask: Digest } {
  const digest =
    (name: HashName): Digest =>
    (data) => {
      const begun = hashOf(env, name);
      begun.update(data);
      return begun.digest();
    };
  return { label: digest(hash), mask: digest(mask ?? hash) };
}

/** null for data that does not fit the modulus, of `length` bytes. */
export function encryptOaep(
  env: CryptoEnv,
  key: RsaPublic,
  length: number,
  oaep: Oaep,
  data: Uint8Array,
): Uint8Array | null {
  const { rsa } = providerOf(env);
  const { hash, label, mask } = oaep;
  if (mask === null || mask === hash) return rsa.encryptOaep(key, hash, label, data);
  const seed = new Uint8Array(HASHES[hash].size);
  env.core.host.random(seed);
  const block = oaepPad(data, length, label, digestsOf(env, oaep), seed);
  return block && rsa.publicPower(key, block);
}

/** null for what is no such block. */
export function decryptOaep(env: CryptoEnv, key: RsaPrivate, oaep: Oaep, block: Uint8Array): Uint8Array | null {
  const { rsa } = providerOf(env);
  const { hash, label, mask } = oaep;
  if (mask === null || mask === hash) return rsa.decryptOaep(key, hash, label, block);
  const encoded = rsa.privatePower(key, block);
  return encoded && oaepUnpad(encoded, label, digestsOf(env, oaep));
}
