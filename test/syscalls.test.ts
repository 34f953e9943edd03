// The system calls by themselves, as a TA with a library of its own makes them.
import { describe, expect, it } from "vitest";
import { TEE } from "../src/abi/errors.ts";
import type { Syscalls } from "../src/tee/svc/calls/syscalls.ts";
import { ALG, ATTR, MODE, TYPE } from "../src/tee/svc/crypto/ids.ts";
import { inTa } from "./support/in_ta.ts";

/** A state of AES-CBC with a key. */
function cipherState(svc: Syscalls): number {
  const key = svc.crypObjAlloc(TYPE.AES, 128).handle;
  svc.crypObjPopulate(key, [{ kind: "ref", id: ATTR.SECRET_VALUE, data: new Uint8Array(16) }]);
  return svc.crypStateAlloc(ALG.AES_CBC_NOPAD, MODE.ENCRYPT, key, 0).handle;
}

describe("a system call", () => {
  it("with a buffer that is too short returns SHORT_BUFFER and the size, and changes nothing", () =>
    inTa((svc) => {
      const state = cipherState(svc);
      expect(svc.cipherInit(state, new Uint8Array(16))).toBe(TEE.SUCCESS);
      const into = new Uint8Array(15);
      expect(svc.cipherUpdate(state, new Uint8Array(16), into)).toEqual({ code: TEE.SHORT_BUFFER, size: 16 });
      expect(svc.cipherFinal(state, new Uint8Array(16), into)).toEqual({ code: TEE.SHORT_BUFFER, size: 16 });
      expect(into).toEqual(new Uint8Array(15));
      const first = new Uint8Array(16);
      expect(svc.cipherFinal(state, new Uint8Array(16), first)).toEqual({ code: TEE.SUCCESS, size: 16 });
      // FIPS 197: AES-128 of a block of zeros with a key of zeros.
      expect(Buffer.from(first).toString("hex")).toBe("66e94bd4ef8a2c3b884cfa59ca342b2e");
      expect(svc.crypStateFree(state)).toBe(TEE.SUCCESS);
    }));

  it("on a state that was not begun returns BAD_STATE", () =>
    inTa((svc) => {
      const state = cipherState(svc);
      const block = new Uint8Array(16);
      expect(svc.cipherUpdate(state, block, block).code).toBe(TEE.BAD_STATE);
      expect(svc.hashUpdate(state, block)).toBe(TEE.BAD_STATE);
      expect(svc.hashFinal(state, block, block).code).toBe(TEE.BAD_STATE);
      expect(svc.authencUpdateAad(state, block)).toBe(TEE.BAD_STATE);
      svc.crypStateFree(state);
    }));

  it("with a handle that is none returns BAD_PARAMETERS", () =>
    inTa((svc) => {
      const bytes = new Uint8Array(16);
      expect(svc.crypStateFree(8)).toBe(TEE.BAD_PARAMETERS);
      expect(svc.crypObjClose(8)).toBe(TEE.BAD_PARAMETERS);
      expect(svc.crypObjGetInfo(8).code).toBe(TEE.BAD_PARAMETERS);
      expect(svc.storageObjRead(8, bytes).code).toBe(TEE.BAD_PARAMETERS);
      expect(svc.storageNextEnum(8).code).toBe(TEE.BAD_PARAMETERS);
      expect(svc.crypStateAlloc(ALG.AES_CBC_NOPAD, MODE.ENCRYPT, 8, 0)).toEqual({
        code: TEE.BAD_PARAMETERS,
        handle: 0,
      });
    }));

  it("takes just the keys that an algorithm needs, and none that a state has already", () =>
    inTa((svc) => {
      const objects = [TYPE.AES, TYPE.AES, TYPE.DES3, TYPE.HMAC_SHA256].map((type) => {
        return svc.crypObjAlloc(type, type === TYPE.HMAC_SHA256 ? 256 : 128).handle;
      });
      const [one = 0, two = 0, other = 0, mac = 0] = objects;
      const code = (algorithm: number, mode: number, key1: number, key2 = 0): number => {
        const state = svc.crypStateAlloc(algorithm, mode, key1, key2);
        return state.code;
      };
      for (const [algorithm, mode, key1, key2] of [
        [ALG.AES_CTR, MODE.ENCRYPT, 0, 0],
        [ALG.AES_CTR, MODE.ENCRYPT, one, two],
        [ALG.AES_CTR, MODE.ENCRYPT, other, 0],
        [ALG.AES_XTS, MODE.ENCRYPT, one, 0],
        [ALG.AES_XTS, MODE.ENCRYPT, one, one],
        [ALG.HMAC_SHA1, MODE.MAC, mac, 0],
        [ALG.SHA256, MODE.DIGEST, one, 0],
      ] as const)
        expect(code(algorithm, mode, key1, key2)).toBe(TEE.BAD_PARAMETERS);
      const { handle } = svc.crypStateAlloc(ALG.AES_XTS, MODE.ENCRYPT, one, two);
      expect(code(ALG.AES_CTR, MODE.ENCRYPT, two)).toBe(TEE.BAD_PARAMETERS);
      expect(svc.crypObjClose(one)).toBe(TEE.ITEM_NOT_FOUND);
      expect(svc.crypStateFree(handle)).toBe(TEE.SUCCESS);
      for (const rest of [other, mac]) expect(svc.crypObjClose(rest)).toBe(TEE.SUCCESS);
    }));

  it.each([
    ["RSA, encrypting", ALG.RSAES_PKCS1_V1_5, MODE.ENCRYPT, [TYPE.RSA_PUBLIC_KEY, TYPE.RSA_KEYPAIR]],
    ["RSA, decrypting", ALG.RSAES_PKCS1_V1_5, MODE.DECRYPT, [TYPE.RSA_KEYPAIR]],
    ["ECDSA, verifying", ALG.ECDSA_SHA256, MODE.VERIFY, [TYPE.ECDSA_PUBLIC_KEY, TYPE.ECDSA_KEYPAIR]],
    ["ECDSA, signing", ALG.ECDSA_SHA256, MODE.SIGN, [TYPE.ECDSA_KEYPAIR]],
    ["ECDH", ALG.ECDH_DERIVE_SHARED_SECRET, MODE.DERIVE, [TYPE.ECDH_KEYPAIR]],
    ["SM2, encrypting", ALG.SM2_PKE, MODE.ENCRYPT, [TYPE.SM2_PKE_PUBLIC_KEY]],
    ["SM2, decrypting", ALG.SM2_PKE, MODE.DECRYPT, [TYPE.SM2_PKE_KEYPAIR]],
    ["HKDF", ALG.HKDF_SHA256, MODE.DERIVE, [TYPE.HKDF_IKM]],
  ])("%s takes the halves of a pair that the mode needs", (_, algorithm, mode, types) =>
    inTa((svc) => {
      const all = [
        ...[TYPE.RSA_PUBLIC_KEY, TYPE.RSA_KEYPAIR, TYPE.ECDSA_PUBLIC_KEY, TYPE.ECDSA_KEYPAIR, TYPE.ECDH_PUBLIC_KEY],
        ...[TYPE.ECDH_KEYPAIR, TYPE.SM2_PKE_PUBLIC_KEY, TYPE.SM2_PKE_KEYPAIR, TYPE.HKDF_IKM],
      ];
      const taken = all.filter((type) => {
        const key = svc.crypObjAlloc(type, 256).handle;
        const { code, handle } = svc.crypStateAlloc(algorithm, mode, key, 0);
        if (code === TEE.SUCCESS) svc.crypStateFree(handle);
        else svc.crypObjClose(key);
        return code === TEE.SUCCESS;
      });
      expect(taken).toEqual(types);
    }),
  );

  it("for an algorithm that there is not returns NOT_SUPPORTED", () =>
    inTa((svc) => expect(svc.crypStateAlloc(1, MODE.DIGEST, 0, 0)).toEqual({ code: TEE.NOT_SUPPORTED, handle: 0 })));

  it("gives the next bytes of an extendable digest each time", () =>
    inTa((svc) => {
      const state = svc.crypStateAlloc(ALG.SHAKE128, MODE.DIGEST, 0, 0).handle;
      const digest = (...sizes: readonly number[]): string => {
        expect(svc.hashInit(state)).toBe(TEE.SUCCESS);
        const parts = sizes.map((size) => {
          const into = new Uint8Array(size);
          svc.hashFinal(state, new Uint8Array(), into);
          return Buffer.from(into).toString("hex");
        });
        return parts.join("");
      };
      // NIST: SHAKE128 of no bytes.
      expect(digest(16)).toBe("7f9c2ba4e88f827d616045507605853e");
      expect(digest(3, 13)).toBe(digest(16));
      svc.crypStateFree(state);
    }));
});
