// Algorithms of OP-TEE 4.0.0, and what an operation with each of them allocates: measured in a heap trace (64 bit).

import type { CipherName, HashName } from "../../kernel/host/provider.ts";
import { ALG, CLASS, TYPE } from "./ids.ts";

/** Contexts on the core heap; see `contexts.ts`. */
export type ContextName =
  | "none"
  | "hash"
  | "shake"
  | "sm3"
  | "ecb"
  | "cbc"
  | "ctr"
  | "xts"
  | "cts"
  | "sm4ecb"
  | "sm4cbc"
  | "sm4ctr"
  | "hmac"
  | "sm3hmac"
  | "cbcmac"
  | "cmac"
  | "gcm"
  | "ccm";

/** What an operation does. */
export type Work =
  | { readonly kind: "digest" | "hmac"; readonly hash: HashName }
  | { readonly kind: "cipher"; readonly cipher: CipherName; readonly mode: "ecb" | "cbc" | "ctr" | "cts" | "xts" }
  | { readonly kind: "mac"; readonly cipher: CipherName; readonly ending: "nopad" | "pkcs5" | "cmac" }
  | { readonly kind: "ae"; readonly mode: "gcm" | "ccm" }
  | { readonly kind: "rsa"; readonly padding: "none" | "pkcs1" }
  | { readonly kind: "rsa"; readonly padding: "oaep" | "pss"; readonly hash: HashName }
  | { readonly kind: "rsa"; readonly padding: "sign"; readonly hash: HashName | null }
  | { readonly kind: "dsa"; readonly hash: HashName }
  | { readonly kind: "ecdsa" | "ecdh" | "dh" | "ed25519" | "x25519" }
  | { readonly kind: "sm2"; readonly does: "encrypt" | "sign" | "agree" }
  /** The digest is null where an attribute names it. */
  | { readonly kind: "kdf"; readonly does: "hkdf" | "concat" | "pbkdf2"; readonly hash: HashName | null };

export interface Algorithm {
  readonly id: number;
  readonly class: number;
  readonly work: Work;
  /** Type of the key; for key pairs that of the public half. 0 for none. */
  readonly key: number;
  /** Type of the key pair; 0 if the key is secret. */
  readonly pair: number;
  /** Bytes of the block buffer on the TA's heap; 0 for none. */
  readonly buffer: number;
  readonly context: ContextName;
}

/** Bytes of a digest, 0 where any length can be had, and of the blocks it works on. */
export const HASHES: Readonly<Record<HashName, { readonly size: number; readonly block: number }>> = {
  md5: { size: 16, block: 64 },
  sha1: { size: 20, block: 64 },
  sha224: { size: 28, block: 64 },
  sha256: { size: 32, block: 64 },
  sha384: { size: 48, block: 128 },
  sha512: { size: 64, block: 128 },
  "sha3-224": { size: 28, block: 144 },
  "sha3-256": { size: 32, block: 136 },
  "sha3-384": { size: 48, block: 104 },
  "sha3-512": { size: 64, block: 72 },
  shake128: { size: 0, block: 168 },
  shake256: { size: 0, block: 136 },
  sm3: { size: 32, block: 64 },
};

const HASH_NAMES: readonly (readonly [number, HashName])[] = [
  [ALG.MD5, "md5"],
  [ALG.SHA1, "sha1"],
  [ALG.SHA224, "sha224"],
  [ALG.SHA256, "sha256"],
  [ALG.SHA384, "sha384"],
  [ALG.SHA512, "sha512"],
  [ALG.SM3, "sm3"],
  [ALG.SHA3_224, "sha3-224"],
  [ALG.SHA3_256, "sha3-256"],
  [ALG.SHA3_384, "sha3-384"],
  [ALG.SHA3_512, "sha3-512"],
];

/** Digests of any length: there are no HMACs with them. */
const EXTENDABLE: readonly (readonly [number, HashName])[] = [
  [ALG.SHAKE128, "shake128"],
  [ALG.SHAKE256, "shake256"],
];

const digests = [...HASH_NAMES, ...EXTENDABLE].map(([id, hash]): Algorithm => {
  const { size } = HASHES[hash];
  const context = hash === "sm3" ? "sm3" : size === 0 ? "shake" : "hash";
  return {
    id,
    class: CLASS.DIGEST,
    work: { kind: "digest", hash },
    key: 0,
    pair: 0,
    buffer: size,
    context,
  };
});

/** The ids of HMACs and of their keys end as those of their digests. */
const hmacs = HASH_NAMES.map(([digest, hash]): Algorithm => {
  const context = hash === "sm3" ? "sm3hmac" : "hmac";
  const [id, key] = [ALG.HMAC_MD5 - 1 + (digest & 0xff), TYPE.HMAC_MD5 - 1 + (digest & 0xff)];
  return { id, class: CLASS.MAC, work: { kind: "hmac", hash }, key, pair: 0, buffer: 0, context };
});

const KEY_TYPES: Readonly<Record<CipherName, number>> = {
  aes: TYPE.AES,
  des: TYPE.DES,
  des3: TYPE.DES3,
  sm4: TYPE.SM4,
};

function cipher(
  id: number,
  name: CipherName,
  mode: "ecb" | "cbc" | "ctr" | "cts" | "xts",
  buffer: number,
  context: ContextName = mode,
): Algorithm {
  const work: Work = { kind: "cipher", cipher: name, mode };
  return { id, class: CLASS.CIPHER, work, key: KEY_TYPES[name], pair: 0, buffer, context };
}

function mac(id: number, name: CipherName, ending: "nopad" | "pkcs5" | "cmac"): Algorithm {
  const context = ending === "cmac" ? "cmac" : "cbcmac";
  const work: Work = { kind: "mac", cipher: name, ending };
  return { id, class: CLASS.MAC, work, key: KEY_TYPES[name], pair: 0, buffer: 0, context };
}

function asymmetric(id: number, group: number, work: Work, key: number, pair: number): Algorithm {
  return { id, class: group, work, key, pair, buffer: 0, context: "none" };
}

function rsa(id: number, work: Work & { kind: "rsa" }): Algorithm {
  const signs = work.padding === "sign" || work.padding === "pss";
  const group = signs ? CLASS.ASYMMETRIC_SIGNATURE : CLASS.ASYMMETRIC_CIPHER;
  return asymmetric(id, group, work, TYPE.RSA_PUBLIC_KEY, TYPE.RSA_KEYPAIR);
}

function sm2(id: number, group: number, does: "encrypt" | "sign" | "agree", key: number, pair: number): Algorithm {
  return asymmetric(id, group, { kind: "sm2", does }, key, pair);
}

function kdf(id: number, does: "hkdf" | "concat" | "pbkdf2", hash: HashName | null, key: number): Algorithm {
  return asymmetric(id, CLASS.KEY_DERIVATION, { kind: "kdf", does, hash }, key, 0);
}

/** Key derivation by digest: HKDF, the concatenation KDF. */
const KDFS: readonly (readonly [HashName, hkdf: number, concat: number])[] = [
  ["sha1", ALG.HKDF_SHA1, ALG.CONCAT_KDF_SHA1],
  ["sha224", ALG.HKDF_SHA224, ALG.CONCAT_KDF_SHA224],
  ["sha256", ALG.HKDF_SHA256, ALG.CONCAT_KDF_SHA256],
  ["sha384", ALG.HKDF_SHA384, ALG.CONCAT_KDF_SHA384],
  ["sha512", ALG.HKDF_SHA512, ALG.CONCAT_KDF_SHA512],
];

/** RSA's ids by digest: OAEP, PKCS #1 v1.5, PSS. */
const RSA: readonly (readonly [HashName, oaep: number, pkcs1: number, pss: number])[] = [
  ["md5", ALG.RSAES_PKCS1_OAEP_MGF1_MD5, ALG.RSASSA_PKCS1_V1_5_MD5, ALG.RSASSA_PKCS1_PSS_MGF1_MD5],
  ["sha1", ALG.RSAES_PKCS1_OAEP_MGF1_SHA1, ALG.RSASSA_PKCS1_V1_5_SHA1, ALG.RSASSA_PKCS1_PSS_MGF1_SHA1],
  ["sha224", ALG.RSAES_PKCS1_OAEP_MGF1_SHA224, ALG.RSASSA_PKCS1_V1_5_SHA224, ALG.RSASSA_PKCS1_PSS_MGF1_SHA224],
  ["sha256", ALG.RSAES_PKCS1_OAEP_MGF1_SHA256, ALG.RSASSA_PKCS1_V1_5_SHA256, ALG.RSASSA_PKCS1_PSS_MGF1_SHA256],
  ["sha384", ALG.RSAES_PKCS1_OAEP_MGF1_SHA384, ALG.RSASSA_PKCS1_V1_5_SHA384, ALG.RSASSA_PKCS1_PSS_MGF1_SHA384],
  ["sha512", ALG.RSAES_PKCS1_OAEP_MGF1_SHA512, ALG.RSASSA_PKCS1_V1_5_SHA512, ALG.RSASSA_PKCS1_PSS_MGF1_SHA512],
];

const DSA: readonly (readonly [number, HashName])[] = [
  [ALG.DSA_SHA1, "sha1"],
  [ALG.DSA_SHA224, "sha224"],
  [ALG.DSA_SHA256, "sha256"],
];
const ECDSA = [ALG.ECDSA_SHA1, ALG.ECDSA_SHA224, ALG.ECDSA_SHA256, ALG.ECDSA_SHA384, ALG.ECDSA_SHA512];

const all: readonly Algorithm[] = [
  ...digests,
  ...hmacs,
  cipher(ALG.AES_ECB_NOPAD, "aes", "ecb", 16),
  cipher(ALG.AES_CBC_NOPAD, "aes", "cbc", 16),
  cipher(ALG.AES_CTR, "aes", "ctr", 0),
  cipher(ALG.AES_CTS, "aes", "cts", 32),
  cipher(ALG.AES_XTS, "aes", "xts", 32),
  cipher(ALG.DES_ECB_NOPAD, "des", "ecb", 8),
  cipher(ALG.DES_CBC_NOPAD, "des", "cbc", 8),
  cipher(ALG.DES3_ECB_NOPAD, "des3", "ecb", 8),
  cipher(ALG.DES3_CBC_NOPAD, "des3", "cbc", 8),
  cipher(ALG.SM4_ECB_NOPAD, "sm4", "ecb", 16, "sm4ecb"),
  cipher(ALG.SM4_CBC_NOPAD, "sm4", "cbc", 16, "sm4cbc"),
  cipher(ALG.SM4_CTR, "sm4", "ctr", 16, "sm4ctr"),
  mac(ALG.AES_CBC_MAC_NOPAD, "aes", "nopad"),
  mac(ALG.AES_CBC_MAC_PKCS5, "aes", "pkcs5"),
  mac(ALG.AES_CMAC, "aes", "cmac"),
  mac(ALG.DES_CBC_MAC_NOPAD, "des", "nopad"),
  mac(ALG.DES_CBC_MAC_PKCS5, "des", "pkcs5"),
  mac(ALG.DES3_CBC_MAC_NOPAD, "des3", "nopad"),
  mac(ALG.DES3_CBC_MAC_PKCS5, "des3", "pkcs5"),
  mac(ALG.DES3_CMAC, "des3", "cmac"),
  {
    id: ALG.AES_CCM,
    class: CLASS.AE,
    work: { kind: "ae", mode: "ccm" },
    key: TYPE.AES,
    pair: 0,
    buffer: 16,
    context: "ccm",
  },
  {
    id: ALG.AES_GCM,
    class: CLASS.AE,
    work: { kind: "ae", mode: "gcm" },
    key: TYPE.AES,
    pair: 0,
    buffer: 0,
    context: "gcm",
  },
  rsa(ALG.RSA_NOPAD, { kind: "rsa", padding: "none" }),
  rsa(ALG.RSAES_PKCS1_V1_5, { kind: "rsa", padding: "pkcs1" }),
  rsa(ALG.RSASSA_PKCS1_V1_5, { kind: "rsa", padding: "sign", hash: null }),
  ...RSA.flatMap(([hash, oaep, pkcs1, pss]) => [
    rsa(oaep, { kind: "rsa", padding: "oaep", hash }),
    rsa(pkcs1, { kind: "rsa", padding: "sign", hash }),
    rsa(pss, { kind: "rsa", padding: "pss", hash }),
  ]),
  ...DSA.map(([id, hash]) =>
    asymmetric(id, CLASS.ASYMMETRIC_SIGNATURE, { kind: "dsa", hash }, TYPE.DSA_PUBLIC_KEY, TYPE.DSA_KEYPAIR),
  ),
  ...ECDSA.map((id) =>
    asymmetric(id, CLASS.ASYMMETRIC_SIGNATURE, { kind: "ecdsa" }, TYPE.ECDSA_PUBLIC_KEY, TYPE.ECDSA_KEYPAIR),
  ),
  asymmetric(ALG.DH_DERIVE_SHARED_SECRET, CLASS.KEY_DERIVATION, { kind: "dh" }, TYPE.DH_KEYPAIR, TYPE.DH_KEYPAIR),
  asymmetric(
    ALG.ECDH_DERIVE_SHARED_SECRET,
    CLASS.KEY_DERIVATION,
    { kind: "ecdh" },
    TYPE.ECDH_PUBLIC_KEY,
    TYPE.ECDH_KEYPAIR,
  ),
  asymmetric(
    ALG.ED25519,
    CLASS.ASYMMETRIC_SIGNATURE,
    { kind: "ed25519" },
    TYPE.ED25519_PUBLIC_KEY,
    TYPE.ED25519_KEYPAIR,
  ),
  asymmetric(ALG.X25519, CLASS.KEY_DERIVATION, { kind: "x25519" }, TYPE.X25519_KEYPAIR, TYPE.X25519_KEYPAIR),
  kdf(ALG.HKDF, "hkdf", null, TYPE.HKDF_IKM),
  kdf(ALG.HKDF_MD5, "hkdf", "md5", TYPE.HKDF_IKM),
  ...KDFS.flatMap(([hash, hkdf, concat]) => [
    kdf(hkdf, "hkdf", hash, TYPE.HKDF_IKM),
    kdf(concat, "concat", hash, TYPE.CONCAT_KDF_Z),
  ]),
  kdf(ALG.PBKDF2_HMAC_SHA1, "pbkdf2", "sha1", TYPE.PBKDF2_PASSWORD),
  sm2(ALG.SM2_PKE, CLASS.ASYMMETRIC_CIPHER, "encrypt", TYPE.SM2_PKE_PUBLIC_KEY, TYPE.SM2_PKE_KEYPAIR),
  sm2(ALG.SM2_DSA_SM3, CLASS.ASYMMETRIC_SIGNATURE, "sign", TYPE.SM2_DSA_PUBLIC_KEY, TYPE.SM2_DSA_KEYPAIR),
  sm2(ALG.SM2_KEP, CLASS.KEY_DERIVATION, "agree", TYPE.SM2_KEP_PUBLIC_KEY, TYPE.SM2_KEP_KEYPAIR),
];

/** By id. */
export const ALGORITHMS: ReadonlyMap<number, Algorithm> = new Map(all.map((one) => [one.id, one]));
