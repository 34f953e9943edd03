// System calls for digests and MACs, C's `_utee_hash_…`: OP-TEE 4.0.0 core/tee/tee_svc_cryp.c and what is below it.
import { TEE } from "../../../abi/errors.ts";
import { HASHES } from "../crypto/algorithms.ts";
import { type CryptoEnv, cipherOf, crypStateOf, hashOf, secretOf } from "../crypto/env.ts";
import { type Scratch, using } from "../crypto/scratch.ts";
import type { CrypState, OperationProgress } from "../crypto/state.ts";
import { beginHmac, hmacEnd } from "../keys/hmac_memory.ts";
import { chained } from "../modes/mac.ts";
import { coded, put, refuse, replied, type Written } from "../reply.ts";

/** Digests and MACs. BAD_STATE for a state that was not begun. */
export interface HashCalls {
  hashInit(state: number): number;
  hashUpdate(state: number, data: Uint8Array): number;
  /**
   * The last data, and the digest or MAC of all. SHORT_BUFFER, upon which nothing has happened. An extendable digest
   * fills `into`, and the next time with the bytes that follow.
   */
  hashFinal(state: number, data: Uint8Array, into: Uint8Array): Written;
}

type MacProgress = OperationProgress & { readonly kind: "mac" };

export function hashCalls(env: CryptoEnv): HashCalls {
  return {
    hashInit: (handle) =>
      coded(() => {
        const state = crypStateOf(env, handle);
        state.progress = begun(env, state);
        return TEE.SUCCESS;
      }),
    hashUpdate: (handle, data) =>
      coded(() => {
        const state = crypStateOf(env, handle);
        const { progress } = state;
        if (progress?.kind === "digest") progress.it.update(data);
        else if (progress?.kind === "mac") feed(env, state, progress, data);
        else return TEE.BAD_STATE;
        return TEE.SUCCESS;
      }),
    hashFinal: (handle, data, into) =>
      replied({ size: 0 }, () => {
        const state = crypStateOf(env, handle);
        const { progress } = state;
        const size = sizeOf(state);
        if (into.length < size) return { code: TEE.SHORT_BUFFER, size };
        if (progress?.kind === "mac") return put(finished(env, state, progress, data), into);
        if (progress?.kind !== "digest") return { code: TEE.BAD_STATE, size: 0 };
        if (data.length > 0) progress.it.update(data);
        if (size > 0) return put(progress.it.copy().digest(), into);
        const from = progress.given;
        progress.given += into.length;
        return put(progress.it.copy().digest(progress.given).slice(from), into);
      }),
  };
}

/** Bytes of the digest or MAC; 0 for one of any length. */
function sizeOf({ algorithm: { work } }: CrypState): number {
  if (work.kind === "digest" || work.kind === "hmac") return HASHES[work.hash].size;
  return work.kind === "mac" ? blockOf(work.cipher) : 0;
}

function blockOf(cipher: string): number {
  return cipher === "aes" ? 16 : 8;
}

function begun(env: CryptoEnv, state: CrypState): OperationProgress {
  const { work } = state.algorithm;
  if (work.kind === "digest") return { kind: "digest", it: hashOf(env, work.hash), given: 0 };
  if (work.kind === "mac")
    return { kind: "mac", it: chained(cipherOf(env, state, work.cipher), work.ending), waiting: 0 };
  if (work.kind !== "hmac") return refuse("the operation is neither digest nor MAC");
  return { kind: "mac", it: beginHmac(env, work.hash, secretOf(state)), waiting: 0 };
}

/** CBC-MACs encrypt what is more than one block, behind the one that waits to be filled, into memory of their own. */
function feed({ core }: CryptoEnv, { algorithm: { work } }: CrypState, progress: MacProgress, data: Uint8Array): void {
  const unit = work.kind === "mac" && work.ending !== "cmac" ? blockOf(work.cipher) : 0;
  const blocks: Scratch[] = [];
  if (unit > 0) {
    const fill = progress.waiting === 0 ? 0 : Math.min(unit - progress.waiting, data.length);
    const whole = data.length - fill - ((data.length - fill) % unit);
    progress.waiting = (progress.waiting + data.length) % unit;
    if (whole > unit) blocks.push(["work.cbcmac_blocks", whole]);
  }
  using(core, blocks, () => progress.it.update(data));
}

function finished(env: CryptoEnv, state: CrypState, progress: MacProgress, data: Uint8Array): Uint8Array {
  const { work } = state.algorithm;
  if (data.length > 0) feed(env, state, progress, data);
  const mac = using(env.core, work.kind === "hmac" ? hmacEnd(work.hash) : [], () => progress.it.final());
  state.progress = null;
  return mac ?? refuse("the length of the data does not fit", TEE.BAD_PARAMETERS);
}
