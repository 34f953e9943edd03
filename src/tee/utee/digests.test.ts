// Tests of digests.ts.
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { lab } from "../../../test/crypto_lab.ts";
import { TEE } from "../../abi/errors.ts";
import { ALG, MODE, OPERATION_FLAG } from "../svc/crypto/ids.ts";

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const NONE = new Uint8Array();

/** The examples of FIPS 202 for a message of no bits. */
const SHAKES = [
  [
    ALG.SHAKE128,
    "shake128",
    "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef263cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e2",
  ],
  [
    ALG.SHAKE256,
    "shake256",
    "46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762fd75dc4ddd8c0f200cb05019d67b592f6fc821c49479ab48640292eacb3b7c4be",
  ],
] as const;

describe.each(SHAKES)("0x%x, %s", (alg, name, empty) => {
  it("gives the published bytes, in parts at every offset", async () => {
    const system = lab();
    await system.run((tee) => {
      const { code, handle } = tee.allocateOperation(alg, MODE.DIGEST, 0);
      expect(code).toBe(TEE.SUCCESS);
      for (let at = 0; at <= 64; at++) {
        const into = new Uint8Array(64);
        expect(tee.digestExtract(handle, into.subarray(0, at))).toEqual({ code: TEE.SUCCESS, size: at });
        expect(tee.operationInfo(handle).handleState & OPERATION_FLAG.EXTRACTING).toBe(OPERATION_FLAG.EXTRACTING);
        expect(tee.digestDoFinal(handle, NONE, into.subarray(at))).toEqual({ code: TEE.SUCCESS, size: 64 - at });
        expect(text(into)).toBe(empty);
        expect(tee.operationInfo(handle).handleState & OPERATION_FLAG.EXTRACTING).toBe(0);
      }
      tee.freeOperation(handle);
    });
    system.expectClean();
  });

  it("gives as much as is asked for, of any data, as node:crypto does", async () => {
    const system = lab();
    await system.run((tee) => {
      const { handle } = tee.allocateOperation(alg, MODE.DIGEST, 0);
      const data = Uint8Array.from({ length: 300 }, (_, i) => i & 255);
      for (const outputLength of [0, 1, 31, 168, 1000]) {
        tee.digestUpdate(handle, data.subarray(0, 100));
        const into = new Uint8Array(outputLength);
        tee.digestDoFinal(handle, data.subarray(100), into);
        expect(text(into)).toBe(createHash(name, { outputLength }).update(data).digest("hex"));
      }
      tee.freeOperation(handle);
    });
    system.expectClean();
  });
});

describe("extraction", () => {
  it("gives a digest of a fixed length piece by piece, and no more than that", async () => {
    const system = lab();
    await system.run((tee) => {
      const [one, copy] = [0, 1].map(() => tee.allocateOperation(ALG.SHA256, MODE.DIGEST, 0).handle);
      if (!one || !copy) throw new Error("no operation");
      const whole = createHash("sha256").update("abc").digest("hex");
      tee.digestUpdate(one, Buffer.from("abc"));
      const into = new Uint8Array(32);
      expect(tee.digestExtract(one, into.subarray(0, 5)).size).toBe(5);
      tee.copyOperation(copy, one);
      expect(tee.digestExtract(one, into.subarray(5, 20)).size).toBe(15);
      expect(tee.digestDoFinal(one, NONE, into.subarray(21))).toEqual({ code: TEE.SHORT_BUFFER, size: 12 });
      expect(tee.digestExtract(one, new Uint8Array(40)).size).toBe(12);
      expect(tee.digestExtract(one, new Uint8Array(40)).size).toBe(0);
      expect(tee.digestDoFinal(one, NONE, NONE)).toEqual({ code: TEE.SUCCESS, size: 0 });
      expect(tee.digestDoFinal(copy, NONE, into.subarray(5)).size).toBe(27);
      expect(text(into)).toBe(whole);
      tee.digestDoFinal(one, Buffer.from("abc"), into);
      expect(text(into)).toBe(whole);
      for (const handle of [one, copy]) tee.freeOperation(handle);
    });
    system.expectClean();
  });

  it.each(["update", "final"])("takes no more data: %s", async (call) => {
    const outcome = await lab().run((tee) => {
      const { handle } = tee.allocateOperation(ALG.SHAKE128, MODE.DIGEST, 0);
      tee.digestExtract(handle, new Uint8Array(1));
      if (call === "update") tee.digestUpdate(handle, Uint8Array.of(1));
      else tee.digestDoFinal(handle, Uint8Array.of(1), new Uint8Array(8));
    });
    expect(outcome).toBe(TEE.TARGET_DEAD);
  });
});
