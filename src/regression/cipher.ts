// Test case 4003: ciphers.
import { ALG, MODE } from "../tee/svc/crypto/ids.ts";
import type { CryptClient } from "./crypt_client.ts";
import type { CaseContext, RegressionCase } from "./harness.ts";
import { keyedOperations } from "./keyed_operations.ts";
import { fromHex, type Sourced, type VectorFile } from "./vectors.ts";

/** A vector of data/vectors/regression_4003.json, for both directions. Bytes are hexadecimal, numbers of algorithms too. */
interface CipherVector extends Sourced {
  /** As in upstream's titles. */
  readonly line: number;
  readonly algo: string;
  readonly key: string;
  /** The second key of XTS. */
  readonly key2?: string;
  /** Missing where the mode has none. */
  readonly iv?: string;
  readonly in: string;
  readonly out: string;
  /** Bytes of the data that come before the last call. */
  readonly split: number;
}

/** Bytes of the buffers for results. */
const CAPACITY = 8192;

/** Algorithms that a build may lack: upstream's recorded run asks first. */
const ASKED_FOR: readonly number[] = [ALG.SM4_ECB_NOPAD, ALG.SM4_CBC_NOPAD, ALG.SM4_CTR];

export const cipher: RegressionCase = {
  number: "4003",
  title: "Test TEE Internal API cipher operations",
  vectors: true,
  async run(context, vectors) {
    const crypt = await context.crypt();
    const { cases } = vectors as VectorFile<CipherVector>;
    for (const [n, vector] of cases.entries()) {
      for (const [m, mode] of [MODE.ENCRYPT, MODE.DECRYPT].entries()) {
        const title = `Cipher case ${2 * n + m} algo ${vector.algo} line ${vector.line}`;
        await context.subCase(title, () => runVector(context, crypt, vector, mode));
      }
    }
  },
};

/** Half of the data, a copy of the operation, and the other half in both. */
async function runVector(check: CaseContext, crypt: CryptClient, vector: CipherVector, mode: number): Promise<void> {
  const algorithm = Number(vector.algo);
  if (ASKED_FOR.includes(algorithm)) check.code("isAlgorithmSupported", await crypt.isAlgorithmSupported(algorithm));
  const encrypts = mode === MODE.ENCRYPT;
  const data = fromHex(encrypts ? vector.in : vector.out);
  const expected = fromHex(encrypts ? vector.out : vector.in);
  const keys = [vector.key, ...(vector.key2 === undefined ? [] : [vector.key2])].map(fromHex);
  const [one, two] = await keyedOperations(check, crypt, algorithm, mode, keys);
  // Without a second key upstream frees a handle that is none.
  if (keys.length === 1) check.code("freeTransientObject", await crypt.freeTransientObject(0));
  check.code("cipherInit", await crypt.cipherInit(one, fromHex(vector.iv ?? "")));
  const first = await crypt.cipherUpdate(one, data.subarray(0, vector.split), CAPACITY);
  check.code("cipherUpdate", first.code);
  check.bytes("the result of cipherUpdate", first.data, expected.subarray(0, first.size));
  check.code("copyOperation", await crypt.copyOperation(two, one));
  for (const operation of [two, one]) {
    const last = await crypt.cipherDoFinal(operation, data.subarray(vector.split), CAPACITY);
    check.code("cipherDoFinal", last.code);
    check.bytes("the result of cipherDoFinal", last.data, expected.subarray(first.size));
  }
  check.code("freeOperation", await crypt.freeOperation(one));
  check.code("freeOperation", await crypt.freeOperation(two));
}
