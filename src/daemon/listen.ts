// Making the socket of a daemon.
import { chmodSync, existsSync, lstatSync, unlinkSync } from "node:fs";
import { createConnection, type Server } from "node:net";
import { dirname } from "node:path";
import { err, ok, type Result } from "../base/result.ts";
import { codeOf } from "./socket_file.ts";

const OWNER_ONLY = 0o600;

/** Removes a socket that nobody listens on. */
export async function makeRoom(path: string): Promise<Result<void>> {
  const found = kindOf(path);
  if (!found.ok) return found;
  if (found.value === "nothing") return ok(undefined);
  if (found.value !== "socket") return err(`${path} is there and no socket: choose another with --socket`);
  const answer = await knock(path);
  if (answer === "") return err(`another daemon listens on ${path}: end it, or choose another with --socket`);
  if (answer !== "ECONNREFUSED" && answer !== "ENOENT") return err(`cannot use the socket ${path} (${answer})`);
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") return err(`cannot remove the old socket ${path} (${codeOf(error)})`);
  }
  return ok(undefined);
}

function kindOf(path: string): Result<"nothing" | "socket" | "other"> {
  try {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined) return ok("nothing");
    return ok(found.isSocket() ? "socket" : "other");
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

/** Listens on a socket that only this user can open. */
export function listen(server: Server, path: string): Promise<Result<void>> {
  return new Promise((resolve) => {
    server.once("error", (error) => resolve(err(refusal(path, codeOf(error)))));
    // The file is made within this call: nobody can open it before its mode is right.
    const mask = process.umask(0o177);
    try {
      server.listen(path, () => {
        chmodSync(path, OWNER_ONLY);
        resolve(ok(undefined));
      });
    } finally {
      process.umask(mask);
    }
  });
}

/** Node says EACCES also where the folder is missing. */
function refusal(path: string, code: string): string {
  const folder = dirname(path);
  const why = code === "EACCES" && !existsSync(folder) ? `there is no folder ${folder}` : code;
  return `cannot listen on ${path} (${why}): choose another with --socket`;
}
