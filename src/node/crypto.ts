// The cryptography of node:crypto for the embedded system: Node 20 to 25 with OpenSSL 3.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  getCiphers,
  getHashes,
  type Hash as NodeHash,
} from "node:crypto";
import type { BlockCipher, CipherName, CryptoProvider, Hash, HashName } from "../tee/kernel/host/provider.ts";
import { curve25519 } from "./curve25519.ts";
import { createCurves } from "./curves.ts";
import { power } from "./power.ts";
import { rsa } from "./rsa.ts";

interface CipherEntry {
  readonly blockSize: number;
  /** Bytes of keys, and OpenSSL's name before the mode. */
  readonly names: Readonly<Record<number, string>>;
}

/** Single DES is triple DES with three times the same key, which OpenSSL 3 has without its legacy provider. */
const CIPHERS: Readonly<Record<CipherName, CipherEntry>> = {
  aes: { blockSize: 16, names: { 16: "aes-128", 24: "aes-192", 32: "aes-256" } },
  des: { blockSize: 8, names: { 8: "des-ede3" } },
  des3: { blockSize: 8, names: { 16: "des-ede3", 24: "des-ede3" } },
  sm4: { blockSize: 16, names: { 16: "sm4" } },
};

/** What OpenSSL lacks in this build of Node is null: SM3 and SM4 in some. */
export function nodeCrypto(): CryptoProvider {
  const ciphers = new Set(getCiphers());
  const hashes = new Set(getHashes());
  return {
    hash(name: HashName) {
      if (!hashes.has(name)) return null;
      const extendable = name.startsWith("shake");
      // Node 25 warns where no length is named; the length that counts is named at the end.
      return wrap(createHash(name, extendable ? { outputLength: 0 } : {}), extendable);
    },
    cipher(name, key) {
      const { blockSize, names } = CIPHERS[name];
      const found = names[key.length];
      return found !== undefined && ciphers.has(`${found}-cbc`)
        ? blockCipher(found, blockSize, fullKey(name, key))
        : null;
    },
    curve: createCurves(),
    rsa,
    curve25519,
    power,
  };
}

function wrap(hash: NodeHash, extendable: boolean): Hash {
  return {
    update: (data) => void hash.update(data),
    digest: (length) => new Uint8Array(extendable ? hash.copy({ outputLength: length ?? 0 }).digest() : hash.digest()),
    copy: () => wrap(hash.copy(), extendable),
  };
}

/** Three keys for DES, whatever there are. */
function fullKey(name: CipherName, key: Uint8Array): Uint8Array {
  if (name === "des") return Uint8Array.from({ length: 24 }, (_, i) => key[i % 8] ?? 0);
  if (name === "des3" && key.length === 16) return Uint8Array.from({ length: 24 }, (_, i) => key[i % 16] ?? 0);
  return key.slice();
}

function blockCipher(name: string, blockSize: number, key: Uint8Array): BlockCipher {
  // OpenSSL calls triple DES in this mode by its bare name.
  const ecb = name === "des-ede3" ? name : `${name}-ecb`;
  const run = (make: typeof createCipheriv | typeof createDecipheriv, mode: string, iv: Uint8Array | null) => {
    const cipher = make(mode, key, iv);
    cipher.setAutoPadding(false);
    return (data: Uint8Array): Uint8Array => new Uint8Array(cipher.update(data));
  };
  return {
    blockSize,
    encrypt: run(createCipheriv, ecb, null),
    decrypt: (data) => run(createDecipheriv, ecb, null)(data),
    chain: (iv, data) => run(createCipheriv, `${name}-cbc`, iv)(data),
  };
}
