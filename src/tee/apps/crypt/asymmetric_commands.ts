// Commands of the crypto test TA: key pairs.
import { TEE } from "../../../abi/errors.ts";
import { bytes, type Handler, known, operationHandle, values, withAttributes, wrote } from "./call.ts";
import { CRYPT } from "./commands.ts";

const FILE = "ta/crypt/cryp_taf.c";

/** Encryption, signatures and key agreement with key pairs. Nobody has seen where decryption frees its attributes. */
export const asymmetricCommands: Readonly<Record<number, Handler>> = {
  [CRYPT.ASYMMETRIC_ENCRYPT](call) {
    const [operation, data, out] = [operationHandle(call), bytes(call, 2), bytes(call, 3)];
    return withAttributes(call, 1, `${FILE}:557`, async (attributes) =>
      wrote(call, 3, await call.tee.asymmetricEncrypt(operation, attributes, data, out)),
    );
  },
  [CRYPT.ASYMMETRIC_DECRYPT](call) {
    const [operation, data, out] = [operationHandle(call), bytes(call, 2), bytes(call, 3)];
    return withAttributes(call, 1, undefined, async (attributes) =>
      wrote(call, 3, await call.tee.asymmetricDecrypt(operation, attributes, data, out)),
    );
  },
  [CRYPT.ASYMMETRIC_SIGN_DIGEST](call) {
    const [operation, digest, out] = [operationHandle(call), bytes(call, 2), bytes(call, 3)];
    return withAttributes(call, 1, `${FILE}:608`, async (attributes) =>
      wrote(call, 3, await call.tee.asymmetricSignDigest(operation, attributes, digest, out)),
    );
  },
  [CRYPT.ASYMMETRIC_VERIFY_DIGEST](call) {
    const [operation, digest, signature] = [operationHandle(call), bytes(call, 2), bytes(call, 3)];
    return withAttributes(call, 1, `${FILE}:634`, (attributes) =>
      call.tee.asymmetricVerifyDigest(operation, attributes, digest, signature),
    );
  },
  [CRYPT.DERIVE_KEY](call) {
    const [operation, derived] = [operationHandle(call), known(call, "objects", values(call, 0).b)];
    return withAttributes(call, 1, `${FILE}:657`, async (attributes) => {
      await call.tee.deriveKey(operation, attributes, derived);
      return TEE.SUCCESS;
    });
  },
};
