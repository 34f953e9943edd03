// Keys from keys by the system calls: vectors of RFC 5869, RFC 6070, NIST's SP 800-56A, and node:crypto; the core's memory.
import { createHash, hkdfSync, pbkdf2Sync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { TEE } from "../src/abi/errors.ts";
import type { Syscalls } from "../src/tee/svc/calls/syscalls.ts";
import type { Attribute } from "../src/tee/svc/crypto/attribute.ts";
import { ALG, ATTR, GP_HKDF, TYPE } from "../src/tee/svc/crypto/ids.ts";
import { OBJECT_TYPES } from "../src/tee/svc/crypto/object_types.ts";
import { type HeapRow, noteRows, RECORDED_CRYPT, recordedRows } from "./support/heap_series.ts";
import { inTa } from "./support/in_ta.ts";

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));
const bytes = (from: number, count: number): Uint8Array => Uint8Array.from({ length: count }, (_, n) => from + n);
const ref = (id: number, data: Uint8Array): Attribute => ({ kind: "ref", id, data });
const value = (id: number, a: number): Attribute => ({ kind: "value", id, a, b: 0 });

/** Derives a key of at most 4096 bits. */
async function derived(
  svc: Syscalls,
  algorithm: number,
  type: number,
  secret: Uint8Array,
  attributes: readonly Attribute[],
): Promise<{ readonly code: number; readonly key: string }> {
  const source = svc.crypObjAlloc(type, secret.length * 8).handle;
  const id = OBJECT_TYPES.get(type)?.fields[0]?.id ?? 0;
  expect(svc.crypObjPopulate(source, [ref(id, secret)])).toBe(TEE.SUCCESS);
  const state = svc.crypStateAlloc(algorithm, 6, source, 0).handle;
  const target = svc.crypObjAlloc(TYPE.GENERIC_SECRET, 4096).handle;
  const code = await svc.crypDeriveKey(state, attributes, target);
  const into = new Uint8Array(512);
  const { size } = svc.crypObjGetAttr(target, ATTR.SECRET_VALUE, into);
  expect(svc.crypStateFree(state)).toBe(TEE.SUCCESS);
  expect(svc.crypObjClose(target)).toBe(TEE.SUCCESS);
  return { code, key: Buffer.from(into.subarray(0, size)).toString("hex") };
}

describe("HKDF", () => {
  const [long, short] = [bytes(0, 80), bytes(0x00, 13)];
  it.each([
    [
      ALG.HKDF_SHA256,
      "sha256",
      new Uint8Array(22).fill(0x0b),
      short,
      bytes(0xf0, 10),
      42,
      "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    ],
    [
      ALG.HKDF_SHA256,
      "sha256",
      long,
      bytes(0x60, 80),
      bytes(0xb0, 80),
      82,
      "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
    ],
    [
      ALG.HKDF_SHA1,
      "sha1",
      new Uint8Array(22).fill(0x0c),
      new Uint8Array(),
      new Uint8Array(),
      42,
      "2c91117204d745f3500d636a62f64f0ab3bae548aa53d423b0d1f27ebba6f5e5673a081d70cce7acfc48",
    ],
    [ALG.HKDF_SHA512, "sha512", long, short, bytes(0xf0, 10), 200, ""],
    [ALG.HKDF_MD5, "md5", short, short, short, 16, ""],
  ])("%#", (algorithm, hash, secret, salt, info, length, known) =>
    inTa(async (svc) => {
      const expected = Buffer.from(hkdfSync(hash, secret, salt, info, length)).toString("hex");
      if (known !== "") expect(expected).toBe(known);
      for (const [saltId, infoId, lengthId] of [
        [ATTR.HKDF_SALT, ATTR.HKDF_INFO, ATTR.HKDF_OKM_LENGTH],
        [GP_HKDF.SALT, GP_HKDF.INFO, ATTR.KDF_KEY_SIZE],
      ] as const) {
        const given = [ref(saltId, salt), ref(infoId, info), value(lengthId, length)];
        expect(await derived(svc, algorithm, TYPE.HKDF_IKM, secret, given)).toEqual({
          code: TEE.SUCCESS,
          key: expected,
        });
      }
      if (salt.length === 0) {
        const bare = await derived(svc, algorithm, TYPE.HKDF_IKM, secret, [value(ATTR.HKDF_OKM_LENGTH, length)]);
        expect(bare).toEqual({ code: TEE.SUCCESS, key: expected });
      }
    }),
  );

  it("GlobalPlatform's takes the digest as an attribute, and SHA-256 without one", () =>
    inTa(async (svc) => {
      const key = (hash: string): string => Buffer.from(hkdfSync(hash, long, "", "", 50)).toString("hex");
      const length = value(ATTR.KDF_KEY_SIZE, 50);
      const made = (...more: readonly Attribute[]): Promise<{ code: number; key: string }> =>
        derived(svc, ALG.HKDF, TYPE.HKDF_IKM, long, [length, ...more]);
      expect((await made()).key).toBe(key("sha256"));
      expect((await made(value(ATTR.HKDF_HASH_ALGORITHM, ALG.SHA384))).key).toBe(key("sha384"));
      expect((await made(value(ATTR.HKDF_HASH_ALGORITHM, ALG.SHAKE128))).code).toBe(TEE.BAD_PARAMETERS);
      expect((await made(value(ATTR.HKDF_HASH_ALGORITHM, ALG.AES_CTR))).code).toBe(TEE.BAD_PARAMETERS);
    }));
});

/** From the concatenation KDF's definition: digests of a counter, the secret and the information. */
function concatKdf(hash: string, secret: Uint8Array, info: Uint8Array, length: number): string {
  let key = "";
  for (let n = 1; key.length < 2 * length; n++)
    key += createHash(hash)
      .update(Uint8Array.of(0, 0, 0, n))
      .update(secret)
      .update(info)
      .digest("hex");
  return key.slice(0, 2 * length);
}

describe("the concatenation KDF", () => {
  it("makes the key of RFC 7518, appendix C", () =>
    inTa(async (svc) => {
      const secret = hex("9e56d91d817135d372834283bf84269cfb316ea3da806a48f6daa7798cfe90c4");
      const name = (text: string): Buffer => Buffer.concat([Buffer.from([0, 0, 0, text.length]), Buffer.from(text)]);
      const info = Buffer.concat([name("A128GCM"), name("Alice"), name("Bob"), Buffer.from([0, 0, 0, 128])]);
      const given = [ref(ATTR.CONCAT_KDF_OTHER_INFO, info), value(ATTR.CONCAT_KDF_DKM_LENGTH, 16)];
      const { key } = await derived(svc, ALG.CONCAT_KDF_SHA256, TYPE.CONCAT_KDF_Z, secret, given);
      expect(Buffer.from(key, "hex").toString("base64url")).toBe("VqqN6vgjbSBcIijNcacQGg");
    }));

  it.each([
    [ALG.CONCAT_KDF_SHA1, "sha1", 20],
    [ALG.CONCAT_KDF_SHA224, "sha224", 29],
    [ALG.CONCAT_KDF_SHA256, "sha256", 64],
    [ALG.CONCAT_KDF_SHA384, "sha384", 1],
    [ALG.CONCAT_KDF_SHA512, "sha512", 200],
  ])("%#", (algorithm, hash, length) =>
    inTa(async (svc) => {
      const [secret, info] = [bytes(1, 40), bytes(9, 30)];
      const given = [value(ATTR.CONCAT_KDF_DKM_LENGTH, length), ref(ATTR.CONCAT_KDF_OTHER_INFO, info)];
      const made = await derived(svc, algorithm, TYPE.CONCAT_KDF_Z, secret, given);
      expect(made).toEqual({ code: TEE.SUCCESS, key: concatKdf(hash, secret, info, length) });
      const bare = await derived(svc, algorithm, TYPE.CONCAT_KDF_Z, secret, given.slice(0, 1));
      expect(bare.key).toBe(concatKdf(hash, secret, new Uint8Array(), length));
    }),
  );
});

/** RFC 6070: password, salt, rounds, key. */
const PBKDF2 = [
  ["password", "salt", 1, "0c60c80f961f0e71f3a9b524af6012062fe037a6"],
  ["password", "salt", 2, "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957"],
  ["password", "salt", 4096, "4b007901b765489abead49d926f721d065a429c1"],
  [
    "passwordPASSWORDpassword",
    "saltSALTsaltSALTsaltSALTsaltSALTsalt",
    4096,
    "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038",
  ],
  ["pass\0word", "sa\0lt", 4096, "56fa6aa75548099dcc37d7f03425e0c3"],
] as const;

describe("PBKDF2", () => {
  it.each(PBKDF2)("of %j and %j, %i rounds", (password, salt, rounds, known) =>
    inTa(async (svc) => {
      const length = known.length / 2;
      const key = pbkdf2Sync(password, salt, rounds, length, "sha1").toString("hex");
      expect(key).toBe(known);
      const given = [
        ref(ATTR.PBKDF2_SALT, Buffer.from(salt)),
        value(ATTR.PBKDF2_ITERATION_COUNT, rounds),
        value(ATTR.PBKDF2_DKM_LENGTH, length),
      ];
      const made = await derived(svc, ALG.PBKDF2_HMAC_SHA1, TYPE.PBKDF2_PASSWORD, Buffer.from(password), given);
      expect(made).toEqual({ code: TEE.SUCCESS, key });
    }),
  );
});

it("the rounds of PBKDF2 leave others their turn", () =>
  inTa(async (svc, core) => {
    let turns = 0;
    Object.assign(core, { host: { ...core.host, wait: async () => void turns++ } });
    const given = [value(ATTR.PBKDF2_ITERATION_COUNT, 5000), value(ATTR.PBKDF2_DKM_LENGTH, 40)];
    const { key } = await derived(svc, ALG.PBKDF2_HMAC_SHA1, TYPE.PBKDF2_PASSWORD, bytes(0, 8), given);
    expect(key).toBe(pbkdf2Sync(bytes(0, 8), "", 5000, 40, "sha1").toString("hex"));
    expect(turns).toBe(5);
  }));

describe("the core heap", () => {
  const plain = ({ op, size, place }: HeapRow): string => `${op} ${size} ${place}`;
  /** What each derivation of the recorded test did, from the copy of its attributes to its end. */
  const recorded = recordedRows("regression-8001", RECORDED_CRYPT)
    .filter(({ heap }) => heap === "core")
    .map(plain)
    .join("\n")
    .split(/(?<=tee_svc_cryp\.c:4017)\n/)
    .map((part) => part.slice(Math.max(0, part.indexOf("M", part.search(/^M \d+ core\/tee\/tee_svc_cryp\.c:3661$/m)))));
  const HKDF = [ATTR.HKDF_SALT, ATTR.HKDF_INFO, ATTR.HKDF_OKM_LENGTH] as const;
  const hkdf = (salt: number, info: number, length: number): Attribute[] => [
    ref(HKDF[0], bytes(0, salt)),
    ref(HKDF[1], bytes(0, info)),
    value(HKDF[2], length),
  ];
  const rounds = (count: number, length: number): Attribute[] => [
    ref(ATTR.PBKDF2_SALT, bytes(0, 4)),
    value(ATTR.PBKDF2_DKM_LENGTH, length),
    value(ATTR.PBKDF2_ITERATION_COUNT, count),
  ];

  it.each([
    ["RFC 5869, A.1", 0, ALG.HKDF_SHA256, TYPE.HKDF_IKM, 22, hkdf(13, 10, 42)],
    ["RFC 5869, A.2", 1, ALG.HKDF_SHA256, TYPE.HKDF_IKM, 80, hkdf(80, 80, 82)],
    ["RFC 6070, one round", 11, ALG.PBKDF2_HMAC_SHA1, TYPE.PBKDF2_PASSWORD, 8, rounds(1, 20)],
    ["RFC 6070, two rounds", 12, ALG.PBKDF2_HMAC_SHA1, TYPE.PBKDF2_PASSWORD, 8, rounds(2, 20)],
  ])("has the operations of the recorded test: %s", (_, n, algorithm, type, length, given) =>
    inTa(async (svc, core) => {
      const rows = noteRows(core);
      await derived(svc, algorithm, type, bytes(0, length), given);
      const own = rows.filter(({ heap }) => heap === "core").map(plain);
      const from = own.findIndex((row) => row.endsWith("tee_svc_cryp.c:3661"));
      const to = own.findIndex((row) => row.endsWith("tee_svc_cryp.c:4017"));
      expect(own.slice(from, to + 1).join("\n")).toBe(recorded[n]);
    }),
  );
});
