// Data of open objects: OP-TEE 4.0.0 core/tee/tee_svc_storage.c. Codes are TEE codes.
import { TEE } from "../../../abi/errors.ts";
import type { Core } from "../../kernel/core.ts";
import type { ObjectInfo } from "../reply.ts";
import { fitNodes, work } from "./blocks.ts";
import { STORE_CODE } from "./codes.ts";
import { DATA_FLAG, HANDLE_FLAG, MAX_POSITION, SEEK } from "./flags.ts";
import { openStorage } from "./handles.ts";
import { encodeObject, MAX_OBJECT_BYTES, type ObjectHead } from "./object_file.ts";
import type { StoredHandle } from "./state.ts";

/** Reads from the position on; at the end there is nothing more. */
export function readData(handle: StoredHandle, into: Uint8Array): { readonly code: number; readonly count: number } {
  if ((handle.flags & DATA_FLAG.ACCESS_READ) === 0) return { code: TEE.ACCESS_CONFLICT, count: 0 };
  const part = handle.object.data.subarray(handle.position, handle.position + into.length);
  into.set(part);
  handle.position += part.length;
  return { code: TEE.SUCCESS, count: part.length };
}

/** Writes at the position; what lies between the end and the position becomes zeros. All or nothing. */
export function writeData(core: Core, handle: StoredHandle, data: Uint8Array): number {
  if ((handle.flags & DATA_FLAG.ACCESS_WRITE) === 0) return TEE.ACCESS_CONFLICT;
  const end = handle.position + data.length;
  if (end > MAX_POSITION) return TEE.OVERFLOW;
  if (data.length === 0) return TEE.SUCCESS;
  const before = handle.object.data;
  if (end > MAX_OBJECT_BYTES) return TEE.STORAGE_NO_SPACE;
  const bytes = new Uint8Array(Math.max(before.length, end));
  bytes.set(before);
  bytes.set(data, handle.position);
  const code = replace(core, handle, bytes);
  if (code === TEE.SUCCESS) handle.position = end;
  return code;
}

/** Cuts the object, or adds zeros. */
export function truncateData(core: Core, handle: StoredHandle, size: number): number {
  if ((handle.flags & DATA_FLAG.ACCESS_WRITE) === 0) return TEE.ACCESS_CONFLICT;
  if (size > MAX_OBJECT_BYTES) return TEE.STORAGE_NO_SPACE;
  const bytes = new Uint8Array(size);
  bytes.set(handle.object.data.subarray(0, size));
  return replace(core, handle, bytes);
}

/** Moves the position, which may lie behind the end. */
export function seekData(handle: StoredHandle, offset: number, whence: number): number {
  const from = { [SEEK.SET]: 0, [SEEK.CUR]: handle.position, [SEEK.END]: handle.object.data.length }[whence];
  if (from === undefined) return TEE.BAD_PARAMETERS;
  const position = Math.max(0, from + offset);
  if (position > MAX_POSITION) return TEE.OVERFLOW;
  handle.position = position;
  return TEE.SUCCESS;
}

/** Takes usages of an object away, for all of its handles and for good. */
export function restrictUsage(core: Core, { object }: StoredHandle, usage: number): number {
  const head = { ...object.head, usage: (object.head.usage & usage) >>> 0 };
  if (!work(core, "block") || !work(core, "root")) return TEE.OUT_OF_MEMORY;
  const written = core.host.storage.write(object.uuid, object.id, encodeObject({ ...object, head }));
  if (!written.ok) return STORE_CODE[written.error];
  object.head = head;
  for (const other of openStorage(core).handles.values())
    if (other.object === object && other.key) other.key.usage = head.usage;
  return TEE.SUCCESS;
}

/** The facts about an object that its handle gives. */
export function infoOf({ object, position, flags }: StoredHandle): ObjectInfo {
  const handleFlags = flags | HANDLE_FLAG.PERSISTENT | HANDLE_FLAG.INITIALIZED;
  return describe(object.head, object.data.length, position, handleFlags);
}

/** The facts about an object. */
export function describe(head: ObjectHead, dataSize: number, dataPosition: number, handleFlags: number): ObjectInfo {
  const { type: objectType, keySize, maxKeySize, usage } = head;
  return { objectType, keySize, maxKeySize, usage, dataSize, dataPosition, handleFlags };
}

function replace(core: Core, handle: StoredHandle, bytes: Uint8Array): number {
  const { object } = handle;
  const before = object.data.length;
  if (!fitNodes(core, handle, bytes.length)) return TEE.OUT_OF_MEMORY;
  const room = work(core, "block") && work(core, "root");
  const written = room
    ? core.host.storage.write(object.uuid, object.id, encodeObject({ ...object, data: bytes }))
    : null;
  if (written?.ok) {
    object.data = bytes;
    return TEE.SUCCESS;
  }
  fitNodes(core, handle, before);
  return written === null ? TEE.OUT_OF_MEMORY : STORE_CODE[written.error];
}
