// Behaves as optee_examples 4.0.0 aes: the same UUID, commands and allocations, its leak of a key's size included.
import { TEE } from "../../abi/errors.ts";
import { PARAM_TYPE } from "../../abi/ids.ts";
import { bufferOf, haveTypes, type Param, type Params } from "../kernel/params.ts";
import { ALG, ATTR, MODE, TYPE } from "../svc/crypto/ids.ts";
import type { InternalApi } from "../utee/internal_api.ts";
import type { TaSession, TrustedApp } from "../utee/trusted_app.ts";
import { exampleLayout } from "./layout.ts";

export const AES_UUID = "5dbac793-f574-4871-8ad3-04331ec17f24";

/** Commands: three values (algorithm, bytes of the key, mode); the key; the initial vector; input and output. */
export const AES = { PREPARE: 0, SET_KEY: 1, SET_IV: 2, CIPHER: 3 } as const;

/** Values of PREPARE. */
export const AES_ALGO = { ECB: 0, CBC: 1, CTR: 2 } as const;
export const AES_MODE = { DECODE: 0, ENCODE: 1 } as const;

const ALGORITHMS = [ALG.AES_ECB_NOPAD, ALG.AES_CBC_NOPAD, ALG.AES_CTR];
const MODES = [MODE.DECRYPT, MODE.ENCRYPT];
const KEY_SIZES: readonly number[] = [16, 32];
const { VALUE_INPUT, MEMREF_INPUT, MEMREF_OUTPUT } = PARAM_TYPE;

/** What a session keeps; C has it in a block of 32 bytes. */
interface Cipher {
  readonly block: number;
  keySize: number;
  operation: number;
  key: number;
}

type Memref = Extract<Param, { type: "memref" }>;

/** Encrypts and decrypts with AES. */
export const aes: TrustedApp = {
  uuid: AES_UUID,
  name: "aes",
  flags: { singleInstance: false, multiSession: false, keepAlive: false },
  layout: exampleLayout(0x400466d0),
  openSession(tee, session) {
    const block = tee.malloc(32);
    if (block === 0) return TEE.OUT_OF_MEMORY;
    session.context = { block, keySize: 0, operation: 0, key: 0 } satisfies Cipher;
    return TEE.SUCCESS;
  },
  closeSession(tee, session) {
    const cipher = cipherOf(session);
    tee.freeTransientObject(cipher.key);
    tee.freeOperation(cipher.operation);
    tee.free(cipher.block, "aes/ta/aes_ta.c:412");
  },
  invoke(tee, session, command, params) {
    const cipher = cipherOf(session);
    if (command === AES.PREPARE) return prepare(tee, cipher, params);
    if (command === AES.SET_KEY) return setKey(tee, cipher, params);
    if (command === AES.SET_IV) return setIv(tee, cipher, params);
    if (command === AES.CIPHER) return encipher(tee, cipher, params);
    return TEE.NOT_SUPPORTED;
  },
};

function cipherOf(session: TaSession): Cipher {
  return session.context as Cipher;
}

function prepare(tee: InternalApi, cipher: Cipher, params: Params): number {
  if (!haveTypes(params, VALUE_INPUT, VALUE_INPUT, VALUE_INPUT)) return TEE.BAD_PARAMETERS;
  const [algo = 0, keySize = 0, mode = 0] = params.map((param) => (param.type === "value" ? param.value.a : 0));
  const [algorithm, direction] = [ALGORITHMS[algo], MODES[mode]];
  if (algorithm === undefined || direction === undefined || !KEY_SIZES.includes(keySize)) return TEE.BAD_PARAMETERS;
  cipher.keySize = keySize;
  const code = allocate(tee, cipher, algorithm, direction);
  if (code !== TEE.SUCCESS) {
    tee.freeOperation(cipher.operation);
    tee.freeTransientObject(cipher.key);
    cipher.operation = 0;
    cipher.key = 0;
  }
  return code;
}

function allocate(tee: InternalApi, cipher: Cipher, algorithm: number, mode: number): number {
  tee.freeOperation(cipher.operation);
  const operation = tee.allocateOperation(algorithm, mode, cipher.keySize * 8);
  cipher.operation = operation.handle;
  if (operation.code !== TEE.SUCCESS) return operation.code;
  tee.freeTransientObject(cipher.key);
  const key = tee.allocateTransientObject(TYPE.AES, cipher.keySize * 8);
  cipher.key = key.handle;
  if (key.code !== TEE.SUCCESS) return key.code;
  // An operation can be reset only when it has a key: this one is all zeros. 4.0.0 never frees it.
  const zeros = tee.malloc(cipher.keySize);
  if (zeros === 0) return TEE.OUT_OF_MEMORY;
  return load(tee, cipher, tee.view(zeros, cipher.keySize));
}

function load(tee: InternalApi, { operation, key }: Cipher, secret: Uint8Array): number {
  const code = tee.populateTransientObject(key, [tee.refAttribute(ATTR.SECRET_VALUE, secret)]);
  return code === TEE.SUCCESS ? tee.setOperationKey(operation, key) : code;
}

function setKey(tee: InternalApi, cipher: Cipher, params: Params): number {
  if (!haveTypes(params, MEMREF_INPUT)) return TEE.BAD_PARAMETERS;
  const key = params[0] as Memref;
  if (key.size !== cipher.keySize) return TEE.BAD_PARAMETERS;
  tee.resetTransientObject(cipher.key);
  tee.resetOperation(cipher.operation);
  return load(tee, cipher, bufferOf(key).subarray(0, key.size));
}

function setIv(tee: InternalApi, cipher: Cipher, params: Params): number {
  if (!haveTypes(params, MEMREF_INPUT)) return TEE.BAD_PARAMETERS;
  const iv = params[0] as Memref;
  tee.cipherInit(cipher.operation, bufferOf(iv).subarray(0, iv.size));
  return TEE.SUCCESS;
}

function encipher(tee: InternalApi, cipher: Cipher, params: Params): number {
  if (!haveTypes(params, MEMREF_INPUT, MEMREF_OUTPUT)) return TEE.BAD_PARAMETERS;
  const [input, output] = [params[0] as Memref, params[1] as Memref];
  if (output.size < input.size) return TEE.BAD_PARAMETERS;
  if (cipher.operation === 0) return TEE.BAD_STATE;
  const { code, size } = tee.cipherUpdate(
    cipher.operation,
    bufferOf(input).subarray(0, input.size),
    bufferOf(output).subarray(0, output.size),
  );
  output.size = size;
  return code;
}
