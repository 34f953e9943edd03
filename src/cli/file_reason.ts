/** What a system's code means for one who writes a file. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such folder",
  ENOTDIR: "no such folder",
  EACCES: "no permission to write it",
  EPERM: "no permission to write it",
  EROFS: "no permission to write it, the file system is read-only",
  EISDIR: "is a directory",
  ELOOP: "a link that leads to itself",
  ENAMETOOLONG: "the name is too long",
  ENOSPC: "no space left on the device",
  EDQUOT: "no space left in the quota",
  EFBIG: "larger than a file may be",
};

/** Why a file cannot be written. */
export function writeReason(error: unknown): string {
  const code = codeOf(error);
  return REASONS[code] ?? `cannot be written (${code})`;
}

/** The code of a system's error, like ENOENT. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
