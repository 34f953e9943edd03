// The library's side of persistent objects: OP-TEE 4.0.0 lib/libutee/tee_api_objects.c. It turns codes into panics.
import { TEE } from "../../abi/errors.ts";
import type { Core } from "../core.ts";
import type { KeyObject } from "../crypto/state.ts";
import { infoOf, readData, restrictUsage, seekData, truncateData, writeData } from "../storage/data.ts";
import { addEnumerator, dropEnumerator, nextObject, startEnumerator } from "../storage/enumerators.ts";
import { dropHandle } from "../storage/handles.ts";
import { createObject, deleteObject, moveObject, openObject } from "../storage/objects.ts";
import type { Enumerator, ObjectHandle, Owner } from "../storage/state.ts";
import { TaPanic } from "../ta/panic.ts";
import type { ObjectApi } from "./crypto_api.ts";
import type { StorageApi } from "./storage_api.ts";

/** Functions for objects of both kinds. */
type ForAll = Pick<ObjectApi, "objectInfo" | "restrictObjectUsage">;

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
  restrict: [TEE.CORRUPT_OBJECT, TEE.STORAGE_NOT_AVAILABLE],
  remove: [TEE.STORAGE_NOT_AVAILABLE],
  rename: [TEE.ACCESS_CONFLICT, TEE.CORRUPT_OBJECT, TEE.STORAGE_NOT_AVAILABLE],
  read: [TEE.CORRUPT_OBJECT, TEE.STORAGE_NOT_AVAILABLE],
  write: [TEE.OVERFLOW, TEE.STORAGE_NO_SPACE, TEE.CORRUPT_OBJECT, TEE.STORAGE_NOT_AVAILABLE],
  truncate: [TEE.STORAGE_NO_SPACE, TEE.CORRUPT_OBJECT, TEE.STORAGE_NOT_AVAILABLE],
  seek: [TEE.OVERFLOW, TEE.CORRUPT_OBJECT, TEE.STORAGE_NOT_AVAILABLE],
  enumerate: [TEE.ITEM_NOT_FOUND, TEE.CORRUPT_OBJECT, TEE.STORAGE_NOT_AVAILABLE],
} as const;

/** Persistent objects for an instance; what is done with any object goes to `transient` where it is none of them. */
export function createStorageApi(core: Core, owner: Owner, transient: ObjectApi): StorageApi & ForAll {
  const { handles, enumerators } = core.storage;
  const own = (number: number): ObjectHandle => {
    const found = handles.get(number);
    if (found?.owner !== owner) throw new TaPanic(TEE.BAD_PARAMETERS);
    return found;
  };
  const enumerator = (number: number): Enumerator => {
    const found = enumerators.get(number);
    if (found?.owner !== owner) throw new TaPanic(TEE.BAD_PARAMETERS);
    return found;
  };
  /** The key that a new object gets. */
  const source = (number: number): KeyObject | undefined => {
    if (number === 0) return undefined;
    const found = owner.crypto.objects.get(number);
    if (!found?.initialized) throw new TaPanic(TEE.BAD_PARAMETERS);
    return found;
  };
  return {
    createPersistentObject(storage, id, flags, initial = new Uint8Array(0), attributes = 0) {
      return checked("create", createObject(core, owner, storage, id, flags, initial, source(attributes)));
    },
    openPersistentObject: (storage, id, flags) => checked("open", openObject(core, owner, storage, id, flags)),
    closeObject(object) {
      if (object === 0) return;
      if (handles.has(object)) dropHandle(core, object, own(object));
      else transient.freeTransientObject(object);
    },
    objectInfo: (object) => (handles.has(object) ? infoOf(own(object)) : transient.objectInfo(object)),
    restrictObjectUsage: (object, usage) =>
      handles.has(object)
        ? code("restrict", restrictUsage(core, own(object), usage))
        : transient.restrictObjectUsage(object, usage),
    closeAndDeletePersistentObject: (object) =>
      object === 0 ? TEE.SUCCESS : code("remove", deleteObject(core, object, own(object))),
    renamePersistentObject: (object, id) => code("rename", moveObject(core, own(object), id)),
    readObjectData: (object, into) => checked("read", readData(own(object), into)),
    writeObjectData: (object, data) => code("write", writeData(core, own(object), data)),
    truncateObjectData: (object, size) => code("truncate", truncateData(core, own(object), size)),
    seekObjectData: (object, offset, whence) => code("seek", seekData(own(object), offset, whence)),
    allocatePersistentObjectEnumerator() {
      const number = addEnumerator(core, owner);
      return { code: number === 0 ? TEE.OUT_OF_MEMORY : TEE.SUCCESS, enumerator: number };
    },
    freePersistentObjectEnumerator(number) {
      if (number !== 0 && enumerator(number)) dropEnumerator(core, number);
    },
    resetPersistentObjectEnumerator(number) {
      if (number !== 0) enumerator(number).rest = null;
    },
    startPersistentObjectEnumerator: (number, storage) =>
      code("enumerate", startEnumerator(core, owner, enumerator(number), storage)),
    getNextPersistentObject: (number) => checked("enumerate", nextObject(core, owner, enumerator(number))),
  };
}

function code(call: keyof typeof CODES, value: number): number {
  const known: readonly number[] = CODES[call];
  if (value !== TEE.SUCCESS && !known.includes(value)) throw new TaPanic(value);
  return value;
}

function checked<T extends { readonly code: number }>(call: keyof typeof CODES, result: T): T {
  code(call, result.code);
  return result;
}
