// A recording that the page may read.

import type { Stats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { err, ok, type Result } from "../../base/result.ts";

/** A recording that the page may read: its path never leaves the server. */
export interface ServedRecording {
  /** In addresses: letters and digits. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly path: string;
  /** More is written at its end, and nothing of what is there changes. */
  readonly growing: () => boolean;
  /** Its index as bytes; null where none can be had yet. */
  readonly index: () => Promise<Uint8Array | null>;
}

/** A file that was opened, and what it is. */
interface OpenedFile {
  readonly handle: FileHandle;
  readonly size: number;
  /** Strong: bytes under the same tag are the same. */
  readonly tag: string;
}

/** Opens it as it is now. */
export async function openServed(file: ServedRecording): Promise<Result<OpenedFile>> {
  let handle: FileHandle;
  try {
    handle = await open(file.path, "r");
  } catch {
    return err("The file cannot be opened any more.\n");
  }
  const stat = await handle.stat();
  if (stat.isFile()) return ok({ handle, size: stat.size, tag: tagOf(stat, file.growing()) });
  await handle.close();
  return err("The file is not a file any more.\n");
}

/** Of a file that grows, what a tag names does not change when it does. */
function tagOf({ ino, size, mtimeMs, birthtimeMs }: Stats, growing: boolean): string {
  const parts = growing ? [ino, birthtimeMs] : [ino, size, mtimeMs];
  return `"${parts.map((part) => Math.round(part).toString(36)).join("-")}${growing ? "-grows" : ""}"`;
}
