// The core's state of open objects.

import type { TaInstance } from "../../kernel/ta_instance.ts";
import type { KeyObject } from "../crypto/state.ts";
import type { ObjectHead } from "./object_file.ts";

/** An object that somebody has open; all handles share it. */
export interface OpenObject {
  readonly uuid: string;
  id: Uint8Array;
  head: ObjectHead;
  /** As they are stored. */
  attributes: Uint8Array;
  data: Uint8Array;
  /** Handles on it. */
  users: number;
  /** Blocks on the core heap: the object, and its id. */
  readonly block: number;
  idBlock: number;
}

/** A handle on an object. Its number is the offset of its block in the core heap. */
export interface StoredHandle {
  /** The instance that opened it. */
  readonly owner: TaInstance;
  readonly object: OpenObject;
  readonly flags: number;
  position: number;
  /** null for an object of data alone. */
  key: KeyObject | null;
  /** Blocks of its open file, in the order in which they were allocated. */
  readonly file: number[];
  /** Blocks for every 4096 bytes of the file behind the first. */
  readonly nodes: number[];
}

/** An enumerator. Its number is the offset of its block. */
export interface Enumerator {
  readonly owner: object;
  /** Ids that are still to come; null if it was not started. */
  rest: Uint8Array[] | null;
}

/** All of it. */
export interface StorageState {
  /** By UUID and id. */
  readonly objects: Map<string, OpenObject>;
  readonly handles: Map<number, StoredHandle>;
  readonly enumerators: Map<number, Enumerator>;
  /** The directory of files, which is open while any object is. */
  readonly directory: { users: number; readonly blocks: number[] };
}

/** Nothing is open. */
export function createStorageState(): StorageState {
  return { objects: new Map(), handles: new Map(), enumerators: new Map(), directory: { users: 0, blocks: [] } };
}
