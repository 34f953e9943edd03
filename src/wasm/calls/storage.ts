// Persistent objects as imports: OP-TEE 4.0.0 core/tee/tee_svc_storage.c.
import { TEE } from "../../abi/errors.ts";
import { MAX_ID_BYTES } from "../../tee/svc/storage/flags.ts";
import { encodeInfo, INFO_BYTES } from "./attributes.ts";
import type { CallEnv, HostCalls } from "./call_env.ts";
import { handing } from "./replies.ts";
import { ACCESS, type UserMemory } from "./user_memory.ts";

export function storageSyscalls(env: CallEnv, memory: UserMemory): HostCalls {
  return { ...objectSyscalls(env, memory), ...dataSyscalls(env, memory), ...enumeratorSyscalls(env, memory) };
}

function objectSyscalls({ svc }: CallEnv, memory: UserMemory): HostCalls {
  /** An id that is too long is refused before it is read. */
  const idAt = (at: number, length: number): Uint8Array => memory.ownInput(at, length);
  return {
    _utee_storage_obj_open(storage, id, length, flags, object) {
      if (length > MAX_ID_BYTES) return TEE.BAD_PARAMETERS;
      const opened = svc().storageObjOpen(storage, idAt(id, length), flags);
      return handing(memory, object, opened, (made) => svc().crypObjClose(made));
    },
    _utee_storage_obj_create(storage, id, length, flags, attributes, data, size, object) {
      if (length > MAX_ID_BYTES || (data === 0 && size > 0)) return TEE.BAD_PARAMETERS;
      const [name, initial] = [idAt(id, length), memory.input(data, size)];
      if (object === 0) return svc().storageObjCreateQuietly(storage, name, flags, attributes, initial);
      const created = svc().storageObjCreate(storage, name, flags, attributes, initial);
      return handing(memory, object, created, (made) => svc().crypObjClose(made));
    },
    _utee_storage_obj_del: (object) => svc().storageObjDel(object),
    _utee_storage_obj_rename: (object, id, length) =>
      length > MAX_ID_BYTES ? TEE.BAD_PARAMETERS : svc().storageObjRename(object, idAt(id, length)),
  };
}

function dataSyscalls({ svc }: CallEnv, memory: UserMemory): HostCalls {
  return {
    _utee_storage_obj_read(object, into, length, count) {
      const reply = svc().storageObjRead(object, memory.output(into, length));
      if (reply.code === TEE.SUCCESS) memory.writeOwnLength(count, reply.count);
      return reply.code;
    },
    _utee_storage_obj_write: (object, data, length) => svc().storageObjWrite(object, memory.input(data, length)),
    _utee_storage_obj_trunc: (object, size) => svc().storageObjTrunc(object, size),
    // The offset is the one argument that has a sign.
    _utee_storage_obj_seek: (object, offset, whence) => svc().storageObjSeek(object, offset | 0, whence),
  };
}

function enumeratorSyscalls({ svc }: CallEnv, memory: UserMemory): HostCalls {
  return {
    _utee_storage_alloc_enum: (enumerator) =>
      enumerator === 0
        ? TEE.BAD_PARAMETERS
        : handing(memory, enumerator, svc().storageAllocEnum(), (made) => svc().storageFreeEnum(made)),
    _utee_storage_free_enum: (enumerator) => svc().storageFreeEnum(enumerator),
    _utee_storage_reset_enum: (enumerator) => svc().storageResetEnum(enumerator),
    _utee_storage_start_enum: (enumerator, storage) => svc().storageStartEnum(enumerator, storage),
    _utee_storage_next_enum(enumerator, info, id, length) {
      memory.need(ACCESS.WRITE, info, INFO_BYTES);
      memory.need(ACCESS.WRITE, id, MAX_ID_BYTES);
      const found = svc().storageNextEnum(enumerator);
      if (found.code !== TEE.SUCCESS || found.info === undefined) return found.code;
      memory.writeOwn(info, encodeInfo(found.info));
      memory.writeOwn(id, found.id);
      memory.writeOwnLength(length, found.id.length);
      return TEE.SUCCESS;
    },
  };
}
