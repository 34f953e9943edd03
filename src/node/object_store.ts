import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { assert } from "../base/assert.ts";
import { err, ok, type Result } from "../base/result.ts";
import { idBytes, idText, type ObjectStore, type StoreFailure } from "../tee/storage/object_store.ts";
import { makeFolder } from "./make_folder.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** An object's file: its id in hexadecimal digits, as an id may hold any bytes. */
const OBJECT = /^((?:[0-9a-f]{2}){0,64})\.object$/;
const FULL: ReadonlySet<unknown> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/**
 * Keeps persistent objects in a folder, as OP-TEE's tee-supplicant does: a folder for each application (mode 0700), in it a
 * file for each object (mode 0600), which is always whole. The data is not encrypted. Programs that use the folder at the
 * same time see each other's objects; the last one to write an object wins.
 */
export function createFolderStore(root: string): ObjectStore {
  const folderOf = (uuid: string): string => {
    assert(UUID.test(uuid), "a UUID in lower case with dashes");
    return join(root, uuid);
  };
  const fileOf = (uuid: string, id: Uint8Array): string => join(folderOf(uuid), `${idText(id)}.object`);
  return {
    read: (uuid, id) => attempt(() => readWhole(fileOf(uuid, id)), null),
    write: (uuid, id, bytes) =>
      attempt(() => {
        const folder = folderOf(uuid);
        makeFolder(root);
        makeFolder(folder);
        replaceFile(folder, fileOf(uuid, id), bytes);
      }),
    remove: (uuid, id) => attempt(() => rmSync(fileOf(uuid, id), { force: true })),
    rename: (uuid, from, to) => attempt(() => renameSync(fileOf(uuid, from), fileOf(uuid, to)), undefined),
    list: (uuid) => attempt(() => listIds(folderOf(uuid)), []),
  };
}

/** Calls the file system. `missing` is the answer where there is no such file. */
function attempt<T>(work: () => T, missing?: T): Result<T, StoreFailure> {
  try {
    return ok(work());
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === undefined) throw error;
    if (code === "ENOENT" && missing !== undefined) return ok(missing);
    return err(FULL.has(code) ? "full" : "unavailable");
  }
}

/** Links are not followed: an object is a file of this folder. */
function readWhole(file: string): Uint8Array | null {
  const opened = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    if (!fstatSync(opened).isFile()) throw Object.assign(new Error(`${file} is not a file`), { code: "EINVAL" });
    return new Uint8Array(readFileSync(opened));
  } finally {
    closeSync(opened);
  }
}

/** Writes a new file beside the old one and puts it in its place, so that whoever reads finds one of them, whole. */
function replaceFile(folder: string, file: string, bytes: Uint8Array): void {
  const fresh = join(folder, `${randomBytes(8).toString("hex")}.new`);
  try {
    const opened = openSync(fresh, "wx", 0o600);
    try {
      writeFileSync(opened, bytes);
      fsyncSync(opened);
    } finally {
      closeSync(opened);
    }
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

function listIds(folder: string): Uint8Array[] {
  const ids = readdirSync(folder).flatMap((name) => OBJECT.exec(name)?.[1] ?? []);
  return ids.sort().map(idBytes);
}
