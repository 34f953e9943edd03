// Reads and writes the contents of open objects in the store. All functions return TEE codes.
import { TEE } from "../../../abi/errors.ts";
import type { Core } from "../../kernel/core.ts";
import { cryptoOf } from "../keys/crypto_subsystem.ts";
import { encodeAttributes } from "../keys/stored.ts";
import { fitNodes } from "./blocks.ts";
import { STORE_CODE } from "./codes.ts";
import { DATA_FLAG } from "./flags.ts";
import { loadKey } from "./keys.ts";
import { decodeObject, encodeObject } from "./object_file.ts";
import type { StoredHandle } from "./state.ts";

/** Reads an object into the one that was opened. A damaged one is deleted. */
export function loadContents(core: Core, { object }: StoredHandle): number {
  const { storage } = core.host;
  const stored = storage.read(object.uuid, object.id);
  if (!stored.ok && stored.error !== "corrupt") return STORE_CODE[stored.error];
  if (stored.ok && stored.value === null) return TEE.ITEM_NOT_FOUND;
  const content = stored.ok && stored.value !== null ? decodeObject(stored.value) : null;
  if (content === null) {
    storage.remove(object.uuid, object.id);
    return TEE.CORRUPT_OBJECT;
  }
  object.head = content.head;
  object.attributes = content.attributes;
  object.data = content.data;
  return TEE.SUCCESS;
}

/** Gives a handle the key of its object, if it has one. A damaged object is deleted. */
export function withKey(core: Core, number: number, handle: StoredHandle): number {
  const { object, owner } = handle;
  if (object.attributes.length === 0) return TEE.SUCCESS;
  const outcome = loadKey(core, number, handle);
  if (outcome === "no room") return TEE.OUT_OF_MEMORY;
  if (outcome === "damaged" || handle.key === null) {
    core.host.storage.remove(object.uuid, object.id);
    return TEE.CORRUPT_OBJECT;
  }
  cryptoOf(owner).objects.set(number, handle.key);
  return TEE.SUCCESS;
}

/** Writes a new object, with the key of its handle and its first data. */
export function fill(core: Core, handle: StoredHandle, initial: Uint8Array): number {
  const { object, flags, key } = handle;
  const { storage } = core.host;
  if ((flags & DATA_FLAG.OVERWRITE) === 0) {
    const free = checkFree(core, object.uuid, object.id);
    if (free !== TEE.SUCCESS) return free;
  }
  if (key !== null) {
    const { bytes, have } = encodeAttributes(key);
    const { type, keySize, maxKeySize, usage } = key;
    object.head = { type: type.id, keySize, maxKeySize, usage, have };
    object.attributes = bytes;
  }
  if (!fitNodes(core, handle, initial.length)) return TEE.OUT_OF_MEMORY;
  const written = storage.write(object.uuid, object.id, encodeObject({ ...object, data: initial }));
  if (!written.ok) return STORE_CODE[written.error];
  object.data = initial.slice();
  return TEE.SUCCESS;
}

/** ACCESS_CONFLICT if a TA has an object by that id: a damaged one is one, too. */
export function checkFree(core: Core, uuid: string, id: Uint8Array): number {
  const there = core.host.storage.read(uuid, id);
  if (there.ok) return there.value === null ? TEE.SUCCESS : TEE.ACCESS_CONFLICT;
  return there.error === "corrupt" ? TEE.ACCESS_CONFLICT : STORE_CODE[there.error];
}
