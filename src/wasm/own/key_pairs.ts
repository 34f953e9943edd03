// What key pairs do: TEE Internal Core API 1.3.1, 6.7 and 6.8.
import { MODE } from "../../tee/svc/crypto/ids.ts";
import type { HostCall, HostCalls } from "../calls/call_env.ts";
import type { OwnEnv } from "./own_env.ts";
import { attributesAt } from "./structures.ts";

export function keyPairImports({ library, memory }: OwnEnv): HostCalls {
  const operate =
    (mode: number): HostCall =>
    (operation = 0, attributes = 0, count = 0, from = 0, size = 0, to = 0, toSize = 0) =>
      memory.written(to, toSize, (room) => {
        const given = attributesAt(memory, attributes, count);
        return library().operate(mode, operation, given, memory.input(from, size), room);
      });
  return {
    TEE_AsymmetricEncrypt: operate(MODE.ENCRYPT),
    TEE_AsymmetricDecrypt: operate(MODE.DECRYPT),
    TEE_AsymmetricSignDigest: operate(MODE.SIGN),
    TEE_AsymmetricVerifyDigest(
      operation = 0,
      attributes = 0,
      count = 0,
      digest = 0,
      size = 0,
      signature = 0,
      bytes = 0,
    ) {
      const given = attributesAt(memory, attributes, count);
      return library().verify(operation, given, memory.input(digest, size), memory.input(signature, bytes));
    },
    TEE_DeriveKey: (operation = 0, attributes = 0, count = 0, derived = 0) =>
      library().derive(operation, attributesAt(memory, attributes, count), derived),
  };
}
