// Why a file cannot be read, in words.
import { codeOf } from "../../base/error_code.ts";

const REASONS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "no such file"],
  ["ENOTDIR", "no such file: a part of its path is no directory"],
  ["EISDIR", "is a directory; name the files in it"],
  ["EACCES", "no permission to read it"],
  ["EPERM", "no permission to read it"],
  ["ELOOP", "symbolic links lead back to themselves; name the file itself"],
  ["ENAMETOOLONG", "the name is too long"],
  ["EMFILE", "too many files are open; close some, or raise 'ulimit -n'"],
  ["ENFILE", "the system has too many files open; close some"],
  ["ENXIO", "is a device or socket without a server"],
  ["ENODEV", "is a device that does not exist"],
  ["EIO", "the medium cannot be read"],
  ["ENOMEM", "not enough memory to read it"],
  ["ETXTBSY", "is in use"],
  ["EAGAIN", "has no data to read now; give a file or a pipe"],
  ["ERR_INVALID_ARG_VALUE", "a name cannot have a zero byte"],
]);

/** An error whose message is a sentence for people already. It never leaves the readers of files. */
export class Unreadable extends Error {}

/** True for the error of Node that there is no file by a name. */
export function isMissing(error: unknown): boolean {
  return codeOf(error) === "ENOENT";
}

/** Why a file cannot be read, in words, for the error that Node threw. */
export function readFailure(error: unknown): string {
  if (error instanceof Unreadable) return error.message;
  const code = codeOf(error);
  if (code === "Z_BUF_ERROR") return "the gzip data ends too early; the file is cut off, copy it again";
  const message = error instanceof Error ? error.message : String(error);
  if (code.startsWith("Z_")) return `the gzip data is damaged (${message}); copy the file again`;
  return REASONS.get(code) ?? `cannot be read: ${message}`;
}
