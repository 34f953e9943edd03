// Opens a storage folder: key, checksums, folders of earlier versions.
import { closeSync, openSync, readdirSync, rmdirSync, type Stats, statSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { err, ok, type Result } from "../base/result.ts";
import type { ObjectStore } from "../tee/kernel/host/object_store.ts";
import { KEY_FILE, readKey } from "./folder_key.ts";
import { upgradeFolder } from "./folder_upgrade.ts";
import { makeFolder } from "./make_folder.ts";
import { createFolderStore, isOwner } from "./object_store.ts";
import { freshFile, isLeftOver, isOwn, isOwnFolder } from "./own_files.ts";

/** What is wrong with a folder, by the name of the error. */
const REASONS: Readonly<Record<string, string>> = {
  ENOTDIR: "a part of its path is not a folder",
  ENOENT: "its parent folder does not exist",
  EACCES: "you may not read and write there",
  EPERM: "you may not read and write there",
  EROFS: "it is on a read-only file system",
  ENOSPC: "its file system is full",
  EDQUOT: "your quota is used up",
  ENAMETOOLONG: "its path is too long",
  ELOOP: "a link in its path leads to itself",
};

const ROOT = 0;

/** A folder that objects are kept in. */
export interface StorageFolder {
  readonly store: ObjectStore;
  /** How many objects of the first format, without checksums, were given one now. */
  readonly upgraded: number;
}

/**
 * Opens a folder for persistent objects, which is made, for its user alone (mode 0700), if only itself is missing. What a
 * program that was killed left half written is removed. An error where nothing could be written there, the folder is another
 * user's, or its key is damaged or missing: reported at once, not by the first TA that tries.
 */
export function openStorageFolder(folder: string): Result<StorageFolder> {
  if (folder === "") return err("--storage needs the name of a folder");
  try {
    makeFolder(folder);
    const wrong = faultOf(statSync(folder));
    if (wrong !== null) return err(`cannot keep objects in ${folder}: ${wrong}`);
    tryWriting(folder);
    sweep(folder);
    return openKey(folder);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : null;
    if (code === null) throw error;
    const why = REASONS[code] ?? code;
    return err(`cannot keep objects in ${folder}: ${why}; give --storage a folder that you can write to`);
  }
}

function faultOf(status: Stats): string | null {
  if (!status.isDirectory()) return "it is not a folder";
  // What is the system's and can be written to is no other user's.
  return isOwn(status) || status.uid === ROOT
    ? null
    : "it belongs to another user; give --storage a folder of your own";
}

function tryWriting(folder: string): void {
  const fresh = freshFile(folder);
  closeSync(openSync(fresh, "wx", 0o600));
  unlinkSync(fresh);
}

function openKey(folder: string): Result<StorageFolder> {
  const file = join(folder, KEY_FILE);
  const known = readKey(folder);
  const found = known === null ? upgradeFolder(folder) : { key: known, upgraded: 0 };
  if (found === "sealed")
    return err(
      `${file} is missing, and without it the objects cannot be checked: put it back, or choose another folder`,
    );
  const { key, upgraded } = found;
  if (key === "damaged")
    return err(`${file} is damaged, or belongs to another user: restore a copy of it, or choose another folder`);
  return ok({ store: createFolderStore(folder, key), upgraded });
}

/** Removes what programs that were killed left behind. */
function sweep(root: string): void {
  for (const { name } of readdirSync(root, { withFileTypes: true })) {
    // Of an earlier teemem.
    if (/^\.try-[A-Za-z0-9]{6}$/.test(name)) passOver(() => rmdirSync(join(root, name)));
    if (isOwner(name) && isOwnFolder(join(root, name))) passOver(() => removeLeftOvers(join(root, name)));
  }
  removeLeftOvers(root);
}

function removeLeftOvers(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isFile() && isLeftOver(entry.name)) passOver(() => unlinkSync(join(folder, entry.name)));
}

/** What cannot be removed stays, and does no harm. */
function passOver(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}
