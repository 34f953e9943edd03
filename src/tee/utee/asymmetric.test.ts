// Tests of asymmetric.ts.
import {
  constants,
  createDiffieHellmanGroup,
  createECDH,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  privateDecrypt,
  publicEncrypt,
  sign,
  verify,
} from "node:crypto";
import { describe, expect, it } from "vitest";
import { lab } from "../../../test/crypto_lab.ts";
import { TEE } from "../../abi/errors.ts";
import { CURVES } from "../svc/crypto/curves.ts";
import { ALG, ATTR, CURVE, MODE, TYPE } from "../svc/crypto/ids.ts";
import type { InternalApi } from "./internal_api.ts";

const RSA_PARTS = [
  [ATTR.RSA_MODULUS, "n"],
  [ATTR.RSA_PUBLIC_EXPONENT, "e"],
  [ATTR.RSA_PRIVATE_EXPONENT, "d"],
  [ATTR.RSA_PRIME1, "p"],
  [ATTR.RSA_PRIME2, "q"],
  [ATTR.RSA_EXPONENT1, "dp"],
  [ATTR.RSA_EXPONENT2, "dq"],
  [ATTR.RSA_COEFFICIENT, "qi"],
] as const;

const part = (jwk: JsonWebKey, name: keyof JsonWebKey): Uint8Array =>
  new Uint8Array(Buffer.from(String(jwk[name]), "base64url"));

function operation(tee: InternalApi, alg: number, mode: number, bits: number, key: number): number {
  const { code, handle } = tee.allocateOperation(alg, mode, bits);
  expect(code).toBe(TEE.SUCCESS);
  expect(tee.setOperationKey(handle, key)).toBe(TEE.SUCCESS);
  return handle;
}

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
const publicKey = createPublicKey(privateKey);
const jwk = privateKey.export({ format: "jwk" });
const digestOf = (hash: string, data: Uint8Array): Uint8Array => new Uint8Array(createHash(hash).update(data).digest());
const DATA = new TextEncoder().encode("a message");

describe("RSA", () => {
  it.each([8, 3])("signs and decrypts with %i parts of a key as node:crypto does", async (parts) => {
    const system = lab();
    await system.run(async (tee) => {
      const key = tee.allocateTransientObject(TYPE.RSA_KEYPAIR, 1024).handle;
      const given = RSA_PARTS.slice(0, parts).map(([id, name]) => tee.refAttribute(id, part(jwk, name)));
      expect(tee.populateTransientObject(key, given)).toBe(TEE.SUCCESS);
      const out = new Uint8Array(128);
      for (const [alg, hash, padding] of [
        [ALG.RSASSA_PKCS1_V1_5_MD5, "md5", constants.RSA_PKCS1_PADDING],
        [ALG.RSASSA_PKCS1_V1_5_SHA1, "sha1", constants.RSA_PKCS1_PADDING],
        [ALG.RSASSA_PKCS1_V1_5_SHA512, "sha512", constants.RSA_PKCS1_PADDING],
        [ALG.RSASSA_PKCS1_PSS_MGF1_SHA1, "sha1", constants.RSA_PKCS1_PSS_PADDING],
        [ALG.RSASSA_PKCS1_PSS_MGF1_SHA256, "sha256", constants.RSA_PKCS1_PSS_PADDING],
      ] as const) {
        const digest = digestOf(hash, DATA);
        const signer = operation(tee, alg, MODE.SIGN, 1024, key);
        expect((await tee.asymmetricSignDigest(signer, [], digest, out)).code).toBe(TEE.SUCCESS);
        const options = { padding, saltLength: digest.length };
        expect(verify(hash, DATA, { key: publicKey, ...options }, out)).toBe(true);
        const verifier = operation(tee, alg, MODE.VERIFY, 1024, key);
        const theirs = new Uint8Array(sign(hash, DATA, { key: privateKey, ...options }));
        expect(await tee.asymmetricVerifyDigest(verifier, [], digest, theirs)).toBe(TEE.SUCCESS);
        theirs[5] = (theirs[5] ?? 0) ^ 1;
        expect(await tee.asymmetricVerifyDigest(verifier, [], digest, theirs)).toBe(TEE.SIGNATURE_INVALID);
        tee.freeOperation(signer);
        tee.freeOperation(verifier);
      }
      for (const [alg, padding, oaepHash] of [
        [ALG.RSAES_PKCS1_V1_5, constants.RSA_PKCS1_PADDING, undefined],
        [ALG.RSAES_PKCS1_OAEP_MGF1_MD5, constants.RSA_PKCS1_OAEP_PADDING, "md5"],
        [ALG.RSAES_PKCS1_OAEP_MGF1_SHA1, constants.RSA_PKCS1_OAEP_PADDING, "sha1"],
        [ALG.RSAES_PKCS1_OAEP_MGF1_SHA256, constants.RSA_PKCS1_OAEP_PADDING, "sha256"],
      ] as const) {
        const options = { padding, ...(oaepHash ? { oaepHash } : {}) };
        const decrypt = operation(tee, alg, MODE.DECRYPT, 1024, key);
        const theirs = new Uint8Array(publicEncrypt({ key: publicKey, ...options }, DATA));
        const { code, size } = await tee.asymmetricDecrypt(decrypt, [], theirs, out);
        expect([code, [...out.subarray(0, size)]]).toEqual([TEE.SUCCESS, [...DATA]]);
        const encrypt = operation(tee, alg, MODE.ENCRYPT, 1024, key);
        expect(await tee.asymmetricEncrypt(encrypt, [], DATA, out)).toEqual({ code: TEE.SUCCESS, size: 128 });
        if (oaepHash) expect([...privateDecrypt({ key: privateKey, ...options }, out)]).toEqual([...DATA]);
        const again = new Uint8Array(128);
        expect((await tee.asymmetricDecrypt(decrypt, [], out, again)).size).toBe(DATA.length);
        const long = new Uint8Array(120);
        expect((await tee.asymmetricEncrypt(encrypt, [], long, out)).code).toBe(TEE.BAD_PARAMETERS);
        expect((await tee.asymmetricDecrypt(decrypt, [], new Uint8Array(128), out)).code).toBe(TEE.BAD_PARAMETERS);
        expect(await tee.asymmetricEncrypt(encrypt, [], DATA, out.subarray(1))).toEqual({
          code: TEE.SHORT_BUFFER,
          size: 128,
        });
        tee.freeOperation(decrypt);
        tee.freeOperation(encrypt);
      }
      tee.freeTransientObject(key);
    });
    system.expectClean();
  });

  it("generates keys that node:crypto takes", async () => {
    const system = lab();
    await system.run(async (tee) => {
      const key = tee.allocateTransientObject(TYPE.RSA_KEYPAIR, 1024).handle;
      expect(await tee.generateKey(key, 1024)).toBe(TEE.SUCCESS);
      const jwk: Record<string, string> = { kty: "RSA" };
      for (const [id, name] of RSA_PARTS) {
        const into = new Uint8Array(128);
        const { size } = tee.objectBufferAttribute(key, id, into);
        jwk[name] = Buffer.from(into.subarray(0, size)).toString("base64url");
      }
      const made = createPrivateKey({ key: jwk, format: "jwk" });
      const signature = sign("sha256", DATA, made);
      expect(verify("sha256", DATA, createPublicKey(made), signature)).toBe(true);
      tee.freeTransientObject(key);
    });
    system.expectClean();
  });
});

const NAMES = [
  [CURVE.NIST_P192, "prime192v1"],
  [CURVE.NIST_P224, "secp224r1"],
  [CURVE.NIST_P256, "prime256v1"],
  [CURVE.NIST_P384, "secp384r1"],
  [CURVE.NIST_P521, "secp521r1"],
] as const;

describe.each(NAMES)("curve %i, %s", (id, name) => {
  const bits = CURVES.get(id)?.bits ?? 0;
  const length = Math.ceil(bits / 8);

  it("signs, verifies and agrees as node:crypto does", async () => {
    const system = lab();
    await system.run(async (tee) => {
      const theirs = generateKeyPairSync("ec", { namedCurve: name });
      const digest = digestOf("sha256", DATA);
      // The key of node:crypto, from its DER: the point is at the end.
      const der = theirs.publicKey.export({ format: "der", type: "spki" });
      const point = new Uint8Array(der.subarray(der.length - 2 * length));
      const known = tee.allocateTransientObject(TYPE.ECDSA_PUBLIC_KEY, bits).handle;
      const code = tee.populateTransientObject(known, [
        tee.refAttribute(ATTR.ECC_PUBLIC_VALUE_X, point.subarray(0, length)),
        tee.refAttribute(ATTR.ECC_PUBLIC_VALUE_Y, point.subarray(length)),
        tee.valueAttribute(ATTR.ECC_CURVE, id),
      ]);
      expect(code).toBe(TEE.SUCCESS);
      const check = operation(tee, ALG.ECDSA_SHA256, MODE.VERIFY, bits, known);
      const signature = new Uint8Array(sign("sha256", DATA, { key: theirs.privateKey, dsaEncoding: "ieee-p1363" }));
      expect(await tee.asymmetricVerifyDigest(check, [], digest, signature)).toBe(TEE.SUCCESS);
      const pair = tee.allocateTransientObject(TYPE.ECDSA_KEYPAIR, bits).handle;
      expect(await tee.generateKey(pair, bits, [tee.valueAttribute(ATTR.ECC_CURVE, id)])).toBe(TEE.SUCCESS);
      const signer = operation(tee, ALG.ECDSA_SHA256, MODE.SIGN, bits, pair);
      const ownCheck = operation(tee, ALG.ECDSA_SHA256, MODE.VERIFY, bits, pair);
      const made = new Uint8Array(2 * length);
      expect((await tee.asymmetricSignDigest(signer, [], digest, made)).code).toBe(TEE.SUCCESS);
      expect(await tee.asymmetricVerifyDigest(ownCheck, [], digest, made)).toBe(TEE.SUCCESS);
      expect(await tee.asymmetricVerifyDigest(check, [], digest, made)).toBe(TEE.SIGNATURE_INVALID);
      await agrees(tee, id, name, bits);
      for (const one of [check, signer, ownCheck]) tee.freeOperation(one);
      for (const one of [known, pair]) tee.freeTransientObject(one);
    });
    system.expectClean();
  });
});

async function agrees(tee: InternalApi, id: number, name: string, bits: number): Promise<void> {
  const length = Math.ceil(bits / 8);
  const other = createECDH(name);
  const point = new Uint8Array(other.generateKeys()).subarray(1);
  const pair = tee.allocateTransientObject(TYPE.ECDH_KEYPAIR, bits).handle;
  await tee.generateKey(pair, bits, [tee.valueAttribute(ATTR.ECC_CURVE, id)]);
  const derive = operation(tee, ALG.ECDH_DERIVE_SHARED_SECRET, MODE.DERIVE, bits, pair);
  const secret = tee.allocateTransientObject(TYPE.GENERIC_SECRET, 528).handle;
  const theirs = [
    tee.refAttribute(ATTR.ECC_PUBLIC_VALUE_X, point.subarray(0, length)),
    tee.refAttribute(ATTR.ECC_PUBLIC_VALUE_Y, point.subarray(length)),
  ];
  await tee.deriveKey(derive, theirs, secret);
  // A number comes without leading zeros.
  const part = (object: number, attribute: number): Uint8Array => {
    const [bytes, whole] = [new Uint8Array(length), new Uint8Array(length)];
    const { size } = tee.objectBufferAttribute(object, attribute, bytes);
    whole.set(bytes.subarray(0, size), length - size);
    return whole;
  };
  const [x, y] = [part(pair, ATTR.ECC_PUBLIC_VALUE_X), part(pair, ATTR.ECC_PUBLIC_VALUE_Y)];
  const made = new Uint8Array(length);
  tee.objectBufferAttribute(secret, ATTR.SECRET_VALUE, made);
  expect(Buffer.from(made)).toEqual(other.computeSecret(Buffer.concat([Buffer.of(4), x, y])));
  tee.freeOperation(derive);
  for (const one of [pair, secret]) tee.freeTransientObject(one);
}

describe("groups of numbers", () => {
  it("agrees with node:crypto by DH", async () => {
    const system = lab();
    await system.run(async (tee) => {
      const other = createDiffieHellmanGroup("modp5");
      other.generateKeys();
      const [prime, base] = [new Uint8Array(other.getPrime()), new Uint8Array(other.getGenerator())];
      const group = [tee.refAttribute(ATTR.DH_PRIME, prime), tee.refAttribute(ATTR.DH_BASE, base)];
      const pair = tee.allocateTransientObject(TYPE.DH_KEYPAIR, 1536).handle;
      expect(await tee.generateKey(pair, 1536, group)).toBe(TEE.SUCCESS);
      const derive = operation(tee, ALG.DH_DERIVE_SHARED_SECRET, MODE.DERIVE, 1536, pair);
      const secret = tee.allocateTransientObject(TYPE.GENERIC_SECRET, 1536).handle;
      await tee.deriveKey(
        derive,
        [tee.refAttribute(ATTR.DH_PUBLIC_VALUE, new Uint8Array(other.getPublicKey()))],
        secret,
      );
      const [own, made] = [new Uint8Array(192), new Uint8Array(192)];
      const { size } = tee.objectBufferAttribute(pair, ATTR.DH_PUBLIC_VALUE, own);
      const count = tee.objectBufferAttribute(secret, ATTR.SECRET_VALUE, made).size;
      const expected = other.computeSecret(Buffer.from(own.subarray(0, size)));
      expect(BigInt(`0x${Buffer.from(made.subarray(0, count)).toString("hex")}`)).toBe(
        BigInt(`0x${expected.toString("hex")}`),
      );
      tee.freeOperation(derive);
      for (const one of [pair, secret]) tee.freeTransientObject(one);
    });
    system.expectClean();
  });

  it("verifies DSA signatures of node:crypto, and its own with a fresh key of the group", async () => {
    const system = lab();
    const { privateKey: theirs, publicKey: known } = generateKeyPairSync("dsa", {
      modulusLength: 1024,
      divisorLength: 160,
    });
    const [p, q, g, y] = numbersOf(known.export({ format: "der", type: "spki" }));
    await system.run(async (tee) => {
      if (!p || !q || !g || !y) throw new Error("no key");
      const group = [
        tee.refAttribute(ATTR.DSA_PRIME, p),
        tee.refAttribute(ATTR.DSA_SUBPRIME, q),
        tee.refAttribute(ATTR.DSA_BASE, g),
      ];
      const key = tee.allocateTransientObject(TYPE.DSA_PUBLIC_KEY, 1024).handle;
      const code = tee.populateTransientObject(key, [...group, tee.refAttribute(ATTR.DSA_PUBLIC_VALUE, y)]);
      expect(code).toBe(TEE.SUCCESS);
      const digest = digestOf("sha1", DATA);
      const check = operation(tee, ALG.DSA_SHA1, MODE.VERIFY, 1024, key);
      const signature = new Uint8Array(sign("sha1", DATA, { key: theirs, dsaEncoding: "ieee-p1363" }));
      expect(await tee.asymmetricVerifyDigest(check, [], digest, signature)).toBe(TEE.SUCCESS);
      const pair = tee.allocateTransientObject(TYPE.DSA_KEYPAIR, 1024).handle;
      expect(await tee.generateKey(pair, 1024, group)).toBe(TEE.SUCCESS);
      const signer = operation(tee, ALG.DSA_SHA1, MODE.SIGN, 1024, pair);
      const own = operation(tee, ALG.DSA_SHA1, MODE.VERIFY, 1024, pair);
      expect((await tee.asymmetricSignDigest(signer, [], digest, signature)).code).toBe(TEE.SUCCESS);
      expect(await tee.asymmetricVerifyDigest(own, [], digest, signature)).toBe(TEE.SUCCESS);
      expect(await tee.asymmetricVerifyDigest(check, [], digest, signature)).toBe(TEE.SIGNATURE_INVALID);
      for (const one of [check, signer, own]) tee.freeOperation(one);
      for (const one of [key, pair]) tee.freeTransientObject(one);
    });
    system.expectClean();
  });
});

/** All INTEGERs of a DER structure, wherever they are, without their sign byte. */
function numbersOf(der: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = 0; at < der.length; ) {
    const tag = der[at++];
    let size = der[at++] ?? 0;
    const words = size > 0x80 ? size & 0x7f : 0;
    if (words > 0) size = 0;
    for (let n = 0; n < words; n++) size = size * 256 + (der[at++] ?? 0);
    if (tag === 0x02) found.push(der.slice(der[at] === 0 ? at + 1 : at, at + size));
    if (tag === 0x03) at++;
    if (tag === 0x02 || tag === 0x06) at += size;
  }
  return found;
}
