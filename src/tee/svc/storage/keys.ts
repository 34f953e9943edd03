// Keys of persistent objects: each handle has its own copy of the attributes, whose memory goes with the handle.

import { type Core, give, take } from "../../kernel/core.ts";
import type { ObjectType } from "../crypto/object_types.ts";
import type { KeyObject } from "../crypto/state.ts";
import { copyAttributes, empty } from "../keys/fill.ts";
import { giveKeyBlocks, resizeNumber, takeKeyBlocks } from "../keys/object_blocks.ts";
import { decodeAttributes, storedType } from "../keys/stored.ts";
import { work } from "./blocks.ts";
import type { ObjectHead } from "./object_file.ts";
import type { StoredHandle } from "./state.ts";

/** A copy of a key for a new object's handle; null, with nothing left behind, if there is no room. */
export function copyKey(core: Core, handle: number, source: KeyObject): KeyObject | null {
  const { type, keySize, maxKeySize, usage } = source;
  const key = emptyKey(core, handle, type, { type: type.id, keySize, maxKeySize, usage, have: 0 });
  if (key !== null) copyAttributes(core, key, source);
  return key;
}

/** What became of reading a key. */
type KeyLoad = "done" | "damaged" | "no room";

/** Reads the key of an object that was opened into its handle. */
export function loadKey(core: Core, number: number, handle: StoredHandle): KeyLoad {
  const { head, attributes } = handle.object;
  const type = storedType(head.type, head.keySize, head.maxKeySize);
  const content = type && decodeAttributes(type, { bytes: attributes, have: head.have });
  if (type === null || content === null) return "damaged";
  const key = emptyKey(core, number, type, head);
  if (key === null) return "no room";
  handle.key = key;
  const buffer = take(core, "storage.attributes_read", attributes.length);
  let room = buffer !== 0 && work(core, "block");
  for (const { id, number: n } of type.fields) {
    const [data, value, block] = [content.refs.get(id), content.values.get(id), key.numbers[n]];
    if (data) key.refs.set(id, data);
    if (value) key.values.set(id, value);
    if (room && data && block && !type.octets) room = resizeNumber(core, block, data.length);
  }
  give(core, buffer, "storage.attributes_read");
  return room ? "done" : "no room";
}

/** Takes a key's memory away; it is gone from its handle. */
export function dropKey(core: Core, key: KeyObject): void {
  empty(key);
  giveKeyBlocks(core, key);
}

function emptyKey(core: Core, handle: number, type: ObjectType, head: ObjectHead): KeyObject | null {
  const { keySize, maxKeySize, usage } = head;
  const blocks = takeKeyBlocks(core, type);
  if (blocks === null) return null;
  const [refs, values] = [new Map(), new Map()];
  return { ...blocks, handle, type, maxKeySize, keySize, usage, initialized: true, persistent: true, refs, values };
}
