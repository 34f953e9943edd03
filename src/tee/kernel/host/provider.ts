// What the cryptography of a trusted OS is made of. Operations are built upon it, in this folder.
import type { KeyProvider } from "./key_provider.ts";

/** A digest in progress. */
export interface Hash {
  /** Adds data. */
  update(data: Uint8Array): void;
  /** The digest so far; ends it. `length` in bytes counts for extendable ones, SHAKE. */
  digest(length?: number): Uint8Array;
  /** Another one in the same state. */
  copy(): Hash;
}

/** A block cipher with a key. `data` is whole blocks; results are new arrays. */
export interface BlockCipher {
  /** Bytes. */
  readonly blockSize: number;
  /** Each block on its own. */
  encrypt(data: Uint8Array): Uint8Array;
  /** The blocks of `data` decrypted, each by itself. */
  decrypt(data: Uint8Array): Uint8Array;
  /** Cipher block chaining from a block `iv`, encrypting. */
  chain(iv: Uint8Array, data: Uint8Array): Uint8Array;
}

/** The hashes that a TA can ask for. */
export type HashName =
  | "md5"
  | "sha1"
  | "sha224"
  | "sha256"
  | "sha384"
  | "sha512"
  | "sha3-224"
  | "sha3-256"
  | "sha3-384"
  | "sha3-512"
  | "shake128"
  | "shake256"
  | "sm3";

/** The block ciphers that a TA can ask for. */
export type CipherName = "aes" | "des" | "des3" | "sm4";

/** Where digests, block ciphers and public keys come from. null for what it does not have. */
export interface CryptoProvider extends KeyProvider {
  /** A new hash; null for one that the host does not have. */
  hash(name: HashName): Hash | null;
  /** `key` in bytes, with the parity bits of DES. null for lengths it does not know, too. */
  cipher(name: CipherName, key: Uint8Array): BlockCipher | null;
}
