// Where the socket is, and whether it can be trusted.
import { lstatSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { err, ok, type Result } from "../base/result.ts";

/** Bytes of a path that fit into struct sockaddr_un, on every system that Node runs on. */
const LONGEST_PATH = 103;

/** What chooses the socket. */
export interface SocketEnvironment {
  readonly TEEMEM_SOCKET?: string | undefined;
  readonly XDG_RUNTIME_DIR?: string | undefined;
}

/** The socket that is meant where none is named: in the user's runtime folder, else in a folder of the user's own. */
export function defaultSocket({ XDG_RUNTIME_DIR: runtime }: SocketEnvironment): string {
  if (runtime !== undefined && runtime !== "") return join(runtime, "teemem.sock");
  return join(ownFolder(), "teemem.sock");
}

/** The path of a socket as users write it, also as `unix:PATH`. */
export function pathOf(named: string): string {
  return named.replace(/^unix:/, "");
}

/** An error where the system would cut the path. */
export function checkLength(path: string): Result<void> {
  if (Buffer.byteLength(path) <= LONGEST_PATH) return ok(undefined);
  return err(
    `the socket's path has ${Buffer.byteLength(path)} bytes, and ${LONGEST_PATH} at most: choose a shorter one`,
  );
}

/** Makes the folder of a default socket, for the user alone; the folder of any other socket must be there. */
export function prepareFolder(path: string): Result<void> {
  const fits = checkLength(path);
  if (!fits.ok) return fits;
  const folder = dirname(path);
  if (folder !== ownFolder()) return ok(undefined);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== "EEXIST") return err(`cannot make the folder ${folder} (${codeOf(error)})`);
  }
  return checkFolder(path);
}

/** An error where the socket lies in the temp folder and somebody else could have put it there. */
export function checkFolder(path: string): Result<void> {
  const folder = dirname(path);
  if (folder !== ownFolder()) return ok(undefined);
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return ok(undefined);
  const own = found.isDirectory() && (found.uid === userId() || userId() < 0) && (found.mode & 0o077) === 0;
  return own ? ok(undefined) : err(`${folder} is not a folder of yours alone (mode 0700): remove it, or use --socket`);
}

/** What a file system error is called. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}

function ownFolder(): string {
  return join(tmpdir(), userId() < 0 ? "teemem" : `teemem-${userId()}`);
}

function userId(): number {
  return process.getuid?.() ?? -1;
}
