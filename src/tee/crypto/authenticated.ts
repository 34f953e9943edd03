// Authenticated encryption: the calls. Nothing of it allocates.
import { TEE } from "../../abi/errors.ts";
import type { AeApi, Written } from "../api/crypto_api.ts";
import { concat, equal } from "./bytes.ts";
import { type CryptoEnv, refuse } from "./env.ts";
import { CLASS, MODE } from "./ids.ts";
import { type Ae, ccm, gcm } from "./modes/ae.ts";
import { ready } from "./modes/stream.ts";
import { rewind } from "./operations.ts";
import type { Operation } from "./state.ts";
import { cipherOf, keyed } from "./symmetric.ts";

/** Bits of tags. */
const TAGS = { ccm: [32, 48, 64, 80, 96, 112, 128], gcm: [96, 104, 112, 120, 128] } as const;

interface Running {
  readonly operation: Operation;
  readonly ae: Ae;
}

export function aeApi(env: CryptoEnv): AeApi {
  return {
    aeInit(handle, nonce, tagBits, aadSize = 0, dataSize = 0) {
      const operation = keyed(env, handle, CLASS.AE);
      const { work } = operation.algorithm;
      if (work.kind !== "ae") return refuse("the operation is no authenticated encryption");
      if (operation.active) refuse("the operation is at work", TEE.BAD_STATE);
      if (!(TAGS[work.mode] as readonly number[]).includes(tagBits)) return TEE.NOT_SUPPORTED;
      const short = work.mode === "ccm" && (nonce.length < 7 || nonce.length > 13);
      if (short || nonce.length === 0) refuse("the nonce has the wrong length");
      const cipher = cipherOf(env, operation, "aes");
      const decrypt = operation.mode === MODE.DECRYPT;
      const make = (): Ae =>
        work.mode === "gcm" ? gcm(cipher, decrypt, nonce) : ccm(cipher, decrypt, nonce, tagBits / 8, aadSize, dataSize);
      rewind(operation);
      operation.progress = { kind: "ae", it: make() };
      operation.digestLength = tagBits / 8;
      return TEE.SUCCESS;
    },
    aeUpdateAad(handle, aad) {
      const { operation, ae } = running(env, handle);
      if (!ae.aad(aad)) refuse("more additional data than announced");
      operation.active = true;
    },
    aeUpdate(handle, data, into) {
      const { operation, ae } = running(env, handle);
      const size = readyOf(operation, operation.held.length + data.length);
      if (into.length < size) return { code: TEE.SHORT_BUFFER, size };
      const all = concat(operation.held, data);
      operation.held = all.slice(size);
      operation.active = true;
      if (size > 0) into.set(step(ae, all.subarray(0, size)));
      return { code: TEE.SUCCESS, size };
    },
    aeEncryptFinal(handle, data, into, tag) {
      const { operation, ae } = running(env, handle, MODE.ENCRYPT);
      const all = concat(operation.held, data);
      const tagSize = operation.digestLength;
      if (into.length < all.length || tag.length < tagSize) return { ...short(all.length), tagSize };
      into.set(step(ae, all));
      tag.set(end(operation, ae));
      return { code: TEE.SUCCESS, size: all.length, tagSize };
    },
    aeDecryptFinal(handle, data, into, tag) {
      const { operation, ae } = running(env, handle, MODE.DECRYPT);
      const all = concat(operation.held, data);
      if (into.length < all.length) return short(all.length);
      into.set(step(ae, all));
      const code = equal(end(operation, ae), tag) ? TEE.SUCCESS : TEE.MAC_INVALID;
      return { code, size: all.length };
    },
  };
}

function running(env: CryptoEnv, handle: number, mode?: number): Running {
  const operation = keyed(env, handle, CLASS.AE);
  if (operation.progress?.kind !== "ae") return refuse("the operation was not initialized", TEE.BAD_STATE);
  if (mode !== undefined && operation.mode !== mode) refuse("the operation has the other mode");
  return { operation, ae: operation.progress.it };
}

/** CCM gives whole blocks, GCM each byte. */
function readyOf({ algorithm }: Operation, total: number): number {
  return ready({ unit: 16, holding: algorithm.buffer === 0 ? "none" : "partial" }, total);
}

function step(ae: Ae, data: Uint8Array): Uint8Array {
  return ae.update(data) ?? refuse("more data, or less additional data, than announced");
}

function end(operation: Operation, ae: Ae): Uint8Array {
  const tag = ae.tag() ?? refuse("less data than announced");
  const { digestLength } = operation;
  rewind(operation);
  return tag.slice(0, digestLength);
}

function short(size: number): Written {
  return { code: TEE.SHORT_BUFFER, size };
}
