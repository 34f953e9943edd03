// Commands of the crypto test TA: digests, ciphers, MACs and random bytes.
import { TEE } from "../../../abi/errors.ts";
import { bytes, type Handler, operationHandle, wrote } from "./call.ts";
import { CRYPT } from "./commands.ts";

/** Digests, ciphers, MACs, and random bytes. */
export const dataCommands: Readonly<Record<number, Handler>> = {
  [CRYPT.DIGEST_UPDATE](call) {
    call.tee.digestUpdate(operationHandle(call), bytes(call, 1));
    return TEE.SUCCESS;
  },
  [CRYPT.DIGEST_DO_FINAL]: (call) =>
    wrote(call, 2, call.tee.digestDoFinal(operationHandle(call), bytes(call, 1), bytes(call, 2))),
  [CRYPT.CIPHER_INIT](call) {
    call.tee.cipherInit(operationHandle(call), bytes(call, 1));
    return TEE.SUCCESS;
  },
  [CRYPT.CIPHER_UPDATE]: (call) =>
    wrote(call, 2, call.tee.cipherUpdate(operationHandle(call), bytes(call, 1), bytes(call, 2))),
  [CRYPT.CIPHER_DO_FINAL]: (call) =>
    wrote(call, 2, call.tee.cipherDoFinal(operationHandle(call), bytes(call, 1), bytes(call, 2))),
  [CRYPT.MAC_INIT](call) {
    call.tee.macInit(operationHandle(call));
    return TEE.SUCCESS;
  },
  [CRYPT.MAC_UPDATE](call) {
    call.tee.macUpdate(operationHandle(call), bytes(call, 1));
    return TEE.SUCCESS;
  },
  [CRYPT.MAC_FINAL_COMPUTE]: (call) =>
    wrote(call, 2, call.tee.macComputeFinal(operationHandle(call), bytes(call, 1), bytes(call, 2))),
  [CRYPT.MAC_FINAL_COMPARE]: (call) => call.tee.macCompareFinal(operationHandle(call), bytes(call, 1), bytes(call, 2)),
  [CRYPT.RANDOM_NUMBER_GENERATE](call) {
    const { tee } = call;
    const out = bytes(call, 0);
    const block = tee.malloc(out.length, 0, "ta/crypt/cryp_taf.c:670");
    if (block === 0) return TEE.OUT_OF_MEMORY;
    const made = tee.view(block, out.length);
    tee.generateRandom(made);
    out.set(made);
    tee.free(block, "ta/crypt/cryp_taf.c:676");
    return TEE.SUCCESS;
  },
};
