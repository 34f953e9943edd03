// Persistent objects in the core: OP-TEE 4.0.0 core/tee/tee_svc_storage.c. All functions return TEE codes.
import { TEE } from "../../../abi/errors.ts";
import type { Core } from "../../kernel/core.ts";
import type { TaInstance } from "../../kernel/ta_instance.ts";
import type { KeyObject } from "../crypto/state.ts";
import { cryptoOf } from "../keys/crypto_subsystem.ts";
import type { Handle } from "../reply.ts";
import { KNOWN_FLAGS } from "./access.ts";
import { fitNodes } from "./blocks.ts";
import { STORE_CODE } from "./codes.ts";
import { checkFree, fill, loadContents, withKey } from "./contents.ts";
import { DATA_FLAG, MAX_ID_BYTES, STORAGE } from "./flags.ts";
import {
  addHandle,
  adoptHandle,
  dropHandle,
  excluded,
  keyOf,
  leaveHandle,
  openStorage,
  renameObject,
} from "./handles.ts";
import type { StoredHandle } from "./state.ts";

const refused = (code: number): Handle => ({ code, handle: 0 });

/** True for the storages there are. */
export function isStorage(storage: number): boolean {
  return storage >>> 0 === STORAGE.PRIVATE || storage >>> 0 === STORAGE.PRIVATE_REE;
}

/** Opens an object that is there. A damaged one is deleted. */
export function openObject(core: Core, owner: TaInstance, storage: number, id: Uint8Array, flags: number): Handle {
  const wrong = check(storage, id, flags);
  if (wrong !== TEE.SUCCESS) return refused(wrong);
  const { uuid } = owner;
  if (excluded(core, uuid, id, flags)) return refused(TEE.ACCESS_CONFLICT);
  const shared = openStorage(core).objects.has(keyOf(uuid, id));
  const handle = addHandle(core, owner, id, flags);
  const opened = openStorage(core).handles.get(handle);
  if (opened === undefined) return refused(TEE.OUT_OF_MEMORY);
  const read = shared ? TEE.SUCCESS : loadContents(core, opened);
  const code = read === TEE.SUCCESS ? withKey(core, handle, opened) : read;
  if (code === TEE.SUCCESS && fitNodes(core, opened, opened.object.data.length)) return { code, handle };
  dropHandle(core, handle, opened);
  return refused(code === TEE.SUCCESS ? TEE.OUT_OF_MEMORY : code);
}

/** Creates an object with its key and its first data, in place of one that is there if OVERWRITE says so. */
export function createObject(
  core: Core,
  owner: TaInstance,
  storage: number,
  id: Uint8Array,
  flags: number,
  initial: Uint8Array,
  source?: KeyObject,
): Handle {
  const wrong = check(storage, id, flags);
  if (wrong !== TEE.SUCCESS) return refused(wrong);
  const { uuid } = owner;
  if (openStorage(core).objects.has(keyOf(uuid, id))) return refused(TEE.ACCESS_CONFLICT);
  const handle = addHandle(core, owner, id, flags, source);
  const opened = openStorage(core).handles.get(handle);
  if (opened === undefined) return refused(TEE.OUT_OF_MEMORY);
  const code = fill(core, opened, initial);
  if (code === TEE.SUCCESS) {
    if (opened.key) cryptoOf(owner).objects.set(handle, opened.key);
    return { code, handle };
  }
  dropHandle(core, handle, opened);
  return refused(code);
}

/**
 * Makes an initialized transient object the persistent one: the attributes' handle is then the object's. Else like
 * `createObject`, and it stays as it is.
 */
export function adoptObject(
  core: Core,
  owner: TaInstance,
  storage: number,
  id: Uint8Array,
  flags: number,
  initial: Uint8Array,
  source: KeyObject,
): number {
  const wrong = check(storage, id, flags);
  if (wrong !== TEE.SUCCESS) return wrong;
  if (openStorage(core).objects.has(keyOf(owner.uuid, id))) return TEE.ACCESS_CONFLICT;
  const key: KeyObject = { ...source, persistent: true };
  if (!adoptHandle(core, owner, id, flags, key)) return TEE.OUT_OF_MEMORY;
  const opened = openStorage(core).handles.get(key.handle) as StoredHandle;
  const code = fill(core, opened, initial);
  if (code === TEE.SUCCESS) cryptoOf(owner).objects.set(key.handle, key);
  else leaveHandle(core, key.handle, opened);
  return code;
}

/** Deletes an object and takes its handle away, which goes in any case. */
export function deleteObject(core: Core, number: number, handle: StoredHandle): number {
  if ((handle.flags & DATA_FLAG.ACCESS_WRITE_META) === 0) return TEE.ACCESS_CONFLICT;
  const { uuid, id } = handle.object;
  dropHandle(core, number, handle);
  const removed = core.host.storage.remove(uuid, id);
  return removed.ok ? TEE.SUCCESS : STORE_CODE[removed.error];
}

/** Gives an object another id that is not in use; its own one is. */
export function moveObject(core: Core, { object, flags }: StoredHandle, id: Uint8Array): number {
  if ((flags & DATA_FLAG.ACCESS_WRITE_META) === 0) return TEE.BAD_STATE;
  if (id.length > MAX_ID_BYTES) return TEE.BAD_PARAMETERS;
  const { storage } = core.host;
  if (openStorage(core).objects.has(keyOf(object.uuid, id))) return TEE.ACCESS_CONFLICT;
  const free = checkFree(core, object.uuid, id);
  if (free !== TEE.SUCCESS) return free;
  return renameObject(core, object, id, () => {
    const renamed = storage.rename(object.uuid, object.id, id);
    return renamed.ok ? TEE.SUCCESS : STORE_CODE[renamed.error];
  });
}

function check(storage: number, id: Uint8Array, flags: number): number {
  if (!isStorage(storage)) return TEE.ITEM_NOT_FOUND;
  return id.length > MAX_ID_BYTES || (flags & ~KNOWN_FLAGS) !== 0 ? TEE.BAD_PARAMETERS : TEE.SUCCESS;
}
