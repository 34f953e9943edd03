// System calls for persistent objects, C's `_utee_storage_…`: OP-TEE 4.0.0 core/tee/tee_svc_storage.c.
import { TEE } from "../../../abi/errors.ts";
import { need } from "../../../platform/needs.ts";
import type { Core } from "../../kernel/core.ts";
import type { TaEntry } from "../../kernel/user_app.ts";
import { isOwnMemory } from "../access_rights.ts";
import type { KeyObject } from "../crypto/state.ts";
import { cryptoOf } from "../keys/crypto_subsystem.ts";
import { coded, type Handle, refuse, replied } from "../reply.ts";
import { readData, seekData, truncateData, writeData } from "../storage/data.ts";
import { addEnumerator, dropEnumerator, nextObject, startEnumerator } from "../storage/enumerators.ts";
import type { FoundObject } from "../storage/flags.ts";
import { dropHandle, openStorage, ownHandle } from "../storage/handles.ts";
import { adoptObject, createObject, deleteObject, moveObject, openObject } from "../storage/objects.ts";
import type { Enumerator, StoredHandle } from "../storage/state.ts";

/**
 * Persistent objects and their enumerators; `core/tee/tee_svc_storage.c` has the codes. An id must lie in memory of the
 * TA's own: ACCESS_DENIED for one in a client's buffer. BAD_PARAMETERS for a handle that is none.
 */
export interface StorageCalls {
  storageObjOpen(storage: number, id: Uint8Array, flags: number): Handle;
  /** With a copy of the key of `attributes`, an initialized object, if it is not 0. */
  storageObjCreate(storage: number, id: Uint8Array, flags: number, attributes: number, initial: Uint8Array): Handle;
  /**
   * The same where nobody asks for a handle. A transient object with attributes then becomes the persistent one, handle and
   * all; else the new object is closed at once.
   */
  storageObjCreateQuietly(
    storage: number,
    id: Uint8Array,
    flags: number,
    attributes: number,
    initial: Uint8Array,
  ): number;
  storageObjDel(object: number): number;
  storageObjRename(object: number, id: Uint8Array): number;
  storageObjRead(object: number, into: Uint8Array): { readonly code: number; readonly count: number };
  storageObjWrite(object: number, data: Uint8Array): number;
  storageObjTrunc(object: number, size: number): number;
  storageObjSeek(object: number, offset: number, whence: number): number;
  storageAllocEnum(): Handle;
  storageFreeEnum(enumerator: number): number;
  storageResetEnum(enumerator: number): number;
  storageStartEnum(enumerator: number, storage: number): number;
  storageNextEnum(enumerator: number): FoundObject;
}

const NOTHING: FoundObject = { code: TEE.BAD_PARAMETERS, id: new Uint8Array(0), info: undefined };

export function storageCalls(core: Core, entry: TaEntry): StorageCalls {
  const { instance } = entry;
  const own = (number: number): StoredHandle =>
    ownHandle(core, instance, number) ?? refuse("not a handle on a persistent object", TEE.BAD_PARAMETERS);
  const enumerator = (number: number): Enumerator => {
    const found = openStorage(core).enumerators.get(number);
    return found?.owner === instance ? found : refuse("not an enumerator", TEE.BAD_PARAMETERS);
  };
  const checkId = (id: Uint8Array): void => {
    if (!isOwnMemory(entry, id)) refuse("the id lies in memory of the client", TEE.ACCESS_DENIED);
  };
  const source = (number: number): KeyObject | undefined => {
    const found = cryptoOf(instance).objects.get(number);
    // An object of data alone has no attributes to give.
    if (number === 0 || (found === undefined && ownHandle(core, instance, number) !== null)) return undefined;
    return found?.initialized ? found : refuse("not an object with a key", TEE.BAD_PARAMETERS);
  };
  return {
    storageObjOpen: (storage, id, flags) =>
      replied({ handle: 0 }, () => {
        checkId(id);
        need(core.platform, "storage");
        return openObject(core, instance, storage, id, flags);
      }),
    storageObjCreate: (storage, id, flags, attributes, initial) =>
      replied({ handle: 0 }, () => {
        checkId(id);
        need(core.platform, "storage");
        return createObject(core, instance, storage, id, flags, initial, source(attributes));
      }),
    storageObjCreateQuietly: (storage, id, flags, attributes, initial) =>
      coded(() => {
        checkId(id);
        need(core.platform, "storage");
        const key = source(attributes);
        if (key && !key.persistent) return adoptObject(core, instance, storage, id, flags, initial, key);
        const { code, handle } = createObject(core, instance, storage, id, flags, initial, key);
        if (code === TEE.SUCCESS) dropHandle(core, handle, own(handle));
        return code;
      }),
    storageObjDel: (object) => coded(() => deleteObject(core, object, own(object))),
    storageObjRename: (object, id) =>
      coded(() => {
        checkId(id);
        return moveObject(core, own(object), id);
      }),
    storageObjRead: (object, into) => replied({ count: 0 }, () => readData(own(object), into)),
    storageObjWrite: (object, data) => coded(() => writeData(core, own(object), data)),
    storageObjTrunc: (object, size) => coded(() => truncateData(core, own(object), size)),
    storageObjSeek: (object, offset, whence) => coded(() => seekData(own(object), offset, whence)),
    storageAllocEnum() {
      need(core.platform, "storage");
      const handle = addEnumerator(core, instance);
      return { code: handle === 0 ? TEE.OUT_OF_MEMORY : TEE.SUCCESS, handle };
    },
    storageFreeEnum: (number) =>
      coded(() => {
        enumerator(number);
        dropEnumerator(core, number);
        return TEE.SUCCESS;
      }),
    storageResetEnum: (number) =>
      coded(() => {
        enumerator(number).rest = null;
        return TEE.SUCCESS;
      }),
    storageStartEnum: (number, storage) => coded(() => startEnumerator(core, instance, enumerator(number), storage)),
    storageNextEnum: (number) => replied(NOTHING, () => nextObject(core, instance, enumerator(number))),
  };
}
