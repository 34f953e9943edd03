// System calls for ciphers, C's `_utee_cipher_…`: OP-TEE 4.0.0 core/tee/tee_svc_cryp.c. Nothing of it allocates.
import { TEE } from "../../../abi/errors.ts";
import { type CryptoEnv, cipherOf, crypStateOf } from "../crypto/env.ts";
import { MODE } from "../crypto/ids.ts";
import type { CrypState } from "../crypto/state.ts";
import { cts } from "../modes/cts.ts";
import { cbc, ctr, ecb, type Stream } from "../modes/stream.ts";
import { xts } from "../modes/xts.ts";
import { coded, put, refuse, replied, type Written } from "../reply.ts";

/** Ciphers. BAD_STATE for a state that was not begun, SHORT_BUFFER before anything has happened. */
export interface CipherCalls {
  cipherInit(state: number, iv: Uint8Array): number;
  /** Whole blocks; a key stream takes any bytes. */
  cipherUpdate(state: number, data: Uint8Array, into: Uint8Array): Written;
  /** What is left. BAD_PARAMETERS if that cannot be the end. */
  cipherFinal(state: number, data: Uint8Array, into: Uint8Array): Written;
}

export function cipherCalls(env: CryptoEnv): CipherCalls {
  const running = (handle: number, data: Uint8Array, into: Uint8Array): { state: CrypState; stream: Stream } => {
    const state = crypStateOf(env, handle);
    if (state.progress?.kind !== "cipher") return refuse("the operation was not begun");
    if (into.length < data.length) refuse("the buffer is too short", TEE.SHORT_BUFFER);
    return { state, stream: state.progress.it };
  };
  return {
    cipherInit: (handle, iv) =>
      coded(() => {
        const state = crypStateOf(env, handle);
        state.progress = { kind: "cipher", it: streamOf(env, state, iv) };
        return TEE.SUCCESS;
      }),
    cipherUpdate: (handle, data, into) =>
      replied({ size: data.length }, () => put(running(handle, data, into).stream.update(data), into)),
    cipherFinal: (handle, data, into) =>
      replied({ size: data.length }, () => {
        const { state, stream } = running(handle, data, into);
        const last = stream.finish(data);
        state.progress = null;
        return last === null ? { code: TEE.BAD_PARAMETERS, size: 0 } : put(last, into);
      }),
  };
}

function streamOf(env: CryptoEnv, state: CrypState, iv: Uint8Array): Stream {
  const { work } = state.algorithm;
  if (work.kind !== "cipher") return refuse("the operation is no cipher");
  const cipher = cipherOf(env, state, work.cipher);
  const decrypt = state.mode === MODE.DECRYPT;
  if (iv.length !== (work.mode === "ecb" ? 0 : cipher.blockSize))
    refuse("the IV has the wrong length", TEE.BAD_PARAMETERS);
  switch (work.mode) {
    case "ecb":
      return ecb(cipher, decrypt);
    case "cbc":
      return cbc(cipher, decrypt, iv);
    case "ctr":
      return ctr(cipher, iv);
    case "cts":
      return cts(cipher, decrypt, iv);
    case "xts":
      return xts(cipher, cipherOf(env, state, work.cipher, 1), decrypt, iv);
  }
}
