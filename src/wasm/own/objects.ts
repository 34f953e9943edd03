// Objects that hold keys: TEE Internal Core API 1.3.1, 5.5 and 5.6.
import { TEE } from "../../abi/errors.ts";
import type { HostCalls } from "../calls/call_env.ts";
import type { OwnEnv } from "./own_env.ts";
import { attributesAt, putObjectInfo } from "./structures.ts";

export function objectImports({ library, memory }: OwnEnv): HostCalls {
  const getInfo = (object = 0, info = 0): number => {
    putObjectInfo(memory, info, library().objectInfo(object));
    return TEE.SUCCESS;
  };
  return {
    TEE_GetObjectInfo1: getInfo,
    TEE_GetObjectInfo: (object, info) => void getInfo(object, info),
    TEE_RestrictObjectUsage1: (object = 0, usage = 0) => library().restrictObjectUsage(object, usage),
    TEE_RestrictObjectUsage: (object = 0, usage = 0) => void library().restrictObjectUsage(object, usage),
    TEE_GetObjectBufferAttribute: (object = 0, id = 0, into = 0, size = 0) =>
      memory.written(into, size, (room) => library().objectBufferAttribute(object, id, room)),
    TEE_GetObjectValueAttribute(object = 0, id = 0, toA = 0, toB = 0) {
      const { code, a, b } = library().objectValueAttribute(object, id);
      if (code === TEE.SUCCESS && toA !== 0) memory.putWords(toA, a);
      if (code === TEE.SUCCESS && toB !== 0) memory.putWords(toB, b);
      return code;
    },
    TEE_CloseObject: (object = 0) => library().closeObject(object),
    TEE_AllocateTransientObject(type = 0, maxSize = 0, object = 0) {
      const { code, handle } = library().allocateTransientObject(type, maxSize);
      return memory.handed(object, code, handle);
    },
    TEE_FreeTransientObject: (object = 0) => library().freeTransientObject(object),
    TEE_ResetTransientObject: (object = 0) => library().resetTransientObject(object),
    TEE_PopulateTransientObject: (object = 0, attributes = 0, count = 0) =>
      library().populateTransientObject(object, attributesAt(memory, attributes, count)),
    TEE_CopyObjectAttributes1: (to = 0, from = 0) => library().copyObjectAttributes(to, from),
    TEE_CopyObjectAttributes: (to = 0, from = 0) => void library().copyObjectAttributes(to, from),
    TEE_GenerateKey: (object = 0, bits = 0, attributes = 0, count = 0) =>
      library().generateKey(object, bits, attributesAt(memory, attributes, count)),
  };
}
