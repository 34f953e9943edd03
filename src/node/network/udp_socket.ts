// A UDP socket of a TA, connected with one other end at a time.
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { SOCKET_IOCTL } from "../../abi/pta_ids.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { HostSocket, SocketFailure, SocketWait } from "../../tee/kernel/host/socket_service.ts";
import { type Address, addressesOf, type Reach } from "./reach.ts";
import { turn, waitFor } from "./waiting.ts";

/** Bytes that wait to be received at most, as Linux has them; further datagrams are lost. */
const QUEUE = 212992;
/** Bytes of a datagram that are looked ahead at most. */
const PEEK = 4096;

/** Connects with the first address that the system has a way to. */
export async function connectUdp(
  addresses: readonly Address[],
  port: number,
  reach: Reach,
): Promise<Result<HostSocket, SocketFailure>> {
  for (const { address, family } of addresses) {
    const socket = createSocket(family === 6 ? "udp6" : "udp4");
    if (await connectWith(socket, port, address)) return ok(udpSocket(socket, family, { address, port }, reach));
    socket.close();
  }
  return err("unreachable");
}

interface Other {
  readonly address: string;
  readonly port: number;
}

function udpSocket(socket: Socket, family: 4 | 6, first: Other, reach: Reach): HostSocket {
  let other = first;
  let failed = false;
  const queue: Uint8Array[] = [];
  let queued = 0;
  socket.on("message", (data) => {
    if (queued + data.length > QUEUE) return;
    queue.push(data);
    queued += data.length;
  });
  socket.on("error", () => {
    failed = true;
  });
  const wasFailed = (): boolean => {
    const was = failed;
    failed = false;
    return was;
  };
  const reconnect = async (next: Other): Promise<Result<void, SocketFailure>> => {
    socket.disconnect();
    if (!(await connectWith(socket, next.port, next.address))) return err("unreachable");
    other = next;
    return ok(undefined);
  };
  return {
    async send(data) {
      if (wasFailed()) return err("broken");
      const sent = new Promise<boolean>((resolve) => socket.send(data.slice(), (error) => resolve(!error)));
      return (await sent) ? ok(data.length) : err("broken");
    },
    async receive(into, patience: SocketWait) {
      if (into.length === 0) {
        await turn();
        return wasFailed() ? err("broken") : ok(Math.min(queue[0]?.length ?? 0, PEEK + 1));
      }
      if (!(await waitFor(socket, ["message", "error"], () => failed || queue.length > 0, patience)))
        return err(patience.signal?.aborted ? "cancelled" : "timeout");
      const data = queue.shift();
      if (data === undefined) return wasFailed() ? err("broken") : err("timeout");
      queued -= data.length;
      into.set(data.subarray(0, into.length));
      // A datagram that did not fit is known as far as it was looked at.
      return ok(Math.min(data.length, Math.max(into.length, PEEK) + 1));
    },
    async control(command, argument) {
      if (command === SOCKET_IOCTL.UDP_CHANGEPORT) {
        if (argument.length !== 2) return err("argument");
        const [low = 0, high = 0] = argument;
        return reconnect({ ...other, port: high * 256 + low });
      }
      if (command !== SOCKET_IOCTL.UDP_CHANGEADDR) return err("unknown");
      if (argument.at(-1) !== 0) return err("hostname");
      const name = new TextDecoder().decode(argument.slice(0, argument.indexOf(0)));
      const found = await addressesOf(name, family, reach);
      if (!found.ok) return found;
      const [next] = found.value;
      return next === undefined ? err("hostname") : reconnect({ ...other, address: next.address });
    },
    async close() {
      socket.close();
    },
  };
}

async function connectWith(socket: Socket, port: number, address: string): Promise<boolean> {
  try {
    const connected = once(socket, "connect");
    socket.connect(port, address);
    await connected;
    return true;
  } catch {
    return false;
  }
}
