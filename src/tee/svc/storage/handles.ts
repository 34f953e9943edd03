// Handles on persistent objects and the memory behind them: OP-TEE 4.0.0 core/tee/tee_pobj.c and tee_obj.c.
import { TEE } from "../../../abi/errors.ts";
import { type Core, give, take } from "../../kernel/core.ts";
import { idText } from "../../kernel/host/object_store.ts";
import { type Subsystem, stateOf } from "../../kernel/subsystem.ts";
import type { TaInstance } from "../../kernel/ta_instance.ts";
import type { KeyObject } from "../crypto/state.ts";
import { cryptoOf } from "../keys/crypto_subsystem.ts";
import { encodeAttributes } from "../keys/stored.ts";
import { conflict } from "./access.ts";
import { closeFile, openFile } from "./blocks.ts";
import { copyKey, dropKey } from "./keys.ts";
import { DATA_HEAD } from "./object_file.ts";
import { createStorageState, type OpenObject, type StorageState, type StoredHandle } from "./state.ts";

const STORAGE: Subsystem<StorageState> = { create: createStorageState, release: closeAllObjects };

/** Persistent objects that are open in a system. */
export function openStorage(core: Core): StorageState {
  return stateOf(core, STORAGE);
}

/** The handle of an instance by its number; null if it has no such handle on a persistent object. */
export function ownHandle(core: Core, owner: TaInstance, number: number): StoredHandle | null {
  const found = openStorage(core).handles.get(number);
  return found?.owner === owner ? found : null;
}

/** By what an open object is found. */
export function keyOf(uuid: string, id: Uint8Array): string {
  return `${uuid}/${idText(id)}`;
}

/** True if the object is open in a way that excludes a handle with these flags. */
export function excluded(core: Core, uuid: string, id: Uint8Array, flags: number): boolean {
  const object = openStorage(core).objects.get(keyOf(uuid, id));
  if (object === undefined) return false;
  return [...openStorage(core).handles.values()].some(
    (handle) => handle.object === object && conflict(handle.flags, flags),
  );
}

/**
 * Makes a handle with all its memory, with a copy of `source` if the object is to have a key. Returns its number; 0, with
 * nothing left behind, if the core heap has no room.
 */
export function addHandle(core: Core, owner: TaInstance, id: Uint8Array, flags: number, source?: KeyObject): number {
  const object = useObject(core, owner, id);
  if (object === null) return 0;
  const block = take(core, "storage.handle");
  const key = block !== 0 && source ? copyKey(core, block, source) : null;
  const file = block === 0 || (source && !key) ? null : openWith(core, key);
  if (file === null) {
    releaseObject(core, object);
    if (key) dropKey(core, key);
    if (block !== 0) give(core, block, "storage.handle");
    return 0;
  }
  openStorage(core).handles.set(block, { owner, object, flags, position: 0, key, file, nodes: [] });
  return block;
}

/** Makes an object with a key a handle itself; its number stays. False, with nothing changed, if there is no room. */
export function adoptHandle(core: Core, owner: TaInstance, id: Uint8Array, flags: number, key: KeyObject): boolean {
  const object = useObject(core, owner, id);
  if (object === null) return false;
  const file = openWith(core, key);
  if (file === null) releaseObject(core, object);
  else openStorage(core).handles.set(key.handle, { owner, object, flags, position: 0, key, file, nodes: [] });
  return file !== null;
}

/** Takes a handle away, and its object with the last one. */
export function dropHandle(core: Core, number: number, handle: StoredHandle): void {
  cryptoOf(handle.owner).objects.delete(number);
  leaveHandle(core, number, handle);
  if (handle.key) dropKey(core, handle.key);
  give(core, number, "storage.handle");
}

/** Makes a handle that was adopted the object that it was. */
export function leaveHandle(core: Core, number: number, handle: StoredHandle): void {
  openStorage(core).handles.delete(number);
  closeFile(core, openStorage(core).directory, handle.file, handle.nodes);
  releaseObject(core, handle.object);
}

/** Gives an open object another id, if `move` can do so in the store. Returns a TEE code; the old id stays if it is an error. */
export function renameObject(core: Core, object: OpenObject, id: Uint8Array, move: () => number): number {
  const block = take(core, "storage.new_id", id.length);
  if (block === 0) return TEE.OUT_OF_MEMORY;
  const code = move();
  if (code !== TEE.SUCCESS) {
    give(core, block, "storage.new_id");
    return code;
  }
  give(core, object.idBlock, "storage.new_id");
  openStorage(core).objects.delete(keyOf(object.uuid, object.id));
  object.idBlock = block;
  object.id = id.slice();
  openStorage(core).objects.set(keyOf(object.uuid, id), object);
  return code;
}

/** Takes all handles and enumerators of an instance away: it is about to go. */
function closeAllObjects(core: Core, owner: TaInstance): void {
  const { handles, enumerators } = openStorage(core);
  for (const [number, handle] of [...handles]) if (handle.owner === owner) dropHandle(core, number, handle);
  for (const [number, enumerator] of [...enumerators]) {
    if (enumerator.owner !== owner) continue;
    enumerators.delete(number);
    give(core, number, "storage.enumerator");
  }
}

/** The open object of an id, with one more user; null if there is no room for a new one. */
function useObject(core: Core, { uuid }: TaInstance, id: Uint8Array): OpenObject | null {
  const { objects } = openStorage(core);
  const name = keyOf(uuid, id);
  const object = objects.get(name) ?? createObject(core, uuid, id);
  if (object === null) return null;
  objects.set(name, object);
  object.users++;
  return object;
}

/** Opens a file, with its attributes in memory meanwhile; null if there is no room. */
function openWith(core: Core, key: KeyObject | null): number[] | null {
  const buffer = key && take(core, "storage.attributes", encodeAttributes(key).bytes.length);
  const file = buffer === 0 ? null : openFile(core, openStorage(core).directory);
  if (buffer) give(core, buffer, "storage.attributes");
  return file;
}

function createObject(core: Core, uuid: string, id: Uint8Array): OpenObject | null {
  const block = take(core, "storage.object");
  if (block === 0) return null;
  const idBlock = take(core, "storage.id", id.length);
  if (idBlock === 0) {
    give(core, block, "storage.object");
    return null;
  }
  const [attributes, data] = [new Uint8Array(0), new Uint8Array(0)];
  return { uuid, id: id.slice(), head: DATA_HEAD, attributes, data, users: 0, block, idBlock };
}

function releaseObject(core: Core, object: OpenObject): void {
  if (--object.users > 0) return;
  openStorage(core).objects.delete(keyOf(object.uuid, object.id));
  give(core, object.idBlock, "storage.id");
  give(core, object.block, "storage.object");
}
