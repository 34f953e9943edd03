// tcp://[USER@]HOST:PORT: a console behind a socket, of QEMU or of a terminal server.
import { connect, type Socket } from "node:net";
import { err, ok, type Result } from "../../../base/result.ts";
import type { Channel } from "./channel.ts";
import type { Opener } from "./opener.ts";
import { createTelnet } from "./telnet.ts";

const CONNECT_WAIT = 10_000;

export function tcpOpener(where: string): Result<Opener> {
  const match = /^(?:\/\/)?(?:([^@\s/]+)@)?(\[[\da-fA-F:.]+\]|[^\s:/@[\]]+):(\d{1,5})\/?$/.exec(where);
  const port = Number(match?.[3]);
  if (match === null || port > 65_535) return err("expected tcp://[USER@]HOST:PORT");
  const host = (match[2] ?? "").replace(/^\[|\]$/g, "");
  return ok({
    patience: 60_000,
    consoles: true,
    user: match[1] ?? "",
    open: () => tcpChannel(host, port),
    async [Symbol.asyncDispose]() {},
  });
}

async function tcpChannel(host: string, port: number): Promise<Result<Channel>> {
  const name = `${host}:${port}`;
  const socket = connect({ host, port, keepAlive: true, noDelay: true, timeout: CONNECT_WAIT });
  const failed = await new Promise<string>((resolve) => {
    socket.once("connect", () => resolve(""));
    socket.once("timeout", () => resolve("ETIMEDOUT"));
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
  socket.setTimeout(0);
  if (failed === "") return ok(channelOf(socket, name));
  socket.destroy();
  return err(`cannot connect to ${name}: ${REASONS[failed] ?? failed}`);
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there; check the port, and that the machine or terminal server runs",
  ENOTFOUND: "there is no such host; check the name, or give its address",
  EAI_AGAIN: "the name cannot be looked up now; give its address",
  ETIMEDOUT: "it does not answer; check the address and the network",
  EHOSTUNREACH: "there is no way to it; check the network and the address",
  ENETUNREACH: "there is no way to it; check the network and the address",
};

function channelOf(socket: Socket, name: string): Channel {
  const telnet = createTelnet();
  let ended = "";
  socket.on("error", (error: NodeJS.ErrnoException) => {
    ended = `the connection to ${name} broke off (${error.code ?? error.message})`;
  });
  socket.on("close", () => {
    ended ||= `${name} closed the connection; a console takes one client at a time`;
  });
  async function* incoming(): AsyncGenerator<Uint8Array> {
    for await (const chunk of socket) {
      const { data, reply } = telnet.take(chunk as Uint8Array);
      if (reply.length > 0) socket.write(reply);
      if (data.length > 0) yield data;
    }
  }
  return {
    terminal: true,
    incoming: incoming(),
    get ended() {
      return ended;
    },
    async write(data) {
      if (ended !== "" || socket.destroyed) return err(ended || `the connection to ${name} is closed`);
      const failed = await new Promise<unknown>((resolve) => socket.write(telnet.escaped(data), resolve));
      return failed ? err(ended || `the connection to ${name} broke off`) : ok(undefined);
    },
    async [Symbol.asyncDispose]() {
      ended ||= "closed";
      socket.end();
      socket.destroySoon();
    },
  };
}
