// System calls for authenticated encryption, C's `_utee_authenc_…`: OP-TEE 4.0.0 core/tee/tee_svc_cryp.c.
import { TEE } from "../../../abi/errors.ts";
import { type CryptoEnv, cipherOf, crypStateOf } from "../crypto/env.ts";
import { MODE } from "../crypto/ids.ts";
import type { CrypState } from "../crypto/state.ts";
import { type Ae, ccm, gcm } from "../modes/ae.ts";
import { equal } from "../numbers/bytes.ts";
import { coded, put, refuse, replied, type Written } from "../reply.ts";

/** Authenticated encryption; all lengths in bytes. BAD_STATE for a state that was not begun. */
export interface AuthencCalls {
  /** BAD_PARAMETERS for a nonce of a wrong length. */
  authencInit(state: number, nonce: Uint8Array, tagLength: number, aadLength: number, dataLength: number): number;
  authencUpdateAad(state: number, aad: Uint8Array): number;
  /** GCM takes any bytes, CCM whole blocks. */
  authencUpdatePayload(state: number, data: Uint8Array, into: Uint8Array): Written;
  authencEncFinal(
    state: number,
    data: Uint8Array,
    into: Uint8Array,
    tag: Uint8Array,
  ): Written & { readonly tagSize: number };
  /** MAC_INVALID if the tag is another one; the data is written all the same. */
  authencDecFinal(state: number, data: Uint8Array, into: Uint8Array, tag: Uint8Array): Written;
}

interface Running {
  readonly state: CrypState;
  readonly ae: Ae;
}

export function authencCalls(env: CryptoEnv): AuthencCalls {
  const running = (handle: number): Running => {
    const state = crypStateOf(env, handle);
    return state.progress?.kind === "ae" ? { state, ae: state.progress.it } : refuse("the operation was not begun");
  };
  return {
    authencInit: (handle, nonce, tagLength, aadLength, dataLength) =>
      coded(() => {
        const state = crypStateOf(env, handle);
        const { work } = state.algorithm;
        if (work.kind !== "ae") return TEE.BAD_STATE;
        const short = work.mode === "ccm" && (nonce.length < 7 || nonce.length > 13);
        if (short || nonce.length === 0) return TEE.BAD_PARAMETERS;
        const cipher = cipherOf(env, state, "aes");
        const decrypt = state.mode === MODE.DECRYPT;
        const it =
          work.mode === "gcm"
            ? gcm(cipher, decrypt, nonce)
            : ccm(cipher, decrypt, nonce, tagLength, aadLength, dataLength);
        state.progress = { kind: "ae", it };
        state.tagLength = tagLength;
        return TEE.SUCCESS;
      }),
    authencUpdateAad: (handle, aad) => coded(() => (running(handle).ae.aad(aad) ? TEE.SUCCESS : TEE.BAD_PARAMETERS)),
    authencUpdatePayload: (handle, data, into) =>
      replied({ size: 0 }, () => {
        const { ae } = running(handle);
        if (into.length < data.length) return { code: TEE.SHORT_BUFFER, size: data.length };
        return put(step(ae, data), into);
      }),
    authencEncFinal: (handle, data, into, tag) =>
      replied({ size: 0, tagSize: 0 }, () => {
        const one = running(handle);
        const tagSize = one.state.tagLength;
        if (into.length < data.length || tag.length < tagSize)
          return { code: TEE.SHORT_BUFFER, size: data.length, tagSize };
        into.set(step(one.ae, data));
        tag.set(end(one));
        return { code: TEE.SUCCESS, size: data.length, tagSize };
      }),
    authencDecFinal: (handle, data, into, tag) =>
      replied({ size: 0 }, () => {
        const one = running(handle);
        if (into.length < data.length) return { code: TEE.SHORT_BUFFER, size: data.length };
        into.set(step(one.ae, data));
        return { code: equal(end(one), tag) ? TEE.SUCCESS : TEE.MAC_INVALID, size: data.length };
      }),
  };
}

function step(ae: Ae, data: Uint8Array): Uint8Array {
  if (data.length === 0) return data;
  return ae.update(data) ?? refuse("more data, or less additional data, than announced", TEE.BAD_PARAMETERS);
}

function end({ state, ae }: Running): Uint8Array {
  const tag = ae.tag() ?? refuse("less data than announced", TEE.BAD_PARAMETERS);
  state.progress = null;
  return tag.slice(0, state.tagLength);
}
