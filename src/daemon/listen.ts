// Making the socket of a daemon, and taking it away.
import { existsSync, linkSync, lstatSync, renameSync, unlinkSync } from "node:fs";
import { createConnection, type Server } from "node:net";
import { basename, dirname, join } from "node:path";
import { codeOf } from "../base/error_code.ts";
import { err, ok, type Result } from "../base/result.ts";
import { withLock } from "./lock_file.ts";

/** Which file a socket is: another one can have its path later. */
interface SocketId {
  readonly dev: number;
  readonly ino: number;
}

/** File systems without hard links. */
const NO_LINKS: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);
const TRIES = 50;

/**
 * Listens on a socket that only this user can open, in place of one that nobody listens on. Of several daemons that begin at
 * the same moment one gets it.
 */
export async function claimSocket(server: Server, path: string): Promise<Result<SocketId>> {
  const found = hasSocket(path);
  if (!found.ok) return found;
  if (!existsSync(dirname(path))) return err(refusal(path, "ENOENT"));
  return withLock(path, async () => {
    const free = await makeRoom(path);
    return free.ok ? listen(server, path) : free;
  });
}

/** Takes a socket away that is ours; one of another daemon on the same path stays. */
export async function removeSocket(path: string, { dev, ino }: SocketId): Promise<void> {
  const remove = async (): Promise<Result<void>> => {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found?.dev === dev && found.ino === ino) unlinkSync(path);
    return ok(undefined);
  };
  const removed = await withLock(path, remove);
  // Without a lock, in a folder that cannot be written any more, it cannot be removed either.
  if (!removed.ok) await remove().catch(() => {});
}

/** Removes a socket that nobody listens on. */
async function makeRoom(path: string): Promise<Result<void>> {
  const there = hasSocket(path);
  if (!there.ok) return there;
  if (!there.value) return ok(undefined);
  const answer = await knock(path);
  if (answer === "") return err(`another daemon listens on ${path}: end it, or choose another socket with --socket`);
  if (answer !== "ECONNREFUSED" && answer !== "ENOENT") return err(`cannot use the socket ${path} (${answer})`);
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") return err(`cannot remove the old socket ${path} (${codeOf(error)})`);
  }
  return ok(undefined);
}

/** Whether there is a socket; anything else in its place is an error. */
function hasSocket(path: string): Result<boolean> {
  try {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined || found.isSocket()) return ok(found !== undefined);
    return err(`${path} exists and is not a socket: choose another path with --socket`);
  } catch (error) {
    return err(refusal(path, codeOf(error)));
  }
}

/** Empty if somebody accepts, else the name of the error. */
function knock(path: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve("");
    });
    socket.once("error", (error) => resolve(codeOf(error)));
  });
}

/**
 * First under a hidden name, which then gets the path: so it has its mode and is listened on when it appears, and
 * Node, which removes what it bound, removes nothing else.
 */
async function listen(server: Server, path: string): Promise<Result<SocketId>> {
  for (let tries = 0; tries < TRIES; tries++) {
    const hidden = join(dirname(path), hiddenName(basename(path)));
    const code = await bind(server, hidden);
    if (code === "EADDRINUSE") continue;
    if (code !== "") return err(refusal(path, code));
    try {
      const { dev, ino } = lstatSync(hidden);
      moveSocket(hidden, path);
      return ok({ dev, ino });
    } catch (error) {
      server.close();
      return err(refusal(path, codeOf(error)));
    }
  }
  return err(refusal(path, "EADDRINUSE"));
}

/** No longer than the name it stands for, as the path of a socket has a limit. */
function hiddenName(name: string): string {
  const random = Math.random().toString(36).slice(2);
  return `.${random}`.slice(0, Math.min(12, Math.max(2, Buffer.byteLength(name))));
}

/** Empty if it listens, else the name of the error. */
function bind(server: Server, path: string): Promise<string> {
  return new Promise((resolve) => {
    const failed = (error: Error): void => resolve(codeOf(error));
    server.once("error", failed);
    // The file is made within this call: nobody can open it before its mode is right.
    const mask = process.umask(0o177);
    try {
      server.listen(path, () => {
        server.off("error", failed);
        resolve("");
      });
    } finally {
      process.umask(mask);
    }
  });
}

/** Never over another file where the file system has hard links. */
function moveSocket(from: string, to: string): void {
  try {
    linkSync(from, to);
    unlinkSync(from);
  } catch (error) {
    if (!NO_LINKS.has(codeOf(error))) throw error;
    renameSync(from, to);
  }
}

function refusal(path: string, code: string): string {
  const folder = dirname(path);
  if (code === "EEXIST") return `another daemon listens on ${path}: end it, or choose another socket with --socket`;
  // Node says EACCES also where the folder is missing.
  const why =
    (code === "EACCES" || code === "ENOENT") && !existsSync(folder) ? `the folder ${folder} does not exist` : code;
  return `cannot listen on ${path} (${why}): choose another path with --socket`;
}
