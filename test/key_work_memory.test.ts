// Compares the memory of key operations with the recording.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { TEE } from "../src/abi/errors.ts";
import type { MallocContext } from "../src/malloc/context.ts";
import { ALG, ATTR, CURVE, MODE, TYPE } from "../src/tee/svc/crypto/ids.ts";
import type { InternalApi } from "../src/tee/utee/internal_api.ts";
import { lab } from "./crypto_lab.ts";

/** What the recorded core did for a mark's calls of one kind: `C 24 core/…/ltc_ecc_points.c:20`, by call. */
function recorded(mark: string, from: string, to: string): string[][] {
  const text = gunzipSync(readFileSync(new URL("../data/optee-4.0.0/core.trace.gz", import.meta.url))).toString();
  const part = text.slice(text.indexOf(`# mark begin ${mark} `));
  const calls: string[][] = [];
  let call: string[] | null = null;
  for (const line of part.slice(1, part.indexOf("# mark begin", 1)).split("\n")) {
    const [, , op = "", , size = "", , , , , , place = ""] = line.split("\t");
    if (place.endsWith(from)) call = [];
    call?.push(op === "F" || op === "W" ? `${op} ${place}` : `${op} ${size} ${place}`);
    if (place.endsWith(to) && call) {
      calls.push(call);
      call = null;
    }
  }
  return calls;
}

/** The same of this system. */
async function events(heap: MallocContext, work: () => unknown): Promise<string[]> {
  const list: string[] = [];
  heap.listener = (op, _pointer, size, _count, _result, file, line) =>
    void list.push(op === "F" || op === "W" ? `${op} ${file}:${line}` : `${op} ${size} ${file}:${line}`);
  await work();
  heap.listener = null;
  return list;
}

const OPERATE = ["tee_svc_cryp.c:4415", "tee_svc_cryp.c:4594"] as const;
const VERIFY = ["tee_svc_cryp.c:4649", "tee_svc_cryp.c:4750"] as const;
const DERIVE = ["tee_svc_cryp.c:3661", "tee_svc_cryp.c:4017"] as const;

async function pair(tee: InternalApi, type: number, bits: number, curve?: number): Promise<number> {
  const { handle } = tee.allocateTransientObject(type, bits);
  const given = curve === undefined ? [] : [tee.valueAttribute(ATTR.ECC_CURVE, curve)];
  expect(await tee.generateKey(handle, bits, given)).toBe(TEE.SUCCESS);
  return handle;
}

function operation(tee: InternalApi, alg: number, mode: number, bits: number, key: number): number {
  const { handle } = tee.allocateOperation(alg, mode, bits);
  expect(tee.setOperationKey(handle, key)).toBe(TEE.SUCCESS);
  return handle;
}

it("curves at work take the recorded memory, to the line: ECDSA, SM2, ECDH", async () => {
  const operate = recorded("regression-4006", ...OPERATE);
  const verify = recorded("regression-4006", ...VERIFY);
  const derive = recorded("regression-4009", ...DERIVE);
  expect([operate.length, verify.length, derive.length]).toEqual([45, 18, 5]);
  const system = lab();
  await system.run(async (tee) => {
    const { heap } = system.core;
    const made = new Uint8Array(281);
    // The last calls of the case: ECDSA; SM2's encryption with two decryptions, another pair of them; SM2's signatures.
    const calls = operate.slice(-7);
    const ecdsa = await pair(tee, TYPE.ECDSA_KEYPAIR, 192, CURVE.NIST_P192);
    const signs = operation(tee, ALG.ECDSA_SHA1, MODE.SIGN, 192, ecdsa);
    const checks = operation(tee, ALG.ECDSA_SHA1, MODE.VERIFY, 192, ecdsa);
    const digest = new Uint8Array(20).fill(1);
    expect(await events(heap, () => tee.asymmetricSignDigest(signs, [], digest, made))).toEqual(calls[0]);
    const check = (): unknown => tee.asymmetricVerifyDigest(checks, [], digest, made.slice(0, 48));
    expect(await events(heap, check)).toEqual(verify.at(-4));
    const sm2 = await pair(tee, TYPE.SM2_PKE_KEYPAIR, 256);
    const encrypt = operation(tee, ALG.SM2_PKE, MODE.ENCRYPT, 256, sm2);
    const decrypt = operation(tee, ALG.SM2_PKE, MODE.DECRYPT, 256, sm2);
    const plain = new Uint8Array(19);
    expect(await events(heap, () => tee.asymmetricEncrypt(encrypt, [], plain, made))).toEqual(calls[1]);
    const back = (): unknown => tee.asymmetricDecrypt(decrypt, [], made.slice(0, 116), new Uint8Array(19));
    expect(await events(heap, back)).toEqual(calls[2]);
    const signer = await pair(tee, TYPE.SM2_DSA_KEYPAIR, 256);
    const sm2Signs = operation(tee, ALG.SM2_DSA_SM3, MODE.SIGN, 256, signer);
    const sm2Checks = operation(tee, ALG.SM2_DSA_SM3, MODE.VERIFY, 256, signer);
    const sum = new Uint8Array(32).fill(1);
    expect(await events(heap, () => tee.asymmetricSignDigest(sm2Signs, [], sum, made))).toEqual(calls[6]);
    const sm2Check = (): unknown => tee.asymmetricVerifyDigest(sm2Checks, [], sum, made.slice(0, 64));
    expect(await events(heap, sm2Check)).toEqual(verify.at(-1));
    const ecdh = await pair(tee, TYPE.ECDH_KEYPAIR, 192, CURVE.NIST_P192);
    const agrees = operation(tee, ALG.ECDH_DERIVE_SHARED_SECRET, MODE.DERIVE, 192, ecdh);
    const other = [ATTR.ECC_PUBLIC_VALUE_X, ATTR.ECC_PUBLIC_VALUE_Y].map((id) => {
      const data = new Uint8Array(24);
      tee.objectBufferAttribute(ecdh, id, data);
      return tee.refAttribute(id, data);
    });
    const derived = tee.allocateTransientObject(TYPE.GENERIC_SECRET, 192).handle;
    expect(await events(heap, () => tee.deriveKey(agrees, other, derived))).toEqual(derive[0]);
    for (const one of [signs, checks, encrypt, decrypt, sm2Signs, sm2Checks, agrees]) tee.freeOperation(one);
    for (const one of [ecdsa, sm2, signer, ecdh, derived]) tee.freeTransientObject(one);
  });
  system.expectClean();
});
