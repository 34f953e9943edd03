// Persistent objects: GlobalPlatform TEE Internal Core API 1.1, chapter 5 (Trusted Storage API), in TypeScript.

import type { Handle } from "../svc/reply.ts";
import type { FoundObject } from "../svc/storage/flags.ts";
import type { ObjectHandle } from "./crypto_api.ts";

/** An enumerator; 0 for none. */
type EnumeratorHandle = number;

/**
 * Data that outlives the instance. Handles belong to the instance; it loses them when it goes. What a function does not
 * name as a code of its own is a panic: a handle that is none, a right that it lacks, an id of more than 64 bytes.
 */
export interface StorageApi {
  /**
   * TEE_CreatePersistentObject, with the key of `attributes`, an initialized object, if it is not 0. ACCESS_CONFLICT: it is open, or exists and OVERWRITE is not set;
   * ITEM_NOT_FOUND: no such storage; OUT_OF_MEMORY, STORAGE_NO_SPACE, STORAGE_NOT_AVAILABLE.
   */
  createPersistentObject(
    storage: number,
    id: Uint8Array,
    flags: number,
    initial?: Uint8Array,
    attributes?: ObjectHandle,
  ): Handle;
  /** TEE_OpenPersistentObject; the handle of one with a key stands for the key as well. ITEM_NOT_FOUND, ACCESS_CONFLICT, OUT_OF_MEMORY, CORRUPT_OBJECT, STORAGE_NOT_AVAILABLE. */
  openPersistentObject(storage: number, id: Uint8Array, flags: number): Handle;
  /** TEE_CloseObject, for transient objects too; nothing for 0. */
  closeObject(object: ObjectHandle): void;
  /**
   * TEE_CloseAndDeletePersistentObject1: STORAGE_NOT_AVAILABLE. Takes ACCESS_WRITE_META. The handle is gone either way.
   * Nothing for 0.
   */
  closeAndDeletePersistentObject(object: ObjectHandle): number;
  /** TEE_RenamePersistentObject: ACCESS_CONFLICT if the new id is in use, even by this object. Takes ACCESS_WRITE_META. */
  renamePersistentObject(object: ObjectHandle, id: Uint8Array): number;
  /** TEE_ReadObjectData: as many bytes as there are from the position on. Takes ACCESS_READ. */
  readObjectData(object: ObjectHandle, into: Uint8Array): { readonly code: number; readonly count: number };
  /** TEE_WriteObjectData: a gap before the position becomes zeros. OVERFLOW, STORAGE_NO_SPACE. Takes ACCESS_WRITE. */
  writeObjectData(object: ObjectHandle, data: Uint8Array): number;
  /** TEE_TruncateObjectData: cuts, or adds zeros; the position stays. STORAGE_NO_SPACE. Takes ACCESS_WRITE. */
  truncateObjectData(object: ObjectHandle, size: number): number;
  /** TEE_SeekObjectData: before the beginning is the beginning; beyond `MAX_POSITION` is OVERFLOW. */
  seekObjectData(object: ObjectHandle, offset: number, whence: number): number;

  /** TEE_AllocatePersistentObjectEnumerator: OUT_OF_MEMORY. */
  allocatePersistentObjectEnumerator(): { readonly code: number; readonly enumerator: EnumeratorHandle };
  /** TEE_FreePersistentObjectEnumerator; nothing for 0. */
  freePersistentObjectEnumerator(enumerator: EnumeratorHandle): void;
  /** TEE_ResetPersistentObjectEnumerator; nothing for 0. */
  resetPersistentObjectEnumerator(enumerator: EnumeratorHandle): void;
  /** TEE_StartPersistentObjectEnumerator: ITEM_NOT_FOUND if the TA has no object. */
  startPersistentObjectEnumerator(enumerator: EnumeratorHandle, storage: number): number;
  /**
   * TEE_GetNextPersistentObject: ITEM_NOT_FOUND behind the last one, or if it was not started; CORRUPT_OBJECT, with the id,
   * for one that is damaged.
   */
  getNextPersistentObject(enumerator: EnumeratorHandle): FoundObject;
}
