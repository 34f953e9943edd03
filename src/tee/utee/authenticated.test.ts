// Tests of authenticated.ts.
import { createCipheriv } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lab } from "../../../test/crypto_lab.ts";
import { TEE } from "../../abi/errors.ts";
import { ALG, ATTR, MODE, TYPE } from "../svc/crypto/ids.ts";
import type { InternalApi } from "./internal_api.ts";

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

function aes(tee: InternalApi, alg: number, mode: number, key: Uint8Array): number {
  const object = tee.allocateTransientObject(TYPE.AES, key.length * 8).handle;
  tee.populateTransientObject(object, [tee.refAttribute(ATTR.SECRET_VALUE, key)]);
  const { handle } = tee.allocateOperation(alg, mode, key.length * 8);
  tee.setOperationKey(handle, object);
  tee.freeTransientObject(object);
  return handle;
}

const GCM_PLAIN =
  "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
const GCM_AAD = "feedfacedeadbeeffeedfacedeadbeefabaddad2";

const VECTORS = [
  {
    name: "GCM test case 4 (McGrew, Viega)",
    alg: ALG.AES_GCM,
    key: "feffe9928665731c6d6a8f9467308308",
    nonce: "cafebabefacedbaddecaf888",
    aad: GCM_AAD,
    data: GCM_PLAIN,
    out: "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091",
    tag: "5bc94fbc3221a5db94fae95ae7121a47",
  },
  {
    name: "GCM test case 5, 8 bytes of nonce",
    alg: ALG.AES_GCM,
    key: "feffe9928665731c6d6a8f9467308308",
    nonce: "cafebabefacedbad",
    aad: GCM_AAD,
    data: GCM_PLAIN,
    out: "61353b4c2806934a777ff51fa22a4755699b2a714fcdc6f83766e5f97b6c742373806900e49f24b22b097544d4896b424989b5e1ebac0f07c23f4598",
    tag: "3612d2e79e3b0785561be14aaca2fccb",
  },
  {
    name: "SP 800-38C example 1",
    alg: ALG.AES_CCM,
    key: "404142434445464748494a4b4c4d4e4f",
    nonce: "10111213141516",
    aad: "0001020304050607",
    data: "20212223",
    out: "7162015b",
    tag: "4dac255d",
  },
  {
    name: "SP 800-38C example 3",
    alg: ALG.AES_CCM,
    key: "404142434445464748494a4b4c4d4e4f",
    nonce: "101112131415161718191a1b",
    aad: "000102030405060708090a0b0c0d0e0f10111213",
    data: "202122232425262728292a2b2c2d2e2f3031323334353637",
    out: "e3b201a9f5b71a7a9b1ceaeccd97e70b6176aad9a4428aa5",
    tag: "484392fbc1b09951",
  },
] as const;

describe("authenticated encryption", () => {
  it.each(VECTORS)(
    "$name: both ways, in two parts at every offset",
    async ({ alg, key, nonce, aad, data, out, tag }) => {
      const system = lab();
      const [plain, sealed, extra] = [hex(data), hex(out), hex(aad)];
      await system.run((tee) => {
        const seal = aes(tee, alg, MODE.ENCRYPT, hex(key));
        const open = aes(tee, alg, MODE.DECRYPT, hex(key));
        for (let at = 0; at <= plain.length; at++) {
          const cut = at % (extra.length + 1);
          const into = new Uint8Array(plain.length);
          const made = new Uint8Array(16);
          tee.aeInit(seal, hex(nonce), tag.length * 4, extra.length, plain.length);
          tee.aeUpdateAad(seal, extra.subarray(0, cut));
          tee.aeUpdateAad(seal, extra.subarray(cut));
          const { size } = tee.aeUpdate(seal, plain.subarray(0, at), into);
          const end = tee.aeEncryptFinal(seal, plain.subarray(at), into.subarray(size), made);
          expect([end.code, text(into), text(made.subarray(0, end.tagSize))]).toEqual([TEE.SUCCESS, out, tag]);
          tee.aeInit(open, hex(nonce), tag.length * 4, extra.length, plain.length);
          tee.aeUpdateAad(open, extra);
          const first = tee.aeUpdate(open, sealed.subarray(0, at), into);
          expect(tee.aeDecryptFinal(open, sealed.subarray(at), into.subarray(first.size), hex(tag)).code).toBe(
            TEE.SUCCESS,
          );
          expect(text(into)).toBe(data);
        }
        tee.aeInit(open, hex(nonce), tag.length * 4, extra.length, plain.length);
        tee.aeUpdateAad(open, extra);
        const wrong = hex(tag).fill(0, 1);
        expect(tee.aeDecryptFinal(open, sealed, new Uint8Array(plain.length), wrong).code).toBe(TEE.MAC_INVALID);
        tee.freeOperation(seal);
        tee.freeOperation(open);
      });
      system.expectClean();
    },
  );

  it("gives what node:crypto gives, in any parts", async () => {
    const system = lab();
    const bytes = (maxLength: number) => fc.uint8Array({ maxLength });
    await system.run((tee) => {
      fc.assert(
        fc.property(
          fc.uint8Array({ minLength: 32, maxLength: 32 }),
          fc.uint8Array({ minLength: 1, maxLength: 40 }),
          bytes(100),
          fc.array(bytes(100), { maxLength: 5 }),
          (key, nonce, aad, parts) => {
            const operation = aes(tee, ALG.AES_GCM, MODE.ENCRYPT, key);
            const reference = createCipheriv("aes-256-gcm", key, nonce).setAAD(aad);
            tee.aeInit(operation, nonce, 128);
            tee.aeUpdateAad(operation, aad);
            for (const part of parts) {
              const into = new Uint8Array(part.length);
              tee.aeUpdate(operation, part, into);
              expect(text(into)).toBe(reference.update(part).toString("hex"));
            }
            reference.final();
            const tag = new Uint8Array(16);
            tee.aeEncryptFinal(operation, new Uint8Array(), new Uint8Array(), tag);
            expect(text(tag)).toBe(reference.getAuthTag().toString("hex"));
            tee.freeOperation(operation);
          },
        ),
        { numRuns: 40 },
      );
    });
    system.expectClean();
  });

  it("answers NOT_SUPPORTED for tags that cannot be, and panics for more data than CCM was told of", async () => {
    const system = lab();
    const code = await system.run((tee) => {
      const operation = aes(tee, ALG.AES_CCM, MODE.ENCRYPT, new Uint8Array(16));
      expect(tee.aeInit(operation, new Uint8Array(12), 33, 0, 1)).toBe(TEE.NOT_SUPPORTED);
      expect(tee.aeInit(operation, new Uint8Array(12), 32, 0, 1)).toBe(TEE.SUCCESS);
      tee.aeEncryptFinal(operation, new Uint8Array(2), new Uint8Array(2), new Uint8Array(4));
    });
    expect(code).toBe(TEE.TARGET_DEAD);
  });
});
