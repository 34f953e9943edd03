// Tests of the lists of a daemon.
import { describe, expect, it } from "vitest";
import { TEE } from "../src/abi/errors.ts";
import { LEAKY, LEAKY_UUID, leaky } from "../src/tee/apps/leaky.ts";
import { params, valueIn } from "../src/tee/kernel/params.ts";
import { encodeFrame } from "../src/wire/codec.ts";
import { LIST } from "../src/wire/event_frames.ts";
import type { Frame } from "../src/wire/frames.ts";
import { LIMITS, MAGIC } from "../src/wire/limits.ts";
import { createSplitter } from "../src/wire/splitter.ts";
import { bare, connect, serve, until } from "./support/daemon.ts";
import { app, gated, hello, SHARED, systemOf, UUID } from "./support/daemon_system.ts";

const MDBG = "CFG_TEE_TA_MALLOC_DEBUG=y";

/** Holds a block of 1000 bytes while it is inside. */
function holding(): ReturnType<typeof gated> {
  const { app: inner, ...gate } = gated();
  return {
    ...gate,
    app: app({
      flags: SHARED,
      async invoke(tee, session, command, given) {
        const block = tee.malloc(1000, 0, "s.c:7");
        const code = await inner.invoke(tee, session, command, given);
        tee.free(block);
        return code;
      },
    }),
  };
}

/** What a daemon answers to some frames behind a hello, up to a frame of a kind. */
async function answers(path: string, sent: readonly Frame[], last: Frame["kind"], count = 1): Promise<Frame[]> {
  const { socket, rest } = await bare(path);
  const splitter = createSplitter();
  const got: Frame[] = [];
  socket.on("data", (bytes) => {
    for (const read of splitter.push(bytes)) if (read.ok) got.push(read.value);
  });
  socket.write(Buffer.concat([{ kind: "hello", tag: 0, magic: MAGIC, version: 1 } as const, ...sent].map(encodeFrame)));
  await until(() => got.filter(({ kind }) => kind === last).length >= count || socket.destroyed);
  socket.end();
  await rest;
  return got;
}

describe("the leaks of applications in a daemon", () => {
  it("are listed to the client and on the console, also in the middle of a call", async () => {
    const gate = holding();
    const { core, clean, lines } = await systemOf(MDBG, gate.app);
    const daemon = await serve(core);
    const [busy, asks] = [await connect(daemon.path), await connect(daemon.path)];
    const { session } = await busy.client.open(UUID);
    const call = busy.client.invoke(session, 0, params());
    await until(() => gate.inside() === 1);
    lines();
    const found = await asks.inspect.leaks("TEST");
    if (!found.ok) throw new Error(found.error);
    expect(found.value).toMatchObject([{ uuid: UUID, name: "test", sessions: 1, busy: true, panicked: false }]);
    expect(found.value[0]?.blocks).toContainEqual({ at: expect.any(Number), size: 1000, file: "s.c", line: 7 });
    const printed = lines();
    expect(printed).toContain("I/TA: buffer: 1000 bytes s.c:7");
    expect(printed).toHaveLength(found.value[0]?.blocks.length ?? 0);
    expect(await asks.inspect.leaks()).toEqual(found);
    gate.open();
    expect((await call).code).toBe(TEE.SUCCESS);
    await daemon.end();
    clean();
  });

  it("are refused with a reason: no such application, no leak headers, a damaged heap", async () => {
    const { core } = await systemOf("", leaky);
    const plain = await serve(core);
    const there = await connect(plain.path);
    expect(await there.inspect.leaks("leaky")).toMatchObject({ ok: false, error: expect.stringContaining("none is") });
    await there.client.open(LEAKY_UUID);
    const ask = (what: number, which: string): Promise<Frame[]> =>
      answers(plain.path, [{ kind: "list", tag: 9, what, which }], "listed");
    const switches = { code: TEE.NOT_SUPPORTED, text: expect.stringContaining("CFG_TEE_TA_MALLOC_DEBUG=y") };
    expect((await ask(LIST.LEAKS, "leaky")).at(-1)).toMatchObject({ tag: 9, ...switches });
    expect((await ask(LIST.LEAKS, "x".repeat(100_000))).at(-1)).toMatchObject({ code: TEE.ITEM_NOT_FOUND });
    expect((await ask(99, "")).at(-1)).toMatchObject({ code: TEE.NOT_IMPLEMENTED });
    await plain.end();
    expect(await there.inspect.leaks("leaky")).toMatchObject({ ok: false, error: expect.stringContaining("ends") });

    const debug = await systemOf(MDBG, leaky);
    const daemon = await serve(debug.core);
    const connection = await connect(daemon.path);
    const { session } = await connection.client.open(LEAKY_UUID);
    await connection.client.invoke(session, LEAKY.OVERRUN, params(valueIn(32, 4)));
    const damaged = { ok: false, error: expect.stringContaining("the heap of leaky is damaged") };
    expect(await connection.inspect.leaks("leaky")).toMatchObject(damaged);
    await daemon.end();
  });

  it("count as requests: too many at once are refused, a tag in use ends the client, and all are answered", async () => {
    const { core } = await systemOf(MDBG, leaky);
    const daemon = await serve(core);
    const { client } = await connect(daemon.path);
    const { session } = await client.open(LEAKY_UUID);
    await client.invoke(session, LEAKY.LEAK, params(valueIn(8)));
    const list = (tag: number): Frame => ({ kind: "list", tag, what: LIST.LEAKS, which: "" });
    const many = Array.from({ length: LIMITS.calls + 5 }, (_, n) => list(n + 1));
    const got = await answers(daemon.path, many, "listed", many.length);
    const codes = got.flatMap((frame) => (frame.kind === "listed" ? [frame.code] : []));
    expect(codes.filter((code) => code === TEE.BUSY)).toHaveLength(5);
    expect(codes.filter((code) => code === TEE.SUCCESS)).toHaveLength(LIMITS.calls);
    const blocks = got.filter(({ kind }) => kind === "block").length;
    expect(blocks % LIMITS.calls).toBe(0);
    expect(blocks).toBeGreaterThan(LIMITS.calls);
    expect((await answers(daemon.path, [list(1), list(1)], "fault")).at(-1)).toMatchObject({
      kind: "fault",
      reason: 4,
    });
    await daemon.end();
  });
});

it("those that ended, and those that run", async () => {
  const { core } = await systemOf("", leaky);
  const daemon = await serve(core);
  const { client, inspect } = await connect(daemon.path);
  for (let n = 0; n < 70; n++) expect(await hello(client)).toBe(42);
  const { session } = await client.open(LEAKY_UUID);
  expect(await inspect.running()).toMatchObject({ ok: true, value: [{ name: "leaky", sessions: 1 }] });
  await client.invoke(session, LEAKY.PANIC, params(valueIn(3)));
  await client.close(session);
  const ended = await inspect.ended();
  expect(ended).toEqual({ ok: true, value: core.ended });
  expect(ended.ok && ended.value).toHaveLength(64);
  const one = { ok: true, value: [{ name: "leaky", panicked: true }] };
  expect(await inspect.ended(LEAKY_UUID.toUpperCase())).toMatchObject(one);
  expect(await inspect.running()).toEqual({ ok: true, value: [] });
  await daemon.end();
});
