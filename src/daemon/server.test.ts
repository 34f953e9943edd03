// Tests of server.ts.
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bare, connect, serve, until } from "../../test/support/daemon.ts";
import { app, gated, hello, SHARED, system, UUID } from "../../test/support/daemon_system.ts";
import { HELLO } from "../../test/support/talk.ts";
import { TEE } from "../abi/errors.ts";
import { bufferOf, params } from "../tee/kernel/params.ts";
import { encodeFrame } from "../wire/codec.ts";
import type { Frame } from "../wire/frames.ts";
import { createSplitter } from "../wire/splitter.ts";
import { NO_PARAMS, type WireParams } from "../wire/wire_params.ts";

const MIB = 2 ** 20;

describe("a client that does not read", () => {
  it("its answers is not read either, and has them all when it reads again", async () => {
    let calls = 0;
    const filler = app({
      flags: SHARED,
      invoke(_tee, _session, _command, [out]) {
        calls++;
        if (out.type === "memref") bufferOf(out).fill(calls);
        return TEE.SUCCESS;
      },
    });
    const { core, clean } = await system(filler);
    const daemon = await serve(core);
    const { socket, rest } = await bare(daemon.path);
    const other = await connect(daemon.path);
    socket.write(encodeFrame(HELLO));
    socket.write(encodeFrame({ kind: "open", tag: 1, uuid: UUID, params: NO_PARAMS }));
    await until(() => core.sessions.size === 1);
    socket.pause();
    const [none] = NO_PARAMS;
    // Each answer is 1 MiB, and each request too, so that no more than a part of one can be under way.
    const both: WireParams = [{ ...none, type: 7, a: MIB, data: new Uint8Array(MIB) }, none, none, none];
    const COUNT = 60;
    const session = [...core.sessions.keys()][0] ?? 0;
    for (let n = 0; n < COUNT; n++)
      socket.write(encodeFrame({ kind: "invoke", tag: 100 + n, session, command: 0, params: both }));
    await until(() => calls > 0);
    for (let n = 0; n < 50; n++) expect(await hello(other.client)).toBe(42);
    // The first answer fills the socket; what was on its way by then may still be read.
    expect(calls).toBeLessThan(4);
    socket.resume();
    await until(() => calls === COUNT);
    socket.end();
    const replies = createSplitter()
      .push(await rest)
      .flatMap((read) => (read.ok && read.value.kind === "reply" ? [read.value] : []));
    expect(replies.slice(1).map(({ tag }) => tag)).toEqual(Array.from({ length: COUNT }, (_, n) => 100 + n));
    expect(replies.at(-1)?.params[0].data[MIB - 1]).toBe(COUNT);
    await other[Symbol.asyncDispose]();
    await until(() => daemon.clients === 0);
    await daemon.end();
    clean();
  });

  it("why it ends is left all the same, after two seconds", async () => {
    const { core, clean } = await system(app({ flags: SHARED }));
    const daemon = await serve(core);
    const { socket } = await bare(daemon.path);
    socket.pause();
    const [none] = NO_PARAMS;
    const room: WireParams = [{ ...none, type: 6, a: MIB }, none, none, none];
    const open: Frame = { kind: "open", tag: 1, uuid: UUID, params: NO_PARAMS };
    socket.write(Buffer.concat([HELLO, open].map(encodeFrame)));
    await until(() => core.sessions.size === 1);
    const session = [...core.sessions.keys()][0] ?? 0;
    for (let n = 0; n < 3; n++)
      socket.write(encodeFrame({ kind: "invoke", tag: 2 + n, session, command: 0, params: room }));
    // A second hello has no place, which it is told behind three answers that it does not read.
    socket.write(encodeFrame(HELLO));
    await until(() => daemon.clients === 0);
    expect(core.sessions.size).toBe(0);
    socket.destroy();
    await daemon.end();
    clean();
  });
});

describe("the end of a daemon", () => {
  it("does not wait for a call that never returns", async () => {
    const gate = gated();
    const { core } = await system(gate.app);
    const daemon = await serve(core);
    const there = await connect(daemon.path);
    const { session } = await there.client.open(UUID);
    const call = there.client.invoke(session, 0, params());
    await until(() => gate.inside() === 1);
    await daemon.end();
    expect((await call).code).toBe(TEE.COMMUNICATION);
    expect([existsSync(daemon.path), daemon.clients]).toEqual([false, 1]);
    expect(there.lost).toBe(`the daemon on ${daemon.path} ended the connection: the daemon ends`);
    gate.open();
    await until(() => daemon.clients === 0);
    expect(core.sessions.size).toBe(0);
  });

  it("does not wait for a client that does not read that it ends", async () => {
    const { core, clean } = await system();
    const daemon = await serve(core);
    const { socket, rest } = await bare(daemon.path);
    socket.write(encodeFrame(HELLO));
    socket.pause();
    await daemon.end();
    expect([daemon.clients, existsSync(daemon.path)]).toEqual([0, false]);
    socket.resume();
    await rest;
    clean();
  });

  it("keeps nothing of who allocated what", async () => {
    const { core, clean } = await system();
    const daemon = await serve(core);
    expect(core.observers.size).toBe(1);
    await daemon.end();
    clean();
  });
});
