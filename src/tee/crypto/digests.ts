// Digests: the calls.
import { TEE } from "../../abi/errors.ts";
import type { DigestApi } from "../api/crypto_api.ts";
import { type CryptoEnv, refuse } from "./env.ts";
import { CLASS } from "./ids.ts";
import { rewind } from "./operations.ts";
import type { Hash } from "./provider.ts";
import type { Operation } from "./state.ts";
import { hashOf, of } from "./symmetric.ts";

interface Running {
  readonly operation: Operation;
  readonly hash: Hash;
}

export function digestApi(env: CryptoEnv): DigestApi {
  const running = (handle: number): Running => {
    const operation = of(env, handle, CLASS.DIGEST);
    if (operation.algorithm.work.kind !== "digest") refuse("the operation is no digest");
    if (operation.progress?.kind !== "digest")
      operation.progress = { kind: "digest", it: hashOf(env, operation.algorithm.work.hash) };
    return { operation, hash: operation.progress.it };
  };
  const feed = ({ operation, hash }: Running, data: Uint8Array): void => {
    if (operation.extracted !== null) refuse("the digest is being extracted", TEE.BAD_STATE);
    hash.update(data);
  };
  return {
    digestUpdate(handle, data) {
      const one = running(handle);
      feed(one, data);
      one.operation.active = true;
    },
    digestDoFinal(handle, data, into) {
      const one = running(handle);
      const { operation, hash } = one;
      const { digestLength, extracted } = operation;
      if (extracted !== null && data.length > 0) refuse("the digest is being extracted", TEE.BAD_STATE);
      // SHAKE fills what it is given.
      const size = digestLength === 0 ? into.length : digestLength - (extracted ?? 0);
      if (into.length < size) return { code: TEE.SHORT_BUFFER, size };
      if (extracted === null) hash.update(data);
      into.set(part(one, size));
      rewind(operation);
      return { code: TEE.SUCCESS, size };
    },
    digestExtract(handle, into) {
      const one = running(handle);
      const { operation } = one;
      const left = operation.digestLength === 0 ? into.length : operation.digestLength - (operation.extracted ?? 0);
      const size = Math.min(into.length, left);
      into.set(part(one, size));
      return { code: TEE.SUCCESS, size };
    },
  };
}

/** The next bytes of a digest. One of a fixed length waits, whole, in the operation. */
function part({ operation, hash }: Running, size: number): Uint8Array {
  const from = operation.extracted ?? 0;
  if (operation.extracted === null && operation.digestLength > 0) operation.held = hash.copy().digest();
  operation.extracted = from + size;
  const bytes = operation.digestLength > 0 ? operation.held : hash.digest(from + size);
  return bytes.slice(from, from + size);
}
