// The daemon: a core behind a Unix socket.
import type { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { ok, type Result } from "../base/result.ts";
import type { Core } from "../tee/kernel/core.ts";
import { createSiteBook, type SiteBook } from "../tee/monitor/site_book.ts";
import { FAULT } from "../wire/frames.ts";
import { type HeldSocket, holdSocket } from "./held_socket.ts";
import { createPeer, type Peer } from "./peer.ts";

/** A daemon that listens. */
export interface Daemon {
  readonly path: string;
  /** Clients that are connected, or whose calls have not returned yet. */
  readonly clients: number;
  /** Tells all clients, closes their sessions, and removes the socket. Waits two seconds at most for calls to return. */
  end(): Promise<void>;
}

const PATIENCE_MS = 2000;
/** Bytes that wait for a subscriber before events are left out. */
const JAM_BYTES = 2 ** 20;

/** Serves a core on a socket that only this user can reach. Fails where another daemon answers, or anything else lies. */
export async function startDaemon(core: Core, path: string): Promise<Result<Daemon>> {
  const held = await holdSocket(path);
  return held.ok ? ok(serveSocket(core, held.value)) : held;
}

/** Serves a core on a socket that is held, and whoever waits there. */
export function serveSocket(core: Core, held: HeldSocket): Daemon {
  const open = new Map<Peer, Socket>();
  const leaving = new Set<Promise<void>>();
  // Kept from the first call on, so that later subscribers receive the call sites of live blocks.
  const book = createSiteBook(core);
  held.serve((socket) => {
    const peer = accept(core, book, socket);
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
  return {
    path: held.path,
    get clients() {
      return leaving.size;
    },
    async end() {
      const closed = held.release();
      for (const peer of open.keys()) peer.dismiss({ reason: FAULT.SHUTDOWN, text: "the daemon ends" });
      const patience = new AbortController();
      const late = delay(PATIENCE_MS, undefined, { signal: patience.signal }).catch(() => {});
      await Promise.race([closed, late]);
      for (const socket of open.values()) socket.destroy();
      await closed;
      await Promise.race([Promise.all(leaving), late]);
      patience.abort();
      book.close();
    },
  };
}

function accept(core: Core, book: SiteBook, socket: Socket): Peer {
  let corked = false;
  const peer = createPeer(core, book, {
    send(bytes) {
      // What happens at once goes in one write: a call has dozens of events.
      if (!corked) {
        corked = true;
        socket.cork();
        process.nextTick(() => {
          corked = false;
          socket.uncork();
        });
      }
      // A client that does not read its replies is not read either.
      if (!socket.write(bytes)) socket.pause();
    },
    end() {
      socket.end(() => socket.destroySoon());
      // A client that does not even read the reason for the end does not keep its sessions.
      setTimeout(() => socket.destroy(), PATIENCE_MS).unref();
    },
    get jammed() {
      return socket.writableLength > JAM_BYTES;
    },
  });
  socket.on("data", (bytes) => peer.receive(bytes));
  socket.on("drain", () => {
    socket.resume();
    peer.drained();
  });
  // What goes wrong with a connection ends it, and `close` follows.
  socket.on("error", () => {});
  return peer;
}
