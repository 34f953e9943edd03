// Enumerators of persistent objects: OP-TEE 4.0.0 core/tee/tee_svc_storage.c.
import { TEE } from "../../../abi/errors.ts";
import { type Core, give, take } from "../../kernel/core.ts";
import type { TaInstance } from "../../kernel/ta_instance.ts";
import { STORE_CODE } from "./codes.ts";
import { describe } from "./data.ts";
import { type FoundObject, HANDLE_FLAG } from "./flags.ts";
import { openStorage } from "./handles.ts";
import { decodeObject } from "./object_file.ts";
import { isStorage } from "./objects.ts";
import type { Enumerator } from "./state.ts";

/** A new enumerator's number; 0 if the core heap has no room. */
export function addEnumerator(core: Core, owner: TaInstance): number {
  const number = take(core, "storage.enumerator");
  if (number !== 0) openStorage(core).enumerators.set(number, { owner, rest: null });
  return number;
}

/** Takes an enumerator away. */
export function dropEnumerator(core: Core, number: number): void {
  openStorage(core).enumerators.delete(number);
  give(core, number, "storage.enumerator");
}

/** Begins with the objects that are there now. */
export function startEnumerator(core: Core, owner: TaInstance, enumerator: Enumerator, storage: number): number {
  enumerator.rest = null;
  if (!isStorage(storage)) return TEE.ITEM_NOT_FOUND;
  const ids = core.host.storage.list(owner.uuid);
  if (!ids.ok) return STORE_CODE[ids.error];
  if (ids.value.length === 0) return TEE.ITEM_NOT_FOUND;
  enumerator.rest = ids.value;
  return TEE.SUCCESS;
}

/** The next object that is still there. */
export function nextObject(core: Core, owner: TaInstance, enumerator: Enumerator): FoundObject {
  const nothing = (code: number): FoundObject => ({ code, id: new Uint8Array(0), info: undefined });
  for (;;) {
    const id = enumerator.rest?.shift();
    if (id === undefined) return nothing(TEE.ITEM_NOT_FOUND);
    const stored = core.host.storage.read(owner.uuid, id);
    if (!stored.ok && stored.error !== "corrupt") return nothing(STORE_CODE[stored.error]);
    if (stored.ok && stored.value === null) continue;
    const content = stored.ok && stored.value !== null ? decodeObject(stored.value) : null;
    // Only opening it takes it away.
    if (content === null) return { ...nothing(TEE.CORRUPT_OBJECT), id };
    const flags = HANDLE_FLAG.PERSISTENT | HANDLE_FLAG.INITIALIZED;
    return { code: TEE.SUCCESS, id, info: describe(content.head, content.data.length, 0, flags) };
  }
}
