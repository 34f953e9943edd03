// Makes keys of each type.
import type { Attribute } from "../crypto/attribute.ts";
import { CURVES } from "../crypto/curves.ts";
import { type CryptoEnv, curveFor, providerOf } from "../crypto/env.ts";
import { ATTR, TYPE } from "../crypto/ids.ts";
import { isSm2, leavesOutParity, type ObjectType } from "../crypto/object_types.ts";
import { bitLength, toBytes, toNumber } from "../numbers/bytes.ts";
import { randomBelow } from "../numbers/modular.ts";

type Made = readonly (readonly [id: number, data: Uint8Array])[];

const bytesOf = (value: bigint): Uint8Array => toBytes(value, Math.max(1, Math.ceil(bitLength(value) / 8)));

type Refs = ReadonlyMap<number, Uint8Array>;
type Maker = (
  env: CryptoEnv,
  type: ObjectType,
  bits: number,
  refs: Refs,
  attributes: readonly Attribute[],
) => Promise<Made | null>;

/** Makes the parts of a key of a type that are not given. */
export function makerOf(type: ObjectType): Maker {
  if (type.id === TYPE.RSA_KEYPAIR) return rsa;
  if (type.id === TYPE.DSA_KEYPAIR) return dsa;
  if (type.id === TYPE.DH_KEYPAIR) return dh;
  if (type.id === TYPE.ECDSA_KEYPAIR || type.id === TYPE.ECDH_KEYPAIR || isSm2(type)) return ecc;
  if (type.octets) return octets;
  return type.fields[0]?.id === ATTR.SECRET_VALUE ? secret : async () => null;
}

const secret: Maker = async ({ core }, type, bits) => {
  const key = new Uint8Array(leavesOutParity(type, bits) ? bits / 7 : bits / 8);
  core.host.random(key);
  return [[ATTR.SECRET_VALUE, key]];
};

const octets: Maker = async (env, type) => {
  const key = new Uint8Array(32);
  env.core.host.random(key);
  const { xPublic, edPublic } = providerOf(env).curve25519;
  return type.id === TYPE.X25519_KEYPAIR
    ? [
        [ATTR.X25519_PRIVATE_VALUE, key],
        [ATTR.X25519_PUBLIC_VALUE, xPublic(key)],
      ]
    : [
        [ATTR.ED25519_PRIVATE_VALUE, key],
        [ATTR.ED25519_PUBLIC_VALUE, edPublic(key)],
      ];
};

const rsa: Maker = async (env, _type, bits, refs) => {
  const e = toNumber(refs.get(ATTR.RSA_PUBLIC_EXPONENT) ?? Uint8Array.of(1, 0, 1));
  if (e < 3n || e % 2n === 0n || e >= 2n ** 32n) return null;
  const key = await providerOf(env).rsa.newKey(bits, Number(e));
  return (
    key && [
      [ATTR.RSA_MODULUS, key.n],
      [ATTR.RSA_PUBLIC_EXPONENT, key.e],
      [ATTR.RSA_PRIVATE_EXPONENT, key.d],
      [ATTR.RSA_PRIME1, key.p],
      [ATTR.RSA_PRIME2, key.q],
      [ATTR.RSA_EXPONENT1, key.dp],
      [ATTR.RSA_EXPONENT2, key.dq],
      [ATTR.RSA_COEFFICIENT, key.qi],
    ]
  );
};

const dsa: Maker = async (env, _type, bits, refs) => {
  const [p, q, g] = [ATTR.DSA_PRIME, ATTR.DSA_SUBPRIME, ATTR.DSA_BASE].map((id) => refs.get(id));
  if (!p || !q || !g || bitLength(toNumber(p)) !== bits || toNumber(q) < 2n) return null;
  const x = randomBelow(toNumber(q), env.core.host.random);
  const y = providerOf(env).power(toNumber(g), x, toNumber(p));
  if (y === null) return null;
  return [
    [ATTR.DSA_PRIVATE_VALUE, bytesOf(x)],
    [ATTR.DSA_PUBLIC_VALUE, bytesOf(y)],
  ];
};

const dh: Maker = async (env, _type, bits, refs, attributes) => {
  const [prime, base, subprime] = [ATTR.DH_PRIME, ATTR.DH_BASE, ATTR.DH_SUBPRIME].map((id) => refs.get(id));
  if (!prime || !base || bitLength(toNumber(prime)) !== bits) return null;
  const p = toNumber(prime);
  const short = attributes.find(({ id }) => id === ATTR.DH_X_BITS);
  const most = short?.kind === "value" && short.a > 1 ? 2n ** BigInt(short.a) : p - 1n;
  const below = subprime ? toNumber(subprime) : most < p - 1n ? most : p - 1n;
  if (below < 2n) return null;
  const x = randomBelow(below, env.core.host.random);
  const y = providerOf(env).power(toNumber(base), x, p);
  if (y === null) return null;
  return [
    [ATTR.DH_PRIVATE_VALUE, bytesOf(x)],
    [ATTR.DH_PUBLIC_VALUE, bytesOf(y)],
  ];
};

const ecc: Maker = async (env, type, bits, _refs, attributes) => {
  const chosen = attributes.find(({ id }) => id === ATTR.ECC_CURVE);
  const named = chosen?.kind === "value" ? CURVES.get(chosen.a) : undefined;
  if (!isSm2(type) && named?.bits !== bits) return null;
  const { secret, point } = curveFor(env, named?.name ?? "sm2").newKey();
  const length = Math.ceil(bits / 8);
  return [
    [ATTR.ECC_PRIVATE_VALUE, toBytes(secret, length)],
    [ATTR.ECC_PUBLIC_VALUE_X, toBytes(point.x, length)],
    [ATTR.ECC_PUBLIC_VALUE_Y, toBytes(point.y, length)],
  ];
};
