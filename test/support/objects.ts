// Persistent objects for tests.
import { openStorageFolder } from "../../src/node/storage_folder.ts";
import type { ObjectStore } from "../../src/tee/kernel/host/object_store.ts";

/** A store of persistent objects in a folder that can be used. */
export function storeIn(folder: string): ObjectStore {
  const opened = openStorageFolder(folder);
  if (!opened.ok) throw new Error(opened.error);
  return opened.value.store;
}
