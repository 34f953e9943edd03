// Keys of the asymmetric test case: what they consist of, and how they get into the crypto test TA and back.
import type { Attribute } from "../tee/svc/crypto/attribute.ts";
import { ATTR, TYPE } from "../tee/svc/crypto/ids.ts";
import type { Key, KeyType } from "./asymmetric_vectors.ts";
import type { CryptClient } from "./crypt_client.ts";
import type { CaseContext } from "./harness.ts";
import { fromHex } from "./vectors.ts";

type Part = readonly [name: string, attribute: number];

interface Kind {
  readonly publicKey: number;
  readonly pair: number;
  /** Of both halves, in the order in which they are given. */
  readonly shared: readonly Part[];
  readonly secret: readonly Part[];
}

const POINT: readonly Part[] = [
  ["x", ATTR.ECC_PUBLIC_VALUE_X],
  ["y", ATTR.ECC_PUBLIC_VALUE_Y],
];
const SCALAR: readonly Part[] = [["d", ATTR.ECC_PRIVATE_VALUE]];

/** RSA's five numbers for the Chinese remainder theorem. */
const REMAINDERS: readonly Part[] = [
  ["p", ATTR.RSA_PRIME1],
  ["q", ATTR.RSA_PRIME2],
  ["dp", ATTR.RSA_EXPONENT1],
  ["dq", ATTR.RSA_EXPONENT2],
  ["qinv", ATTR.RSA_COEFFICIENT],
];

const KINDS: Readonly<Record<KeyType, Kind>> = {
  rsa: {
    publicKey: TYPE.RSA_PUBLIC_KEY,
    pair: TYPE.RSA_KEYPAIR,
    shared: [
      ["n", ATTR.RSA_MODULUS],
      ["e", ATTR.RSA_PUBLIC_EXPONENT],
    ],
    secret: [["d", ATTR.RSA_PRIVATE_EXPONENT]],
  },
  dsa: {
    publicKey: TYPE.DSA_PUBLIC_KEY,
    pair: TYPE.DSA_KEYPAIR,
    shared: [
      ["p", ATTR.DSA_PRIME],
      ["q", ATTR.DSA_SUBPRIME],
      ["g", ATTR.DSA_BASE],
      ["y", ATTR.DSA_PUBLIC_VALUE],
    ],
    secret: [["x", ATTR.DSA_PRIVATE_VALUE]],
  },
  ecdsa: { publicKey: TYPE.ECDSA_PUBLIC_KEY, pair: TYPE.ECDSA_KEYPAIR, shared: POINT, secret: SCALAR },
  sm2pke: { publicKey: TYPE.SM2_PKE_PUBLIC_KEY, pair: TYPE.SM2_PKE_KEYPAIR, shared: POINT, secret: SCALAR },
  sm2dsa: { publicKey: TYPE.SM2_DSA_PUBLIC_KEY, pair: TYPE.SM2_DSA_KEYPAIR, shared: POINT, secret: SCALAR },
};

/** Which part of a key pair an object holds; `crt`: all of it, with RSA's numbers for the Chinese remainder theorem. */
export type Half = "public" | "pair" | "crt";

/** Bytes of the largest number of a key, and of the largest result. */
export const ROOM = 512;

/** Makes an object, gives it its attributes and reads back those that are bytes. Gives its handle. */
export async function makeKey(context: CaseContext, crypt: CryptClient, key: Key, half: Half): Promise<number> {
  const kind = KINDS[key.type];
  const parts = [...kind.shared, ...(half === "public" ? [] : kind.secret), ...(half === "crt" ? REMAINDERS : [])].map(
    ([name, id]) => ({ id, data: fromHex(key.parts[name] ?? "") }),
  );
  const { code, handle } = await crypt.allocateTransientObject(
    half === "public" ? kind.publicKey : kind.pair,
    key.bits,
  );
  context.code("allocateTransientObject", code);
  const attributes: Attribute[] = parts.map(({ id, data }) => ({ kind: "ref", id, data }));
  if (key.curve !== undefined) attributes.push({ kind: "value", id: ATTR.ECC_CURVE, a: key.curve, b: 0 });
  context.code("populateTransientObject", await crypt.populateTransientObject(handle, attributes));
  for (const { id, data } of parts) {
    const read = await crypt.getObjectBufferAttribute(handle, id, ROOM);
    context.code("getObjectBufferAttribute", read.code);
    context.bytes("the attribute", withoutZeros(read.data), withoutZeros(data));
  }
  return handle;
}

/** A number from its first byte that is not zero: objects hold numbers, not the bytes that were given. */
export function withoutZeros(data: Uint8Array): Uint8Array {
  const start = data.findIndex((byte) => byte !== 0);
  return data.subarray(start < 0 ? data.length : start);
}
