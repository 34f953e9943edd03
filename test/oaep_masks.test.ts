// RSA-OAEP whose mask has another digest than its label, for the releases that take it. Key and ciphertext are OpenSSL's, made by
// Python's cryptography: 1024 bits, SHA-256 for the label, SHA-1 for the mask.
import { expect, it } from "vitest";
import { TEE } from "../src/abi/errors.ts";
import type { Syscalls } from "../src/tee/svc/calls/syscalls.ts";
import type { Attribute } from "../src/tee/svc/crypto/attribute.ts";
import { ALG, ATTR, MODE, TYPE } from "../src/tee/svc/crypto/ids.ts";
import { inTa } from "./support/in_ta.ts";

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));

const N =
  "b802b7ca5a9d0b20301c9293aa0d1f0d1355b99da5925bd6781d332054c1dfdc47b2f7b5ccdece2d2187fc014e9dc2d19b1b1662ee83b6d6b70173e707d6e4f6e6aa324a55b384536e6a1392da92759fa5b50da61056787f8a90bcf8a35896cbb4ad3ed2d7fe55e3b65df4208d5254fd4674a610ad15bcbb0019f8b439ad56d1";
const D =
  "152feaed97c56154917598c2fbdf8ae5bc86305b20875b9fb430d8842e7e2c4276d6fa82aa563533291b393f054850f8457db6f429366d4507c959090ef40564de67d51b0eb3bc67a6edce61d11b880658097d5c40461267ac19fed6b6057529d51397a24e286f3afc164855bfe2d480a941707bd8c1434ac848b7a7bdc75001";
const CIPHERTEXT =
  "0cc3fd9377a54e72a7e881b0d24c0f88be88e58cbcc646e09c6033c1d99e18660a82e3d195353bc9fb9ef22e1d738bcce5162c13ad974427ead72021a4e0e05fbe04079a88ca9af7133607fa751236721d3bf9e87a8d02a28790eec8adca6e8aa3372adbce743a0afd00c29fc60a0b1cd159cc2e5351d93d202681b7ad185b52";
const PLAIN = Buffer.from("masked by another digest").toString("hex");

const ref = (id: number, data: Uint8Array): Attribute => ({ kind: "ref", id, data });
const label = ref(ATTR.RSA_OAEP_LABEL, new Uint8Array(Buffer.from("label")));
const mask = (algorithm: number): Attribute =>
  ref(ATTR.RSA_OAEP_MGF_HASH, new Uint8Array(Uint32Array.of(algorithm).buffer));

/** What a call with the key gives: its code, or bytes in hexadecimal. */
function operate(svc: Syscalls, mode: number, attributes: readonly Attribute[], data: Uint8Array): number | string {
  const key = svc.crypObjAlloc(TYPE.RSA_KEYPAIR, 1024).handle;
  const parts = [
    ref(ATTR.RSA_MODULUS, hex(N)),
    ref(ATTR.RSA_PUBLIC_EXPONENT, hex("010001")),
    ref(ATTR.RSA_PRIVATE_EXPONENT, hex(D)),
  ];
  expect(svc.crypObjPopulate(key, parts)).toBe(TEE.SUCCESS);
  const state = svc.crypStateAlloc(ALG.RSAES_PKCS1_OAEP_MGF1_SHA256, mode, key, 0).handle;
  const into = new Uint8Array(128);
  const { code, size } = svc.asymmOperate(state, attributes, data, into);
  svc.crypStateFree(state);
  return code === TEE.SUCCESS ? Buffer.from(into.subarray(0, size)).toString("hex") : code;
}

it("is decrypted, and encrypted for itself", () =>
  inTa((svc) => {
    const given = [mask(ALG.SHA1), label];
    expect(operate(svc, MODE.DECRYPT, given, hex(CIPHERTEXT))).toBe(PLAIN);
    expect(operate(svc, MODE.DECRYPT, [label], hex(CIPHERTEXT))).toBe(TEE.BAD_PARAMETERS);
    const made = operate(svc, MODE.ENCRYPT, given, hex(PLAIN));
    expect(operate(svc, MODE.DECRYPT, given, hex(String(made)))).toBe(PLAIN);
    // What stands behind the label does not count.
    expect(operate(svc, MODE.DECRYPT, [label, mask(ALG.SHA1)], hex(CIPHERTEXT))).toBe(TEE.BAD_PARAMETERS);
  }, "4.10.0"));

it("is not supported before; the label's own digest is", () =>
  inTa((svc) => {
    expect(operate(svc, MODE.DECRYPT, [mask(ALG.SHA1), label], hex(CIPHERTEXT))).toBe(TEE.NOT_SUPPORTED);
    const made = operate(svc, MODE.ENCRYPT, [mask(ALG.SHA256), label], hex(PLAIN));
    expect(operate(svc, MODE.DECRYPT, [label], hex(String(made)))).toBe(PLAIN);
    expect(operate(svc, MODE.ENCRYPT, [ref(ATTR.RSA_OAEP_MGF_HASH, hex("0400"))], hex(PLAIN))).toBe(TEE.BAD_PARAMETERS);
    expect(operate(svc, MODE.ENCRYPT, [mask(ALG.AES_CTR)], hex(PLAIN))).toBe(TEE.NOT_SUPPORTED);
  }));
