// Shared libraries among the .wasm files of `--ta`: what TAs may load while they run.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parseUuid } from "../../abi/uuid.ts";
import { readSharedLibrary, type SharedLibrary } from "../../wasm/dynamic/shared_library.ts";

export interface LibraryFiles {
  /** Takes a file if it is a library, whose name is its UUID. */
  add(file: string): boolean;
  /** The library of a UUID, as its file is now. */
  find(uuid: string): SharedLibrary | undefined;
}

/** None at first. */
export function libraryFiles(): LibraryFiles {
  const files = new Map<string, string>();
  return {
    add(file) {
      const uuid = parseUuid(basename(file, ".wasm"));
      if (!uuid.ok || readLibrary(file) === undefined) return false;
      files.set(uuid.value, file);
      return true;
    },
    find(uuid) {
      const file = files.get(uuid);
      return file === undefined ? undefined : readLibrary(file);
    },
  };
}

/** undefined for a file that is no library, or cannot be read. */
function readLibrary(file: string): SharedLibrary | undefined {
  try {
    const read = readSharedLibrary(readFileSync(file), basename(file, ".wasm"));
    return (read.ok && read.value) || undefined;
  } catch {
    return undefined;
  }
}
