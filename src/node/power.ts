// Modular exponentiation by OpenSSL: what its Diffie-Hellman computes.
import { createPrivateKey, createPublicKey, diffieHellman } from "node:crypto";
import { bitLength, toNumber } from "../tee/svc/numbers/bytes.ts";
import { powerModulo } from "../tee/svc/numbers/modular.ts";
import { bits, der, integer, octets, sequence } from "./der.ts";

/** dhKeyAgreement of PKCS #3. */
const OID = der(6, Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x03, 0x01));

const GENERATOR = 2n;

/** Bits. */
const OPENSSL_SMALLEST = 512;

/**
 * `base` to the power `exponent` modulo an odd number. null for what OpenSSL refuses as a public value or as a secret: 0, 1,
 * the number before the modulus, and, as a public value, what is outside of the subgroup of a group that it knows by name.
 */
export function power(base: bigint, exponent: bigint, modulus: bigint): bigint | null {
  if (base < 2n || base > modulus - 2n) return null;
  if (bitLength(modulus) < OPENSSL_SMALLEST) return small(base, exponent, modulus);
  try {
    return toNumber(large(base, exponent, modulus));
  } catch (error) {
    if (error instanceof Error && "code" in error) return null;
    throw error;
  }
}

/** By keys: createDiffieHellman checks a modulus for a safe prime first, which takes a hundred times as long. */
function large(base: bigint, exponent: bigint, modulus: bigint): Uint8Array {
  const algorithm = sequence(OID, sequence(integer(modulus), integer(GENERATOR)));
  const secret = sequence(integer(0n), algorithm, octets(integer(exponent)));
  const known = sequence(algorithm, bits(integer(base)));
  return diffieHellman({
    privateKey: createPrivateKey({ key: Buffer.from(secret), format: "der", type: "pkcs8" }),
    publicKey: createPublicKey({ key: Buffer.from(known), format: "der", type: "spki" }),
  });
}

/** The smallest moduli of RSA and DH keys in OP-TEE are below what OpenSSL takes. */
function small(base: bigint, exponent: bigint, modulus: bigint): bigint | null {
  const result = powerModulo(base, exponent, modulus);
  return result === 1n || result === modulus - 1n ? null : result;
}
