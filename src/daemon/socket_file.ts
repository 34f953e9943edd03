// The path of the socket, and whether it can be trusted.

import { lstatSync, mkdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { codeOf } from "../base/error_code.ts";
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
    `the socket's path has ${Buffer.byteLength(path)} bytes, but at most ${LONGEST_PATH} are possible: choose a shorter path`,
  );
}

/** Makes the folder of a default socket, for the user alone; the folder of any other socket must be there. */
export function prepareFolder(path: string): Result<void> {
  const fits = checkLength(path);
  if (!fits.ok) return fits;
  const folder = dirname(path);
  if (folder !== ownFolder()) return checkOwner(path);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== "EEXIST") return err(`cannot make the folder ${folder} (${codeOf(error)})`);
  }
  return checkFolder(path);
}

/** What of a file's status says whose it is. */
interface Owner {
  readonly uid: number;
  readonly mode: number;
}

/** How the owner of a file is found, and who asks: handed in by tests. */
interface Owners {
  /** Undefined if there is no such file. */
  readonly ownerOf: (path: string) => Owner | undefined;
  /** Below 0 where the system has no users. */
  readonly user: number;
}

const ROOT = 0;
const OTHERS_WRITE = 0o022;
const STICKY = 0o1000;

/**
 * An error where somebody else could have put a socket, or what lies there is somebody else's: its folder must be the user's
 * own or the system's, and what others can write must be sticky, as /tmp is; the socket itself must be the user's own.
 */
export function checkOwner(path: string, { ownerOf, user }: Owners = SYSTEM): Result<void> {
  if (user < 0) return ok(undefined);
  const folder = dirname(path);
  const [around, socket] = [ownerOf(folder), ownerOf(path)];
  if (around !== undefined) {
    if (around.uid !== user && around.uid !== ROOT)
      return err(`${folder} belongs to another user: choose a socket in a folder of your own`);
    if ((around.mode & OTHERS_WRITE) !== 0 && (around.mode & STICKY) === 0)
      return err(`other users can write to ${folder}: choose a socket in a folder of your own (mode 0700)`);
  }
  if (socket !== undefined && socket.uid !== user)
    return err(`${path} belongs to another user: choose a socket of your own`);
  return ok(undefined);
}

const SYSTEM: Owners = {
  ownerOf(path) {
    try {
      // Where links lead counts, not who made them.
      return statSync(path, { throwIfNoEntry: false });
    } catch {
      // What cannot be looked at cannot be connected with either, which says why.
      return undefined;
    }
  },
  user: userId(),
};

/** An error where the socket lies in the temp folder and somebody else could have put it there. */
export function checkFolder(path: string): Result<void> {
  const folder = dirname(path);
  if (folder !== ownFolder()) return checkOwner(path);
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return ok(undefined);
  const own = found.isDirectory() && (found.uid === userId() || userId() < 0) && (found.mode & 0o077) === 0;
  return own ? ok(undefined) : err(`${folder} must be your own folder with mode 0700: remove it, or use --socket`);
}

function ownFolder(): string {
  return join(tmpdir(), userId() < 0 ? "teemem" : `teemem-${userId()}`);
}

function userId(): number {
  return process.getuid?.() ?? -1;
}
