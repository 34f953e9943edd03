// Ciphers and MACs: the calls of OP-TEE 4.0.0 lib/libutee/tee_api_operations.c.
import { TEE } from "../../abi/errors.ts";
import { CLASS } from "../svc/crypto/ids.ts";
import { concat, equal } from "../svc/numbers/bytes.ts";
import { readyBytes } from "./buffering.ts";
import type { SymmetricApi } from "./crypto_api.ts";
import { begunOperation, keyedOperation } from "./find_operation.ts";
import { expectCode, expectReply, type LibraryEnv } from "./library_env.ts";
import { type Operation, rewind } from "./operation.ts";

export function symmetricApi(env: LibraryEnv): SymmetricApi {
  const { svc } = env;
  const macOf = (handle: number): Operation => begunOperation(env, handle, CLASS.MAC);
  return {
    cipherInit(handle, iv = new Uint8Array()) {
      const operation = keyedOperation(env, handle, CLASS.CIPHER);
      rewind(operation);
      expectCode(svc.cipherInit(operation.state, iv));
      begin(operation);
    },
    cipherUpdate(handle, data, into) {
      const operation = begunOperation(env, handle, CLASS.CIPHER);
      const size = readyBytes(operation.algorithm, operation.held.length + data.length);
      if (into.length < size) return { code: TEE.SHORT_BUFFER, size };
      const all = concat(operation.held, data);
      operation.held = all.slice(size);
      expectReply(svc.cipherUpdate(operation.state, all.subarray(0, size), into));
      return { code: TEE.SUCCESS, size };
    },
    cipherDoFinal(handle, data, into) {
      const operation = begunOperation(env, handle, CLASS.CIPHER);
      const all = concat(operation.held, data);
      if (into.length < all.length) return { code: TEE.SHORT_BUFFER, size: all.length };
      const size = readyBytes(operation.algorithm, all.length);
      expectReply(svc.cipherUpdate(operation.state, all.subarray(0, size), into));
      expectReply(svc.cipherFinal(operation.state, all.subarray(size), into.subarray(size)));
      rewind(operation);
      return { code: TEE.SUCCESS, size: all.length };
    },
    macInit(handle) {
      const operation = keyedOperation(env, handle, CLASS.MAC);
      rewind(operation);
      expectCode(svc.hashInit(operation.state));
      begin(operation);
    },
    macUpdate(handle, data) {
      expectCode(svc.hashUpdate(macOf(handle).state, data));
    },
    macComputeFinal(handle, data, into) {
      const operation = macOf(handle);
      const reply = expectReply(svc.hashFinal(operation.state, data, into), [TEE.SHORT_BUFFER]);
      if (reply.code === TEE.SUCCESS) rewind(operation);
      return reply;
    },
    macCompareFinal(handle, data, mac) {
      const operation = macOf(handle);
      const own = new Uint8Array(operation.digestLength);
      expectReply(svc.hashFinal(operation.state, data, own));
      rewind(operation);
      return equal(own, mac) ? TEE.SUCCESS : TEE.MAC_INVALID;
    },
  };
}

function begin(operation: Operation): void {
  operation.initialized = true;
  operation.active = true;
}
