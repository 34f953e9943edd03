// Digests: the calls of OP-TEE 4.0.0 lib/libutee/tee_api_operations.c.
import { TEE } from "../../abi/errors.ts";
import { CLASS } from "../svc/crypto/ids.ts";
import type { DigestApi } from "./crypto_api.ts";
import { operationOfClass } from "./find_operation.ts";
import { expectCode, expectReply, type LibraryEnv, raisePanic } from "./library_env.ts";
import { type Operation, rewind } from "./operation.ts";
import { resetDigest } from "./operations.ts";

const NOTHING = new Uint8Array();

export function digestApi(env: LibraryEnv): DigestApi {
  const { svc } = env;
  const find = (handle: number): Operation => operationOfClass(env, handle, CLASS.DIGEST);
  const checkOpen = ({ extracted }: Operation): void => {
    if (extracted !== null) raisePanic("the digest is being extracted", TEE.BAD_STATE);
  };
  /** The next bytes of a digest. One of a fixed length waits, whole, in the operation. */
  const extract = (operation: Operation, into: Uint8Array): void => {
    const from = operation.extracted ?? 0;
    operation.extracted = from + into.length;
    if (operation.digestLength === 0) {
      expectReply(svc.hashFinal(operation.state, NOTHING, into));
      return;
    }
    if (operation.held.length === 0) {
      operation.held = new Uint8Array(operation.digestLength);
      expectReply(svc.hashFinal(operation.state, NOTHING, operation.held));
    }
    into.set(operation.held.subarray(from, from + into.length));
  };
  return {
    digestUpdate(handle, data) {
      const operation = find(handle);
      checkOpen(operation);
      expectCode(svc.hashUpdate(operation.state, data));
      operation.active = true;
    },
    digestDoFinal(handle, data, into) {
      const operation = find(handle);
      const { digestLength, extracted } = operation;
      if (data.length > 0) checkOpen(operation);
      // An extendable digest fills what it is given.
      const size = digestLength === 0 ? into.length : digestLength - (extracted ?? 0);
      if (into.length < size) return { code: TEE.SHORT_BUFFER, size };
      if (data.length > 0) expectCode(svc.hashUpdate(operation.state, data));
      extract(operation, into.subarray(0, size));
      rewind(operation);
      resetDigest(env, operation);
      return { code: TEE.SUCCESS, size };
    },
    digestExtract(handle, into) {
      const operation = find(handle);
      const left = operation.digestLength === 0 ? into.length : operation.digestLength - (operation.extracted ?? 0);
      const size = Math.min(into.length, left);
      extract(operation, into.subarray(0, size));
      return { code: TEE.SUCCESS, size };
    },
  };
}
