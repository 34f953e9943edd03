// Behaves as optee_examples 4.0.0 acipher: the same UUID, commands and allocations.
import { TEE } from "../../abi/errors.ts";
import { PARAM_TYPE } from "../../abi/ids.ts";
import { LEVEL } from "../kernel/console.ts";
import { bufferOf, haveTypes, type Params } from "../kernel/params.ts";
import { ALG, MODE, TYPE } from "../svc/crypto/ids.ts";
import type { InternalApi } from "../utee/internal_api.ts";
import type { TrustedApp } from "../utee/trusted_app.ts";
import { exampleLayout } from "./layout.ts";

export const ACIPHER_UUID = "a734eed9-d6a1-4244-aa50-7c99719e7b7b";

/** Commands: bits of a key pair as a value; input and output. */
export const ACIPHER = { GEN_KEY: 0, ENCRYPT: 1 } as const;

/** What a session keeps; C has it in a block of 8 bytes. */
interface State {
  readonly block: number;
  key: number;
}

/** Encrypts with an RSA key pair that it makes. */
export const acipher: TrustedApp = {
  uuid: ACIPHER_UUID,
  name: "acipher",
  flags: { singleInstance: false, multiSession: false, keepAlive: false },
  layout: exampleLayout(0x400466d0),
  openSession(tee, session) {
    const block = tee.malloc(8);
    if (block === 0) return TEE.OUT_OF_MEMORY;
    session.context = { block, key: 0 } satisfies State;
    return TEE.SUCCESS;
  },
  closeSession(tee, session) {
    const { block, key } = session.context as State;
    tee.freeTransientObject(key);
    tee.free(block, "acipher/ta/acipher_ta.c:146");
  },
  invoke(tee, session, command, params) {
    const state = session.context as State;
    if (command === ACIPHER.GEN_KEY) return generate(tee, state, params);
    if (command === ACIPHER.ENCRYPT) return encrypt(tee, state, params);
    return TEE.NOT_SUPPORTED;
  },
};

async function generate(tee: InternalApi, state: State, params: Params): Promise<number> {
  const [size] = params;
  if (!haveTypes(params, PARAM_TYPE.VALUE_INPUT) || size.type !== "value") return TEE.BAD_PARAMETERS;
  const bits = size.value.a;
  const { code, handle } = tee.allocateTransientObject(TYPE.RSA_KEYPAIR, bits);
  if (code !== TEE.SUCCESS) return refuse(tee, `no RSA key pair of ${bits} bits`, code);
  const made = await tee.generateKey(handle, bits);
  if (made !== TEE.SUCCESS) {
    tee.freeTransientObject(handle);
    return refuse(tee, `an RSA key pair of ${bits} bits was not made`, made);
  }
  tee.freeTransientObject(state.key);
  state.key = handle;
  return TEE.SUCCESS;
}

async function encrypt(tee: InternalApi, { key }: State, params: Params): Promise<number> {
  const [input, output] = params;
  if (!haveTypes(params, PARAM_TYPE.MEMREF_INPUT, PARAM_TYPE.MEMREF_OUTPUT)) return TEE.BAD_PARAMETERS;
  if (input.type !== "memref" || output.type !== "memref") return TEE.BAD_PARAMETERS;
  if (key === 0) return TEE.BAD_STATE;
  const operation = tee.allocateOperation(ALG.RSAES_PKCS1_V1_5, MODE.ENCRYPT, tee.objectInfo(key).keySize);
  if (operation.code !== TEE.SUCCESS) return operation.code;
  let code = tee.setOperationKey(operation.handle, key);
  if (code === TEE.SUCCESS) {
    const from = bufferOf(input).subarray(0, input.size);
    const into = bufferOf(output).subarray(0, output.size);
    const written = await tee.asymmetricEncrypt(operation.handle, [], from, into);
    output.size = written.size;
    code = written.code;
  }
  tee.freeOperation(operation.handle);
  return code;
}

function refuse(tee: InternalApi, what: string, code: number): number {
  tee.log(LEVEL.ERROR, `${what}: 0x${code.toString(16)}`);
  return code;
}
