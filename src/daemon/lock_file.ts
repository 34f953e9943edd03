// A lock for a path: a file beside it, with the number of the process that has it.
import { linkSync, lstatSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { codeOf } from "../base/error_code.ts";
import { err, ok, type Result } from "../base/result.ts";

const WAIT_MS = 20;
/** Whoever has it for a socket needs milliseconds. */
const PATIENCE_MS = 10_000;

/** Why there is no lock: another process has it, or none can be made there. */
type LockFailure =
  | { readonly lock: string; readonly holder: string }
  | { readonly lock: string; readonly code: string };

/** Runs `work` while no other process does with a lock of the same path. */
export async function withLock<T>(path: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
  const taken = await takeLock(path, PATIENCE_MS);
  if (!taken.ok) {
    const { lock } = taken.error;
    if ("code" in taken.error) return err(`cannot make the lock ${lock} (${taken.error.code})`);
    return err(
      `process ${taken.error.holder} has the lock ${lock}: remove it unless that process is a 'teemem boot' that is starting`,
    );
  }
  try {
    return await work();
  } finally {
    taken.value();
  }
}

/**
 * Takes the lock of a path, and waits at most so many milliseconds where another process has it; that of a process that is no
 * more is taken over. The value gives it back.
 */
export async function takeLock(path: string, patience: number): Promise<Result<() => void, LockFailure>> {
  const lock = `${path}.lock`;
  const own = `${process.pid} ${Math.random().toString(36).slice(2)}`;
  const mine = `${lock}.${own.replace(" ", ".")}`;
  try {
    // It appears with its content: nobody reads a lock that is half written.
    writeFileSync(mine, own, { flag: "wx", mode: 0o600 });
    for (let waited = 0; ; ) {
      if (tryLink(mine, lock)) return ok(() => read(lock) === own && remove(lock));
      const other = read(lock);
      if (other !== null && !isAlive(other)) breakLock(lock, other, `${mine}.old`);
      else if (waited >= patience) return err({ lock, holder: other?.split(" ")[0] ?? "?" });
      else {
        await delay(WAIT_MS);
        waited += WAIT_MS;
      }
    }
  } catch (error) {
    return err({ lock, code: codeOf(error) });
  } finally {
    remove(mine);
  }
}

/** False if there is a lock already. */
function tryLink(mine: string, lock: string): boolean {
  try {
    linkSync(mine, lock);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Takes a dead process's lock away; one that another process has put in its place meanwhile goes back. */
function breakLock(lock: string, dead: string, aside: string): void {
  try {
    renameSync(lock, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  if (read(aside) !== dead) tryLink(aside, lock);
  remove(aside);
}

/** What a lock says; null if there is none. What is no file cannot be a lock of ours, and counts as a dead one's. */
function read(lock: string): string | null {
  try {
    return lstatSync(lock).isFile() ? readFileSync(lock, "utf8") : "";
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

/** Whether the process that a lock names runs. One of another user does, too. */
function isAlive(content: string): boolean {
  const pid = Number(content.split(" ")[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}
