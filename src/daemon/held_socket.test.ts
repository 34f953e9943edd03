// Tests of held_socket.ts.
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createConnection } from "node:net";
import { expect, it } from "vitest";
import { bare, connect, socketPath } from "../../test/support/daemon.ts";
import { hello, system } from "../../test/support/daemon_system.ts";
import { FAULT } from "../wire/frames.ts";
import { createSplitter } from "../wire/splitter.ts";
import { holdSocket } from "./held_socket.ts";
import { connectDaemon } from "./remote_client.ts";
import { serveSocket } from "./server.ts";

async function hold(path = socketPath()) {
  const held = await holdSocket(path);
  if (!held.ok) throw new Error(held.error);
  return held.value;
}

it("a client that comes before there is a core waits for it, and is served", async () => {
  const held = await hold();
  const [first, second] = [connect(held.path), connect(held.path)];
  const { socket, rest } = await bare(held.path);
  // One says what is no hello, one is gone before anybody looks.
  socket.write("GET / HTTP/1.1\r\n\r\n");
  const gone = createConnection(held.path);
  await once(gone, "connect");
  gone.destroy();
  const { core, clean } = await system();
  const daemon = serveSocket(core, held);
  for (const coming of [first, second, connect(held.path)]) {
    const connection = await coming;
    expect(await hello(connection.client)).toBe(42);
    await connection[Symbol.asyncDispose]();
  }
  expect((await rest).length).toBeGreaterThan(0);
  await daemon.end();
  expect([daemon.clients, existsSync(held.path)]).toEqual([0, false]);
  clean();
});

it("a socket that is given up is gone, and so is who waited", async () => {
  const held = await hold();
  const waiting = connectDaemon(held.path);
  expect(await holdSocket(held.path)).toMatchObject({ ok: false, error: expect.stringContaining("another daemon") });
  const { rest } = await bare(held.path);
  await Promise.all([held.release("it could not start: no room"), held.release()]);
  const text = `the daemon on ${held.path} ended the connection: it could not start: no room`;
  expect(await waiting).toEqual({ ok: false, error: { absent: false, text } });
  expect(createSplitter().push(await rest)).toMatchObject([{ value: { kind: "fault", reason: FAULT.SHUTDOWN } }]);
  expect(existsSync(held.path)).toBe(false);
});

it("a client says once that it waits, and gives up in the end", async () => {
  const held = await hold();
  let slow = 0;
  const impatient = { most: 1100, answer: 1100, slow: () => void slow++ };
  const refused = await connectDaemon(held.path, impatient);
  expect(refused).toMatchObject({ ok: false, error: { text: expect.stringContaining("does not answer") } });
  expect(slow).toBe(1);
  const { core } = await system();
  const daemon = serveSocket(core, held);
  const connection = await connectDaemon(held.path, impatient);
  expect(connection.ok && (await connection.value[Symbol.asyncDispose]())).toBeUndefined();
  expect(slow).toBe(1);
  await daemon.end();
});

it.each([
  ["/nosuch/folder/tee.sock", "the folder /nosuch/folder"],
  [`/${"x".repeat(120)}`, "121 bytes"],
  ["/etc/passwd", "not a socket"],
])("no socket on %s", async (path, why) => {
  expect(await holdSocket(path)).toMatchObject({ ok: false, error: expect.stringContaining(why) });
});

it("a path that is too long is told to a client, too", async () => {
  const refused = await connectDaemon(`/${"x".repeat(5000)}`);
  expect(refused).toMatchObject({ ok: false, error: { absent: true, text: expect.stringMatching(/^.{0,120}$/) } });
});
