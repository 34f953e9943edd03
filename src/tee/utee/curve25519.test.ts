// Tests of Ed25519 and X25519 in a TA, with the vectors of the RFCs.
import { describe, expect, it } from "vitest";
import { lab } from "../../../test/crypto_lab.ts";
import { TEE } from "../../abi/errors.ts";
import { ALG, ATTR, CURVE, MODE, TYPE } from "../svc/crypto/ids.ts";
import type { InternalApi } from "./internal_api.ts";

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

interface Signed {
  readonly name: string;
  readonly secret: string;
  readonly known: string;
  readonly message: string;
  readonly context?: string;
  readonly prehash?: boolean;
  readonly signature: string;
}

const CTX = {
  secret: "0305334e381af78f141cb666f6199f57bc3495335a256a95bd2a55bf546663f6",
  known: "dfc9425e4f968f7f0c29f0259cf5f9aed6851c2bb4ad8bfb860cfee0ab248292",
};

const SIGNED: readonly Signed[] = [
  {
    name: "7.1 TEST 1",
    secret: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    known: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    message: "",
    signature:
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  },
  {
    name: "7.1 TEST 3",
    secret: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    known: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    message: "af82",
    signature:
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  },
  {
    name: "7.1 TEST SHA(abc)",
    secret: "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
    known: "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
    message:
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    signature:
      "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
  },
  {
    name: "7.2 Ed25519ctx foo",
    ...CTX,
    message: "f726936d19c800494e3fdaff20b276a8",
    context: "666f6f",
    signature:
      "55a4cc2f70a54e04288c5f4cd1e45a7bb520b36292911876cada7323198dd87a8b36950b95130022907a7fb7c4e9b2d5f6cca685a587b4b21f4b888e4e7edb0d",
  },
  {
    name: "7.2 Ed25519ctx bar",
    ...CTX,
    message: "f726936d19c800494e3fdaff20b276a8",
    context: "626172",
    signature:
      "fc60d5872fc46b3aa69f8b5b4351d5808f92bcc044606db097abab6dbcb1aee3216c48e8b3b66431b5b186d1d28f8ee15a5ca2df6668346291c2043d4eb3e90d",
  },
  {
    name: "7.3 Ed25519ph TEST abc",
    secret: "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
    known: "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
    message: "616263",
    prehash: true,
    signature:
      "98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae4131f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406",
  },
];

function operation(tee: InternalApi, alg: number, mode: number, key: number): number {
  const { code, handle } = tee.allocateOperation(alg, mode, 256);
  expect([code, tee.setOperationKey(handle, key)]).toEqual([TEE.SUCCESS, TEE.SUCCESS]);
  return handle;
}

describe("RFC 8032 in a trusted application", () => {
  it.each(SIGNED)("$name", async ({ secret, known, message, context, prehash, signature }) => {
    const system = lab();
    await system.run(async (tee) => {
      const options = [
        ...(context ? [tee.refAttribute(ATTR.EDDSA_CTX, hex(context))] : []),
        ...(prehash ? [tee.valueAttribute(ATTR.EDDSA_PREHASH, 1)] : []),
      ];
      const pair = tee.allocateTransientObject(TYPE.ED25519_KEYPAIR, 256).handle;
      const whole = [
        tee.refAttribute(ATTR.ED25519_PRIVATE_VALUE, hex(secret)),
        tee.refAttribute(ATTR.ED25519_PUBLIC_VALUE, hex(known)),
      ];
      expect(tee.populateTransientObject(pair, whole)).toBe(TEE.SUCCESS);
      const half = tee.allocateTransientObject(TYPE.ED25519_PUBLIC_KEY, 256).handle;
      expect(tee.copyObjectAttributes(half, pair)).toBe(TEE.SUCCESS);
      const sign = operation(tee, ALG.ED25519, MODE.SIGN, pair);
      const verify = operation(tee, ALG.ED25519, MODE.VERIFY, half);
      const made = new Uint8Array(64);
      const outcome = await tee.asymmetricSignDigest(sign, options, hex(message), made);
      expect([outcome, text(made)]).toEqual([{ code: TEE.SUCCESS, size: 64 }, signature]);
      expect(await tee.asymmetricVerifyDigest(verify, options, hex(message), made)).toBe(TEE.SUCCESS);
      const other = [tee.refAttribute(ATTR.EDDSA_CTX, hex("00"))];
      expect(await tee.asymmetricVerifyDigest(verify, other, hex(message), made)).toBe(TEE.SIGNATURE_INVALID);
      expect(await tee.asymmetricVerifyDigest(verify, options, hex(`${message}00`), made)).toBe(TEE.SIGNATURE_INVALID);
      expect(await tee.asymmetricVerifyDigest(verify, options, hex(message), made.slice(1))).toBe(
        TEE.SIGNATURE_INVALID,
      );
      const long = [tee.refAttribute(ATTR.EDDSA_CTX, new Uint8Array(256))];
      expect((await tee.asymmetricSignDigest(sign, long, hex(message), made)).code).toBe(TEE.BAD_PARAMETERS);
      expect((await tee.asymmetricSignDigest(sign, [], hex(message), made.subarray(1))).code).toBe(TEE.SHORT_BUFFER);
      for (const one of [sign, verify]) tee.freeOperation(one);
      for (const one of [pair, half]) tee.freeTransientObject(one);
    });
    system.expectClean();
  });

  it("a part of another length ends the application", async () => {
    const outcome = await lab().run((tee) => {
      const known = tee.allocateTransientObject(TYPE.ED25519_PUBLIC_KEY, 256).handle;
      tee.populateTransientObject(known, [tee.refAttribute(ATTR.ED25519_PUBLIC_VALUE, new Uint8Array(31))]);
    });
    expect(outcome).toBe(TEE.TARGET_DEAD);
  });

  it("makes keys that work", async () => {
    const system = lab();
    await system.run(async (tee) => {
      const pair = tee.allocateTransientObject(TYPE.ED25519_KEYPAIR, 256).handle;
      expect(await tee.generateKey(pair, 256)).toBe(TEE.SUCCESS);
      const [sign, verify] = [MODE.SIGN, MODE.VERIFY].map((mode) => operation(tee, ALG.ED25519, mode, pair));
      const made = new Uint8Array(64);
      await tee.asymmetricSignDigest(sign ?? 0, [], hex("af82"), made);
      expect(await tee.asymmetricVerifyDigest(verify ?? 0, [], hex("af82"), made)).toBe(TEE.SUCCESS);
      expect(tee.isAlgorithmSupported(ALG.ED25519, CURVE.CURVE_25519)).toBe(TEE.SUCCESS);
      for (const one of [sign, verify]) tee.freeOperation(one ?? 0);
      tee.freeTransientObject(pair);
    });
    system.expectClean();
  });
});

const AGREED = [
  {
    name: "5.2, vector 1",
    secret: "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
    other: "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
    shared: "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
  },
  {
    name: "6.1, Alice's side",
    secret: "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
    other: "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
    shared: "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
  },
  {
    name: "6.1, Bob's side",
    secret: "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
    other: "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
    shared: "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
  },
];

describe("RFC 7748 in a trusted application", () => {
  it.each(AGREED)("$name", async ({ secret, other, shared }) => {
    expect(await agreed(secret, other)).toBe(shared);
  });

  it("makes keys of two sides that agree, and ends an application that is given a point of small order", async () => {
    const system = lab();
    await system.run(async (tee) => {
      const pairs = [0, 1].map(() => tee.allocateTransientObject(TYPE.X25519_KEYPAIR, 256).handle);
      const secrets: string[] = [];
      for (const pair of pairs) expect(await tee.generateKey(pair, 256)).toBe(TEE.SUCCESS);
      for (const [n, pair] of pairs.entries()) {
        const [other, made] = [new Uint8Array(32), new Uint8Array(32)];
        tee.objectBufferAttribute(pairs[1 - n] ?? 0, ATTR.X25519_PUBLIC_VALUE, other);
        const derive = operation(tee, ALG.X25519, MODE.DERIVE, pair);
        const derived = tee.allocateTransientObject(TYPE.GENERIC_SECRET, 256).handle;
        await tee.deriveKey(derive, [tee.refAttribute(ATTR.X25519_PUBLIC_VALUE, other)], derived);
        tee.objectBufferAttribute(derived, ATTR.SECRET_VALUE, made);
        secrets.push(text(made));
        tee.freeOperation(derive);
        tee.freeTransientObject(derived);
      }
      expect(secrets[0]).toBe(secrets[1]);
      for (const pair of pairs) tee.freeTransientObject(pair);
    });
    system.expectClean();
    const outcome = await lab().run(async (tee) => {
      const pair = tee.allocateTransientObject(TYPE.X25519_KEYPAIR, 256).handle;
      await tee.generateKey(pair, 256);
      const derive = operation(tee, ALG.X25519, MODE.DERIVE, pair);
      const derived = tee.allocateTransientObject(TYPE.GENERIC_SECRET, 256).handle;
      await tee.deriveKey(derive, [tee.refAttribute(ATTR.X25519_PUBLIC_VALUE, new Uint8Array(32))], derived);
    });
    expect(outcome).toBe(TEE.TARGET_DEAD);
  });
});

/** The secret that X25519 gives a TA. */
async function agreed(secret: string, other: string): Promise<string> {
  const system = lab();
  const made = new Uint8Array(32);
  await system.run(async (tee) => {
    const pair = tee.allocateTransientObject(TYPE.X25519_KEYPAIR, 256).handle;
    const parts = [
      tee.refAttribute(ATTR.X25519_PRIVATE_VALUE, hex(secret)),
      tee.refAttribute(ATTR.X25519_PUBLIC_VALUE, new Uint8Array(32)),
    ];
    expect(tee.populateTransientObject(pair, parts)).toBe(TEE.SUCCESS);
    const derive = operation(tee, ALG.X25519, MODE.DERIVE, pair);
    const derived = tee.allocateTransientObject(TYPE.GENERIC_SECRET, 256).handle;
    await tee.deriveKey(derive, [tee.refAttribute(ATTR.X25519_PUBLIC_VALUE, hex(other))], derived);
    tee.objectBufferAttribute(derived, ATTR.SECRET_VALUE, made);
    tee.freeOperation(derive);
    for (const one of [pair, derived]) tee.freeTransientObject(one);
  });
  system.expectClean();
  return text(made);
}
