// Numbers of persistent objects: GlobalPlatform TEE Internal Core API 1.1, chapter 5, and what an enumerator finds.
import type { ObjectInfo } from "../reply.ts";

/** Storages of a TA: both stand for its private one. */
export const STORAGE = { PRIVATE: 1, PRIVATE_REE: 0x80000000 } as const;

/** TEE_OBJECT_ID_MAX_LEN, in bytes. */
export const MAX_ID_BYTES = 64;

/** TEE_DATA_MAX_POSITION. */
export const MAX_POSITION = 0xffffffff;

/** Rights and ways of sharing with which an object is opened: TEE_DATA_FLAG_…. */
export const DATA_FLAG = {
  ACCESS_READ: 0x1,
  ACCESS_WRITE: 0x2,
  /** Rename and delete. Whoever has it has the object alone. */
  ACCESS_WRITE_META: 0x4,
  SHARE_READ: 0x10,
  SHARE_WRITE: 0x20,
  /** Create in place of an object that is there. */
  OVERWRITE: 0x400,
} as const;

/** TEE_HANDLE_FLAG_…: the facts that `objectInfo` adds to the flags with which a handle was opened. */
export const HANDLE_FLAG = { PERSISTENT: 0x10000, INITIALIZED: 0x20000 } as const;

/** Where a seek counts from: TEE_DATA_SEEK_…. */
export const SEEK = { SET: 0, CUR: 1, END: 2 } as const;

/** What an enumerator found; nothing with a code other than SUCCESS. */
export interface FoundObject {
  readonly code: number;
  readonly id: Uint8Array;
  readonly info: ObjectInfo | undefined;
}
