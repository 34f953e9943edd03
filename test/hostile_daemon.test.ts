// Tests clients against a false daemon: whatever it sends, a client ends with a sentence and in bounded memory.
import { afterEach, describe, expect, it } from "vitest";
import { TEE } from "../src/abi/errors.ts";
import { type Connection, connectDaemon } from "../src/daemon/remote_client.ts";
import { askAlloc } from "../src/source/client/stats_client.ts";
import { sourceOf } from "../src/source/client/system_source.ts";
import { daemonSystem } from "../src/source/daemon/daemon_system.ts";
import { params } from "../src/tee/kernel/params.ts";
import { encodeFrame } from "../src/wire/codec.ts";
import type { Frame } from "../src/wire/frames.ts";
import { LIMITS } from "../src/wire/limits.ts";
import { type Answer, falseDaemon, reply, WELCOME } from "./support/false_daemon.ts";

const UUID = "00000000-0000-4000-8000-000000000001";

let clean = (): void => {};
afterEach(() => clean());

/** A server that greets, and answers everything else in its own way; and a client that is connected with it. */
async function meet(answer: Answer): Promise<{ connection: Connection; path: string }> {
  const { path, end } = await falseDaemon(answer);
  const connection = await connectDaemon(path, { most: 2000, answer: 200, slow: () => {} });
  if (!connection.ok) throw new Error(connection.error.text);
  clean = end;
  return { connection: connection.value, path };
}

describe("a daemon", () => {
  it("that always wants a buffer one byte larger is given up", async () => {
    let calls = 0;
    let size = 0;
    const { connection } = await meet((frame, send) => {
      if (frame.kind === "open") return send(reply(frame.tag, TEE.SUCCESS, { session: 1 }));
      if (frame.kind !== "invoke") return send(reply("tag" in frame ? frame.tag : 0, TEE.SUCCESS));
      calls++;
      const [first, second, ...rest] = frame.params;
      size++;
      const params: typeof frame.params = [first, { ...second, a: size }, ...rest];
      send(reply(frame.tag, TEE.SHORT_BUFFER, { params }));
    });
    const answer = await askAlloc(connection.client);
    expect(answer).toMatchObject({ ok: false, error: { code: TEE.SHORT_BUFFER } });
    expect(calls).toBe(16);
    await connection[Symbol.asyncDispose]();
  });

  it("that never answers is left, once a call is cancelled", async () => {
    const { connection, path } = await meet(() => {});
    const over = new AbortController();
    const calling = connection.client.open(UUID, params(), over.signal);
    over.abort();
    expect(await calling).toMatchObject({ code: TEE.COMMUNICATION });
    expect(connection.lost).toBe(`the program on ${path} does not answer: end it, or choose another socket`);
  });

  it("that never answers does not keep who has given up", async () => {
    const { path, end } = await falseDaemon(() => {}, true, true);
    clean = end;
    const connection = await connectDaemon(path, { most: 2000, answer: 3_600_000, slow: () => {} });
    if (!connection.ok) throw new Error(connection.error.text);
    const source = sourceOf(daemonSystem(path, connection.value), () => connection.value[Symbol.asyncDispose]());
    for (const question of ["alloc", "running"] as const) {
      const over = new AbortController();
      const asked = source.ask(question, over.signal);
      over.abort();
      expect(await asked).toEqual({ ok: false, error: { text: "given up" } });
    }
    await source[Symbol.asyncDispose]();
    expect(source.lost).toBe("");
  });

  it("that never ends a list is left", async () => {
    const { connection } = await meet(() => {});
    expect(await connection.inspect.ended()).toEqual({ ok: false, error: expect.stringContaining("does not answer") });
  });

  it("whose list has no end is left before it fills the memory", async () => {
    const { connection } = await meet((frame, _send, socket) => {
      if (frame.kind !== "list") return;
      const status: Frame = { kind: "status", tag: frame.tag, instance: 1, sessions: 1, panicked: 0, busy: 0 };
      const many = Buffer.concat(Array.from({ length: 4096 }, () => encodeFrame(status)));
      const go = (): void => {
        while (!socket.destroyed && socket.write(many));
        if (!socket.destroyed) socket.once("drain", go);
      };
      go();
    });
    const listed = await connection.inspect.running();
    expect(listed).toEqual({
      ok: false,
      error: expect.stringMatching(/a list of more than 1048576 frames|does not answer/),
    });
  });

  it("that sends texts without end is left", async () => {
    const { connection } = await meet((frame, send) => {
      if (frame.kind !== "open") return;
      const texts = Array.from(
        { length: LIMITS.texts + 1 },
        (_, id): Frame => ({ kind: "text", tag: 0, id, text: "a" }),
      );
      send(...texts, reply(frame.tag, TEE.SUCCESS, { session: 1 }));
    });
    expect(await connection.client.open(UUID)).toMatchObject({ code: TEE.COMMUNICATION });
    expect(connection.lost).toContain("sends more than 65536 texts");
  });

  it("that sends as many texts as it may is heard", async () => {
    const { connection } = await meet((frame, send) => {
      if (frame.kind !== "open") return;
      const texts = Array.from({ length: LIMITS.texts }, (_, id): Frame => ({ kind: "text", tag: 0, id, text: "a" }));
      send(...texts, reply(frame.tag, TEE.SUCCESS, { session: 1 }));
    });
    expect(await connection.client.open(UUID)).toMatchObject({ code: TEE.SUCCESS });
    await connection[Symbol.asyncDispose]();
  });

  it.each([
    ["what no daemon sends", encodeFrame({ kind: "hello", tag: 0, magic: 1, version: 1 }), "is not a daemon of teemem"],
    ["garbage", Uint8Array.of(8, 0, 0, 0, 0x77, 0, 0, 0, 0, 0, 0, 0), "does not speak teemem's protocol"],
    ["a frame of 4 GiB", Uint8Array.of(255, 255, 255, 255, 0x81, 0, 0, 0), "does not speak teemem's protocol"],
    ["half a frame and its end", Uint8Array.of(100, 0, 0, 0, 0x82), "went away"],
  ])("that sends %s is left with a sentence", async (_what, bytes, why) => {
    const { connection } = await meet((_frame, _send, socket) => void socket.end(bytes));
    expect(await connection.client.open(UUID)).toMatchObject({ code: TEE.COMMUNICATION });
    expect(connection.lost).toContain(why);
  });

  it("that answers another request than was made is not taken for an answer", async () => {
    const { connection } = await meet((frame, send, socket) => {
      if (frame.kind !== "open") return;
      send(reply(frame.tag + 1, TEE.SUCCESS, { session: 7 }), WELCOME, WELCOME);
      socket.end();
    });
    expect(await connection.client.open(UUID)).toMatchObject({ code: TEE.COMMUNICATION, session: 0 });
  });

  it("that never closes its end does not keep a client", async () => {
    const { connection } = await meet((_frame, _send, socket) => void socket.pause());
    await connection[Symbol.asyncDispose]();
    expect(connection.lost).toBe("");
  });
});
