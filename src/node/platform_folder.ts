// A platform in a folder of the user's own.
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { clip } from "../base/printable.ts";
import { err, type Result } from "../base/result.ts";
import { PLATFORM_FILES, parsePlatform } from "../platform/parse_platform.ts";
import type { Platform } from "../platform/platform.ts";

/** Bytes; the files that are bundled have 30,000 at most. */
const LARGEST_FILE = 2 ** 22;

/** Reads the platform of a folder. The error names the folder. */
export function readPlatformFolder(folder: string): Result<Platform> {
  const files = new Map<string, string>();
  for (const name of PLATFORM_FILES) {
    const path = join(folder, name);
    try {
      if (statSync(path).size > LARGEST_FILE) return err(`${clip(path)} is too large for a file of a platform`);
      files.set(name, readFileSync(path, "utf8"));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return err(`${clip(path)} cannot be read (${code}); a platform's folder has ${PLATFORM_FILES.join(", ")}`);
    }
  }
  const platform = parsePlatform(files);
  return platform.ok ? platform : err(`${clip(folder)}: ${platform.error}`);
}
