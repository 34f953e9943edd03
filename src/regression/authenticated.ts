// Test case 4005: authenticated encryption.
import { MODE } from "../tee/svc/crypto/ids.ts";
import type { CryptClient, CryptOutput } from "./crypt_client.ts";
import type { CaseContext, RegressionCase } from "./harness.ts";
import { keyedOperations } from "./keyed_operations.ts";
import { fromHex, type Sourced, type VectorFile } from "./vectors.ts";

/** A vector of data/vectors/regression_4005.json, for both directions. Bytes are hexadecimal, numbers of algorithms too. */
interface AeVector extends Sourced {
  /** As in upstream's titles. */
  readonly line: number;
  readonly algo: string;
  readonly key: string;
  readonly nonce: string;
  readonly aad: string;
  readonly in: string;
  readonly out: string;
  readonly tag: string;
  /** Bytes in the first of two parts of the additional data; 0 if there is none. */
  readonly aadSplit: number;
  /** Bytes of the data that come before the last call; 0 if there are none. */
  readonly split: number;
}

/** Bytes of the buffer for the result: the last call gets what the first one left of it. */
const CAPACITY = 512;

export const authenticated: RegressionCase = {
  number: "4005",
  title: "Test TEE Internal API Authenticated Encryption operations",
  vectors: true,
  async run(context, vectors) {
    const crypt = await context.crypt();
    const { cases } = vectors as VectorFile<AeVector>;
    for (const [n, vector] of cases.entries()) {
      for (const [m, mode] of [MODE.ENCRYPT, MODE.DECRYPT].entries()) {
        const title = `AE case ${2 * n + m} algo ${vector.algo} line ${vector.line}`;
        await context.subCase(title, () => runVector(context, crypt, vector, mode));
      }
    }
  },
};

/** Additional data in two parts, some of the data, a copy of the operation, and the rest in both. */
async function runVector(check: CaseContext, crypt: CryptClient, vector: AeVector, mode: number): Promise<void> {
  const encrypts = mode === MODE.ENCRYPT;
  const data = fromHex(encrypts ? vector.in : vector.out);
  const expected = fromHex(encrypts ? vector.out : vector.in);
  const [aad, tag] = [fromHex(vector.aad), fromHex(vector.tag)];
  const [one, two] = await keyedOperations(check, crypt, Number(vector.algo), mode, [fromHex(vector.key)]);
  const nonce = fromHex(vector.nonce);
  check.code("aeInit", await crypt.aeInit(one, nonce, 8 * tag.length, aad.length, data.length));
  for (const part of aad.length === 0 ? [] : [aad.subarray(0, vector.aadSplit), aad.subarray(vector.aadSplit)])
    check.code("aeUpdateAad", await crypt.aeUpdateAad(one, part));
  let written = 0;
  if (vector.split > 0) {
    const first = await crypt.aeUpdate(one, data.subarray(0, vector.split), CAPACITY);
    check.code("aeUpdate", first.code);
    check.bytes("the result of aeUpdate", first.data, expected.subarray(0, first.size));
    written = first.size;
  }
  check.code("copyOperation", await crypt.copyOperation(two, one));
  const [rest, room] = [data.subarray(vector.split), CAPACITY - written];
  for (const operation of [two, one]) {
    const { code, data: out } = encrypts
      ? await encryptFinal(check, crypt, operation, rest, room, tag)
      : await crypt.aeDecryptFinal(operation, rest, room, tag);
    check.code("the final call", code);
    check.bytes("the rest of the result", out, expected.subarray(written));
  }
  check.code("freeOperation", await crypt.freeOperation(one));
  check.code("freeOperation", await crypt.freeOperation(two));
}

async function encryptFinal(
  check: CaseContext,
  crypt: CryptClient,
  operation: number,
  data: Uint8Array,
  room: number,
  tag: Uint8Array,
): Promise<CryptOutput> {
  const last = await crypt.aeEncryptFinal(operation, data, room, tag.length);
  check.code("aeEncryptFinal", last.code);
  check.bytes("the tag", last.tag, tag);
  return last;
}
