// RSA's encodings that OpenSSL does not offer for digests: RFC 8017, chapters 7.2.2 and 9. `length` is the modulus' in bytes.

import type { HashName } from "../../kernel/host/provider.ts";
import { concat, equal, xor } from "./bytes.ts";

export type Digest = (data: Uint8Array) => Uint8Array;

/** DER of a DigestInfo before the digest. */
const DIGEST_INFO: Readonly<Partial<Record<HashName, string>>> = {
  md5: "3020300c06082a864886f70d020505000410",
  sha1: "3021300906052b0e03021a05000414",
  sha224: "302d300d06096086480165030402040500041c",
  sha256: "3031300d060960864801650304020105000420",
  sha384: "3041300d060960864801650304020205000430",
  sha512: "3051300d060960864801650304020305000440",
};

/** What EME-PKCS1-v1_5 holds; null if it is not that. */
export function unpadEncryption(block: Uint8Array): Uint8Array | null {
  const end = block.indexOf(0, 2);
  return block[0] === 0 && block[1] === 2 && end >= 10 ? block.slice(end + 1) : null;
}

/** EMSA-PKCS1-v1_5; without the name of the digest for null. */
export function padForSignature(digest: Uint8Array, length: number, hash: HashName | null): Uint8Array | null {
  const hex = hash === null ? "" : (DIGEST_INFO[hash] ?? "");
  const info = Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
  const filling = length - 3 - info.length - digest.length;
  if (filling < 8) return null;
  return concat(Uint8Array.of(0, 1), new Uint8Array(filling).fill(0xff), Uint8Array.of(0), info, digest);
}

/** EMSA-PSS for a modulus of so many bits. */
export function pssPad(digest: Uint8Array, bits: number, hash: Digest, salt: Uint8Array): Uint8Array | null {
  const length = Math.ceil((bits - 1) / 8);
  const filling = length - salt.length - digest.length - 2;
  if (filling < 0) return null;
  const sum = hash(concat(new Uint8Array(8), digest, salt));
  const block = concat(new Uint8Array(filling), Uint8Array.of(1), salt);
  const masked = xor(block, mgf1(sum, block.length, hash));
  masked[0] = (masked[0] ?? 0) & (0xff >>> (8 * length - (bits - 1)));
  return concat(masked, sum, Uint8Array.of(0xbc));
}

export function pssFits(digest: Uint8Array, encoded: Uint8Array, bits: number, hash: Digest, salt: number): boolean {
  const length = Math.ceil((bits - 1) / 8);
  const block = encoded.subarray(encoded.length - length);
  if (encoded.subarray(0, encoded.length - length).some((byte) => byte !== 0)) return false;
  const cut = length - digest.length - 1;
  if (cut < salt + 1 || block[length - 1] !== 0xbc) return false;
  const top = 0xff >>> (8 * length - (bits - 1));
  if (((block[0] ?? 0) & ~top) !== 0) return false;
  const sum = block.subarray(cut, length - 1);
  const plain = xor(block.subarray(0, cut), mgf1(sum, cut, hash));
  plain[0] = (plain[0] ?? 0) & top;
  const at = cut - salt - 1;
  if (plain.subarray(0, at).some((byte) => byte !== 0) || plain[at] !== 1) return false;
  return equal(hash(concat(new Uint8Array(8), digest, plain.subarray(at + 1))), sum);
}

/** A mask of so many bytes: RFC 8017, B.2.1. */
export function mgf1(seed: Uint8Array, length: number, hash: Digest): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let made = 0, n = 0; made < length; n++) {
    const part = hash(concat(seed, Uint8Array.of(n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255)));
    parts.push(part);
    made += part.length;
  }
  return concat(...parts).subarray(0, length);
}
