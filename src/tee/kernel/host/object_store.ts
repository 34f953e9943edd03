// The interface of a store for persistent objects.
import type { Result } from "../../../base/result.ts";

/** Why a store cannot do what it is asked: it cannot be reached, has no room, or the object there is damaged. */
export type StoreFailure = "unavailable" | "full" | "corrupt";

/**
 * Where persistent objects stay while nobody has them open: whole, by the TA's UUID (lower case, with dashes) and
 * by id (any bytes, 0 to 64). What one TA stores no other one sees.
 */
export interface ObjectStore {
  /** The bytes of an object, as they were written; null if there is none. A damaged one is "corrupt", and stays. */
  read(uuid: string, id: Uint8Array): Result<Uint8Array | null, StoreFailure>;
  /** Stores an object in place of what was there: all of it, or nothing. */
  write(uuid: string, id: Uint8Array, bytes: Uint8Array): Result<void, StoreFailure>;
  /** Forgets an object, if there is one. */
  remove(uuid: string, id: Uint8Array): Result<void, StoreFailure>;
  /** Gives an object another id, which is not in use. */
  rename(uuid: string, from: Uint8Array, to: Uint8Array): Result<void, StoreFailure>;
  /** Ids of all objects of a TA, in ascending order of their bytes. */
  list(uuid: string): Result<Uint8Array[], StoreFailure>;
}

/** An id as text: two hexadecimal digits a byte. */
export function idText(id: Uint8Array): string {
  return Array.from(id, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The id of a text that `idText` made. */
export function idBytes(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
