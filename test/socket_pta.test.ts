// Tests of the socket pseudo TA over the network of this machine, called by a TA in TypeScript.
import { createSocket, type Socket as Datagrams } from "node:dgram";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { TEE } from "../src/abi/errors.ts";
import {
  IP_VERSION,
  SOCKET_BLOCKING,
  SOCKET_COMMAND,
  SOCKET_ERROR,
  SOCKET_IOCTL,
  SOCKET_PROTOCOL,
  SOCKET_UUID,
} from "../src/abi/pta_ids.ts";
import type { Reach } from "../src/node/network/reach.ts";
import { nodeSockets } from "../src/node/network/sockets.ts";
import { memrefIn, memrefInOut, memrefOut, type Param, params, valueIn, valueOut } from "../src/tee/kernel/params.ts";
import { openRelay } from "./support/relay_ta.ts";

const { OPEN, CLOSE, SEND, RECV, IOCTL } = SOCKET_COMMAND;
const { TCP, UDP } = SOCKET_PROTOCOL;
const text = (given: string): Uint8Array => new TextEncoder().encode(given);
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

/** Calls of a TA, with what they give. */
async function openTa(reach: Reach = "loopback", refused: (host: string) => void = () => {}) {
  const ta = await openRelay(SOCKET_UUID, { sockets: nodeSockets(reach, refused) });
  endings.push(ta.close);
  const sizeOf = (param: Param): number => (param.type === "memref" ? param.size : Number.NaN);
  const numbersOf = (param: Param): number => (param.type === "value" ? param.value.a : Number.NaN);
  return {
    ...ta,
    async open(protocol: number, port: number, host = "127.0.0.1", version: number = IP_VERSION.V4) {
      const handle = valueOut();
      const given = params(valueIn(version, port), memrefIn(text(`${host}\0`)), valueIn(protocol), handle);
      return { code: await ta.invoke(OPEN, given), handle: numbersOf(handle) };
    },
    async send(handle: number, data: Uint8Array, timeout = SOCKET_BLOCKING) {
      const sent = valueOut();
      return {
        code: await ta.invoke(SEND, params(valueIn(handle, timeout), memrefIn(data), sent)),
        sent: numbersOf(sent),
      };
    },
    async receive(handle: number, length: number, timeout = SOCKET_BLOCKING, signal?: AbortSignal) {
      const buffer = new Uint8Array(length);
      const into = memrefOut(buffer);
      const code = await ta.invoke(RECV, params(valueIn(handle, timeout), into), signal);
      return { code, size: sizeOf(into), data: Buffer.from(buffer.subarray(0, sizeOf(into))).toString() };
    },
    control: (handle: number, command: number, argument: Uint8Array) =>
      ta.invoke(IOCTL, params(valueIn(handle, command), memrefInOut(argument))),
    shut: (handle: number) => ta.invoke(CLOSE, params(valueIn(handle))),
  };
}

/** A server of the test's own; `met` gives the other end of the next connection. */
async function listen(): Promise<{ port: number; met: () => Promise<Socket>; server: Server }> {
  const server = createServer({ allowHalfOpen: true });
  const sockets: Socket[] = [];
  server.on("connection", (socket) => {
    sockets.push(socket.on("error", () => {}));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  endings.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const met = async (): Promise<Socket> => sockets[0] ?? ((await once(server, "connection")) as [Socket])[0];
  return { port: (server.address() as AddressInfo).port, met, server };
}

async function bind(): Promise<{ port: number; socket: Datagrams }> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  endings.push(() => socket.close());
  return { port: socket.address().port, socket };
}

describe("TCP of a TA", () => {
  it("sends and receives", async () => {
    const [ta, server] = [await openTa(), await listen()];
    const { code, handle } = await ta.open(TCP, server.port);
    expect(code).toBe(TEE.SUCCESS);
    const other = await server.met();
    expect(await ta.send(handle, text("hello"))).toEqual({ code: TEE.SUCCESS, sent: 5 });
    expect(String((await once(other, "data"))[0])).toBe("hello");
    other.write("good day");
    expect(await ta.receive(handle, 4)).toEqual({ code: TEE.SUCCESS, size: 4, data: "good" });
    expect(await ta.receive(handle, 100)).toEqual({ code: TEE.SUCCESS, size: 4, data: " day" });
    expect(await ta.shut(handle)).toBe(TEE.SUCCESS);
    expect(await ta.shut(handle)).toBe(TEE.BAD_PARAMETERS);
    await once(other, "end");
  });

  it("waits as long as it is told", async () => {
    const [ta, server] = [await openTa(), await listen()];
    const { handle } = await ta.open(TCP, server.port);
    expect((await ta.receive(handle, 4, 0)).code).toBe(SOCKET_ERROR.TIMEOUT);
    expect((await ta.receive(handle, 4, 20)).code).toBe(SOCKET_ERROR.TIMEOUT);
    const waiting = ta.receive(handle, 4, 60_000);
    (await server.met()).write("late");
    expect((await waiting).data).toBe("late");
  });

  it("says how much has come, without waiting, where it is given no room", async () => {
    const [ta, server] = [await openTa(), await listen()];
    const { handle } = await ta.open(TCP, server.port);
    expect(await ta.receive(handle, 0)).toMatchObject({ code: TEE.SUCCESS, size: 0 });
    const other = await server.met();
    other.write("abc");
    await expect.poll(async () => (await ta.receive(handle, 0)).size).toBe(3);
    expect((await ta.receive(handle, 9)).data).toBe("abc");
  });

  it("has nothing more to receive once the other side has closed, but can still send", async () => {
    const [ta, server] = [await openTa(), await listen()];
    const { handle } = await ta.open(TCP, server.port);
    const other = await server.met();
    other.end("bye");
    expect((await ta.receive(handle, 9)).data).toBe("bye");
    expect(await ta.receive(handle, 9)).toMatchObject({ code: TEE.SUCCESS, size: 0 });
    expect((await ta.send(handle, text("answer"))).code).toBe(TEE.SUCCESS);
    expect(String((await once(other, "data"))[0])).toBe("answer");
  });

  it("stops sending when nobody receives", async () => {
    const [ta, server] = [await openTa(), await listen()];
    const { handle } = await ta.open(TCP, server.port);
    const other = await server.met();
    other.pause();
    const piece = new Uint8Array(1 << 20).fill(1);
    let sent = 0;
    let last = await ta.send(handle, piece, 50);
    for (; last.code === TEE.SUCCESS && sent < 256 << 20; last = await ta.send(handle, piece, 50)) sent += last.sent;
    expect(last).toEqual({ code: SOCKET_ERROR.TIMEOUT, sent: 0 });
    // All that was sent arrives, and then there is room again.
    other.resume();
    let arrived = 0;
    other.on("data", (data) => {
      arrived += data.length;
    });
    await expect.poll(() => arrived, { timeout: 10_000 }).toBe(sent);
    expect((await ta.send(handle, piece, 1000)).code).toBe(TEE.SUCCESS);
  });

  it("ends a call that is cancelled", async () => {
    const [ta, server] = [await openTa(), await listen()];
    const { handle } = await ta.open(TCP, server.port);
    const cancel = new AbortController();
    const waiting = ta.receive(handle, 4, SOCKET_BLOCKING, cancel.signal);
    setTimeout(() => cancel.abort(), 10);
    expect((await waiting).code).toBe(TEE.CANCEL);
  });

  it("knows its commands and what they take", async () => {
    const [ta, server] = [await openTa(), await listen()];
    const { handle } = await ta.open(TCP, server.port);
    expect(await ta.control(handle, SOCKET_IOCTL.TCP_SET_RECVBUF, new Uint8Array(4))).toBe(TEE.SUCCESS);
    expect(await ta.control(handle, SOCKET_IOCTL.TCP_SET_SENDBUF, new Uint8Array(3))).toBe(TEE.BAD_PARAMETERS);
    expect(await ta.control(handle, SOCKET_IOCTL.UDP_CHANGEPORT, new Uint8Array(2))).toBe(TEE.NOT_SUPPORTED);
    expect(await ta.control(handle + 1, SOCKET_IOCTL.TCP_SET_RECVBUF, new Uint8Array(4))).toBe(TEE.BAD_PARAMETERS);
    expect((await ta.send(handle + 1, text("x"))).code).toBe(TEE.BAD_PARAMETERS);
    expect((await ta.receive(handle + 1, 1)).code).toBe(TEE.BAD_PARAMETERS);
    expect(await ta.invoke(6, params())).toBe(TEE.NOT_IMPLEMENTED);
    expect(await ta.invoke(CLOSE, params())).toBe(TEE.BAD_PARAMETERS);
  });

  it("closes its connections when the TA ends", async () => {
    const [ta, server] = [await openTa(), await listen()];
    await ta.open(TCP, server.port);
    await ta.open(TCP, server.port);
    const other = await server.met();
    const ended = once(other.resume(), "end");
    await ta.close();
    await ended;
    await expect.poll(() => new Promise((resolve) => server.server.getConnections((_, n) => resolve(n)))).toBe(2);
  });

  it("gives the lowest free handle", async () => {
    const [ta, server] = [await openTa(), await listen()];
    const open = async (): Promise<number> => (await ta.open(TCP, server.port)).handle;
    expect([await open(), await open(), await open()]).toEqual([0, 1, 2]);
    await ta.shut(1);
    expect(await open()).toBe(1);
  });
});

describe("UDP of a TA", () => {
  it("sends and receives datagrams", async () => {
    const [ta, { port, socket }] = [await openTa(), await bind()];
    const { code, handle } = await ta.open(UDP, port);
    expect(code).toBe(TEE.SUCCESS);
    expect(await ta.send(handle, text("hello"))).toEqual({ code: TEE.SUCCESS, sent: 5 });
    const [data, from] = (await once(socket, "message")) as [Buffer, AddressInfo];
    expect(String(data)).toBe("hello");
    socket.send("one", from.port);
    socket.send("three", from.port);
    expect((await ta.receive(handle, 100, 5000)).data).toBe("one");
    // What does not fit is lost, and its length is known.
    expect(await ta.receive(handle, 2, 5000)).toMatchObject({ code: TEE.SUCCESS, size: 5 });
    expect((await ta.receive(handle, 2, 20)).code).toBe(SOCKET_ERROR.TIMEOUT);
  });

  it("says how long the next datagram is", async () => {
    const [ta, { port, socket }] = [await openTa(), await bind()];
    const { handle } = await ta.open(UDP, port);
    await ta.send(handle, text("x"));
    const [, from] = (await once(socket, "message")) as [Buffer, AddressInfo];
    expect(await ta.receive(handle, 0)).toMatchObject({ code: TEE.SUCCESS, size: 0 });
    socket.send(new Uint8Array(5000), from.port);
    await expect.poll(async () => (await ta.receive(handle, 0)).size).toBe(4097);
    expect((await ta.receive(handle, 10)).size).toBe(4097);
  });

  it("changes its other end", async () => {
    const [ta, first, second] = [await openTa(), await bind(), await bind()];
    const { handle } = await ta.open(UDP, first.port);
    const port = Uint8Array.of(second.port & 0xff, second.port >> 8);
    expect(await ta.control(handle, SOCKET_IOCTL.UDP_CHANGEPORT, port)).toBe(TEE.SUCCESS);
    expect(await ta.control(handle, SOCKET_IOCTL.UDP_CHANGEADDR, text("localhost\0"))).toBe(TEE.SUCCESS);
    await ta.send(handle, text("there"));
    expect(String((await once(second.socket, "message"))[0])).toBe("there");
    expect(await ta.control(handle, SOCKET_IOCTL.UDP_CHANGEPORT, new Uint8Array(4))).toBe(TEE.BAD_PARAMETERS);
    expect(await ta.control(handle, SOCKET_IOCTL.UDP_CHANGEADDR, text("localhost"))).toBe(SOCKET_ERROR.HOSTNAME);
    expect(await ta.control(handle, SOCKET_IOCTL.TCP_SET_RECVBUF, new Uint8Array(4))).toBe(TEE.NOT_SUPPORTED);
  });
});

describe("the reach of TAs", () => {
  it("ends at this machine unless the user allows more", async () => {
    const refused: string[] = [];
    const ta = await openTa("loopback", (host) => refused.push(host));
    for (const protocol of [TCP, UDP]) {
      expect((await ta.open(protocol, 80, "192.0.2.1")).code).toBe(TEE.COMMUNICATION);
      expect((await ta.open(protocol, 80, "example.com")).code).toBe(SOCKET_ERROR.HOSTNAME);
      expect((await ta.open(protocol, 80, "::ffff:192.0.2.1", IP_VERSION.V6)).code).toBe(TEE.COMMUNICATION);
    }
    expect(refused.slice(0, 3)).toEqual(["192.0.2.1", "example.com", "::ffff:192.0.2.1"]);
  });

  it("stays there when UDP changes its other end", async () => {
    const [ta, { port }] = [await openTa(), await bind()];
    const { handle } = await ta.open(UDP, port);
    expect(await ta.control(handle, SOCKET_IOCTL.UDP_CHANGEADDR, text("192.0.2.1\0"))).toBe(TEE.COMMUNICATION);
    expect(await ta.control(handle, SOCKET_IOCTL.UDP_CHANGEADDR, text("example.com\0"))).toBe(SOCKET_ERROR.HOSTNAME);
  });

  it("has names and versions of its own", async () => {
    const [ta, server] = [await openTa(), await listen()];
    expect((await ta.open(TCP, server.port, "localhost", IP_VERSION.DONT_CARE)).code).toBe(TEE.SUCCESS);
    // The address of no interface is this machine's.
    expect((await ta.open(TCP, server.port, "0.0.0.0", IP_VERSION.DONT_CARE)).code).toBe(TEE.SUCCESS);
    expect((await ta.open(TCP, server.port, "127.0.0.1", 3)).code).toBe(TEE.BAD_PARAMETERS);
    expect((await ta.open(0x67, server.port)).code).toBe(TEE.BAD_PARAMETERS);
    server.server.close();
    const { port } = await listen().then(async (other) => {
      other.server.close();
      await once(other.server, "close");
      return other;
    });
    expect((await ta.open(TCP, port)).code).toBe(TEE.COMMUNICATION);
  });

  it("is nothing at all where the system has no network", async () => {
    const ta = await openRelay(SOCKET_UUID);
    const given = params(valueIn(1, 80), memrefIn(text("127.0.0.1\0")), valueIn(TCP), valueOut());
    expect(await ta.invoke(OPEN, given)).toBe(TEE.COMMUNICATION);
  });
});
