// Operations with keys, shared by the test cases.
import { ATTR, TYPE } from "../tee/svc/crypto/ids.ts";
import type { CryptClient } from "./crypt_client.ts";
import type { CaseContext } from "./harness.ts";

/** Bits of a key that have no meaning: DES has a parity bit in each byte. */
const PARITY: Readonly<Record<number, number>> = { [TYPE.DES]: 1, [TYPE.DES3]: 1 };

/** Type of the key that a symmetric algorithm takes: both ids end alike. */
function keyTypeFor(algorithm: number): number {
  return (0xa0000000 | (algorithm & 0xff)) >>> 0;
}

/** Bits of a key of so many bytes. */
function keyBits(type: number, bytes: number): number {
  return bytes * (8 - (PARITY[type] ?? 0));
}

/** Allocates two operations, and gives the first its keys: one, or two for XTS. The second is for a copy. */
export async function keyedOperations(
  check: CaseContext,
  crypt: CryptClient,
  algorithm: number,
  mode: number,
  keys: readonly Uint8Array[],
): Promise<readonly [number, number]> {
  const type = keyTypeFor(algorithm);
  const bits = keys.reduce((sum, key) => sum + keyBits(type, key.length), 0);
  const allocate = async (): Promise<number> => {
    const { code, handle } = await crypt.allocateOperation(algorithm, mode, bits);
    check.code("allocateOperation", code);
    return handle;
  };
  const [one, two] = [await allocate(), await allocate()];
  const [first = 0, second = 0] = await keyObjects(check, crypt, type, keys);
  const code = second === 0 ? crypt.setOperationKey(one, first) : crypt.setOperationKey2(one, first, second);
  check.code(second === 0 ? "setOperationKey" : "setOperationKey2", await code);
  check.code("freeTransientObject", await crypt.freeTransientObject(first));
  if (second !== 0) check.code("freeTransientObject", await crypt.freeTransientObject(second));
  return [one, two];
}

async function keyObjects(
  check: CaseContext,
  crypt: CryptClient,
  type: number,
  keys: readonly Uint8Array[],
): Promise<number[]> {
  const objects: number[] = [];
  for (const data of keys) {
    const { code, handle } = await crypt.allocateTransientObject(type, keyBits(type, data.length));
    check.code("allocateTransientObject", code);
    const populated = await crypt.populateTransientObject(handle, [{ kind: "ref", id: ATTR.SECRET_VALUE, data }]);
    check.code("populateTransientObject", populated);
    objects.push(handle);
  }
  return objects;
}
