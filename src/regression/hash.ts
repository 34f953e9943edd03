// Test case 4001: digests.
import { TEE } from "../abi/errors.ts";
import { ALG, CLASS, MODE } from "../tee/svc/crypto/ids.ts";
import type { CaseContext, RegressionCase } from "./harness.ts";
import { fromHex, type Sourced, type VectorFile } from "./vectors.ts";

interface HashVector extends Sourced {
  /** Hexadecimal with 0x. */
  readonly algo: string;
  readonly in: string;
  readonly out: string;
}

/** Digests of any length. */
const EXTENDABLE: readonly number[] = [ALG.SHAKE128, ALG.SHAKE256];

/** 4001: digests at once, in parts, and from copies of operations. */
export const hash: RegressionCase = {
  number: "4001",
  title: "Test TEE Internal API hash operations",
  vectors: true,
  async run(context, vectors) {
    const { cases } = vectors as VectorFile<HashVector>;
    const crypt = await context.crypt();
    for (const [n, vector] of cases.entries()) {
      // Some systems have no SM3.
      const algorithm = Number(vector.algo);
      if (algorithm === ALG.SM3 && (await crypt.isAlgorithmSupported(algorithm)) === TEE.NOT_SUPPORTED) continue;
      await context.subCase(`Hash case ${n} algo ${vector.algo}`, () => digest(context, vector));
    }
  },
};

/** The calls are those of the recorded test, as far as the core's operations tell them apart. */
async function digest(context: CaseContext, vector: HashVector): Promise<void> {
  const crypt = await context.crypt();
  const [algorithm, data, expected] = [Number(vector.algo), fromHex(vector.in), fromHex(vector.out)];
  const middle = Math.floor(data.length / 3);
  const [first, rest] = [data.subarray(0, middle), data.subarray(middle)];
  const allocate = async (): Promise<number> => {
    const { code, handle } = await crypt.allocateOperation(algorithm, MODE.DIGEST, 0);
    context.code("allocateOperation", code);
    return handle;
  };
  const [one, two] = [await allocate(), await allocate()];
  const finish = async (operation: number, last: Uint8Array): Promise<void> => {
    const done = await crypt.digestDoFinal(operation, last, expected.length);
    context.code("digestDoFinal", done.code);
    context.bytes("the digest", done.data, expected);
  };
  context.code("digestUpdate", await crypt.digestUpdate(one, first));
  context.code("copyOperation", await crypt.copyOperation(two, one));
  await finish(two, rest);
  // A reset forgets what was heard, and so does an end; a buffer that is too short changes nothing.
  context.code("resetOperation", await crypt.resetOperation(one));
  const short = await crypt.digestDoFinal(one, data, expected.length - 1);
  if (EXTENDABLE.includes(algorithm)) context.bytes("the digest", short.data, expected.subarray(0, -1));
  else {
    context.code("digestDoFinal with a short buffer", short.code, TEE.SHORT_BUFFER);
    context.equal("the size that it needs", short.size, expected.length);
  }
  await finish(one, data);
  for (const operation of [one, two]) context.code("digestUpdate", await crypt.digestUpdate(operation, first));
  context.code("resetOperation", await crypt.resetOperation(one));
  for (const operation of [one, two]) {
    const { code, info } = await crypt.getOperationInfo(operation);
    context.code("getOperationInfo", code);
    context.equal("the algorithm", info.algorithm, algorithm);
    context.equal("the class", info.operationClass, CLASS.DIGEST);
    context.equal("the length", info.digestLength, EXTENDABLE.includes(algorithm) ? 0 : expected.length);
  }
  for (const operation of [one, two]) context.code("freeOperation", await crypt.freeOperation(operation));
}
