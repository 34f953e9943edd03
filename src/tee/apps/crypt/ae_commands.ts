// Commands of the crypto test TA: authenticated encryption.
import { TEE } from "../../../abi/errors.ts";
import type { InternalApi } from "../../utee/internal_api.ts";
import { bytes, type Handler, operationHandle, values, wrote } from "./call.ts";
import { CRYPT } from "./commands.ts";

const FILE = "ta/crypt/cryp_taf.c";

/** Authenticated encryption. The last data and the tag go through blocks of the TA's own. */
export const aeCommands: Readonly<Record<number, Handler>> = {
  [CRYPT.AE_INIT](call) {
    const { a: aadSize, b: dataSize } = values(call, 2);
    return call.tee.aeInit(operationHandle(call), bytes(call, 1), values(call, 0).b, aadSize, dataSize);
  },
  [CRYPT.AE_UPDATE_AAD](call) {
    call.tee.aeUpdateAad(operationHandle(call), bytes(call, 1));
    return TEE.SUCCESS;
  },
  [CRYPT.AE_UPDATE]: (call) => wrote(call, 2, call.tee.aeUpdate(operationHandle(call), bytes(call, 1), bytes(call, 2))),
  [CRYPT.AE_ENCRYPT_FINAL](call) {
    const [operation, data, out, tagOut] = [operationHandle(call), bytes(call, 1), bytes(call, 2), bytes(call, 3)];
    return withBlocks(call.tee, [out.length, 733, 747], [tagOut.length, 734, 748], (into, tag) => {
      const { code, size, tagSize } = call.tee.aeEncryptFinal(operation, data, into, tag);
      if (code === TEE.SUCCESS) {
        out.set(into.subarray(0, size));
        tagOut.set(tag.subarray(0, tagSize));
      }
      wrote(call, 3, { code, size: tagSize });
      return wrote(call, 2, { code, size });
    });
  },
  [CRYPT.AE_DECRYPT_FINAL](call) {
    const [operation, data, out, given] = [operationHandle(call), bytes(call, 1), bytes(call, 2), bytes(call, 3)];
    return withBlocks(call.tee, [out.length, 765, 778], [given.length, 766, 779], (into, tag) => {
      tag.set(given);
      const { code, size } = call.tee.aeDecryptFinal(operation, data, into, tag);
      if (code === TEE.SUCCESS) out.set(into.subarray(0, size));
      return wrote(call, 2, { code, size });
    });
  },
};

type Block = readonly [size: number, taken: number, freed: number];

/** Works with two blocks; sizes in bytes, lines of where they are taken and freed, in this order. */
function withBlocks(
  tee: InternalApi,
  [size, taken, freed]: Block,
  [tagSize, tagTaken, tagFreed]: Block,
  work: (data: Uint8Array, tag: Uint8Array) => number,
): number {
  const data = tee.malloc(size, 0, `${FILE}:${taken}`);
  const tag = data && tee.malloc(tagSize, 0, `${FILE}:${tagTaken}`);
  const code = tag === 0 ? TEE.OUT_OF_MEMORY : work(tee.view(data, size), tee.view(tag, tagSize));
  tee.free(data, `${FILE}:${freed}`);
  tee.free(tag, `${FILE}:${tagFreed}`);
  return code;
}
