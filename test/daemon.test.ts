// Tests of a daemon's socket and clients.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { TEE } from "../src/abi/errors.ts";
import { ORIGIN, STATS_COMMAND, STATS_UUID } from "../src/abi/ids.ts";
import { connectDaemon } from "../src/daemon/remote_client.ts";
import { startDaemon } from "../src/daemon/server.ts";
import { HELLO_WORLD_UUID } from "../src/tee/apps/hello_world.ts";
import { createClient } from "../src/tee/kernel/client.ts";
import { bufferOf, memrefInOut, memrefOut, params, valueIn } from "../src/tee/kernel/params.ts";
import type { TrustedApp } from "../src/tee/utee/trusted_app.ts";
import { encodeFrame } from "../src/wire/codec.ts";
import { FAULT, type Frame } from "../src/wire/frames.ts";
import { LIMITS, MAGIC } from "../src/wire/limits.ts";
import { createSplitter } from "../src/wire/splitter.ts";
import { bare, bootChild, connect, serve, socketPath, until } from "./support/daemon.ts";
import { app, gated, hello, SHARED, system, UUID } from "./support/daemon_system.ts";

describe("a daemon's socket", () => {
  it("is the user's alone, is not taken from another daemon, and goes with it", async () => {
    const { core } = await system();
    const daemon = await serve(core);
    expect(statSync(daemon.path).mode & 0o777).toBe(0o600);
    const second = await startDaemon(core, daemon.path);
    expect(second).toMatchObject({ ok: false, error: expect.stringContaining("another daemon") });
    await daemon.end();
    expect(existsSync(daemon.path)).toBe(false);
    expect(await connectDaemon(daemon.path)).toMatchObject({ ok: false, error: { absent: true } });
  });

  it("replaces one that a killed daemon left behind, but nothing else", async () => {
    const path = socketPath();
    const script = `require("net").createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 9))`;
    await once(spawn(process.execPath, ["-e", script]), "exit");
    expect(existsSync(path)).toBe(true);
    const { core } = await system();
    await (await serve(core, path)).end();
    writeFileSync(path, "mine");
    expect(await startDaemon(core, path)).toMatchObject({ ok: false, error: expect.stringContaining("not a socket") });
    expect(await startDaemon(core, `/${"x".repeat(120)}`)).toMatchObject({ ok: false });
  });

  it("that belongs to something else is told", async () => {
    const path = socketPath();
    const other = createServer((socket) => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")).listen(path);
    await once(other, "listening");
    const refused = await connectDaemon(path);
    expect(refused).toMatchObject({ ok: false, error: { absent: false, text: expect.stringContaining("protocol") } });
    other.close();
  });
});

describe("a client of a daemon", () => {
  it("has its values, buffers, sizes, codes and origins as in the same process", async () => {
    const swap = app({
      invoke(_tee, _session, _command, [both, out]) {
        if (both.type !== "memref" || out.type !== "memref") return TEE.BAD_PARAMETERS;
        bufferOf(both).reverse();
        out.size = 6;
        if (bufferOf(out).length < 6) return TEE.SHORT_BUFFER;
        bufferOf(out).fill(7, 0, 6);
        return TEE.SUCCESS;
      },
    });
    const { core, clean } = await system(swap);
    const daemon = await serve(core);
    const there = await connect(daemon.path);
    const outcomes = [];
    for (const client of [there.client, createClient(core)]) {
      const { session } = await client.open(UUID);
      const seen: unknown[] = [await client.open(`1${UUID.slice(1)}`), await hello(client)];
      for (const size of [0, 4, 8]) {
        const both = memrefInOut(Uint8Array.of(1, 2, 3));
        const out = memrefOut(new Uint8Array(size));
        seen.push(await client.invoke(session, 0, params(both, out)), both, out);
      }
      seen.push(await client.invoke(session, 0, params(valueIn(1))), await client.invoke(99, 0, params()));
      await client.end();
      outcomes.push(seen);
    }
    expect(outcomes[0]).toEqual(outcomes[1]);
    await daemon.end();
    await until(() => there.lost !== "");
    expect(await there.client.open(UUID)).toEqual({ code: TEE.COMMUNICATION, origin: ORIGIN.COMMS, session: 0 });
    expect(there.lost).toContain("the daemon ends");
    clean();
  });

  it("cannot use another one's sessions, nor more than the limits", async () => {
    const { core, clean } = await system();
    const daemon = await serve(core);
    const [one, two] = [await connect(daemon.path), await connect(daemon.path)];
    const { session } = await one.client.open(STATS_UUID);
    expect((await two.client.invoke(session, 0, params())).code).toBe(TEE.BAD_PARAMETERS);
    const large = memrefOut(new Uint8Array(LIMITS.memref + 1));
    expect(await one.client.invoke(session, 0, params(large))).toEqual({ code: TEE.EXCESS_DATA, origin: ORIGIN.COMMS });
    const all = await Promise.all(Array.from({ length: LIMITS.calls + 1 }, () => two.client.open(STATS_UUID)));
    const busy = all.filter(({ code }) => code === TEE.BUSY);
    expect(busy.length <= 1).toBe(true);
    for (const { origin } of busy) expect(origin).toBe(ORIGIN.COMMS);
    const codes = new Set<number>();
    for (let n = 0; n <= LIMITS.sessions; n++) codes.add((await two.client.open(STATS_UUID)).code);
    expect(codes.has(TEE.SUCCESS) && (codes.has(TEE.BUSY) || codes.has(TEE.OUT_OF_MEMORY))).toBe(true);
    await one[Symbol.asyncDispose]();
    await two[Symbol.asyncDispose]();
    await until(() => daemon.clients === 0);
    clean(1);
    await daemon.end();
    clean();
  });

  it("cancels a call with its signal", async () => {
    const sleeper = app({
      invoke(tee) {
        tee.unmaskCancellation();
        return tee.wait(100_000);
      },
    });
    const { core, clean } = await system(sleeper);
    const daemon = await serve(core);
    const { client } = await connect(daemon.path);
    const { session } = await client.open(UUID);
    const stop = new AbortController();
    const running = client.invoke(session, 0, params(), stop.signal);
    setTimeout(() => stop.abort(), 20);
    expect((await running).code).toBe(TEE.CANCEL);
    await daemon.end();
    clean();
  });
});

describe("bad clients end alone", () => {
  const greeting = encodeFrame({ kind: "hello", tag: 0, magic: MAGIC, version: 1 });
  const twice = encodeFrame({ kind: "hello", tag: 0, magic: MAGIC, version: 1 });
  const future = encodeFrame({ kind: "hello", tag: 0, magic: MAGIC, version: 2 });

  it.each([
    ["garbage", Buffer.from("GET / HTTP/1.1\r\n\r\n"), FAULT.TOO_LARGE],
    ["another version", Buffer.from(future), FAULT.VERSION],
    ["no hello", Buffer.from(encodeFrame({ kind: "close", tag: 1, session: 1 })), FAULT.ORDER],
    ["two hellos", Buffer.concat([greeting, twice]), FAULT.ORDER],
    ["an unknown kind", Buffer.concat([greeting, Uint8Array.of(8, 0, 0, 0, 9, 9, 0, 0, 0, 0, 0, 0)]), FAULT.MALFORMED],
    ["a huge frame", Buffer.concat([greeting, Uint8Array.of(255, 255, 255, 255)]), FAULT.TOO_LARGE],
  ])("%s", async (_name, bytes, reason) => {
    const { core, clean } = await system();
    const daemon = await serve(core);
    const good = await connect(daemon.path);
    const bad = await bare(daemon.path);
    bad.socket.write(bytes);
    const frames = createSplitter().push(await bad.rest);
    const last = frames.at(-1);
    expect(last).toMatchObject({ ok: true, value: { kind: "fault", reason } });
    expect((last as { value: Extract<Frame, { kind: "fault" }> }).value.text).not.toBe("");
    expect(await hello(good.client)).toBe(42);
    await daemon.end();
    clean();
  });

  it("one that asks for a buffer of 4 GiB gets an answer, and no buffer is made", async () => {
    const { core, clean } = await system();
    const daemon = await serve(core);
    const { socket, rest } = await bare(daemon.path);
    const none = { type: 0, a: 0, b: 0, data: new Uint8Array() };
    const huge = { ...none, type: 6, a: 0xffffffff };
    socket.write(greeting);
    socket.write(encodeFrame({ kind: "open", tag: 1, uuid: UUID, params: [huge, none, none, none] }));
    socket.end();
    const [, reply] = createSplitter().push(await rest);
    const value = { kind: "reply", tag: 1, code: TEE.EXCESS_DATA, origin: ORIGIN.COMMS, session: 0 };
    expect(reply).toMatchObject({ ok: true, value });
    await daemon.end();
    clean();
  });

  it("one that is killed in the middle of a call: its sessions go when the call returns", async () => {
    const gate = gated();
    const { core, clean } = await system(gate.app);
    const daemon = await serve(core);
    const module = fileURLToPath(new URL("../dist/daemon/remote_client.js", import.meta.url));
    const script = `
      const { connectDaemon } = await import(${JSON.stringify(module)});
      const { value: { client } } = await connectDaemon(${JSON.stringify(daemon.path)});
      const none = { type: "none" };
      for (let n = 0; n < 3; n++) await client.open("${HELLO_WORLD_UUID}");
      const { session } = await client.open("${UUID}");
      await client.invoke(session, 0, [none, none, none, none]);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "inherit" });
    await until(() => gate.inside() === 1);
    expect(core.sessions.size).toBe(4);
    child.kill("SIGKILL");
    await once(child, "exit");
    const other = await connect(daemon.path);
    expect(await hello(other.client)).toBe(42);
    gate.open();
    await until(() => daemon.clients === 1);
    await daemon.end();
    clean();
  });
});

describe("a daemon under load", () => {
  it("serves 200 clients at once", async () => {
    const { core, clean } = await system(app({ flags: SHARED }));
    const daemon = await serve(core);
    const clients = await Promise.all(Array.from({ length: 200 }, () => connect(daemon.path)));
    expect(daemon.clients).toBe(200);
    const codes = await Promise.all(
      clients.map(async ({ client }) => {
        const stats = await client.open(STATS_UUID);
        if (stats.code === TEE.OUT_OF_MEMORY) return stats.code;
        const reply = memrefOut(new Uint8Array(224));
        const { code } = await client.invoke(stats.session, STATS_COMMAND.ALLOC_STATS, params(valueIn(0), reply));
        await client.close(stats.session);
        return code;
      }),
    );
    // They share one core heap: it may be full, but that is the only refusal there is.
    expect([...new Set(codes)].filter((code) => code !== TEE.SUCCESS && code !== TEE.OUT_OF_MEMORY)).toEqual([]);
    expect(codes.filter((code) => code === TEE.SUCCESS).length).toBeGreaterThan(0);
    for (const { client } of clients) expect(await hello(client)).toBe(42);
    await Promise.all(clients.map((client) => client[Symbol.asyncDispose]()));
    await until(() => daemon.clients === 0);
    clean(1);
    await daemon.end();
    clean();
  });

  it("is as it was after 1,000 rounds over the socket, and the core after 10,000", async () => {
    const { core, clean } = await system();
    const daemon = await serve(core);
    const { client } = await connect(daemon.path);
    for (let n = 0; n < 1000; n++) if ((await hello(client)) !== 42) throw new Error(`round ${n}`);
    await daemon.end();
    clean();
    const local = createClient(core);
    for (let n = 0; n < 10_000; n++) if ((await hello(local)) !== 42) throw new Error(`round ${n}`);
    clean();
  });

  it.each(["create", "openSession", "invoke", "closeSession", "destroy"] as const)(
    "survives an application that panics in %s",
    async (entry) => {
      const panics: Partial<TrustedApp> = {
        [entry]: () => {
          throw new Error("boom");
        },
      };
      const { core, clean } = await system(app(panics));
      const daemon = await serve(core);
      const { client } = await connect(daemon.path);
      const opened = await client.open(UUID);
      const early = entry === "create" || entry === "openSession";
      expect(opened).toMatchObject(early ? { code: TEE.TARGET_DEAD, origin: ORIGIN.TEE } : { code: TEE.SUCCESS });
      if (!early) {
        const { code } = await client.invoke(opened.session, 0, params());
        expect(code).toBe(entry === "invoke" ? TEE.TARGET_DEAD : TEE.SUCCESS);
        expect((await client.close(opened.session)).code).toBe(TEE.SUCCESS);
      }
      expect(await hello(client)).toBe(42);
      await daemon.end();
      clean();
    },
  );

  it("answers for applications while a single instance is in a call: upstream 4.0.0 could hang there", async () => {
    const gate = gated();
    const { core, clean } = await system(gate.app);
    const daemon = await serve(core);
    const [busy, second, poller] = [await connect(daemon.path), await connect(daemon.path), await connect(daemon.path)];
    const session = (await busy.client.open(UUID)).session;
    const waiting = (await second.client.open(UUID)).session;
    const calls = [busy.client.invoke(session, 0, params()), second.client.invoke(waiting, 0, params())];
    await until(() => gate.inside() === 1);
    for (let n = 0; n < 100; n++) {
      const stats = await poller.client.open(STATS_UUID);
      const reply = memrefOut(new Uint8Array(80));
      expect((await poller.client.invoke(stats.session, STATS_COMMAND.TA_STATS, params(reply))).code).toBe(TEE.SUCCESS);
      await poller.client.close(stats.session);
    }
    gate.open();
    expect((await Promise.all(calls)).map(({ code }) => code)).toEqual([TEE.SUCCESS, TEE.SUCCESS]);
    await daemon.end();
    clean();
  });
});

describe("teemem boot", () => {
  it("prints its console on stdout, and leaves nothing behind when a signal ends it", async () => {
    const child = await bootChild();
    const there = await connect(child.path);
    expect([await hello(there.client), there.version]).toEqual([42, "4.0.0"]);
    await there.client.open(STATS_UUID);
    const ended = await child.stop("SIGINT");
    expect(ended).toMatchObject({ code: 0, console: expect.stringContaining("Lookup pseudo TA") });
    await until(() => there.lost !== "");
    expect(existsSync(child.path)).toBe(false);
  });

  it("lets calls last as on the board", async () => {
    const child = await bootChild(["--pace", "board"]);
    const { client } = await connect(child.path);
    const start = performance.now();
    expect(await hello(client)).toBe(42);
    // 973 ms to open it, 7 to call it, 42 to close it; timers may be a millisecond early.
    expect(performance.now() - start).toBeGreaterThan(1015);
    await child.stop();
  });
});
