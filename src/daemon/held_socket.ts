// A daemon's socket before there is a daemon: it loads little, so that a program that starts can be found at once.
import { createServer, type Socket } from "node:net";
import { ok, type Result } from "../base/result.ts";
import { listen, makeRoom } from "./listen.ts";
import { prepareFolder } from "./socket_file.ts";

/** A socket that somebody listens on. Who connects before `serve` waits, unread. */
export interface HeldSocket {
  readonly path: string;
  /** Hands over whoever waits, and from then on whoever comes. */
  serve(accept: (socket: Socket) => void): void;
  /** Removes the socket, and ends who still waits. Resolves when every connection has ended. */
  release(): Promise<void>;
}

/** Listens on a socket that only this user can reach. Fails where another daemon answers, or anything else lies. */
export async function holdSocket(path: string): Promise<Result<HeldSocket>> {
  const prepared = prepareFolder(path);
  if (!prepared.ok) return prepared;
  const free = await makeRoom(path);
  if (!free.ok) return free;
  const waiting = new Set<Socket>();
  let accept = (socket: Socket): void => {
    waiting.add(socket);
    socket.once("close", () => waiting.delete(socket));
    // Who gives up waiting is no matter.
    socket.on("error", () => {});
  };
  const server = createServer({ pauseOnConnect: true }, (socket) => accept(socket));
  const listening = await listen(server, path);
  if (!listening.ok) return listening;
  let released: Promise<void> | null = null;
  return ok({
    path,
    serve(to) {
      accept = (socket) => {
        to(socket);
        socket.resume();
      };
      const first = [...waiting];
      waiting.clear();
      first.forEach(accept);
    },
    release() {
      released ??= new Promise<void>((resolve) => void server.close(() => resolve()));
      for (const socket of waiting) socket.destroy();
      return released;
    },
  });
}
