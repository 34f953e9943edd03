// Commands of the crypto test TA: objects with keys.
import { TEE } from "../../../abi/errors.ts";
import {
  answer,
  bytes,
  type CryptCall,
  giveHandle,
  type Handler,
  known,
  values,
  withAttributes,
  wrote,
} from "./call.ts";
import { CRYPT } from "./commands.ts";
import { dropFromTable } from "./handles.ts";
import { answerWords } from "./words.ts";

const objectOf = (call: CryptCall): number => known(call, "objects", values(call, 0).a);

/** Objects that hold keys. */
export const objectCommands: Readonly<Record<number, Handler>> = {
  [CRYPT.ALLOCATE_TRANSIENT_OBJECT](call) {
    const { a: type, b: maxKeySize } = values(call, 0);
    const { code, handle } = call.tee.allocateTransientObject(type, maxKeySize);
    return code === TEE.SUCCESS
      ? giveHandle(call, "objects", 1, handle, () => call.tee.freeTransientObject(handle))
      : code;
  },
  [CRYPT.FREE_TRANSIENT_OBJECT](call) {
    call.tee.freeTransientObject(objectOf(call));
    dropFromTable(call.tee, call.tables.objects, values(call, 0).a);
    return TEE.SUCCESS;
  },
  [CRYPT.RESET_TRANSIENT_OBJECT](call) {
    call.tee.resetTransientObject(objectOf(call));
    return TEE.SUCCESS;
  },
  [CRYPT.POPULATE_TRANSIENT_OBJECT](call) {
    const object = objectOf(call);
    return withAttributes(call, 1, "ta/crypt/cryp_taf.c:497", (attributes) =>
      call.tee.populateTransientObject(object, attributes),
    );
  },
  [CRYPT.COPY_OBJECT_ATTRIBUTES]: (call) =>
    call.tee.copyObjectAttributes(objectOf(call), known(call, "objects", values(call, 0).b)),
  [CRYPT.GENERATE_KEY](call) {
    const [object, { b: keySize }] = [objectOf(call), values(call, 0)];
    return withAttributes(call, 1, undefined, (attributes) => call.tee.generateKey(object, keySize, attributes));
  },
  [CRYPT.GET_OBJECT_INFO](call) {
    const info = call.tee.objectInfo(objectOf(call));
    const { objectType, keySize, maxKeySize, usage, dataSize, dataPosition, handleFlags } = info;
    return answerWords(call, 1, [objectType, keySize, maxKeySize, usage, dataSize, dataPosition, handleFlags]);
  },
  [CRYPT.RESTRICT_OBJECT_USAGE]: (call) => call.tee.restrictObjectUsage(objectOf(call), values(call, 0).b),
  [CRYPT.GET_OBJECT_BUFFER_ATTRIBUTE]: (call) =>
    wrote(call, 1, call.tee.objectBufferAttribute(objectOf(call), values(call, 0).b, bytes(call, 1))),
  [CRYPT.GET_OBJECT_VALUE_ATTRIBUTE](call) {
    const { code, a, b } = call.tee.objectValueAttribute(objectOf(call), values(call, 0).b);
    answer(call, 1, a, b);
    return code;
  },
};
