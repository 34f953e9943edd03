// X25519 and Ed25519 by OpenSSL; Ed25519ctx and Ed25519ph, which Node 20 does not offer, by @noble/curves.
import { createPrivateKey, createPublicKey, diffieHellman, type KeyObject, sign, verify } from "node:crypto";
import { ed25519ctx, ed25519ph } from "@noble/curves/ed25519.js";
import type { Curve25519 } from "../tee/kernel/host/key_provider.ts";
import { bits, der, integer, octets, sequence } from "./der.ts";

type Kind = "x" | "ed";

/** id-X25519 and id-Ed25519 of RFC 8410. */
const ALGORITHM: Readonly<Record<Kind, Uint8Array>> = {
  x: sequence(der(6, Uint8Array.of(0x2b, 0x65, 0x6e))),
  ed: sequence(der(6, Uint8Array.of(0x2b, 0x65, 0x70))),
};

export const curve25519: Curve25519 = {
  xPublic: (secret) => publicOf("x", secret),
  edPublic: (secret) => publicOf("ed", secret),
  agree(secret, other) {
    try {
      return new Uint8Array(diffieHellman({ privateKey: secretKey("x", secret), publicKey: publicKey("x", other) }));
    } catch (error) {
      if (error instanceof Error && "code" in error) return null;
      throw error;
    }
  },
  sign(secret, message, context, prehash) {
    if (prehash) return ed25519ph.sign(message, secret, { context });
    if (context.length > 0) return ed25519ctx.sign(message, secret, { context });
    return new Uint8Array(sign(null, message, secretKey("ed", secret)));
  },
  verify(key, message, signature, context, prehash) {
    if (signature.length !== 64) return false;
    if (!prehash && context.length === 0) return verify(null, message, publicKey("ed", key), signature);
    // As OpenSSL and libtomcrypt do: the rules of RFC 8032, not the looser ones of ZIP 215.
    return (prehash ? ed25519ph : ed25519ctx).verify(signature, message, key, { context, zip215: false });
  },
};

function secretKey(kind: Kind, secret: Uint8Array): KeyObject {
  const key = sequence(integer(0n), ALGORITHM[kind], octets(octets(secret)));
  return createPrivateKey({ key: Buffer.from(key), format: "der", type: "pkcs8" });
}

function publicKey(kind: Kind, key: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(sequence(ALGORITHM[kind], bits(key))), format: "der", type: "spki" });
}

function publicOf(kind: Kind, secret: Uint8Array): Uint8Array {
  const known = createPublicKey(secretKey(kind, secret)).export({ format: "der", type: "spki" });
  return new Uint8Array(known.subarray(-32));
}
