// RSA by OpenSSL.
import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  generatePrime,
  type JsonWebKey,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
} from "node:crypto";
import type { Rsa, RsaPrivate, RsaPublic } from "../tee/kernel/host/key_provider.ts";
import { bitLength, toBytes, toNumber } from "../tee/svc/numbers/bytes.ts";
import { inverse } from "../tee/svc/numbers/modular.ts";
import { factors } from "./factors.ts";

const { RSA_NO_PADDING: BARE, RSA_PKCS1_PADDING: PKCS1, RSA_PKCS1_OAEP_PADDING: OAEP } = constants;

export const rsa: Rsa = {
  publicPower: (key, data) => attempt(() => publicEncrypt({ key: publicKey(key), padding: BARE }, data)),
  privatePower: (key, data) => withSecret(key, (secret) => privateDecrypt({ key: secret, padding: BARE }, data)),
  encryptPkcs1: (key, data) => attempt(() => publicEncrypt({ key: publicKey(key), padding: PKCS1 }, data)),
  encryptOaep: (key, oaepHash, oaepLabel, data) =>
    attempt(() => publicEncrypt({ key: publicKey(key), padding: OAEP, oaepHash, oaepLabel }, data)),
  decryptOaep: (key, oaepHash, oaepLabel, data) =>
    withSecret(key, (secret) => privateDecrypt({ key: secret, padding: OAEP, oaepHash, oaepLabel }, data)),
  newKey: async (bits, e) => (bits < OPENSSL_SMALLEST ? smallKey(bits, BigInt(e)) : openSslKey(bits, e)),
};

/** Bits of the smallest key that OpenSSL makes. It works with smaller ones. */
const OPENSSL_SMALLEST = 512;

/** What OpenSSL refuses is null. */
function attempt(work: () => Uint8Array): Uint8Array | null {
  try {
    return new Uint8Array(work());
  } catch (error) {
    if (error instanceof Error && "code" in error) return null;
    throw error;
  }
}

function withSecret(key: RsaPrivate, work: (secret: KeyObject) => Uint8Array): Uint8Array | null {
  const whole = complete(key);
  return whole && attempt(() => work(createPrivateKey({ key: jwkOf(whole), format: "jwk" })));
}

function publicKey({ n, e }: RsaPublic): KeyObject {
  return createPublicKey({ key: { kty: "RSA", n: text(n), e: text(e) }, format: "jwk" });
}

function jwkOf({ n, e, d, p, q, dp, dq, qi }: Required<RsaPrivate>): JsonWebKey {
  const parts = Object.entries({ n, e, d, p, q, dp, dq, qi }).map(([name, data]) => [name, text(data)]);
  return { kty: "RSA", ...Object.fromEntries(parts) };
}

/** OpenSSL takes whole keys only: the primes of one without them are found from its exponents. */
function complete(key: RsaPrivate): Required<RsaPrivate> | null {
  const { n, e, d, p, q, dp, dq, qi } = key;
  if (p && q && dp && dq && qi && toNumber(p) * toNumber(q) === toNumber(n)) return { n, e, d, p, q, dp, dq, qi };
  const found = factors(toNumber(n), toNumber(e), toNumber(d));
  return found && fromPrimes(found[0], found[1], toNumber(e));
}

function fromPrimes(p: bigint, q: bigint, e: bigint): Required<RsaPrivate> | null {
  const [d, qi] = [inverse(e, (p - 1n) * (q - 1n)), inverse(q, p)];
  if (d === null || qi === null) return null;
  const parts = { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi };
  return Object.fromEntries(
    Object.entries(parts).map(([name, value]) => [name, bytes(value)]),
  ) as unknown as Required<RsaPrivate>;
}

function openSslKey(modulusLength: number, publicExponent: number): Promise<Required<RsaPrivate> | null> {
  return new Promise((resolve) => {
    generateKeyPair("rsa", { modulusLength, publicExponent }, (error, _known, secret) => {
      const jwk = error ? null : secret.export({ format: "jwk" });
      const part = (name: keyof JsonWebKey): Uint8Array =>
        new Uint8Array(Buffer.from(String(jwk?.[name]), "base64url"));
      const [n, e, d, p, q] = [part("n"), part("e"), part("d"), part("p"), part("q")];
      resolve(jwk && { n, e, d, p, q, dp: part("dp"), dq: part("dq"), qi: part("qi") });
    });
  });
}

async function smallKey(bits: number, e: bigint): Promise<Required<RsaPrivate> | null> {
  if (e < 3n || e % 2n === 0n) return null;
  for (;;) {
    const [p, q] = [await prime(Math.ceil(bits / 2)), await prime(Math.floor(bits / 2))];
    const key = p === q || bitLength(p * q) !== bits ? null : fromPrimes(p, q, e);
    if (key !== null) return key;
  }
}

/** With its two highest bits set, so that a product of two has its full length. */
function prime(bits: number): Promise<bigint> {
  return new Promise((resolve, reject) => {
    generatePrime(bits, { bigint: true }, (error, found) => {
      if (error) reject(error);
      else resolve(found);
    });
  });
}

const text = (data: Uint8Array): string => Buffer.from(data).toString("base64url");
const bytes = (value: bigint): Uint8Array => toBytes(value, Math.max(1, Math.ceil(bitLength(value) / 8)));
