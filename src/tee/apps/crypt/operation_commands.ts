// Commands of the crypto test TA: operations.
import { TEE } from "../../../abi/errors.ts";
import { giveHandle, type Handler, known, operationHandle, values } from "./call.ts";
import { CRYPT } from "./commands.ts";
import { dropFromTable } from "./handles.ts";
import { answerWords } from "./words.ts";

/** Operations, whatever they do. */
export const operationCommands: Readonly<Record<number, Handler>> = {
  [CRYPT.ALLOCATE_OPERATION](call) {
    const { a: algorithm, b: mode } = values(call, 0);
    const { code, handle } = call.tee.allocateOperation(algorithm, mode, values(call, 1).a);
    return code === TEE.SUCCESS
      ? giveHandle(call, "operations", 2, handle, () => call.tee.freeOperation(handle))
      : code;
  },
  [CRYPT.FREE_OPERATION](call) {
    call.tee.freeOperation(operationHandle(call));
    dropFromTable(call.tee, call.tables.operations, values(call, 0).a);
    return TEE.SUCCESS;
  },
  [CRYPT.GET_OPERATION_INFO](call) {
    const info = call.tee.operationInfo(operationHandle(call));
    const { algorithm, operationClass, mode, digestLength, maxKeySize, keySize } = info;
    const sizes = [digestLength, maxKeySize, keySize];
    return answerWords(call, 1, [algorithm, operationClass, mode, ...sizes, info.requiredKeyUsage, info.handleState]);
  },
  [CRYPT.RESET_OPERATION](call) {
    call.tee.resetOperation(operationHandle(call));
    return TEE.SUCCESS;
  },
  [CRYPT.SET_OPERATION_KEY]: (call) =>
    call.tee.setOperationKey(operationHandle(call), known(call, "objects", values(call, 0).b)),
  [CRYPT.SET_OPERATION_KEY2](call) {
    const { a, b } = values(call, 1);
    return call.tee.setOperationKey2(operationHandle(call), known(call, "objects", a), known(call, "objects", b));
  },
  [CRYPT.COPY_OPERATION](call) {
    call.tee.copyOperation(operationHandle(call), known(call, "operations", values(call, 0).b));
    return TEE.SUCCESS;
  },
  [CRYPT.IS_ALGORITHM_SUPPORTED](call) {
    const { a: algorithm, b: curve } = values(call, 0);
    return call.tee.isAlgorithmSupported(algorithm, curve);
  },
};
