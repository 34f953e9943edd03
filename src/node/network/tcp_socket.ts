// A TCP connection of a TA.
import { once } from "node:events";
import { createConnection, type Socket } from "node:net";
import { SOCKET_IOCTL } from "../../abi/pta_ids.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { HostSocket, SocketFailure, SocketWait } from "../../tee/kernel/host/socket_service.ts";
import type { Address } from "./reach.ts";
import { turn, waitFor } from "./waiting.ts";

/** Bytes that are looked ahead at most. */
const PEEK = 4096;

/** Connects with the first address that answers. */
export async function connectTcp(
  addresses: readonly Address[],
  port: number,
): Promise<Result<HostSocket, SocketFailure>> {
  let why: SocketFailure = "unreachable";
  for (const { address: host, family } of addresses) {
    const socket = createConnection({ host, port, family, allowHalfOpen: true });
    try {
      await once(socket, "connect");
      return ok(tcpSocket(socket));
    } catch (error) {
      why = (error as NodeJS.ErrnoException).code === "ETIMEDOUT" ? "timeout" : "unreachable";
      socket.destroy();
    }
  }
  return err(why);
}

function tcpSocket(socket: Socket): HostSocket {
  let sending = false;
  let broken = false;
  socket.on("error", () => {
    broken = true;
  });
  // Reading begins at once, into the socket's own buffer.
  socket.on("readable", () => {});
  const over = ({ signal }: SocketWait): Result<never, SocketFailure> => err(signal?.aborted ? "cancelled" : "timeout");
  return {
    async send(data, patience) {
      // What the system has no room for waits here, one piece at a time.
      const room = (): boolean => broken || !sending;
      if (!(await waitFor(socket, ["written", "error"], room, patience))) return over(patience);
      if (broken || socket.destroyed) return err("broken");
      sending = true;
      socket.write(data.slice(), () => {
        sending = false;
        socket.emit("written");
      });
      return ok(data.length);
    },
    async receive(into, patience) {
      if (into.length === 0) {
        await turn();
        return broken ? err("broken") : ok(Math.min(socket.readableLength, PEEK));
      }
      const ready = (): boolean => broken || socket.readableLength > 0 || socket.readableEnded;
      if (!(await waitFor(socket, ["readable", "end", "error"], ready, patience))) return over(patience);
      const data: Uint8Array | null = socket.read(Math.min(socket.readableLength, into.length));
      if (data === null) return broken ? err("broken") : ok(0);
      into.set(data);
      return ok(data.length);
    },
    async control(command, argument) {
      const { TCP_SET_RECVBUF, TCP_SET_SENDBUF } = SOCKET_IOCTL;
      if (command !== TCP_SET_RECVBUF && command !== TCP_SET_SENDBUF) return err("unknown");
      // A wish, which Node.js cannot pass on.
      return argument.length < 4 ? err("argument") : ok(undefined);
    },
    async close() {
      socket.destroySoon();
      socket.unref();
    },
  };
}
