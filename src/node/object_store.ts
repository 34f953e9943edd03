// Keeps persistent objects in a folder.
import { readdirSync, renameSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { assert } from "../base/assert.ts";
import { err, ok, type Result } from "../base/result.ts";
import { idBytes, idText, type ObjectStore, type StoreFailure } from "../tee/kernel/host/object_store.ts";
import { MAX_OBJECT_BYTES } from "../tee/svc/storage/object_file.ts";
import { keepKey } from "./folder_key.ts";
import { makeFolder } from "./make_folder.ts";
import { expectOwnFolder, readOwn, replaceOwn } from "./own_files.ts";
import { seal, unseal } from "./sealed.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** An object's file: its id in hexadecimal digits, as an id may hold any bytes. */
const OBJECT = /^((?:[0-9a-f]{2}){0,64})\.object$/;
const FULL: ReadonlySet<unknown> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** The largest file of an object: head, attributes and checksum take less than the 64 KiB beside the data. */
export const MAX_FILE_BYTES = MAX_OBJECT_BYTES + 64 * 1024;

/**
 * Keeps persistent objects in a folder, as OP-TEE's tee-supplicant does: a folder for each TA (mode 0700), in it a
 * file for each object (mode 0600), which is always whole. Each has a checksum made with `key` (sealed.ts), so what was
 * damaged, swapped or brought from another folder is "corrupt"; the data is not encrypted. What is no file, or another
 * user's, is not read. Programs that use the folder at the same time see each other's objects; the last one to write an
 * object wins.
 */
export function createFolderStore(root: string, key: Uint8Array): ObjectStore {
  const folderOf = (uuid: string): string => {
    assert(UUID.test(uuid), "a UUID in lower case with dashes");
    return join(root, uuid);
  };
  const fileOf = (uuid: string, id: Uint8Array): string => join(folderOf(uuid), objectFile(id));
  const write = (uuid: string, id: Uint8Array, ids: readonly Uint8Array[], bytes: Uint8Array): void => {
    const sealed = seal(key, uuid, ids, bytes);
    if (sealed.length > MAX_FILE_BYTES) throw Object.assign(new Error("too large an object"), { code: "EFBIG" });
    const folder = folderOf(uuid);
    makeFolder(root);
    keepKey(root, key);
    makeFolder(folder);
    expectOwnFolder(folder);
    replaceOwn(folder, fileOf(uuid, id), sealed);
  };
  const read = (uuid: string, id: Uint8Array): Result<Uint8Array | null, StoreFailure> => {
    const file = attempt(
      () => {
        expectOwnFolder(folderOf(uuid));
        return readOwn(fileOf(uuid, id), MAX_FILE_BYTES);
      },
      { value: null },
    );
    if (!file.ok || file.value === null) return file;
    const bytes = unseal(key, uuid, id, file.value);
    return bytes === null ? err("corrupt") : ok(bytes);
  };
  return {
    read,
    write: (uuid, id, bytes) => attempt(() => write(uuid, id, [id], bytes)),
    remove: (uuid, id) =>
      attempt(
        () => {
          expectOwnFolder(folderOf(uuid));
          unlinkSync(fileOf(uuid, id));
        },
        { value: undefined },
      ),
    rename(uuid, from, to) {
      const bytes = read(uuid, from);
      if (!bytes.ok) return bytes;
      const content = bytes.value;
      if (content === null) return err("corrupt");
      const moved = attempt(() => {
        // It is sound under both names, so that at no moment a crash takes or doubles it.
        write(uuid, from, [from, to], content);
        renameSync(fileOf(uuid, from), fileOf(uuid, to));
      });
      // Where there is no room for that the old id stays in the file.
      if (moved.ok) attempt(() => write(uuid, to, [to], content));
      return moved;
    },
    list: (uuid) =>
      attempt(
        () => {
          expectOwnFolder(folderOf(uuid));
          return listIds(folderOf(uuid));
        },
        { value: [] },
      ),
  };
}

/** The name of an object's file. */
export function objectFile(id: Uint8Array): string {
  return `${idText(id)}.object`;
}

/** True for the name of a TA's folder. */
export function isOwner(name: string): boolean {
  return UUID.test(name);
}

/** Ids of the files of a folder that may be objects, in ascending order. */
export function listIds(folder: string): Uint8Array[] {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const ids = files.flatMap(({ name }) => OBJECT.exec(name)?.[1] ?? []);
  return ids.sort().map(idBytes);
}

/** Calls the file system. `missing` is the answer where there is no such file. */
function attempt<T>(work: () => T, missing?: { readonly value: T }): Result<T, StoreFailure> {
  try {
    return ok(work());
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === undefined) throw error;
    if (code === "ENOENT" && missing !== undefined) return ok(missing.value);
    return err(FULL.has(code) ? "full" : "unavailable");
  }
}
