// Test case 4002: message authentication codes.
import { ALG, ATTR, MODE, TYPE } from "../tee/svc/crypto/ids.ts";
import type { CaseContext, RegressionCase } from "./harness.ts";
import { fromHex, type Sourced, type VectorFile } from "./vectors.ts";

interface MacVector extends Sourced {
  /** Hexadecimal with 0x. */
  readonly algo: string;
  readonly key: string;
  readonly in: string;
  /** So many updates of so many bytes each; the rest comes at the end. */
  readonly updates: number;
  readonly piece: number;
  readonly out: string;
}

/** Types of keys; those of HMACs end as their algorithms do. */
const KEY_TYPES: ReadonlyMap<number, number> = new Map<number, number>([
  [ALG.AES_CBC_MAC_NOPAD, TYPE.AES],
  [ALG.AES_CBC_MAC_PKCS5, TYPE.AES],
  [ALG.AES_CMAC, TYPE.AES],
  [ALG.DES_CBC_MAC_NOPAD, TYPE.DES],
  [ALG.DES_CBC_MAC_PKCS5, TYPE.DES],
  [ALG.DES3_CBC_MAC_NOPAD, TYPE.DES3],
  [ALG.DES3_CBC_MAC_PKCS5, TYPE.DES3],
  [ALG.DES3_CMAC, TYPE.DES3],
]);

/** 4002: codes in parts and at once, computed and compared, from copies of operations. */
export const mac: RegressionCase = {
  number: "4002",
  title: "Test TEE Internal API MAC operations",
  vectors: true,
  async run(context, vectors) {
    const { cases } = vectors as VectorFile<MacVector>;
    await context.crypt();
    for (const [n, vector] of cases.entries())
      await context.subCase(`MAC case ${n} algo ${vector.algo}`, () => authenticate(context, vector));
  },
};

/** The calls are those of the recorded test, as far as the core's operations tell them apart. */
async function authenticate(context: CaseContext, vector: MacVector): Promise<void> {
  const crypt = await context.crypt();
  const algorithm = Number(vector.algo);
  const [key, data, expected] = [fromHex(vector.key), fromHex(vector.in), fromHex(vector.out)];
  const type = KEY_TYPES.get(algorithm) ?? TYPE.HMAC_MD5 - 1 + (algorithm & 0xff);
  // One bit of each byte of DES keys does not count.
  const bits = key.length * (type === TYPE.DES || type === TYPE.DES3 ? 7 : 8);
  const operations: number[] = [];
  for (let n = 0; n < 3; n++) {
    const { code, handle } = await crypt.allocateOperation(algorithm, MODE.MAC, bits);
    context.code("allocateOperation", code);
    operations.push(handle);
  }
  const [one = 0, two = 0, three = 0] = operations;
  const object = await crypt.allocateTransientObject(type, bits);
  context.code("allocateTransientObject", object.code);
  const secret = { kind: "ref", id: ATTR.SECRET_VALUE, data: key } as const;
  context.code("populateTransientObject", await crypt.populateTransientObject(object.handle, [secret]));
  context.code("setOperationKey", await crypt.setOperationKey(one, object.handle));
  context.code("freeTransientObject", await crypt.freeTransientObject(object.handle));
  const compute = async (operation: number, last: Uint8Array): Promise<void> => {
    const done = await crypt.macFinalCompute(operation, last, expected.length);
    context.code("macFinalCompute", done.code);
    context.bytes("the code", done.data, expected);
  };
  // The copies take the key along, and what was heard.
  context.code("macInit", await crypt.macInit(one));
  context.code("copyOperation", await crypt.copyOperation(three, one));
  const { updates, piece } = vector;
  for (let n = 0; n < updates; n++)
    context.code("macUpdate", await crypt.macUpdate(one, data.subarray(n * piece, (n + 1) * piece)));
  context.code("copyOperation", await crypt.copyOperation(two, one));
  await compute(two, data.subarray(updates * piece));
  context.code("macInit", await crypt.macInit(one));
  await compute(one, data);
  context.code("macFinalCompare", await crypt.macFinalCompare(three, data, expected));
  for (const operation of operations) context.code("freeOperation", await crypt.freeOperation(operation));
}
