// Whether a word names a file.
import { statSync } from "node:fs";
import { access } from "node:fs/promises";

/** True if there is something by this name. */
export async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** True for a file with content: no folder, socket or device. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
