// A daemon's socket before there is a daemon: it loads little, so that a program that starts can be found at once.
import { createServer, type Socket } from "node:net";
import { setImmediate } from "node:timers/promises";
import { ok, type Result } from "../base/result.ts";
import { encodeFrame } from "../wire/codec.ts";
import { FAULT } from "../wire/frames.ts";
import { claimSocket, removeSocket } from "./listen.ts";
import { prepareFolder } from "./socket_file.ts";

/** A socket with a listener. Clients that connect before `serve` wait, unread. */
export interface HeldSocket {
  readonly path: string;
  /** Hands over whoever waits, and from then on whoever comes. */
  serve(accept: (socket: Socket) => void): void;
  /** Removes the socket, and ends the waiting clients with the reason `why`. Resolves when every connection has ended. */
  release(why?: string): Promise<void>;
}

/** Milliseconds for one that waits to take the answer. */
const PATIENCE_MS = 500;

/** Tells a client that nobody has read why its connection ends. */
function dismiss(socket: Socket, text: string): void {
  // Its hello is read, and not answered.
  socket.resume();
  socket.end(encodeFrame({ kind: "fault", tag: 0, reason: FAULT.SHUTDOWN, text }), () => socket.destroy());
  setTimeout(() => socket.destroy(), PATIENCE_MS).unref();
}

/** Listens on a socket that only this user can reach. Fails where another daemon answers, or anything else lies. */
export async function holdSocket(path: string): Promise<Result<HeldSocket>> {
  const prepared = prepareFolder(path);
  if (!prepared.ok) return prepared;
  const waiting = new Set<Socket>();
  let accept = (socket: Socket): void => {
    waiting.add(socket);
    socket.once("close", () => waiting.delete(socket));
    // A client that gives up waiting needs no answer.
    socket.on("error", () => {});
  };
  const server = createServer({ pauseOnConnect: true }, (socket) => accept(socket));
  const claimed = await claimSocket(server, path);
  if (!claimed.ok) return claimed;
  const id = claimed.value;
  let released: Promise<void> | null = null;
  let served = false;
  async function end(why: string): Promise<void> {
    // Clients that have connected unnoticed are notified, too: the second turn begins with a look at the sockets.
    for (let turn = 0; turn < 2 && !served; turn++) await setImmediate();
    await removeSocket(path, id);
    const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
    for (const socket of waiting) dismiss(socket, why);
    await closed;
  }
  return ok({
    path,
    serve(to) {
      served = true;
      accept = (socket) => {
        to(socket);
        socket.resume();
      };
      const first = [...waiting];
      waiting.clear();
      first.forEach(accept);
    },
    release(why = "it has ended") {
      released ??= end(why);
      return released;
    },
  });
}
