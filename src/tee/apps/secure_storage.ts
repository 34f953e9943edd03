// Behaves as optee_examples 4.0.0 secure_storage: the same UUID, commands and allocations.
import { TEE } from "../../abi/errors.ts";
import { PARAM_TYPE } from "../../abi/ids.ts";
import { bufferOf, haveTypes, type Param, type Params } from "../kernel/params.ts";
import { DATA_FLAG, STORAGE } from "../svc/storage/flags.ts";
import type { InternalApi } from "../utee/internal_api.ts";
import type { TrustedApp } from "../utee/trusted_app.ts";
import { exampleLayout } from "./layout.ts";

export const SECURE_STORAGE_UUID = "f4e750bb-1437-4fbf-8785-8d3580c34994";

/** Commands. The first parameter is the id of an object, the second one its data where there is any. */
export const SECURE_STORAGE = { READ_RAW: 0, WRITE_RAW: 1, DELETE: 2 } as const;

type Memref = Extract<Param, { type: "memref" }>;

const { MEMREF_INPUT, MEMREF_OUTPUT } = PARAM_TYPE;

/** Where it frees its copies of the id and of the data. */
const SITE = {
  deleted: 73,
  written: [140, 141],
  notOpened: [190, 191],
  read: [225, 226],
} as const;

/** Writes, reads and deletes objects of its private storage. */
export const secureStorage: TrustedApp = {
  uuid: SECURE_STORAGE_UUID,
  name: "secure_storage",
  flags: { singleInstance: true, multiSession: false, keepAlive: false },
  layout: exampleLayout(0x400466d0),
  invoke(tee, _session, command, params) {
    if (command === SECURE_STORAGE.READ_RAW) return readRaw(tee, params);
    if (command === SECURE_STORAGE.WRITE_RAW) return writeRaw(tee, params);
    if (command === SECURE_STORAGE.DELETE) return deleteObject(tee, params);
    return TEE.NOT_SUPPORTED;
  },
};

function deleteObject(tee: InternalApi, params: Params): number {
  if (!haveTypes(params, MEMREF_INPUT)) return TEE.BAD_PARAMETERS;
  const id = params[0] as Memref;
  const copy = copyIn(tee, id);
  if (copy === 0) return TEE.OUT_OF_MEMORY;
  const flags = DATA_FLAG.ACCESS_READ | DATA_FLAG.ACCESS_WRITE_META;
  const { code, handle } = tee.openPersistentObject(STORAGE.PRIVATE, tee.view(copy, id.size), flags);
  if (code === TEE.SUCCESS) tee.closeAndDeletePersistentObject(handle);
  tee.free(copy, site(SITE.deleted));
  return code;
}

function writeRaw(tee: InternalApi, params: Params): number {
  if (!haveTypes(params, MEMREF_INPUT, MEMREF_INPUT)) return TEE.BAD_PARAMETERS;
  const [id, data] = [params[0] as Memref, params[1] as Memref];
  const copy = copyIn(tee, id);
  if (copy === 0) return TEE.OUT_OF_MEMORY;
  // Upstream returns without freeing the id here.
  const content = copyIn(tee, data);
  if (content === 0) return TEE.OUT_OF_MEMORY;
  const { ACCESS_READ, ACCESS_WRITE, ACCESS_WRITE_META, OVERWRITE } = DATA_FLAG;
  const flags = ACCESS_READ | ACCESS_WRITE | ACCESS_WRITE_META | OVERWRITE;
  const { code, handle } = tee.createPersistentObject(STORAGE.PRIVATE, tee.view(copy, id.size), flags);
  let result = code;
  if (code === TEE.SUCCESS) {
    result = tee.writeObjectData(handle, tee.view(content, data.size));
    if (result === TEE.SUCCESS) tee.closeObject(handle);
    else tee.closeAndDeletePersistentObject(handle);
  }
  freeBoth(tee, copy, content, SITE.written);
  return result;
}

function readRaw(tee: InternalApi, params: Params): number {
  if (!haveTypes(params, MEMREF_INPUT, MEMREF_OUTPUT)) return TEE.BAD_PARAMETERS;
  const [id, out] = [params[0] as Memref, params[1] as Memref];
  const copy = copyIn(tee, id);
  if (copy === 0) return TEE.OUT_OF_MEMORY;
  const content = tee.malloc(out.size);
  if (content === 0) return TEE.OUT_OF_MEMORY;
  const flags = DATA_FLAG.ACCESS_READ | DATA_FLAG.SHARE_READ;
  const { code, handle } = tee.openPersistentObject(STORAGE.PRIVATE, tee.view(copy, id.size), flags);
  if (code !== TEE.SUCCESS) {
    freeBoth(tee, copy, content, SITE.notOpened);
    return code;
  }
  const result = readInto(tee, handle, content, out);
  tee.closeObject(handle);
  freeBoth(tee, copy, content, SITE.read);
  return result;
}

/** Reads an object through the block `content`, which has as many bytes as the client's buffer. */
function readInto(tee: InternalApi, handle: number, content: number, out: Memref): number {
  const { dataSize } = tee.objectInfo(handle);
  if (dataSize > out.size) {
    out.size = dataSize;
    return TEE.SHORT_BUFFER;
  }
  const bytes = tee.view(content, dataSize);
  const { code, count } = tee.readObjectData(handle, bytes);
  if (code !== TEE.SUCCESS) return code;
  bufferOf(out).set(bytes.subarray(0, count));
  out.size = count;
  return code;
}

function copyIn(tee: InternalApi, from: Memref): number {
  const block = tee.malloc(from.size);
  if (block !== 0) tee.view(block, from.size).set(bufferOf(from).subarray(0, from.size));
  return block;
}

function freeBoth(tee: InternalApi, id: number, data: number, lines: readonly [number, number]): void {
  tee.free(id, site(lines[0]));
  tee.free(data, site(lines[1]));
}

function site(line: number): string {
  return `secure_storage/ta/secure_storage_ta.c:${line}`;
}
