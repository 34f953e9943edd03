// Files of a folder that others may have put something into: no link is followed, and what is another user's is not read.
import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

/** True for this user's own; always where the system has no users. */
export function isOwn({ uid }: { readonly uid: number }): boolean {
  const user = process.getuid?.();
  return user === undefined || uid === user;
}

/** Reads a file of this user's, and no more of it than `limit` + 1 bytes. Throws the system's error, or EINVAL for what is no such file. */
export function readOwn(file: string, limit: number): Uint8Array {
  const opened = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const status = fstatSync(opened);
    if (!status.isFile() || !isOwn(status)) throw refusal(`${file} is not a file of this user's`);
    const bytes = new Uint8Array(Math.min(status.size, limit + 1));
    let end = 0;
    for (let count = -1; count !== 0 && end < bytes.length; end += count)
      count = readSync(opened, bytes, end, bytes.length - end, null);
    return bytes.subarray(0, end);
  } finally {
    closeSync(opened);
  }
}

/** True for a folder of this user's; links are not followed. */
export function isOwnFolder(path: string): boolean {
  const status = lstatSync(path, { throwIfNoEntry: false });
  return status?.isDirectory() === true && isOwn(status);
}

/** True for a file of this user's; links are not followed. */
export function isOwnFile(path: string): boolean {
  const status = lstatSync(path, { throwIfNoEntry: false });
  return status?.isFile() === true && isOwn(status);
}

/** Throws where there is no such folder, or, with EINVAL, where it is none of this user's. */
export function expectOwnFolder(folder: string): void {
  const status = lstatSync(folder);
  if (!(status.isDirectory() && isOwn(status))) throw refusal(`${folder} is not a folder of this user's`);
}

/**
 * Writes a file beside and then puts it in its place (or only there, if `place` does so), so that whoever reads finds the
 * old one or the new one, whole, also after a crash. Mode 0600. Throws the system's error, and has changed nothing then.
 */
export function replaceOwn(
  folder: string,
  file: string,
  bytes: Uint8Array,
  place: (from: string, to: string) => void = renameSync,
): void {
  const fresh = freshFile(folder);
  try {
    const opened = openSync(fresh, "wx", 0o600);
    try {
      writeFileSync(opened, bytes);
      fsyncSync(opened);
    } finally {
      closeSync(opened);
    }
    place(fresh, file);
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** A path in the folder by which there is nothing. */
export function freshFile(folder: string): string {
  return join(folder, `${process.pid}-${randomBytes(8).toString("hex")}.new`);
}

const FRESH = /^(?:(\d{1,10})-)?[0-9a-f]{16}\.new$/;

/** True for a file that `replaceOwn` of a program that has ended left behind. */
export function isLeftOver(name: string): boolean {
  const found = FRESH.exec(name);
  return found !== null && !isRunning(Number(found[1] ?? 0));
}

/** True for another process that runs. This one has nothing half written while it looks. */
function isRunning(id: number): boolean {
  if (id === 0 || id === process.pid) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

function refusal(text: string): Error {
  return Object.assign(new Error(text), { code: "EINVAL" });
}
