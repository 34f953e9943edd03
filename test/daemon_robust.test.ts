// Tests of a daemon with garbage, limits and lost clients.
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createConnection } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TEE } from "../src/abi/errors.ts";
import { createPeer } from "../src/daemon/peer.ts";
import { askMemleak } from "../src/source/client/stats_client.ts";
import { HELLO_WORLD_UUID } from "../src/tee/apps/hello_world.ts";
import { params } from "../src/tee/kernel/params.ts";
import { createSiteBook } from "../src/tee/monitor/site_book.ts";
import { encodeFrame } from "../src/wire/codec.ts";
import { FAULT, FRAMES, type Frame } from "../src/wire/frames.ts";
import { LIMITS, MAGIC } from "../src/wire/limits.ts";
import { createSplitter } from "../src/wire/splitter.ts";
import { NO_PARAMS } from "../src/wire/wire_params.ts";
import { bare, bootChild, connect, serve, until } from "./support/daemon.ts";
import { app, gated, hello, SHARED, system, UUID } from "./support/daemon_system.ts";

const HELLO = encodeFrame({ kind: "hello", tag: 0, magic: MAGIC, version: 1 });
const OPEN = encodeFrame({ kind: "open", tag: 1, uuid: HELLO_WORLD_UUID, params: NO_PARAMS });
const INVOKE = encodeFrame({ kind: "invoke", tag: 2, session: 1, command: 0, params: NO_PARAMS });
/** A frame of a kind that there is not. */
const BAD = Uint8Array.of(8, 0, 0, 0, 0x77, 0, 0, 0, 0, 0, 0, 0);

describe("garbage", () => {
  it("ends its client alone, wherever the stream is cut", async () => {
    const { core, clean } = await system();
    const daemon = await serve(core);
    const good = await connect(daemon.path);
    const stream = Buffer.concat([HELLO, OPEN, INVOKE, BAD, OPEN]);
    for (let cut = 1; cut < stream.length; cut++) {
      const { socket, rest } = await bare(daemon.path);
      socket.write(stream.subarray(0, cut));
      // The second half comes after the daemon has seen the first.
      await hello(good.client);
      socket.write(stream.subarray(cut));
      const frames = createSplitter().push(await rest);
      const last = frames.at(-1);
      expect(last, `cut at ${cut}`).toMatchObject({ ok: true, value: { kind: "fault", reason: FAULT.MALFORMED } });
      // What came before the bad frame is answered or not; nothing behind it is.
      expect(frames.length).toBeLessThanOrEqual(4);
    }
    expect(await hello(good.client)).toBe(42);
    await until(() => daemon.clients === 1);
    await daemon.end();
    clean();
  });

  it("of any kind behind a hello throws nothing and leaves nothing", async () => {
    const { core, clean } = await system();
    const book = createSiteBook(core);
    const codes = Object.values(FRAMES).map(({ code }) => code);
    const chunk = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      // Frames with the right length and kind, and anything in them.
      fc.record({ code: fc.constantFrom(...codes), body: fc.uint8Array({ maxLength: 60 }) }).map(({ code, body }) => {
        const length = Buffer.alloc(4);
        length.writeUInt32LE(8 + body.length);
        return Uint8Array.of(...length, code, 0, 0, 0, 1, 0, 0, 0, ...body);
      }),
      fc.constantFrom(OPEN, INVOKE, HELLO),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(chunk, { maxLength: 6 }), fc.nat(), async (chunks, at) => {
        const sent: Uint8Array[] = [];
        const way = { send: (bytes: Uint8Array) => void sent.push(bytes), end() {}, jammed: false };
        const peer = createPeer(core, book, way);
        const stream = Buffer.concat([HELLO, ...chunks]);
        const cut = at % (stream.length + 1);
        peer.receive(stream.subarray(0, cut));
        peer.receive(stream.subarray(cut));
        await peer.gone();
        // Every answer is one that a client can read.
        const frames = createSplitter().push(Buffer.concat(sent));
        expect(frames.every(({ ok }) => ok)).toBe(true);
      }),
      { numRuns: 300 },
    );
    book.close();
    clean();
  });

  it("frames as large as allowed are answered, and larger ones refused before they come", async () => {
    const { core, clean } = await system(app({ flags: SHARED }));
    const daemon = await serve(core);
    // The core heap lists the pages of a buffer: four of the largest have no room there.
    const full = new Uint8Array(LIMITS.memref / 4);
    const { client } = await connect(daemon.path);
    const { session } = await client.open(UUID);
    const memref = { type: "memref", direction: "inout", buffer: full, size: full.length } as const;
    const four = params({ ...memref }, { ...memref }, { ...memref }, { ...memref });
    for (let n = 0; n < 3; n++) expect((await client.invoke(session, 0, four)).code).toBe(TEE.SUCCESS);
    const { socket, rest } = await bare(daemon.path);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(LIMITS.frame + 1);
    socket.write(Buffer.concat([HELLO, length]));
    expect(
      createSplitter()
        .push(await rest)
        .at(-1),
    ).toMatchObject({ value: { kind: "fault", reason: FAULT.TOO_LARGE } });
    // One that promises a frame and never sends it costs nobody anything.
    length.writeUInt32LE(LIMITS.frame);
    const slow = await bare(daemon.path);
    slow.socket.write(Buffer.concat([HELLO, length, full]));
    expect((await client.invoke(session, 0, params())).code).toBe(TEE.SUCCESS);
    await daemon.end();
    await slow.rest;
    clean();
  });
});

describe("many clients", () => {
  it("200 that go in the middle of their calls leave nothing", async () => {
    const gate = gated();
    const { core, clean } = await system(gate.app);
    const daemon = await serve(core);
    const clients = await Promise.all(Array.from({ length: 200 }, () => connect(daemon.path)));
    const sessions: number[] = [];
    // Each has a session of its own, as far as the core heap goes.
    for (const { client } of clients) sessions.push((await client.open(UUID)).session);
    const inside = clients.filter((_, n) => sessions[n] !== 0);
    expect(inside.length).toBeGreaterThan(100);
    await Promise.all(clients.filter((_, n) => sessions[n] === 0).map((one) => one[Symbol.asyncDispose]()));
    const calls = inside.map(({ client }, n) => client.invoke(sessions[n] ?? 0, 0, params()));
    await until(() => gate.inside() === 1);
    // A socket that is closed with calls unanswered: for the daemon the same as a client that was killed.
    await Promise.all(inside.map((connection) => connection[Symbol.asyncDispose]()));
    expect([daemon.clients, gate.inside()]).toEqual([inside.length, 1]);
    gate.open();
    const codes = new Set((await Promise.all(calls)).map(({ code }) => code));
    expect([...codes].every((code) => [TEE.SUCCESS, TEE.COMMUNICATION].includes(code as 0))).toBe(true);
    await until(() => daemon.clients === 0);
    clean(1);
    await daemon.end();
  });

  it("10,000 open and close over the socket: the core heap is as it was", async () => {
    const { core, clean } = await system();
    const daemon = await serve(core);
    const { client } = await connect(daemon.path);
    let before = -1;
    for (let n = 0; n < 10_000; n++) {
      const { session, code } = await client.open(HELLO_WORLD_UUID);
      if (code !== TEE.SUCCESS) throw new Error(`round ${n}: 0x${code.toString(16)}`);
      await client.close(session);
      if (before < 0) before = core.heap.heap.allocated;
      if (core.heap.heap.allocated !== before) throw new Error(`round ${n} leaks`);
    }
    await daemon.end();
    clean();
  });

  it("1,000 that connect and go at once are forgotten", async () => {
    const { core, clean } = await system();
    const daemon = await serve(core);
    for (let n = 0; n < 1000; n++) {
      const socket = createConnection(daemon.path);
      await once(socket, "connect");
      if (n % 2 === 0) socket.write(HELLO.subarray(0, n % HELLO.length));
      socket.destroy();
    }
    const { client } = await connect(daemon.path);
    expect(await hello(client)).toBe(42);
    await until(() => daemon.clients === 1);
    await daemon.end();
    clean();
  });
});

it("teemem boot keeps a bounded part of a console that nobody reads, and says what it left out", async () => {
  const child = await bootChild(["--cfg", "CFG_TEE_CORE_MALLOC_DEBUG=y"], {}, undefined, true);
  const { client, ...connection } = await connect(child.path);
  // Some 2.5 kB of leak list each: 2 MB, where 1 MiB and what the pipe holds may wait.
  for (let n = 0; n < 800; n++) await askMemleak(client);
  child.read();
  await until(() => child.console().includes("left out here, because nothing read them"));
  expect(await hello(client)).toBe(42);
  await connection[Symbol.asyncDispose]();
  const { console } = await child.stop();
  const left = /^\(([\d,]+) lines left out here, because nothing read them\)$/m.exec(console)?.[1];
  expect(Number(left?.replaceAll(",", ""))).toBeGreaterThan(1000);
  expect(console).toContain("buffer: 24 bytes");
  // What waits, what the pipe holds, and a chunk on its way.
  expect(console.length).toBeLessThan(2 ** 20 + 3 * 65_536 + 10_000);
  expect(console.endsWith("\n")).toBe(true);
});

describe("teemem boot ends", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "at %s in the middle of a call, with 0 and without its socket",
    async (signal) => {
      const child = await bootChild(["--pace", "board"]);
      const { client, ...connection } = await connect(child.path);
      const started: Frame["kind"][] = [];
      connection.subscribe(1, ({ kind }) => started.push(kind));
      // Opening takes 973 ms on the board.
      const opening = client.open(HELLO_WORLD_UUID);
      await until(() => started.includes("step"));
      expect(await child.stop(signal)).toMatchObject({ code: 0, signal: null });
      expect((await opening).code).not.toBe(TEE.SUCCESS);
      expect(existsSync(child.path)).toBe(false);
    },
  );

  it("of four that start on a stale socket at once, three, with 2", async () => {
    const dead = await bootChild();
    for (let round = 0; round < 3; round++) {
      if (round === 0) await dead.stop("SIGKILL");
      const children = await Promise.all([1, 2, 3, 4].map(() => bootChild([], {}, dead.path)));
      const listening = children.filter(({ says }) => says().startsWith("teemem: OP-TEE"));
      expect(listening.length).toBe(1);
      for (const child of children) {
        if (child === listening[0]) continue;
        expect(await child.exit).toMatchObject({ code: 2, says: expect.stringContaining("another daemon listens") });
      }
      const { client } = await connect(dead.path);
      expect(await hello(client)).toBe(42);
      // The next round finds its socket, but nobody behind it.
      await listening[0]?.stop(round === 1 ? "SIGTERM" : "SIGKILL");
    }
  });

  it("killed, it leaves a socket that the next one takes over", async () => {
    const child = await bootChild();
    await child.stop("SIGKILL");
    expect(existsSync(child.path)).toBe(true);
    const { core } = await system();
    const next = await serve(core, child.path);
    const { client } = await connect(child.path);
    expect(await hello(client)).toBe(42);
    await next.end();
  });
});
