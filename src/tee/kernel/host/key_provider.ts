// What public keys are made of: a part of `CryptoProvider`. Numbers in bytes have the most significant byte first.

/** The curves that keys can be on. */
export type CurveName = "p192" | "p224" | "p256" | "p384" | "p521" | "sm2";

/** A point of a curve that is not the one at infinity. */
export interface Affine {
  readonly x: bigint;
  readonly y: bigint;
}

/** The curve y² = x³ + ax + b modulo a prime, with a base point of a prime order. */
export interface Curve {
  /** Of the prime. */
  readonly bits: number;
  readonly a: bigint;
  readonly b: bigint;
  readonly order: bigint;
  readonly base: Affine;
  /** Whether a point lies on it, and its coordinates are reduced. */
  has(point: Affine): boolean;
  /** k·P; null for the point at infinity. */
  times(k: bigint, point: Affine): Affine | null;
  /** k·P + l·Q; null for the point at infinity. */
  sum(k: bigint, one: Affine, l: bigint, other: Affine): Affine | null;
  /** A random key, below the order, and its point. */
  newKey(): { readonly secret: bigint; readonly point: Affine };
  /** ECDH: x of secret·P; null for impossible values. */
  agree(secret: bigint, point: Affine): bigint | null;
  /** ECDSA: r and s, each as long as the order; null for an impossible key. `random` goes into its random number. */
  sign(secret: bigint, digest: Uint8Array, random: Uint8Array): Uint8Array | null;
  /** True if the signature of the digest is by this key. */
  verify(key: Affine, digest: Uint8Array, signature: Uint8Array): boolean;
}

/** A public key of RSA. */
export interface RsaPublic {
  readonly n: Uint8Array;
  readonly e: Uint8Array;
}

/** The five parts behind `d` all or none. */
export interface RsaPrivate extends RsaPublic {
  readonly d: Uint8Array;
  readonly p?: Uint8Array;
  readonly q?: Uint8Array;
  readonly dp?: Uint8Array;
  readonly dq?: Uint8Array;
  readonly qi?: Uint8Array;
}

/** RFC 8017. Bare numbers are as long as the modulus. All results: null for an impossible key, or data that does not fit. */
export interface Rsa {
  /** The data to the public exponent, as bytes of the modulus; null for data that is too large. */
  publicPower(key: RsaPublic, data: Uint8Array): Uint8Array | null;
  /** The data to the private exponent, as bytes of the modulus; null for data that is too large. */
  privatePower(key: RsaPrivate, data: Uint8Array): Uint8Array | null;
  /** RSAES-PKCS1-v1_5. */
  encryptPkcs1(key: RsaPublic, data: Uint8Array): Uint8Array | null;
  /** RSAES-OAEP, with MGF1 over the same digest. */
  encryptOaep(key: RsaPublic, hash: string, label: Uint8Array, data: Uint8Array): Uint8Array | null;
  /** The message of an OAEP ciphertext; null where the padding is wrong. */
  decryptOaep(key: RsaPrivate, hash: string, label: Uint8Array, data: Uint8Array): Uint8Array | null;
  /** A random key of so many bits; null where there is none of that size. */
  newKey(bits: number, e: number): Promise<Required<RsaPrivate> | null>;
}

/** Keys of 32 bytes: RFC 7748 and RFC 8032. */
export interface Curve25519 {
  /** Public keys of X25519 and Ed25519. */
  xPublic(secret: Uint8Array): Uint8Array;
  /** The public key of a secret one, for signatures. */
  edPublic(secret: Uint8Array): Uint8Array;
  /** X25519; null for a point of small order. */
  agree(secret: Uint8Array, other: Uint8Array): Uint8Array | null;
  /** Ed25519; with a context Ed25519ctx, with `prehash` Ed25519ph. 64 bytes. */
  sign(secret: Uint8Array, message: Uint8Array, context: Uint8Array, prehash: boolean): Uint8Array;
  /** True if the signature of the message is by this key. */
  verify(key: Uint8Array, message: Uint8Array, signature: Uint8Array, context: Uint8Array, prehash: boolean): boolean;
}

/** Where asymmetric cryptography comes from. */
export interface KeyProvider {
  /** null for what it does not have. */
  curve(name: CurveName): Curve | null;
  readonly rsa: Rsa;
  readonly curve25519: Curve25519;
  /** Diffie-Hellman's operation: `base` to the power `exponent`; null for values that it refuses. `modulus` is odd. */
  power(base: bigint, exponent: bigint, modulus: bigint): bigint | null;
}
