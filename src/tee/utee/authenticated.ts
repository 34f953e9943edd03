// Authenticated encryption: the calls of OP-TEE 4.0.0 lib/libutee/tee_api_operations.c.
import { TEE } from "../../abi/errors.ts";
import { CLASS, MODE } from "../svc/crypto/ids.ts";
import { concat } from "../svc/numbers/bytes.ts";
import { readyBytes } from "./buffering.ts";
import type { AeApi } from "./crypto_api.ts";
import { begunOperation, keyedOperation } from "./find_operation.ts";
import { expectCode, expectReply, type LibraryEnv, raisePanic } from "./library_env.ts";
import { type Operation, rewind } from "./operation.ts";

/** Bits of tags. */
const TAGS = { ccm: [32, 48, 64, 80, 96, 112, 128], gcm: [96, 104, 112, 120, 128] } as const;

export function aeApi(env: LibraryEnv): AeApi {
  const { svc } = env;
  const running = (handle: number, mode?: number): Operation => {
    const operation = begunOperation(env, handle, CLASS.AE);
    return mode === undefined || operation.mode === mode ? operation : raisePanic("the operation has the other mode");
  };
  return {
    aeInit(handle, nonce, tagBits, aadSize = 0, dataSize = 0) {
      const operation = keyedOperation(env, handle, CLASS.AE);
      const { work } = operation.algorithm;
      if (work.kind !== "ae") return raisePanic("the operation is no authenticated encryption");
      if (operation.active) raisePanic("the operation is at work", TEE.BAD_STATE);
      if (!(TAGS[work.mode] as readonly number[]).includes(tagBits)) return TEE.NOT_SUPPORTED;
      expectCode(svc.authencInit(operation.state, nonce, tagBits / 8, aadSize, dataSize));
      rewind(operation);
      operation.initialized = true;
      operation.digestLength = tagBits / 8;
      return TEE.SUCCESS;
    },
    aeUpdateAad(handle, aad) {
      const operation = running(handle);
      expectCode(svc.authencUpdateAad(operation.state, aad));
      operation.active = true;
    },
    aeUpdate(handle, data, into) {
      const operation = running(handle);
      const size = readyBytes(operation.algorithm, operation.held.length + data.length);
      if (into.length < size) return { code: TEE.SHORT_BUFFER, size };
      const all = concat(operation.held, data);
      operation.held = all.slice(size);
      operation.active = true;
      if (size > 0) expectReply(svc.authencUpdatePayload(operation.state, all.subarray(0, size), into));
      return { code: TEE.SUCCESS, size };
    },
    aeEncryptFinal(handle, data, into, tag) {
      const operation = running(handle, MODE.ENCRYPT);
      const all = concat(operation.held, data);
      const reply = expectReply(svc.authencEncFinal(operation.state, all, into, tag), [TEE.SHORT_BUFFER]);
      if (reply.code === TEE.SUCCESS) rewind(operation);
      return reply;
    },
    aeDecryptFinal(handle, data, into, tag) {
      const operation = running(handle, MODE.DECRYPT);
      const all = concat(operation.held, data);
      const reply = expectReply(svc.authencDecFinal(operation.state, all, into, tag), [
        TEE.SHORT_BUFFER,
        TEE.MAC_INVALID,
      ]);
      if (reply.code !== TEE.SHORT_BUFFER) rewind(operation);
      return reply;
    },
  };
}
