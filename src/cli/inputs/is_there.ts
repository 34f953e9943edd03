// Whether a word names a file.
import { access } from "node:fs/promises";

/** True if there is something by this name. */
export async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
