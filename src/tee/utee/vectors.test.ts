// Tests of the crypto API in a TA, with published vectors.
import { createCipheriv, createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lab } from "../../../test/crypto_lab.ts";
import { TEE } from "../../abi/errors.ts";
import { ALG, MODE, TYPE } from "../svc/crypto/ids.ts";
import type { InternalApi } from "./internal_api.ts";

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replace(/\s/g, ""), "hex"));
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const ascii = (line: string): Uint8Array => new Uint8Array(Buffer.from(line, "latin1"));

const KEY128 = "2b7e151628aed2a6abf7158809cf4f3c";
const SP800_38A =
  "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";
const IV = "000102030405060708090a0b0c0d0e0f";

interface Vector {
  readonly name: string;
  readonly alg: number;
  readonly type?: number;
  readonly key?: string;
  readonly key2?: string;
  readonly iv?: string;
  readonly data: string;
  readonly out: string;
}

const CIPHERS: readonly Vector[] = [
  {
    name: "FIPS-197 C.1",
    alg: ALG.AES_ECB_NOPAD,
    key: "000102030405060708090a0b0c0d0e0f",
    data: "00112233445566778899aabbccddeeff",
    out: "69c4e0d86a7b0430d8cdb78070b4c55a",
  },
  {
    name: "FIPS-197 C.2",
    alg: ALG.AES_ECB_NOPAD,
    key: "000102030405060708090a0b0c0d0e0f1011121314151617",
    data: "00112233445566778899aabbccddeeff",
    out: "dda97ca4864cdfe06eaf70a0ec0d7191",
  },
  {
    name: "FIPS-197 C.3",
    alg: ALG.AES_ECB_NOPAD,
    key: "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
    data: "00112233445566778899aabbccddeeff",
    out: "8ea2b7ca516745bfeafc49904b496089",
  },
  {
    name: "SP 800-38A F.2.1 CBC",
    alg: ALG.AES_CBC_NOPAD,
    key: KEY128,
    iv: IV,
    data: SP800_38A,
    out: "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b273bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7",
  },
  {
    name: "SP 800-38A F.5.1 CTR",
    alg: ALG.AES_CTR,
    key: KEY128,
    iv: "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff",
    data: SP800_38A,
    out: "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee",
  },
  {
    name: "RFC 3962 CTS, 17 bytes",
    alg: ALG.AES_CTS,
    key: "636869636b656e207465726979616b69",
    iv: "00".repeat(16),
    data: "4920776f756c64206c696b652074686520",
    out: "c6353568f2bf8cb4d8a580362da7ff7f97",
  },
  {
    name: "RFC 3962 CTS, 31 bytes",
    alg: ALG.AES_CTS,
    key: "636869636b656e207465726979616b69",
    iv: "00".repeat(16),
    data: "4920776f756c64206c696b65207468652047656e6572616c20476175277320",
    out: "fc00783e0efdb2c1d445d4c8eff7ed2297687268d6ecccc0c07b25e25ecfe5",
  },
  {
    name: "RFC 3962 CTS, 48 bytes",
    alg: ALG.AES_CTS,
    key: "636869636b656e207465726979616b69",
    iv: "00".repeat(16),
    data: "4920776f756c64206c696b65207468652047656e6572616c20476175277320436869636b656e2c20706c656173652c20",
    out: "97687268d6ecccc0c07b25e25ecfe5849dad8bbb96c4cdc03bc103e1a194bbd839312523a78662d5be7fcbcc98ebf5a8",
  },
  {
    name: "IEEE 1619 XTS vector 2",
    alg: ALG.AES_XTS,
    key: "11".repeat(16),
    key2: "22".repeat(16),
    iv: "33333333330000000000000000000000",
    data: "44".repeat(32),
    out: "c454185e6a16936e39334038acef838bfb186fff7480adc4289382ecd6d394f0",
  },
  {
    name: "IEEE 1619 XTS vector 15 (17 bytes)",
    alg: ALG.AES_XTS,
    key: "fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0",
    key2: "bfbebdbcbbbab9b8b7b6b5b4b3b2b1b0",
    iv: "9a785634120000000000000000000000",
    data: "000102030405060708090a0b0c0d0e0f10",
    out: "6c1625db4671522d3d7599601de7ca09ed",
  },
  {
    name: "GB/T 32907 SM4",
    alg: ALG.SM4_ECB_NOPAD,
    type: TYPE.SM4,
    key: "0123456789abcdeffedcba9876543210",
    data: "0123456789abcdeffedcba9876543210",
    out: "681edf34d206965e86b3e94f536e4246",
  },
  {
    name: "FIPS 81 DES",
    alg: ALG.DES_ECB_NOPAD,
    type: TYPE.DES,
    key: "0123456789abcdef",
    data: "4e6f772069732074",
    out: "3fa40e8a984d4815",
  },
];

describe("ciphers in a trusted application", () => {
  it.each(CIPHERS)(
    "$name: both ways, in two parts at every offset",
    async ({ alg, type, key = "", key2, iv, data, out }) => {
      const system = lab();
      await system.run((tee) => {
        for (const mode of [MODE.ENCRYPT, MODE.DECRYPT]) {
          const [from, to] = mode === MODE.ENCRYPT ? [data, out] : [out, data];
          const operation = withKey(
            tee,
            alg,
            mode,
            type ?? TYPE.AES,
            hex(key),
            key2 === undefined ? undefined : hex(key2),
          );
          for (let at = 0; at <= hex(from).length; at++) {
            tee.cipherInit(operation, hex(iv ?? ""));
            const into = new Uint8Array(hex(to).length);
            const first = tee.cipherUpdate(operation, hex(from).subarray(0, at), into);
            const last = tee.cipherDoFinal(operation, hex(from).subarray(at), into.subarray(first.size));
            expect([first.code, last.code, text(into)]).toEqual([TEE.SUCCESS, TEE.SUCCESS, text(hex(to))]);
          }
          tee.freeOperation(operation);
        }
      });
      system.expectClean();
    },
  );
});

describe("digests", () => {
  const cases: readonly (readonly [number, string, string])[] = [
    [ALG.MD5, "md5", "900150983cd24fb0d6963f7d28e17f72"],
    [ALG.SHA1, "sha1", "a9993e364706816aba3e25717850c26c9cd0d89d"],
    [ALG.SHA224, "sha224", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"],
    [ALG.SHA256, "sha256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      ALG.SHA384,
      "sha384",
      "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
    ],
    [
      ALG.SHA512,
      "sha512",
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    ],
    [ALG.SHA3_256, "sha3-256", "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"],
    [ALG.SM3, "sm3", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"],
  ];
  it.each(cases)("0x%x %s of abc, and of any data in any parts", async (alg, name, out) => {
    const system = lab();
    await system.run((tee) => {
      const { handle } = tee.allocateOperation(alg, MODE.DIGEST, 0);
      const into = new Uint8Array(64);
      const { size } = tee.digestDoFinal(handle, ascii("abc"), into);
      expect(text(into.subarray(0, size))).toBe(out);
      expect(tee.digestDoFinal(handle, ascii("abc"), new Uint8Array(size - 1))).toEqual({
        code: TEE.SHORT_BUFFER,
        size,
      });
      tee.resetOperation(handle);
      fc.assert(
        fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }), (parts) => {
          for (const part of parts) tee.digestUpdate(handle, part);
          tee.digestDoFinal(handle, new Uint8Array(), into);
          const whole = createHash(name);
          for (const part of parts) whole.update(part);
          expect(text(into.subarray(0, size))).toBe(whole.digest("hex"));
        }),
        { numRuns: 30 },
      );
      tee.freeOperation(handle);
    });
    system.expectClean();
  });
});

describe("MACs", () => {
  const cases: readonly Vector[] = [
    {
      name: "RFC 2202 HMAC-MD5 2",
      alg: ALG.HMAC_MD5,
      type: TYPE.HMAC_MD5,
      key: "9294727a3638bb1c13f48ef8158bfc9d",
      data: text(ascii("Hi There")),
      out: createHmac("md5", hex("9294727a3638bb1c13f48ef8158bfc9d")).update("Hi There").digest("hex"),
    },
    {
      name: "RFC 2202 HMAC-SHA1 1",
      alg: ALG.HMAC_SHA1,
      type: TYPE.HMAC_SHA1,
      key: "0b".repeat(20),
      data: text(ascii("Hi There")),
      out: "b617318655057264e28bc0b6fb378c8ef146be00",
    },
    {
      name: "RFC 4231 HMAC-SHA-224 3",
      alg: ALG.HMAC_SHA224,
      type: TYPE.HMAC_SHA224,
      key: "aa".repeat(20),
      data: "dd".repeat(50),
      out: "7fb3cb3588c6c1f6ffa9694d7d6ad2649365b0c1f65d69d1ec8333ea",
    },
    {
      name: "RFC 4231 HMAC-SHA-256 4",
      alg: ALG.HMAC_SHA256,
      type: TYPE.HMAC_SHA256,
      key: "0102030405060708090a0b0c0d0e0f10111213141516171819",
      data: "cd".repeat(50),
      out: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
    },
    {
      name: "RFC 4231 HMAC-SHA-512 6",
      alg: ALG.HMAC_SHA512,
      type: TYPE.HMAC_SHA512,
      key: "aa".repeat(128),
      data: "dd".repeat(50),
      out: createHmac("sha512", hex("aa".repeat(128)))
        .update(hex("dd".repeat(50)))
        .digest("hex"),
    },
    { name: "RFC 4493 CMAC 1", alg: ALG.AES_CMAC, key: KEY128, data: "", out: "bb1d6929e95937287fa37d129b756746" },
    {
      name: "RFC 4493 CMAC 2",
      alg: ALG.AES_CMAC,
      key: KEY128,
      data: SP800_38A.slice(0, 32),
      out: "070a16b46b4d4144f79bdd9dd04a287c",
    },
    {
      name: "RFC 4493 CMAC 3",
      alg: ALG.AES_CMAC,
      key: KEY128,
      data: SP800_38A.slice(0, 80),
      out: "dfa66747de9ae63030ca32611497c827",
    },
    {
      name: "RFC 4493 CMAC 4",
      alg: ALG.AES_CMAC,
      key: KEY128,
      data: SP800_38A,
      out: "51f0bebf7e3b9d92fc49741779363cfe",
    },
    // CBC's published vectors begin with an IV: added to the first block, it gives a chain from zero.
    {
      name: "SP 800-38A F.2.1, its IV added",
      alg: ALG.AES_CBC_MAC_NOPAD,
      key: KEY128,
      data: "6bc0bce12a459991e134741a7f9e1925ae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
      out: "3ff1caa1681fac09120eca307586e1a7",
    },
    {
      name: "Wycheproof aes_cbc_pkcs5_test 23, its IV added",
      alg: ALG.AES_CBC_MAC_PKCS5,
      key: "efd9caa8ac68e9e29acdae57e93bcea8",
      data: "f79667817b393079bae21108808ac717eedaf802a66fadf2406cfaadb0549149fcb9f485e534dc2d",
      out: "e4926e00cc3cb461c3b85d80ee2da818",
    },
    {
      name: "FIPS 113, appendix 1",
      alg: ALG.DES_CBC_MAC_NOPAD,
      type: TYPE.DES,
      key: "0123456789abcdef",
      data: `${text(ascii("7654321 Now is the time for "))}00000000`,
      out: "f1d30f6849312ca4",
    },
    {
      name: "CAVP TCBCMMT1 4, its IV added",
      alg: ALG.DES_CBC_MAC_NOPAD,
      type: TYPE.DES,
      key: "b3f4cb6d51b6fea8",
      data: "b5a7891ef0168388148ab44168bbddd8b0fd0ab723baceb87ece67aba6978c038e4b66cf5b8fdcec",
      out: "a12f12b14d836b31",
    },
    {
      name: "CAVP TCBCMMT3 4, its IV added",
      alg: ALG.DES3_CBC_MAC_NOPAD,
      type: TYPE.DES3,
      key: "ef6d3e54266d978ffb0b8ce6689d803e2cd34cc802fd0252",
      data: "fc48cd09d74f36091c0debb5d9d4e12ba71656618d119b2f8f0af29d23efa3a9e43c4c458a1b79a0",
      out: "4664caeda1000fe5",
    },
    {
      name: "CBC-MAC is the last block of CBC",
      alg: ALG.AES_CBC_MAC_NOPAD,
      key: KEY128,
      data: SP800_38A,
      out: text(createCipheriv("aes-128-cbc", hex(KEY128), new Uint8Array(16)).update(hex(SP800_38A)).subarray(-16)),
    },
    {
      name: "CBC-MAC with PKCS5 pads always",
      alg: ALG.DES3_CBC_MAC_PKCS5,
      type: TYPE.DES3,
      key: "0123456789abcdef23456789abcdef01456789abcdef0123",
      data: SP800_38A.slice(0, 26),
      out: lastOf3des("0123456789abcdef23456789abcdef01456789abcdef0123", `${SP800_38A.slice(0, 26)}030303`),
    },
  ];
  it.each(cases)("$name: in two parts at every offset", async ({ alg, type, key = "", data, out }) => {
    const system = lab();
    await system.run((tee) => {
      const operation = withKey(tee, alg, MODE.MAC, type ?? TYPE.AES, hex(key));
      const into = new Uint8Array(64);
      for (let at = 0; at <= hex(data).length; at++) {
        tee.macInit(operation);
        tee.macUpdate(operation, hex(data).subarray(0, at));
        const { code, size } = tee.macComputeFinal(operation, hex(data).subarray(at), into);
        expect([code, text(into.subarray(0, size))]).toEqual([TEE.SUCCESS, out]);
      }
      tee.macInit(operation);
      expect(tee.macCompareFinal(operation, hex(data), hex(out))).toBe(TEE.SUCCESS);
      tee.macInit(operation);
      expect(tee.macCompareFinal(operation, hex(data), hex(out).fill(0, 3))).toBe(TEE.MAC_INVALID);
      tee.freeOperation(operation);
    });
    system.expectClean();
  });
});

function lastOf3des(key: string, data: string): string {
  const cipher = createCipheriv("des-ede3-cbc", hex(key), new Uint8Array(8));
  return text(cipher.update(hex(data)).subarray(-8));
}

/** An operation with its key or keys, which are not kept. */
function withKey(
  tee: InternalApi,
  alg: number,
  mode: number,
  type: number,
  ...keys: (Uint8Array | undefined)[]
): number {
  const given = keys.filter((key) => key !== undefined);
  const bits = (given[0]?.length ?? 0) * (type === TYPE.DES || type === TYPE.DES3 ? 7 : 8);
  const { code, handle } = tee.allocateOperation(alg, mode, bits * given.length);
  expect(code).toBe(TEE.SUCCESS);
  const objects = given.map((key) => {
    const object = tee.allocateTransientObject(type, bits).handle;
    expect(tee.populateTransientObject(object, [tee.refAttribute(0xc0000000, key)])).toBe(TEE.SUCCESS);
    return object;
  });
  const [one = 0, two = 0] = objects;
  expect(given.length === 2 ? tee.setOperationKey2(handle, one, two) : tee.setOperationKey(handle, one)).toBe(
    TEE.SUCCESS,
  );
  for (const object of objects) tee.freeTransientObject(object);
  return handle;
}
