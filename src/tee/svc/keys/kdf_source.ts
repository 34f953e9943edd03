// What a key is derived from, in the attributes of the call: OP-TEE 4.0.0 core/tee/tee_svc_cryp.c.
import type { HashName } from "../../kernel/host/provider.ts";
import { ALGORITHMS, HASHES, type Work } from "../crypto/algorithms.ts";
import type { Attribute } from "../crypto/attribute.ts";
import { ATTR, GP_HKDF } from "../crypto/ids.ts";

/** What a key is made of. */
export interface KdfSource {
  readonly hash: HashName;
  readonly secret: Uint8Array;
  readonly data: Uint8Array;
  readonly salt: Uint8Array;
  readonly rounds: number;
  /** Bytes. */
  readonly length: number;
}

export type Kdf = Work & { readonly kind: "kdf" };

type Use = "data" | "salt" | "rounds" | "length" | "hash";

const NAMES: Readonly<Record<Kdf["does"], ReadonlyMap<number, Use>>> = {
  hkdf: new Map([
    [ATTR.HKDF_SALT, "salt"],
    [GP_HKDF.SALT, "salt"],
    [ATTR.HKDF_INFO, "data"],
    [GP_HKDF.INFO, "data"],
    [ATTR.HKDF_OKM_LENGTH, "length"],
    [ATTR.KDF_KEY_SIZE, "length"],
    [ATTR.HKDF_HASH_ALGORITHM, "hash"],
  ]),
  concat: new Map([
    [ATTR.CONCAT_KDF_OTHER_INFO, "data"],
    [ATTR.CONCAT_KDF_DKM_LENGTH, "length"],
  ]),
  pbkdf2: new Map([
    [ATTR.PBKDF2_SALT, "salt"],
    [ATTR.PBKDF2_ITERATION_COUNT, "rounds"],
    [ATTR.PBKDF2_DKM_LENGTH, "length"],
  ]),
};

/** The first of each attribute counts. null for one that the function does not know, or without a length or a count. */
export function kdfSourceOf(
  { does, hash }: Kdf,
  secret: Uint8Array,
  attributes: readonly Attribute[],
): KdfSource | null {
  const given = new Map<Use, Attribute>();
  for (const attribute of attributes) {
    const use = NAMES[does].get(attribute.id);
    if (use === undefined) return null;
    if (!given.has(use)) given.set(use, attribute);
  }
  const bytes = (use: Use): Uint8Array => {
    const found = given.get(use);
    return found?.kind === "ref" ? found.data : new Uint8Array();
  };
  const number = (use: Use): number | null => {
    const found = given.get(use);
    return found?.kind === "value" ? found.a : null;
  };
  const [length, rounds] = [number("length"), does === "pbkdf2" ? number("rounds") : 1];
  const chosen = hash ?? hashFor(number("hash"));
  if (length === null || rounds === null || chosen === null) return null;
  return { hash: chosen, secret, data: bytes("data"), salt: bytes("salt"), rounds, length };
}

/** SHA-256 where none is named; null for what is no digest of a fixed length. */
function hashFor(algorithm: number | null): HashName | null {
  if (algorithm === null) return "sha256";
  const work = ALGORITHMS.get(algorithm)?.work;
  return work?.kind === "digest" && HASHES[work.hash].size > 0 ? work.hash : null;
}
