// Tests of SM2 in a TA, with the examples of GM/T 0003.5-2012.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lab } from "../../../test/crypto_lab.ts";
import { TEE } from "../../abi/errors.ts";
import type { MallocContext } from "../../malloc/context.ts";
import { ALG, ATTR, CURVE, MODE, OLD_EPHEMERAL, TYPE } from "../svc/crypto/ids.ts";
import type { InternalApi } from "./internal_api.ts";

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replace(/\s/g, ""), "hex"));
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const ascii = (line: string): Uint8Array => new Uint8Array(Buffer.from(line, "latin1"));

/** GM/T 0003.5-2012, annexes A (signature) and C (encryption): the key, and the random number of both. */
const KEY = {
  d: "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8",
  x: "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020",
  y: "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13",
};
const K = "59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21";
const DIGEST = "f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640";
const SIGNATURE =
  "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";
const PLAIN = ascii("encryption standard");
const POINT =
  "0404ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0";
const CIPHER = "21886ca989ca9c7d58087307ca93092d651efa";
const CHECK = "59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766";

interface Sm2Key {
  readonly d: string;
  readonly x: string;
  readonly y: string;
}

function pairOf(tee: InternalApi, type: number, { d, x, y }: Sm2Key): number {
  const { handle } = tee.allocateTransientObject(type, 256);
  const code = tee.populateTransientObject(handle, [
    tee.refAttribute(ATTR.ECC_PRIVATE_VALUE, hex(d)),
    tee.refAttribute(ATTR.ECC_PUBLIC_VALUE_X, hex(x)),
    tee.refAttribute(ATTR.ECC_PUBLIC_VALUE_Y, hex(y)),
  ]);
  expect(code).toBe(TEE.SUCCESS);
  return handle;
}

function operation(tee: InternalApi, alg: number, mode: number, key: number): number {
  const { code, handle } = tee.allocateOperation(alg, mode, 256);
  expect([code, tee.setOperationKey(handle, key)]).toEqual([TEE.SUCCESS, TEE.SUCCESS]);
  return handle;
}

const withK = (into: Uint8Array): void => into.set(hex(K).subarray(0, into.length));

describe("the examples of GM/T 0003.5-2012 in a trusted application", () => {
  it("annex A: a signature with the published random number, and its check", async () => {
    const system = lab(true, withK);
    await system.run(async (tee) => {
      const key = pairOf(tee, TYPE.SM2_DSA_KEYPAIR, KEY);
      const [sign, verify] = [MODE.SIGN, MODE.VERIFY].map((mode) => operation(tee, ALG.SM2_DSA_SM3, mode, key));
      const [made, other] = [new Uint8Array(64), hex(DIGEST).fill(0, 31)];
      const code = await tee.asymmetricSignDigest(sign ?? 0, [], hex(DIGEST), made);
      expect([code, text(made)]).toEqual([{ code: TEE.SUCCESS, size: 64 }, SIGNATURE]);
      expect(await tee.asymmetricVerifyDigest(verify ?? 0, [], hex(DIGEST), made)).toBe(TEE.SUCCESS);
      expect(await tee.asymmetricVerifyDigest(verify ?? 0, [], other, made)).toBe(TEE.SIGNATURE_INVALID);
      const short = await tee.asymmetricSignDigest(sign ?? 0, [], hex(DIGEST), new Uint8Array(63));
      expect(short).toEqual({ code: TEE.SHORT_BUFFER, size: 64 });
      for (const handle of [sign, verify]) tee.freeOperation(handle ?? 0);
      tee.freeTransientObject(key);
    });
    system.expectClean();
  });

  it("annex C: encryption, decryption, and what is refused", async () => {
    const system = lab(true, withK);
    await system.run(async (tee) => {
      const key = pairOf(tee, TYPE.SM2_PKE_KEYPAIR, KEY);
      const encrypt = operation(tee, ALG.SM2_PKE, MODE.ENCRYPT, key);
      const decrypt = operation(tee, ALG.SM2_PKE, MODE.DECRYPT, key);
      const all = POINT + CIPHER + CHECK;
      const out = new Uint8Array(116);
      expect(await tee.asymmetricEncrypt(encrypt, [], PLAIN, out)).toEqual({ code: TEE.SUCCESS, size: 116 });
      expect(text(out)).toBe(all);
      const back = new Uint8Array(19);
      expect(await tee.asymmetricDecrypt(decrypt, [], hex(all), back)).toEqual({ code: TEE.SUCCESS, size: 19 });
      expect(back).toEqual(PLAIN);
      const refused: readonly (readonly [string, number])[] = [
        [all.replace(/66$/, "67"), TEE.CIPHERTEXT_INVALID],
        [`02${all.slice(2)}`, TEE.NOT_SUPPORTED],
        [`05${all.slice(2)}`, TEE.BAD_PARAMETERS],
        [all.replace("0404eb", "0404ec"), TEE.BAD_PARAMETERS],
        [POINT + CHECK, TEE.BAD_PARAMETERS],
        ["", TEE.BAD_PARAMETERS],
      ];
      for (const [data, code] of refused)
        expect(await tee.asymmetricDecrypt(decrypt, [], hex(data), back)).toEqual({ code, size: 0 });
      expect(await tee.asymmetricEncrypt(encrypt, [], PLAIN, out.subarray(1))).toEqual({
        code: TEE.SHORT_BUFFER,
        size: 116,
      });
      expect((await tee.asymmetricEncrypt(encrypt, [], new Uint8Array(), out)).code).toBe(TEE.BAD_PARAMETERS);
      for (const handle of [encrypt, decrypt]) tee.freeOperation(handle);
      tee.freeTransientObject(key);
    });
    system.expectClean();
  });
});

/** Annex B: both sides' lasting and ephemeral keys. */
const SIDES = [
  {
    own: {
      d: "81eb26e941bb5af16df116495f90695272ae2cd63d6c4ae1678418be48230029",
      x: "160e12897df4edb61dd812feb96748fbd3ccf4ffe26aa6f6db9540af49c94232",
      y: "4a7dad08bb9a459531694beb20aa489d6649975e1bfcf8c4741b78b4b223007f",
    },
    ephemeral: {
      d: "d4de15474db74d06491c440d305e012400990f3e390c7e87153c12db2ea60bb3",
      x: "64ced1bdbc99d590049b434d0fd73428cf608a5db8fe5ce07f15026940bae40e",
      y: "376629c7ab21e7db260922499ddb118f07ce8eaae3e7720afef6a5cc062070c0",
    },
    confirms: "18c7894b3816df16cf07b05c5ec0bef5d655d58f779cc1b400a4f3884644db88",
  },
  {
    own: {
      d: "785129917d45a9ea5437a59356b82338eaadda6ceb199088f14ae10defa229b5",
      x: "6ae848c57c53c7b1b5fa99eb2286af078ba64c64591b8b566f7357d576f16dfb",
      y: "ee489d771621a27b36c5c7992062e9cd09a9264386f3fbea54dff69305621c4d",
    },
    ephemeral: {
      d: "7e07124814b309489125eaed101113164ebf0f3458c5bd88335c1f9d596243d6",
      x: "acc27688a6f7b706098bc91ff3ad1bff7dc2802cdb14ccccdb0a90471f9bd707",
      y: "2fedac0494b2ffc4d6853876c79b8f301c6573ad0aa50f39fc87181e1a1b46fe",
    },
    confirms: "d3a0fe15dee185ceae907a6b595cc32a266ed7b3367e9983a896dc32fa20f8eb",
  },
] as const;
const SECRET = "6c89347354de2484c60b4ab1fde4c6e5";
const NAME = ascii("1234567812345678");

describe.each([
  [0, ATTR.ECC_EPHEMERAL_PUBLIC_VALUE_X, ATTR.ECC_EPHEMERAL_PUBLIC_VALUE_Y],
  [1, OLD_EPHEMERAL.X, OLD_EPHEMERAL.Y],
])("annex B: key exchange, side %i", (side, ephemeralX, ephemeralY) => {
  const [me, other] = side === 0 ? SIDES : ([SIDES[1], SIDES[0]] as const);

  it.each([
    [other.confirms, 0],
    [me.confirms, TEE.TARGET_DEAD],
  ])("with the confirmation %s of the other side", async (confirmation, code) => {
    const system = lab();
    let [secret, confirmed] = [new Uint8Array(128), new Uint8Array(32)];
    const outcome = await system.run(async (tee) => {
      const keys = [me.own, me.ephemeral].map((one) => pairOf(tee, TYPE.SM2_KEP_KEYPAIR, one));
      const { handle } = tee.allocateOperation(ALG.SM2_KEP, MODE.DERIVE, 512);
      expect(tee.setOperationKey2(handle, keys[0] ?? 0, keys[1] ?? 0)).toBe(TEE.SUCCESS);
      const derived = tee.allocateTransientObject(TYPE.GENERIC_SECRET, 128).handle;
      const given = [
        tee.valueAttribute(ATTR.SM2_KEP_USER, side),
        tee.refAttribute(ATTR.ECC_PUBLIC_VALUE_X, hex(other.own.x)),
        tee.refAttribute(ATTR.ECC_PUBLIC_VALUE_Y, hex(other.own.y)),
        tee.refAttribute(ephemeralX, hex(other.ephemeral.x)),
        tee.refAttribute(ephemeralY, hex(other.ephemeral.y)),
        tee.refAttribute(ATTR.SM2_ID_INITIATOR, NAME),
        tee.refAttribute(ATTR.SM2_ID_RESPONDER, NAME),
        tee.refAttribute(ATTR.SM2_KEP_CONFIRMATION_IN, hex(confirmation)),
        tee.refAttribute(ATTR.SM2_KEP_CONFIRMATION_OUT, confirmed),
      ];
      await tee.deriveKey(handle, given, derived);
      // As in OP-TEE: as many bytes as the object has bits.
      expect(tee.objectBufferAttribute(derived, ATTR.SECRET_VALUE, secret)).toEqual({ code: TEE.SUCCESS, size: 128 });
      tee.freeOperation(handle);
      for (const one of [...keys, derived]) tee.freeTransientObject(one);
    });
    expect(outcome).toBe(code);
    if (code === 0) expect([text(secret.subarray(0, 16)), text(confirmed)]).toEqual([SECRET, me.confirms]);
    [secret, confirmed] = [new Uint8Array(), new Uint8Array()];
  });
});

describe("SM2 keys and algorithms", () => {
  it("are made, used, and refused", async () => {
    const system = lab();
    await system.run(async (tee) => {
      const pair = tee.allocateTransientObject(TYPE.SM2_DSA_KEYPAIR, 256).handle;
      expect(await tee.generateKey(pair, 256)).toBe(TEE.SUCCESS);
      const sign = operation(tee, ALG.SM2_DSA_SM3, MODE.SIGN, pair);
      const verify = operation(tee, ALG.SM2_DSA_SM3, MODE.VERIFY, pair);
      const made = new Uint8Array(64);
      await tee.asymmetricSignDigest(sign, [], hex(DIGEST), made);
      expect(await tee.asymmetricVerifyDigest(verify, [], hex(DIGEST), made)).toBe(TEE.SUCCESS);
      expect(await tee.asymmetricVerifyDigest(verify, [], hex(DIGEST), hex(SIGNATURE))).toBe(TEE.SIGNATURE_INVALID);
      expect(tee.isAlgorithmSupported(ALG.SM2_PKE, CURVE.SM2)).toBe(TEE.SUCCESS);
      expect(tee.isAlgorithmSupported(ALG.SM2_PKE, CURVE.NIST_P256)).toBe(TEE.NOT_SUPPORTED);
      expect(tee.allocateOperation(ALG.SM2_KEP, MODE.DERIVE, 256).code).toBe(TEE.NOT_SUPPORTED);
      expect(tee.allocateTransientObject(TYPE.SM2_PKE_KEYPAIR, 192).code).toBe(TEE.NOT_SUPPORTED);
      for (const one of [sign, verify]) tee.freeOperation(one);
      tee.freeTransientObject(pair);
    });
    system.expectClean();
  });
});

describe("what no key can be", () => {
  it("ends the application that uses it: a point that is not on the curve, which an object takes", async () => {
    const outcome = await lab().run(async (tee) => {
      const known = tee.allocateTransientObject(TYPE.SM2_DSA_PUBLIC_KEY, 256).handle;
      const long = tee.refAttribute(ATTR.ECC_PUBLIC_VALUE_X, new Uint8Array(33).fill(1));
      const y = tee.refAttribute(ATTR.ECC_PUBLIC_VALUE_Y, hex(KEY.y));
      expect(tee.populateTransientObject(known, [long, y])).toBe(TEE.SUCCESS);
      const verify = operation(tee, ALG.SM2_DSA_SM3, MODE.VERIFY, known);
      await tee.asymmetricVerifyDigest(verify, [], hex(DIGEST), hex(SIGNATURE));
    });
    expect(outcome).toBe(TEE.TARGET_DEAD);
  });

  /** What becomes of a TA that signs with a secret. */
  const signsWith = (d: string): Promise<number> =>
    lab().run(async (tee) => {
      const key = pairOf(tee, TYPE.SM2_DSA_KEYPAIR, { ...KEY, d });
      const sign = operation(tee, ALG.SM2_DSA_SM3, MODE.SIGN, key);
      await tee.asymmetricSignDigest(sign, [], hex(DIGEST), new Uint8Array(64));
    });

  it("ends the application instead of hanging: a secret of -1, whose signatures do not exist", async () => {
    expect(await signsWith("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54122")).toBe(TEE.TARGET_DEAD);
    expect(await signsWith(KEY.d)).toBe(TEE.SUCCESS);
  });

  it("is refused for any bytes: decryption and checks", async () => {
    const system = lab();
    await system.run(async (tee) => {
      const pke = pairOf(tee, TYPE.SM2_PKE_KEYPAIR, KEY);
      const dsa = pairOf(tee, TYPE.SM2_DSA_KEYPAIR, KEY);
      const decrypt = operation(tee, ALG.SM2_PKE, MODE.DECRYPT, pke);
      const verify = operation(tee, ALG.SM2_DSA_SM3, MODE.VERIFY, dsa);
      const codes: readonly number[] = [TEE.BAD_PARAMETERS, TEE.NOT_SUPPORTED, TEE.CIPHERTEXT_INVALID];
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 140 }), async (data) => {
          expect(codes).toContain((await tee.asymmetricDecrypt(decrypt, [], data, new Uint8Array(140))).code);
          expect(await tee.asymmetricVerifyDigest(verify, [], data, data.slice(0, 64))).toBe(TEE.SIGNATURE_INVALID);
        }),
        { numRuns: 50 },
      );
      for (const one of [decrypt, verify]) tee.freeOperation(one);
      for (const one of [pke, dsa]) tee.freeTransientObject(one);
    });
    system.expectClean();
  });
});

/** Events of a heap, each with its site. */
async function events(heap: MallocContext, work: () => unknown): Promise<string[]> {
  const list: string[] = [];
  const before = heap.listener;
  heap.listener = (op, _pointer, size) => void list.push(op === "F" || op === "W" ? op : `${op}${size}`);
  await work();
  heap.listener = before;
  return list;
}

const TIMES = "C24 C24 C24 C24 F F F F";
const SUM = `C256 C256${" C24".repeat(16)}${" F".repeat(18)}`;

it("works with the recorded memory", async () => {
  const system = lab();
  await system.run(async (tee) => {
    const { heap } = system.core;
    let key = 0;
    const populate = await events(heap, () => {
      key = pairOf(tee, TYPE.SM2_PKE_KEYPAIR, KEY);
    });
    expect(populate.join(" ")).toBe("C96 C40 M32 C512 M32 C512 M32 C512 M72 F C32 F C32 F C32 W");
    const encrypt = operation(tee, ALG.SM2_PKE, MODE.ENCRYPT, key);
    const decrypt = operation(tee, ALG.SM2_PKE, MODE.DECRYPT, key);
    const out = new Uint8Array(116);
    const seal = await events(heap, () => tee.asymmetricEncrypt(encrypt, [], PLAIN, out));
    expect(seal.join(" ")).toBe(`M0 C32 F C24 ${TIMES} C24 ${TIMES} C19 C240 F C240 F F F F W`);
    const open = await events(heap, () => tee.asymmetricDecrypt(decrypt, [], out, new Uint8Array(19)));
    expect(open.join(" ")).toBe(`M0 C24 C24 ${TIMES} C19 C240 F C240 F F F F W`);
    const pair = pairOf(tee, TYPE.SM2_DSA_KEYPAIR, KEY);
    const sign = operation(tee, ALG.SM2_DSA_SM3, MODE.SIGN, pair);
    const verify = operation(tee, ALG.SM2_DSA_SM3, MODE.VERIFY, pair);
    const signs = await events(heap, () => tee.asymmetricSignDigest(sign, [], hex(DIGEST), new Uint8Array(64)));
    expect(signs.join(" ")).toBe(`M0 C24 C32 F ${TIMES} F W`);
    const checks = await events(heap, () => tee.asymmetricVerifyDigest(verify, [], hex(DIGEST), hex(SIGNATURE)));
    expect(checks.join(" ")).toBe(`M0 C24 ${SUM} F W`);
    for (const one of [encrypt, decrypt, sign, verify]) tee.freeOperation(one);
    for (const one of [key, pair]) tee.freeTransientObject(one);
  });
  system.expectClean();
});
