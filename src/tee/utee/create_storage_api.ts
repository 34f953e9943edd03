// The library's side of persistent objects: OP-TEE 4.0.0 lib/libutee/tee_api_objects.c. It turns codes into panics.
import { TEE } from "../../abi/errors.ts";
import { expectCode, expectReply, type LibraryEnv } from "./library_env.ts";
import type { StorageApi } from "./storage_api.ts";

/** Codes that come back from each function beside SUCCESS; all others are panics. */
const CODES = {
  open: [TEE.ITEM_NOT_FOUND, TEE.ACCESS_CONFLICT, TEE.OUT_OF_MEMORY, TEE.CORRUPT_OBJECT, TEE.STORAGE_NOT_AVAILABLE],
  create: [
    TEE.ITEM_NOT_FOUND,
    TEE.ACCESS_CONFLICT,
    TEE.OUT_OF_MEMORY,
    TEE.STORAGE_NO_SPACE,
    TEE.CORRUPT_OBJECT,
    TEE.STORAGE_NOT_AVAILABLE,
  ],
  remove: [TEE.STORAGE_NOT_AVAILABLE],
  rename: [TEE.ACCESS_CONFLICT, TEE.CORRUPT_OBJECT, TEE.STORAGE_NOT_AVAILABLE],
  read: [TEE.CORRUPT_OBJECT, TEE.STORAGE_NOT_AVAILABLE],
  write: [TEE.OVERFLOW, TEE.STORAGE_NO_SPACE, TEE.CORRUPT_OBJECT, TEE.STORAGE_NOT_AVAILABLE],
  truncate: [TEE.STORAGE_NO_SPACE, TEE.CORRUPT_OBJECT, TEE.STORAGE_NOT_AVAILABLE],
  seek: [TEE.OVERFLOW, TEE.CORRUPT_OBJECT, TEE.STORAGE_NOT_AVAILABLE],
  allocate: [TEE.OUT_OF_MEMORY],
  enumerate: [TEE.ITEM_NOT_FOUND, TEE.CORRUPT_OBJECT, TEE.STORAGE_NOT_AVAILABLE],
} as const;

/** Persistent objects for an instance. */
export function createStorageApi({ svc }: LibraryEnv): StorageApi {
  return {
    createPersistentObject: (storage, id, flags, initial = new Uint8Array(0), attributes = 0) =>
      expectReply(svc.storageObjCreate(storage, id, flags, attributes, initial), CODES.create),
    openPersistentObject: (storage, id, flags) => expectReply(svc.storageObjOpen(storage, id, flags), CODES.open),
    closeObject(object) {
      if (object !== 0) expectCode(svc.crypObjClose(object));
    },
    closeAndDeletePersistentObject: (object) =>
      object === 0 ? TEE.SUCCESS : expectCode(svc.storageObjDel(object), CODES.remove),
    renamePersistentObject: (object, id) => expectCode(svc.storageObjRename(object, id), CODES.rename),
    readObjectData: (object, into) => expectReply(svc.storageObjRead(object, into), CODES.read),
    writeObjectData: (object, data) => expectCode(svc.storageObjWrite(object, data), CODES.write),
    truncateObjectData: (object, size) => expectCode(svc.storageObjTrunc(object, size), CODES.truncate),
    seekObjectData: (object, offset, whence) => expectCode(svc.storageObjSeek(object, offset, whence), CODES.seek),
    allocatePersistentObjectEnumerator() {
      const { code, handle } = expectReply(svc.storageAllocEnum(), CODES.allocate);
      return { code, enumerator: handle };
    },
    freePersistentObjectEnumerator(number) {
      if (number !== 0) expectCode(svc.storageFreeEnum(number));
    },
    resetPersistentObjectEnumerator(number) {
      if (number !== 0) expectCode(svc.storageResetEnum(number));
    },
    startPersistentObjectEnumerator: (number, storage) =>
      expectCode(svc.storageStartEnum(number, storage), CODES.enumerate),
    getNextPersistentObject: (number) => expectReply(svc.storageNextEnum(number), CODES.enumerate),
  };
}
