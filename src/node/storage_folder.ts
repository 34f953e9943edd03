import { mkdtempSync, rmdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { err, ok, type Result } from "../base/result.ts";
import type { ObjectStore } from "../tee/storage/object_store.ts";
import { makeFolder } from "./make_folder.ts";
import { createFolderStore } from "./object_store.ts";

/** What is wrong with a folder, by the name of the error. */
const REASONS: Readonly<Record<string, string>> = {
  ENOTDIR: "a part of its path is no folder",
  ENOENT: "the folder that it should be in is not there",
  EACCES: "you may not write there",
  EPERM: "you may not write there",
  EROFS: "it is on a read-only file system",
  ENOSPC: "its file system is full",
  EDQUOT: "your quota is used up",
  ENAMETOOLONG: "its path is too long",
};

/**
 * A store of persistent objects in a folder, which is made, for its user alone (mode 0700), if only itself is missing. An error where
 * nothing could be written there: told at once, and not by the first application that tries.
 */
export function openStorageFolder(folder: string): Result<ObjectStore> {
  if (folder === "") return err("--storage names no folder");
  try {
    makeFolder(folder);
    if (!statSync(folder).isDirectory()) return err(`cannot keep objects in ${folder}: it is no folder`);
    rmdirSync(mkdtempSync(join(folder, ".try-")));
    return ok(createFolderStore(folder));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : null;
    if (code === null) throw error;
    const why = REASONS[code] ?? code;
    return err(`cannot keep objects in ${folder}: ${why}; give --storage a folder that you can write to`);
  }
}
