// The whole golden and reference sets, which a clone does not have: tests use them only where TEEMEM_SHARED names their folder.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** A file or folder (`golden/`, `reference/…`) of the whole sets; null where they were not asked for, an error where it is missing. */
export function shared(path: string): URL | null {
  const folder = process.env.TEEMEM_SHARED;
  if (folder === undefined || folder === "") return null;
  const url = new URL(path, pathToFileURL(`${resolve(folder)}/`));
  if (!existsSync(url)) throw new Error(`TEEMEM_SHARED=${folder}: there is no ${path} in it`);
  return url;
}
