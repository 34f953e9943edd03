// Key generation: OP-TEE 4.0.0 core/tee/tee_svc_cryp.c, syscall_obj_generate_key.
import { TEE } from "../../../abi/errors.ts";
import type { Attribute } from "../../api/crypto_api.ts";
import { bitLength, toBytes, toNumber } from "../bytes.ts";
import { type CryptoEnv, providerOf } from "../env.ts";
import { ATTR, TYPE } from "../ids.ts";
import { CURVES } from "../numbers/curves.ts";
import { power, randomBelow } from "../numbers/modular.ts";
import { times } from "../numbers/points.ts";
import { newRsaKey } from "../numbers/rsa.ts";
import { hasParity, type ObjectType } from "../object_types.ts";
import { touch } from "../scratch.ts";
import type { KeyObject } from "../state.ts";
import { keep } from "./fill.ts";
import { resize } from "./object_blocks.ts";

type Made = readonly (readonly [id: number, data: Uint8Array])[];

const bytesOf = (value: bigint): Uint8Array => toBytes(value, Math.max(1, Math.ceil(bitLength(value) / 8)));

/** Makes a key of so many bits. BAD_PARAMETERS if an attribute is missing or impossible. */
export async function generate(
  env: CryptoEnv,
  object: KeyObject,
  bits: number,
  attributes: readonly Attribute[],
): Promise<number> {
  const made = await makerOf(object.type)(env, object.type, bits, refsOf(attributes), attributes);
  if (made === null) return TEE.BAD_PARAMETERS;
  for (const attribute of attributes) keep(object, attribute);
  for (const [id, data] of made) object.refs.set(id, data);
  object.keySize = bits;
  object.initialized = true;
  return reserve(env, object, attributes) ? TEE.SUCCESS : TEE.OUT_OF_MEMORY;
}

type Refs = ReadonlyMap<number, Uint8Array>;
type Maker = (
  env: CryptoEnv,
  type: ObjectType,
  bits: number,
  refs: Refs,
  attributes: readonly Attribute[],
) => Promise<Made | null>;

function makerOf(type: ObjectType): Maker {
  if (type.id === TYPE.RSA_KEYPAIR) return rsa;
  if (type.id === TYPE.DSA_KEYPAIR) return dsa;
  if (type.id === TYPE.DH_KEYPAIR) return dh;
  if (type.id === TYPE.ECDSA_KEYPAIR || type.id === TYPE.ECDH_KEYPAIR) return ecc;
  return type.fields[0]?.id === ATTR.SECRET_VALUE ? secret : async () => null;
}

const secret: Maker = async ({ core }, type, bits) => {
  const key = new Uint8Array(hasParity(type) ? bits / 7 : bits / 8);
  core.platform.random(key);
  return [[ATTR.SECRET_VALUE, key]];
};

const rsa: Maker = async (env, _type, bits, refs) => {
  const e = toNumber(refs.get(ATTR.RSA_PUBLIC_EXPONENT) ?? Uint8Array.of(1, 0, 1));
  if (e < 3n || e % 2n === 0n) return null;
  const key = await newRsaKey(bits, e, providerOf(env).prime);
  const { p, q, dp, dq, qinv } = key.crt;
  return [
    [ATTR.RSA_MODULUS, bytesOf(key.n)],
    [ATTR.RSA_PUBLIC_EXPONENT, bytesOf(e)],
    [ATTR.RSA_PRIVATE_EXPONENT, bytesOf(key.d)],
    [ATTR.RSA_PRIME1, bytesOf(p)],
    [ATTR.RSA_PRIME2, bytesOf(q)],
    [ATTR.RSA_EXPONENT1, bytesOf(dp)],
    [ATTR.RSA_EXPONENT2, bytesOf(dq)],
    [ATTR.RSA_COEFFICIENT, bytesOf(qinv)],
  ];
};

const dsa: Maker = async ({ core }, _type, bits, refs) => {
  const [p, q, g] = [ATTR.DSA_PRIME, ATTR.DSA_SUBPRIME, ATTR.DSA_BASE].map((id) => refs.get(id));
  if (!p || !q || !g || bitLength(toNumber(p)) !== bits || toNumber(q) < 2n) return null;
  const x = randomBelow(toNumber(q), core.platform.random);
  return [
    [ATTR.DSA_PRIVATE_VALUE, bytesOf(x)],
    [ATTR.DSA_PUBLIC_VALUE, bytesOf(power(toNumber(g), x, toNumber(p)))],
  ];
};

const dh: Maker = async ({ core }, _type, bits, refs, attributes) => {
  const [prime, base, subprime] = [ATTR.DH_PRIME, ATTR.DH_BASE, ATTR.DH_SUBPRIME].map((id) => refs.get(id));
  if (!prime || !base || bitLength(toNumber(prime)) !== bits) return null;
  const p = toNumber(prime);
  const short = attributes.find(({ id }) => id === ATTR.DH_X_BITS);
  const most = short?.kind === "value" && short.a > 1 ? 2n ** BigInt(short.a) : p - 1n;
  const below = subprime ? toNumber(subprime) : most < p - 1n ? most : p - 1n;
  if (below < 2n) return null;
  const x = randomBelow(below, core.platform.random);
  return [
    [ATTR.DH_PRIVATE_VALUE, bytesOf(x)],
    [ATTR.DH_PUBLIC_VALUE, bytesOf(power(toNumber(base), x, p))],
  ];
};

const ecc: Maker = async ({ core }, _type, bits, _refs, attributes) => {
  const chosen = attributes.find(({ id }) => id === ATTR.ECC_CURVE);
  const curve = chosen?.kind === "value" ? CURVES.get(chosen.a) : undefined;
  if (curve === undefined || curve.bits !== bits) return null;
  const d = randomBelow(curve.n, core.platform.random);
  const point = times(curve, d, curve);
  const length = Math.ceil(bits / 8);
  if (point === null) return null;
  return [
    [ATTR.ECC_PRIVATE_VALUE, toBytes(d, length)],
    [ATTR.ECC_PUBLIC_VALUE_X, toBytes(point.x, length)],
    [ATTR.ECC_PUBLIC_VALUE_Y, toBytes(point.y, length)],
  ];
};

function refsOf(attributes: readonly Attribute[]): Refs {
  const refs = new Map<number, Uint8Array>();
  for (const attribute of attributes) if (attribute.kind === "ref") refs.set(attribute.id, attribute.data);
  return refs;
}

/**
 * The memory: numbers that were given get their size, and so does RSA's exponent; those that are made keep theirs. RSA's
 * search for primes is shown with one candidate each, as their number is a matter of chance.
 */
function reserve({ core }: CryptoEnv, object: KeyObject, attributes: readonly Attribute[]): boolean {
  const sized = new Set(attributes.map(({ id }) => id));
  if (object.type.id === TYPE.RSA_KEYPAIR) sized.add(ATTR.RSA_PUBLIC_EXPONENT);
  for (const { id, number } of object.type.fields) {
    const [block, data] = [object.numbers[number], object.refs.get(id)];
    if (sized.has(id) && block && data && !resize(core.heap, block, data.length)) return false;
  }
  if (object.type.id === TYPE.RSA_KEYPAIR) {
    const bytes = Math.ceil(object.keySize / 16);
    const file = "core/lib/libtomcrypt/src/math/rand_prime.c";
    for (let n = 0; n < 2; n++) touch(core.heap, ["C", bytes, file, 40, 73]);
  }
  return true;
}
