// Persistent objects: TEE Internal Core API 1.3.1, 5.7 to 5.9.
import { TEE } from "../../abi/errors.ts";
import type { HostCalls } from "../calls/call_env.ts";
import type { OwnEnv } from "./own_env.ts";
import { putObjectInfo } from "./structures.ts";

export function storageImports(env: OwnEnv): HostCalls {
  return { ...persistentImports(env), ...dataImports(env), ...enumeratorImports(env) };
}

function persistentImports({ library, memory }: OwnEnv): HostCalls {
  return {
    TEE_OpenPersistentObject(storage = 0, id = 0, idSize = 0, flags = 0, object = 0) {
      const { code, handle } = library().openPersistentObject(storage, memory.input(id, idSize), flags);
      return memory.handed(object, code, handle);
    },
    TEE_CreatePersistentObject(storage = 0, id = 0, idSize = 0, flags = 0, key = 0, data = 0, size = 0, object = 0) {
      const [name, initial] = [memory.input(id, idSize), memory.input(data, size)];
      const { code, handle } = library().createPersistentObject(storage, name, flags, initial, key);
      if (object !== 0) return memory.handed(object, code, handle);
      if (code === TEE.SUCCESS) library().closeObject(handle);
      return code;
    },
    TEE_CloseAndDeletePersistentObject1: (object = 0) => library().closeAndDeletePersistentObject(object),
    TEE_CloseAndDeletePersistentObject: (object = 0) => void library().closeAndDeletePersistentObject(object),
    TEE_RenamePersistentObject: (object = 0, id = 0, idSize = 0) =>
      library().renamePersistentObject(object, memory.input(id, idSize)),
  };
}

function dataImports({ library, memory }: OwnEnv): HostCalls {
  return {
    TEE_ReadObjectData(object = 0, into = 0, size = 0, count = 0) {
      const read = library().readObjectData(object, memory.output(into, size));
      if (read.code === TEE.SUCCESS) memory.putSize(count, read.count);
      return read.code;
    },
    TEE_WriteObjectData: (object = 0, data = 0, size = 0) =>
      library().writeObjectData(object, memory.input(data, size)),
    TEE_TruncateObjectData: (object = 0, size = 0) => library().truncateObjectData(object, size),
    // The kit's TEE_SeekObjectData passes 32 bits, with a sign.
    teemem_seek: (object = 0, offset = 0, whence = 0) => library().seekObjectData(object, offset | 0, whence),
  };
}

function enumeratorImports({ library, memory }: OwnEnv): HostCalls {
  return {
    TEE_AllocatePersistentObjectEnumerator(at = 0) {
      const { code, enumerator } = library().allocatePersistentObjectEnumerator();
      return memory.handed(at, code, enumerator);
    },
    TEE_FreePersistentObjectEnumerator: (number = 0) => library().freePersistentObjectEnumerator(number),
    TEE_ResetPersistentObjectEnumerator: (number = 0) => library().resetPersistentObjectEnumerator(number),
    TEE_StartPersistentObjectEnumerator: (number = 0, storage = 0) =>
      library().startPersistentObjectEnumerator(number, storage),
    TEE_GetNextPersistentObject(number = 0, info = 0, id = 0, idSize = 0) {
      const found = library().getNextPersistentObject(number);
      if (found.code !== TEE.SUCCESS || found.info === undefined) return found.code;
      memory.output(id, found.id.length).set(found.id);
      memory.putSize(idSize, found.id.length);
      if (info !== 0) putObjectInfo(memory, info, found.info);
      return TEE.SUCCESS;
    },
  };
}
