// Creates a private folder.
import { mkdirSync } from "node:fs";

/**
 * Makes a folder for its user alone (mode 0700) if it is missing; the one that it lies in must be there. Not `recursive`: that
 * can hang where a folder cannot be made, as below /proc.
 */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
}
