// Makes folders one by one: mkdir of Node 20 and 22 with `recursive` never ends where a file system says of every new folder
// that its parent does not exist, as /proc does.
import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { codeOf } from "../../base/error_code.ts";

/** Makes a folder, and those above it that do not exist. One that exists is fine. Throws the error of the system. */
export function makeFolders(path: string, mode = 0o777): void {
  try {
    mkdirSync(path, mode);
  } catch (error) {
    if (codeOf(error) === "EEXIST" && statSync(path).isDirectory()) return;
    const above = dirname(path);
    if (codeOf(error) !== "ENOENT" || existsSync(above) || above === path) throw error;
    makeFolders(above, mode);
    makeFolders(path, mode);
  }
}
