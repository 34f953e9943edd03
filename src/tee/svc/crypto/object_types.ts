// Types of keys in OP-TEE 4.0.0: sizes, attributes, and what an object of each allocates. Measured in a heap trace (64 bit),
// but for DH, Ed25519, X25519 and HMAC SHA-3's smallest keys.
import type { CoreSiteName } from "../../../platform/site_names.ts";
import { ATTR, TYPE } from "./ids.ts";

/** An attribute of a type. */
interface Field {
  readonly id: number;
  /** "always": must be given; "group": all of the group or none. */
  readonly need: "always" | "group" | "optional";
  /** Its number among the big numbers, in the order of allocation; -1 for values and secrets. */
  readonly number: number;
}

export interface ObjectType {
  readonly id: number;
  /** Sizes in bits: smallest, largest, step. */
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The block of its attributes on the core heap; for secrets, with the bytes of the longest key. */
  readonly attributes: CoreSiteName;
  readonly longest?: number;
  /** In the order in which they are freed. */
  readonly fields: readonly Field[];
  /** Its numbers are bare blocks, allocated here. */
  readonly octets?: readonly CoreSiteName[];
}

/** A key in one piece: two words and the longest key in one block. */
function secret(id: number, min: number, max: number, step: number, value: number = ATTR.SECRET_VALUE): ObjectType {
  const fields: Field[] = [{ id: value, need: "always", number: -1 }];
  return { id, min, max, step, attributes: "key.secret", longest: max / 8, fields };
}

function field(id: number, number: number, need: Field["need"] = "always"): Field {
  return { id, need, number };
}

const CURVE_FIELD = field(ATTR.ECC_CURVE, -1);
const rsaSizes = { min: 256, max: 4096, step: 8 } as const;
const dsaSizes = { min: 512, max: 3072, step: 64 } as const;
const eccSizes = { min: 192, max: 521, step: 1 } as const;
const fixedSizes = { min: 256, max: 256, step: 1 } as const;

const ED25519 = ["key.ed25519_first", "key.ed25519_second"] as const;

const eccPublic = [field(ATTR.ECC_PUBLIC_VALUE_X, 0), field(ATTR.ECC_PUBLIC_VALUE_Y, 1), CURVE_FIELD];
const eccPair = [
  field(ATTR.ECC_PRIVATE_VALUE, 0),
  field(ATTR.ECC_PUBLIC_VALUE_X, 1),
  field(ATTR.ECC_PUBLIC_VALUE_Y, 2),
  CURVE_FIELD,
];

const types: readonly ObjectType[] = [
  secret(TYPE.GENERIC_SECRET, 0, 4096, 8),
  secret(TYPE.HKDF_IKM, 0, 4096, 8, ATTR.HKDF_IKM),
  secret(TYPE.CONCAT_KDF_Z, 0, 4096, 8, ATTR.CONCAT_KDF_Z),
  secret(TYPE.PBKDF2_PASSWORD, 0, 4096, 8, ATTR.PBKDF2_PASSWORD),
  secret(TYPE.AES, 128, 256, 64),
  secret(TYPE.DES, 64, 64, 64),
  secret(TYPE.DES3, 128, 192, 64),
  secret(TYPE.SM4, 128, 128, 128),
  secret(TYPE.HMAC_MD5, 64, 512, 8),
  secret(TYPE.HMAC_SHA1, 80, 512, 8),
  secret(TYPE.HMAC_SHA224, 112, 512, 8),
  secret(TYPE.HMAC_SHA256, 192, 1024, 8),
  secret(TYPE.HMAC_SHA384, 256, 1024, 8),
  secret(TYPE.HMAC_SHA512, 256, 1024, 8),
  secret(TYPE.HMAC_SM3, 80, 512, 8),
  secret(TYPE.HMAC_SHA3_224, 192, 1024, 8),
  secret(TYPE.HMAC_SHA3_256, 256, 1024, 8),
  secret(TYPE.HMAC_SHA3_384, 256, 1024, 8),
  secret(TYPE.HMAC_SHA3_512, 256, 1024, 8),
  {
    id: TYPE.RSA_PUBLIC_KEY,
    ...rsaSizes,
    attributes: "key.rsa_public",
    fields: [field(ATTR.RSA_MODULUS, 1), field(ATTR.RSA_PUBLIC_EXPONENT, 0)],
  },
  {
    id: TYPE.RSA_KEYPAIR,
    ...rsaSizes,
    attributes: "key.rsa_pair",
    fields: [
      field(ATTR.RSA_MODULUS, 2),
      field(ATTR.RSA_PUBLIC_EXPONENT, 0),
      field(ATTR.RSA_PRIVATE_EXPONENT, 1),
      field(ATTR.RSA_PRIME1, 3, "group"),
      field(ATTR.RSA_PRIME2, 4, "group"),
      field(ATTR.RSA_EXPONENT1, 6, "group"),
      field(ATTR.RSA_EXPONENT2, 7, "group"),
      field(ATTR.RSA_COEFFICIENT, 5, "group"),
    ],
  },
  {
    id: TYPE.DSA_PUBLIC_KEY,
    ...dsaSizes,
    attributes: "key.dsa_public",
    fields: [
      field(ATTR.DSA_PRIME, 1),
      field(ATTR.DSA_SUBPRIME, 2),
      field(ATTR.DSA_BASE, 0),
      field(ATTR.DSA_PUBLIC_VALUE, 3),
    ],
  },
  {
    id: TYPE.DSA_KEYPAIR,
    ...dsaSizes,
    attributes: "key.dsa_pair",
    fields: [
      field(ATTR.DSA_PRIME, 1),
      field(ATTR.DSA_SUBPRIME, 2),
      field(ATTR.DSA_BASE, 0),
      field(ATTR.DSA_PRIVATE_VALUE, 4),
      field(ATTR.DSA_PUBLIC_VALUE, 3),
    ],
  },
  {
    id: TYPE.DH_KEYPAIR,
    min: 256,
    max: 2048,
    step: 8,
    attributes: "key.dh_pair",
    fields: [
      field(ATTR.DH_PRIME, 1),
      field(ATTR.DH_BASE, 0),
      field(ATTR.DH_PUBLIC_VALUE, 2),
      field(ATTR.DH_PRIVATE_VALUE, 3),
      field(ATTR.DH_SUBPRIME, 4, "optional"),
      field(ATTR.DH_X_BITS, -1, "optional"),
    ],
  },
  { id: TYPE.ECDSA_PUBLIC_KEY, ...eccSizes, attributes: "key.ecc_public", fields: eccPublic },
  { id: TYPE.ECDSA_KEYPAIR, ...eccSizes, attributes: "key.ecc_pair", fields: eccPair },
  { id: TYPE.ECDH_PUBLIC_KEY, ...eccSizes, attributes: "key.ecc_public", fields: eccPublic },
  { id: TYPE.ECDH_KEYPAIR, ...eccSizes, attributes: "key.ecc_pair", fields: eccPair },
  {
    id: TYPE.ED25519_PUBLIC_KEY,
    ...fixedSizes,
    attributes: "key.ed25519_public",
    fields: [field(ATTR.ED25519_PUBLIC_VALUE, 0)],
    octets: ED25519,
  },
  {
    id: TYPE.ED25519_KEYPAIR,
    ...fixedSizes,
    attributes: "key.ed25519_pair",
    fields: [field(ATTR.ED25519_PRIVATE_VALUE, 0), field(ATTR.ED25519_PUBLIC_VALUE, 1)],
    octets: ED25519,
  },
  {
    id: TYPE.X25519_KEYPAIR,
    ...fixedSizes,
    attributes: "key.x25519_pair",
    fields: [field(ATTR.X25519_PRIVATE_VALUE, 0), field(ATTR.X25519_PUBLIC_VALUE, 1)],
    octets: ["key.x25519_first", "key.x25519_second"],
  },
  ...[TYPE.SM2_DSA_PUBLIC_KEY, TYPE.SM2_KEP_PUBLIC_KEY, TYPE.SM2_PKE_PUBLIC_KEY].map((id) => {
    return {
      id,
      ...fixedSizes,
      attributes: "key.ecc_public" as const,
      fields: eccPublic.filter((one) => one !== CURVE_FIELD),
    };
  }),
  ...[TYPE.SM2_DSA_KEYPAIR, TYPE.SM2_KEP_KEYPAIR, TYPE.SM2_PKE_KEYPAIR].map((id) => {
    return {
      id,
      ...fixedSizes,
      attributes: "key.ecc_pair" as const,
      fields: eccPair.filter((one) => one !== CURVE_FIELD),
    };
  }),
];

/** By id. */
export const OBJECT_TYPES: ReadonlyMap<number, ObjectType> = new Map(types.map((type) => [type.id, type]));

/** Sizes of the curves: other sizes of these keys do not exist. */
const CURVE_SIZES: readonly number[] = [192, 224, 256, 384, 521];

/** Sizes that leave out the parity bit of each byte, as GlobalPlatform's API 1.0 has them; both are known. */
const WITHOUT_PARITY: Readonly<Record<number, readonly number[]>> = { [TYPE.DES]: [56], [TYPE.DES3]: [112, 168] };

/** Whether a size of keys of this type leaves out their parity bits. */
export function leavesOutParity({ id }: ObjectType, bits: number): boolean {
  return WITHOUT_PARITY[id]?.includes(bits) === true;
}

/** Whether keys of this type can have so many bits. */
export function sizeFits(type: ObjectType, bits: number): boolean {
  if (type.fields.includes(CURVE_FIELD)) return CURVE_SIZES.includes(bits);
  if (leavesOutParity(type, bits)) return true;
  return bits >= type.min && bits <= type.max && bits % type.step === 0;
}

/** Whether keys of this type are on the curve of SM2, which they do not name. */
export function isSm2({ fields }: ObjectType): boolean {
  return fields.some(({ id }) => id === ATTR.ECC_PUBLIC_VALUE_X) && !fields.includes(CURVE_FIELD);
}
