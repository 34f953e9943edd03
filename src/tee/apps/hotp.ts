// Behaves as optee_examples 4.0.0 hotp (RFC 4226): the same UUID, commands and allocations.
import { TEE } from "../../abi/errors.ts";
import { PARAM_TYPE } from "../../abi/ids.ts";
import { bufferOf, haveTypes, type Params } from "../kernel/params.ts";
import { ALG, ATTR, MODE, TYPE } from "../svc/crypto/ids.ts";
import type { InternalApi } from "../utee/internal_api.ts";
import type { TrustedApp } from "../utee/trusted_app.ts";
import { exampleLayout } from "./layout.ts";

export const HOTP_UUID = "484d4143-2d53-4841-3120-4a6f636b6542";

/** Commands: the shared key goes in; a password comes out as a value. */
export const HOTP = { REGISTER_SHARED_KEY: 0, GET_HOTP: 1 } as const;

/** Bytes of a key. */
const MIN_KEY = 10;
const MAX_KEY = 64;
/** Where in the block of a session things are: the key, its length in 32 bits, and the counter in 64, big endian. */
const LENGTH_AT = MAX_KEY;
const COUNTER_AT = LENGTH_AT + 4;
const STATE_BYTES = COUNTER_AT + 8;
const SHA1_BYTES = 20;

/** Makes one-time passwords of six digits. */
export const hotp: TrustedApp = {
  uuid: HOTP_UUID,
  name: "hotp",
  flags: { singleInstance: false, multiSession: false, keepAlive: false },
  layout: exampleLayout(0x400466a0),
  openSession(tee, session, params) {
    if (!haveTypes(params)) return TEE.BAD_PARAMETERS;
    const block = tee.malloc(STATE_BYTES);
    session.context = block;
    return block === 0 ? TEE.OUT_OF_MEMORY : TEE.SUCCESS;
  },
  closeSession: (tee, session) => tee.free(session.context as number, "hotp/ta/hotp_ta.c:235"),
  invoke(tee, session, command, params) {
    const state = tee.view(session.context as number, STATE_BYTES);
    if (command === HOTP.REGISTER_SHARED_KEY) return register(state, params);
    if (command === HOTP.GET_HOTP) return next(tee, state, params);
    return TEE.BAD_PARAMETERS;
  },
};

function register(state: Uint8Array, params: Params): number {
  const [key] = params;
  if (!haveTypes(params, PARAM_TYPE.MEMREF_INPUT) || key.type !== "memref") return TEE.BAD_PARAMETERS;
  if (key.size > MAX_KEY) return TEE.BAD_PARAMETERS;
  state.fill(0, 0, MAX_KEY);
  state.set(bufferOf(key).subarray(0, key.size));
  viewOf(state).setUint32(LENGTH_AT, key.size, true);
  return TEE.SUCCESS;
}

function next(tee: InternalApi, state: Uint8Array, params: Params): number {
  const [out] = params;
  if (!haveTypes(params, PARAM_TYPE.VALUE_OUTPUT) || out.type !== "value") return TEE.BAD_PARAMETERS;
  const view = viewOf(state);
  const mac = new Uint8Array(SHA1_BYTES);
  const key = state.subarray(0, view.getUint32(LENGTH_AT, true));
  const code = hmacSha1(tee, key, state.subarray(COUNTER_AT), mac);
  view.setBigUint64(COUNTER_AT, view.getBigUint64(COUNTER_AT) + 1n);
  const offset = (mac[SHA1_BYTES - 1] ?? 0) & 15;
  out.value = { a: (viewOf(mac).getUint32(offset) & 0x7fffffff) % 1_000_000, b: 0 };
  return code;
}

function hmacSha1(tee: InternalApi, key: Uint8Array, data: Uint8Array, into: Uint8Array): number {
  if (key.length < MIN_KEY || key.length > MAX_KEY) return TEE.BAD_PARAMETERS;
  const operation = tee.allocateOperation(ALG.HMAC_SHA1, MODE.MAC, key.length * 8);
  if (operation.code !== TEE.SUCCESS) return operation.code;
  const object = tee.allocateTransientObject(TYPE.HMAC_SHA1, key.length * 8);
  let { code } = object;
  if (code === TEE.SUCCESS) {
    code = tee.populateTransientObject(object.handle, [tee.refAttribute(ATTR.SECRET_VALUE, key)]);
  }
  if (code === TEE.SUCCESS) code = tee.setOperationKey(operation.handle, object.handle);
  if (code === TEE.SUCCESS) {
    tee.macInit(operation.handle);
    tee.macUpdate(operation.handle, data);
    code = tee.macComputeFinal(operation.handle, new Uint8Array(0), into).code;
  }
  tee.freeOperation(operation.handle);
  tee.freeTransientObject(object.handle);
  return code;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
