// Operations, whatever they do, and digests: TEE Internal Core API 1.3.1, 6.2 and 6.3.
import { TEE } from "../../abi/errors.ts";
import { CLASS, OPERATION_FLAG } from "../../tee/svc/crypto/ids.ts";
import type { OperationInfo } from "../../tee/utee/crypto_api.ts";
import type { HostCalls } from "../calls/call_env.ts";
import type { LibraryMemory } from "./library_memory.ts";
import type { OwnEnv } from "./own_env.ts";

/** TEE_OPERATION_STATE_… */
const STATE = { INITIAL: 0, ACTIVE: 1, EXTRACTING: 2 } as const;

export function operationImports({ library, memory }: OwnEnv): HostCalls {
  return {
    TEE_AllocateOperation(operation = 0, algorithm = 0, mode = 0, maxKeySize = 0) {
      const { code, handle } = library().allocateOperation(algorithm, mode, maxKeySize);
      return memory.handed(operation, code, handle);
    },
    TEE_FreeOperation: (operation = 0) => library().freeOperation(operation),
    TEE_GetOperationInfo(operation = 0, at = 0) {
      const info = library().operationInfo(operation);
      const { algorithm, operationClass, mode, digestLength, maxKeySize, keySize } = info;
      const usage = info.requiredKeyUsage;
      memory.putWords(at, algorithm, operationClass, mode, digestLength, maxKeySize, keySize, usage, info.handleState);
    },
    TEE_GetOperationInfoMultiple: (operation = 0, at = 0, size = 0) =>
      memory.written(at, size, (room) => putInfos(memory, at, room, library().operationInfo(operation))),
    TEE_ResetOperation: (operation = 0) => library().resetOperation(operation),
    TEE_SetOperationKey: (operation = 0, key = 0) => library().setOperationKey(operation, key),
    TEE_SetOperationKey2: (operation = 0, key1 = 0, key2 = 0) => library().setOperationKey2(operation, key1, key2),
    TEE_CopyOperation: (to = 0, from = 0) => library().copyOperation(to, from),
    TEE_IsAlgorithmSupported: (algorithm = 0, element = 0) => library().isAlgorithmSupported(algorithm, element),
  };
}

/** A TEE_OperationInfoMultiple: eight words, then size and usage of each key. */
function putInfos(memory: LibraryMemory, at: number, room: Uint8Array, info: OperationInfo) {
  const { algorithm, operationClass, mode, digestLength, maxKeySize, keySize, handleState } = info;
  const two = (handleState & OPERATION_FLAG.EXPECT_TWO_KEYS) !== 0;
  const keys = operationClass === CLASS.DIGEST ? 0 : two ? 2 : 1;
  const size = 32 + 8 * keys;
  if (room.length < size) return { code: TEE.SHORT_BUFFER, size };
  const begun = (handleState & OPERATION_FLAG.INITIALIZED) !== 0 && operationClass !== CLASS.DIGEST;
  const extracting = (handleState & OPERATION_FLAG.EXTRACTING) !== 0;
  const state = extracting ? STATE.EXTRACTING : begun ? STATE.ACTIVE : STATE.INITIAL;
  memory.putWords(at, algorithm, operationClass, mode, digestLength, maxKeySize, handleState, state, keys);
  for (let n = 0; n < keys; n++) memory.putWords(at + 32 + 8 * n, keySize, info.requiredKeyUsage);
  return { code: TEE.SUCCESS, size };
}

export function digestImports({ library, memory }: OwnEnv): HostCalls {
  return {
    TEE_DigestUpdate: (operation = 0, data = 0, size = 0) =>
      library().digestUpdate(operation, memory.input(data, size)),
    TEE_DigestDoFinal: (operation = 0, data = 0, size = 0, hash = 0, hashSize = 0) =>
      memory.written(hash, hashSize, (room) => library().digestDoFinal(operation, memory.input(data, size), room)),
    TEE_DigestExtract: (operation = 0, hash = 0, hashSize = 0) =>
      memory.written(hash, hashSize, (room) => library().digestExtract(operation, room)),
  };
}
