// Checks the published vectors of case 4006 with OpenSSL.
import { constants, createHash, createPublicKey, type KeyObject, publicEncrypt, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { AsymmetricFile, AsymmetricVector, Key } from "../src/regression/asymmetric_vectors.ts";
import { ALG } from "../src/tee/svc/crypto/ids.ts";

const file = new URL("../data/vectors/regression_4006.json", import.meta.url);
const { keys, cases }: AsymmetricFile = JSON.parse(readFileSync(file, "utf8"));

const hex = (text = ""): Buffer => Buffer.from(text, "hex");
const number = (text = ""): bigint => BigInt(`0x${text}`);
const keyOf = ({ key }: AsymmetricVector): Key => keys[key] as Key;

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square] = [1n, base % modulus];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** DER, for keys that JWK does not know. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const long = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.of(tag, ...long), body]);
}

const integer = (text = ""): Buffer =>
  der(2, hex(`00${text}`.replace(/^(00)+(?=[89a-f]|00$)/, "00").replace(/^(00)+(?=[0-7])/, "")));

/** Dotted 1.2.840.10040.4.1, 1.2.840.10045.2.1 and 1.2.840.10045.3.1.1. */
const OID = { dsa: "2a8648ce380401", ec: "2a8648ce3d0201", p192: "2a8648ce3d030101" } as const;
const oid = (name: keyof typeof OID): Buffer => der(6, hex(OID[name]));

function publicKey({ type, parts }: Key): KeyObject {
  const { n, e, p, q, g, x, y } = parts;
  if (type === "rsa") {
    const [modulus, exponent] = [hex(n).toString("base64url"), hex(e).toString("base64url")];
    return createPublicKey({ key: { kty: "RSA", n: modulus, e: exponent }, format: "jwk" });
  }
  const [algorithm, point] =
    type === "dsa"
      ? [der(0x30, oid("dsa"), der(0x30, integer(p), integer(q), integer(g))), integer(y)]
      : [der(0x30, oid("ec"), oid("p192")), hex(`04${x}${y}`)];
  const key = der(0x30, algorithm, der(3, Buffer.of(0), point));
  return createPublicKey({ key, format: "der", type: "spki" });
}

const RAW = constants.RSA_NO_PADDING;
/** A number to the public exponent. */
const raised = (key: Key, data: string): string =>
  publicEncrypt({ key: publicKey(key), padding: RAW }, hex(data)).toString("hex");

const DIGESTS: Readonly<Record<string, string>> = {
  "0x50000002": "sha1",
  "0x50000003": "sha224",
  "0x50000004": "sha256",
  "0x50000005": "sha384",
  "0x50000006": "sha512",
};

/** Whether OpenSSL takes a signature. */
function signed(vector: AsymmetricVector): boolean {
  const [digest, key] = [DIGESTS[vector.digest ?? ""] ?? "", keyOf(vector)];
  const [message, signature] = [hex(vector.message), hex(vector.signature)];
  if (Number(vector.algo) === ALG.RSASSA_PKCS1_V1_5) {
    const bare = createHash(digest).update(message).digest("hex");
    const padding = `0001${"ff".repeat(signature.length - 3 - bare.length / 2)}00`;
    return raised(key, vector.signature ?? "") === padding + bare;
  }
  const pss = vector.salt === undefined ? {} : { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: vector.salt };
  return verify(digest, message, { key: publicKey(key), dsaEncoding: "ieee-p1363", ...pss }, signature);
}

const titled = (vectors: readonly AsymmetricVector[]) =>
  vectors.map((one) => [`case ${one.case}: ${one.source}`, one] as const);

describe("the vectors, by OpenSSL", () => {
  // SM2's are those of GM/T 0003.5, which node:crypto cannot check: sm2.test.ts has them, too.
  const known = cases.filter((one) => !keyOf(one).type.startsWith("sm2"));

  it.each(titled(known.filter(({ digest }) => digest !== undefined)))("%s is signed", (_, one) => {
    expect(signed(one)).toBe(true);
    expect(signed({ ...one, message: `${one.message}00` })).toBe(false);
  });

  it.each(titled(known.filter(({ digest }) => digest === undefined)))("%s is encrypted", (_, one) => {
    const { plain = "", cipher = "" } = one;
    const key = keyOf(one);
    if (Number(one.algo) === ALG.RSA_NOPAD) return expect(raised(key, plain)).toBe(cipher);
    const block = power(number(cipher), number(key.parts.d), number(key.parts.n)).toString(16).padStart(256, "0");
    if (Number(one.algo) === ALG.RSAES_PKCS1_V1_5)
      return expect(block).toMatch(new RegExp(`^0002(?:(?!00)..){8,}00${plain}$`));
    expect(unmasked(hex(block))).toMatch(new RegExp(`^${createHash("sha1").digest("hex")}(?:00)*01${plain}$`));
  });

  it.each(Object.entries(keys))("key %s has parts that belong together", (_, { type, bits, parts }) => {
    const [n, e, d, p, q, g, x, y] = ["n", "e", "d", "p", "q", "g", "x", "y"].map((name) => number(parts[name] ?? "0"));
    if (type === "dsa") expect(power(g ?? 0n, x ?? 0n, p ?? 1n)).toBe(y);
    if (type !== "rsa") return;
    expect(n?.toString(2)).toHaveLength(bits);
    expect(power(power(2n, e ?? 0n, n ?? 1n), d ?? 0n, n ?? 1n)).toBe(2n);
    if (parts.p === undefined) return;
    const [dp, dq, qinv] = ["dp", "dq", "qinv"].map((name) => number(parts[name]));
    const [one, other] = [p ?? 0n, q ?? 0n];
    expect([one * other, (d ?? 0n) % (one - 1n), (d ?? 0n) % (other - 1n)]).toEqual([n, dp, dq]);
    expect(((qinv ?? 0n) * other) % one).toBe(1n);
  });
});

/** OAEP's data behind its two masks, with SHA-1. */
function unmasked(block: Buffer): string {
  const mask = (seed: Buffer, data: Buffer): Buffer => {
    const parts = Array.from({ length: Math.ceil(data.length / 20) }, (_, n) =>
      createHash("sha1")
        .update(seed)
        .update(Buffer.of(0, 0, 0, n))
        .digest(),
    );
    return Buffer.from(data.map((byte, n) => byte ^ (Buffer.concat(parts)[n] ?? 0)));
  };
  const data = block.subarray(21);
  return mask(mask(data, block.subarray(1, 21)), data).toString("hex");
}
