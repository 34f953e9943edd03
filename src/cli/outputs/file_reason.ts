// Explains why a file cannot be written.
import { codeOf } from "../../base/error_code.ts";

/** What a system's code means for one who writes a file. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "no such folder"],
  ["ENOTDIR", "no such folder"],
  ["EACCES", "no permission to write it"],
  ["EPERM", "no permission to write it"],
  ["EROFS", "no permission to write it, the file system is read-only"],
  ["EISDIR", "is a directory"],
  ["ELOOP", "is a link that leads to itself"],
  ["ENAMETOOLONG", "the name is too long"],
  ["ENOSPC", "no space left on the device"],
  ["EDQUOT", "no space left in the quota"],
  ["EFBIG", "the file is too large"],
]);

/** Why a file cannot be written. */
export function writeReason(error: unknown): string {
  const code = codeOf(error);
  return REASONS.get(code) ?? `cannot be written (${code})`;
}
