// Objects of the first format had no checksum, and their folders no key.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { endUpgrade, isUpgrading, readKey, upgradeKey } from "./folder_key.ts";
import { isOwner, listIds, MAX_FILE_BYTES, objectFile } from "./object_store.ts";
import { isOwnFile, isOwnFolder, readOwn, replaceOwn } from "./own_files.ts";
import { isSealed, seal } from "./sealed.ts";

/** The key of a folder that had none, and to how many objects it gave a checksum. */
interface Upgrade {
  readonly key: Uint8Array | "damaged";
  readonly upgraded: number;
}

interface StoredObject {
  readonly uuid: string;
  readonly id: Uint8Array;
  readonly folder: string;
  readonly file: string;
}

/**
 * Gives a folder without a key one, and every object in it a checksum. One that was ended in the midst goes on at the next
 * start. "sealed" if objects have checksums of a key that is gone; nothing was changed then. Throws the system's error.
 */
export function upgradeFolder(root: string): Upgrade | "sealed" {
  const objects = [...objectsOf(root)];
  if (!isUpgrading(root) && objects.some(({ file }) => isSealed(readOwn(file, MAX_FILE_BYTES)))) {
    // Unless another program was faster.
    const key = readKey(root);
    return key === null ? "sealed" : { key, upgraded: 0 };
  }
  const key = upgradeKey(root);
  if (key === "damaged") return { key, upgraded: 0 };
  let upgraded = 0;
  for (const { uuid, id, folder, file } of objects) {
    const bytes = readOwn(file, MAX_FILE_BYTES);
    if (isSealed(bytes)) continue;
    replaceOwn(folder, file, seal(key, uuid, [id], bytes));
    upgraded++;
  }
  endUpgrade(root);
  return { key: readKey(root) ?? "damaged", upgraded };
}

/** The files of this user's that may be objects. */
function* objectsOf(root: string): Generator<StoredObject> {
  for (const uuid of readdirSync(root).filter(isOwner)) {
    const folder = join(root, uuid);
    if (!isOwnFolder(folder)) continue;
    for (const id of listIds(folder)) {
      const file = join(folder, objectFile(id));
      if (isOwnFile(file)) yield { uuid, id, folder, file };
    }
  }
}
