// Tests of key arithmetic on OpenSSL.
import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Curve, CurveName } from "../tee/kernel/host/key_provider.ts";
import { toBytes, toNumber } from "../tee/svc/numbers/bytes.ts";
import { nodeCrypto } from "./crypto.ts";
import { factors } from "./factors.ts";
import { power } from "./power.ts";

const provider = nodeCrypto();

/** The plain way, to compare with. */
function plainPower(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square] = [1n, base % modulus];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

describe("power", () => {
  it.each([256, 504, 512, 1024, 2048])("is the modular power, for %i bits", (bits) => {
    const modulus = 2n ** BigInt(bits) - 189n;
    const [base, exponent] = [modulus / 3n, modulus / 7n];
    expect(power(base, exponent, modulus)).toBe(plainPower(base, exponent, modulus));
  });

  it.each([0n, 1n, 2n ** 512n - 570n])("refuses the base %i", (base) => {
    expect(power(base, 3n, 2n ** 512n - 569n)).toBeNull();
  });
});

describe("RSA keys", () => {
  it("gives the primes of a key back, and none for exponents of another key", () => {
    const part = (jwk: { readonly [name: string]: unknown }, name: string): bigint =>
      toNumber(new Uint8Array(Buffer.from(String(jwk[name]), "base64url")));
    const [one, other] = [0, 1].map(() =>
      generateKeyPairSync("rsa", { modulusLength: 512 }).privateKey.export({ format: "jwk" }),
    );
    if (!one || !other) throw new Error("no key");
    const [n, e, d] = [part(one, "n"), part(one, "e"), part(one, "d")];
    for (let i = 0; i < 20; i++) expect(new Set(factors(n, e, d))).toEqual(new Set([part(one, "p"), part(one, "q")]));
    expect(factors(n, e, part(other, "d"))).toBeNull();
  });

  it.each([256, 448, 512, 520, 1024])("makes one of exactly %i bits that works", async (bits) => {
    const key = await provider.rsa.newKey(bits, 65537);
    if (key === null) throw new Error("no key");
    expect(toNumber(key.n).toString(2).length).toBe(bits);
    const data = toBytes(12345678901234567890n, bits / 8);
    const there = provider.rsa.publicPower(key, data);
    expect(there && provider.rsa.privatePower(key, there)).toEqual(data);
    expect(there && provider.rsa.privatePower({ n: key.n, e: key.e, d: key.d }, there)).toEqual(data);
    expect(provider.rsa.publicPower(key, key.n)).toBeNull();
  });

  it("refuses exponents that no key can have", async () => {
    expect(await provider.rsa.newKey(512, 4)).toBeNull();
    expect(await provider.rsa.newKey(256, 1)).toBeNull();
  });
});

describe("any bytes", () => {
  const { curve25519, rsa, curve } = provider;
  const p256 = curve("p256") as Curve;
  const key = p256.newKey();

  it("are no signatures and no data, and nothing throws", () => {
    const part = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const any = fc.uint8Array({ maxLength: 70 });
    fc.assert(
      fc.property(part, part, any, any, fc.boolean(), (one, other, data, context, prehash) => {
        const signature = Uint8Array.of(...one, ...other);
        expect(curve25519.verify(one, data, signature, context, prehash)).toBe(false);
        const agreed = curve25519.agree(one, other);
        expect(agreed === null || agreed.length === 32).toBe(true);
        expect(p256.verify(key.point, data, signature)).toBe(false);
        const made = p256.sign(key.secret, data, context);
        expect(made && p256.verify(key.point, data, made)).toBe(true);
        const secret = { n: one, e: other, d: data };
        expect(rsa.privatePower(secret, one)).toBeNull();
        expect(rsa.decryptOaep(secret, "sha1", data, one)).toBeNull();
        const power = rsa.publicPower({ n: one, e: other }, other);
        expect(power === null || power.length === 32).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe.each<CurveName>(["p192", "p224", "p256", "p384", "p521", "sm2"])("the curve %s", (name) => {
  const curve = provider.curve(name) as Curve;

  it("has its base point and order", () => {
    expect(curve.has(curve.base)).toBe(true);
    expect(curve.times(curve.order, curve.base)).toBeNull();
    expect(curve.times(curve.order - 1n, curve.base)?.x).toBe(curve.base.x);
    expect(curve.has({ ...curve.base, x: curve.base.y })).toBe(false);
  });

  it("has a key whose point is its multiple of the base, and agrees with itself", () => {
    const [one, other] = [curve.newKey(), curve.newKey()];
    expect(curve.times(one.secret, curve.base)).toEqual(one.point);
    expect(curve.agree(one.secret, other.point)).toBe(curve.agree(other.secret, one.point));
    expect(curve.sum(3n, one.point, 5n, other.point)).toEqual(
      curve.times(3n * one.secret + 5n * other.secret, curve.base),
    );
    expect(curve.sum(1n, one.point, curve.order - 1n, one.point)).toBeNull();
    expect(curve.agree(one.secret, { x: 1n, y: 1n })).toBeNull();
    expect(curve.agree(0n, other.point)).toBeNull();
  });

  it("refuses keys and signatures that are impossible", () => {
    const digest = new Uint8Array(32).fill(7);
    const { secret, point } = curve.newKey();
    const made = curve.sign(secret, digest, new Uint8Array(16));
    if (made === null) throw new Error("no signature");
    expect(curve.verify(point, digest, made)).toBe(true);
    expect(curve.verify({ ...point, x: point.y }, digest, made)).toBe(false);
    expect(curve.verify(point, digest, made.slice(1))).toBe(false);
    expect(curve.verify(point, digest, new Uint8Array(made.length))).toBe(false);
    expect(curve.sign(curve.order, digest, new Uint8Array(16))).toBeNull();
  });
});
