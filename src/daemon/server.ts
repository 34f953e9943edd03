// The daemon: a core behind a Unix socket.
import { chmodSync, lstatSync, unlinkSync } from "node:fs";
import { createConnection, createServer, type Server as NetServer, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { err, ok, type Result } from "../base/result.ts";
import type { Core } from "../tee/core.ts";
import { FAULT } from "../wire/frames.ts";
import { createPeer, type Peer } from "./peer.ts";
import { codeOf, prepareFolder } from "./socket_file.ts";

/** A daemon that listens. */
export interface Daemon {
  readonly path: string;
  /** Clients that are connected, or whose calls have not returned yet. */
  readonly clients: number;
  /** Tells all clients, closes their sessions, and removes the socket. Waits two seconds at most for calls to return. */
  end(): Promise<void>;
}

const OWNER_ONLY = 0o600;
const PATIENCE_MS = 2000;
/** Bytes that wait for a subscriber before events are left out. */
const JAM_BYTES = 2 ** 20;

/** Serves a core on a socket that only this user can reach. Fails where another daemon answers, or anything else lies. */
export async function startDaemon(core: Core, path: string): Promise<Result<Daemon>> {
  const prepared = prepareFolder(path);
  if (!prepared.ok) return prepared;
  const free = await makeRoom(path);
  if (!free.ok) return free;
  const open = new Map<Peer, Socket>();
  const leaving = new Set<Promise<void>>();
  const server = createServer((socket) => {
    const peer = accept(core, socket);
    open.set(peer, socket);
    const closed = new Promise<void>((resolve) => void socket.once("close", () => resolve()));
    const left = closed
      .then(() => {
        open.delete(peer);
        return peer.gone();
      })
      .then(() => void leaving.delete(left));
    leaving.add(left);
  });
  const listening = await listen(server, path);
  if (!listening.ok) return listening;
  return ok({
    path,
    get clients() {
      return leaving.size;
    },
    async end() {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      for (const peer of open.keys()) peer.dismiss({ reason: FAULT.SHUTDOWN, text: "the daemon ends" });
      const patience = new AbortController();
      const late = delay(PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => {});
      await Promise.race([closed, late]);
      for (const socket of open.values()) socket.destroy();
      await closed;
      await Promise.race([Promise.all(leaving), late]);
      patience.abort();
    },
  });
}

function accept(core: Core, socket: Socket): Peer {
  const peer = createPeer(core, {
    send(bytes) {
      // Who does not read its answers is not read either.
      if (!socket.write(bytes)) socket.pause();
    },
    end: () => void socket.end(() => socket.destroySoon()),
    get jammed() {
      return socket.writableLength > JAM_BYTES;
    },
  });
  socket.on("data", (bytes) => peer.receive(bytes));
  socket.on("drain", () => socket.resume());
  // What goes wrong with a connection ends it, and `close` follows.
  socket.on("error", () => {});
  return peer;
}

/** Removes a socket that nobody listens on. */
async function makeRoom(path: string): Promise<Result<void>> {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return ok(undefined);
  if (!found.isSocket()) return err(`${path} is there and no socket: choose another with --socket`);
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

function listen(server: NetServer, path: string): Promise<Result<void>> {
  return new Promise((resolve) => {
    server.once("error", (error) => resolve(err(`cannot listen on ${path} (${codeOf(error)})`)));
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
