// Links to the lines of files.
import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { placeParts } from "../../base/place_parts.ts";

/** The address of the file of a `file:line` below a folder, with its line as kitty and others read it; undefined if there is none. */
export function fileLink(place: string, folder: string): string | undefined {
  const { file, line } = placeParts(place);
  const path = resolve(folder, file);
  if (line === 0 || !existsSync(path)) return undefined;
  const url = pathToFileURL(path);
  url.host = hostname();
  url.hash = String(line);
  return url.href;
}
