// Tests of remote_client.ts.
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { connect } from "../../test/support/daemon.ts";
import { type Answer, type FalseDaemon, falseDaemon, reply, WELCOME } from "../../test/support/false_daemon.ts";
import { TEE } from "../abi/errors.ts";
import { memrefIn, memrefOut, params, valueInOut } from "../tee/kernel/params.ts";
import type { Frame } from "../wire/frames.ts";
import { NO_PARAMS, type WireParams } from "../wire/wire_params.ts";
import { connectDaemon } from "./remote_client.ts";

const UUID = "00000000-0000-4000-8000-000000000001";
const LOST = { code: TEE.COMMUNICATION, origin: 2 };

let daemon: FalseDaemon | null = null;
afterEach(() => daemon?.end());

async function meet(answer: Answer) {
  daemon = await falseDaemon(answer);
  const connection = await connect(daemon.path);
  return { connection, client: connection.client, heard: daemon.heard };
}

describe("a connection", () => {
  it("has what the welcome says", async () => {
    daemon = await falseDaemon(
      (frame, send) =>
        void (frame.kind === "hello" && send({ ...WELCOME, layout: 0x406, release: "4.10.0", profile: "p" } as Frame)),
      false,
    );
    const connection = await connect(daemon.path);
    expect([connection.version, connection.profile, connection.lost]).toEqual(["4.10.0", "p", ""]);
    await connection[Symbol.asyncDispose]();
    await connection.ended;
  });

  it("is none where the layout of the statistics is unknown", async () => {
    daemon = await falseDaemon((_frame, send) => send({ ...WELCOME, layout: 0x300 } as Frame), false);
    const text = `the program on ${daemon.path} is not a daemon of teemem`;
    expect(await connectDaemon(daemon.path)).toEqual({ ok: false, error: { absent: false, text } });
  });

  it("says whether anybody is there whom we could reach", async () => {
    const folder = mkdtempSync(join(tmpdir(), "teemem-reach-"));
    const path = join(folder, "a");
    const none = (at: string) => `no daemon listens on ${at}: start one with 'teemem boot'`;
    expect(await connectDaemon(path)).toEqual({ ok: false, error: { absent: true, text: none(path) } });
    writeFileSync(path, "");
    expect(await connectDaemon(path)).toEqual({ ok: false, error: { absent: true, text: none(path) } });
    expect(await connectDaemon(join(path, "b"))).toEqual({
      ok: false,
      error: { absent: true, text: `cannot reach the daemon on ${path}/b (ENOTDIR)` },
    });
    chmodSync(folder, 0o777);
    expect(await connectDaemon(path)).toMatchObject({ ok: false, error: { absent: false } });
  });
});

describe("a call", () => {
  it("has its code, origin, session and what comes out", async () => {
    const { client, connection } = await meet((frame, send) => {
      if (frame.kind === "open") send(reply(frame.tag, 7, { origin: 4, session: 9 }));
      if (frame.kind === "invoke") {
        const [first, second, ...rest] = frame.params;
        const answer: WireParams = [{ ...first, a: 5, b: 6 }, { ...second, a: 2, data: Uint8Array.of(1, 2) }, ...rest];
        send(reply(frame.tag, 8, { origin: 3, params: answer }));
      }
    });
    expect(await client.open(UUID)).toEqual({ code: 7, origin: 4, session: 9 });
    const [value, out] = [valueInOut(1, 2), memrefOut(new Uint8Array(3))];
    expect(await client.invoke(9, 0, params(value, out))).toEqual({ code: 8, origin: 3 });
    expect([value, out]).toMatchObject([{ value: { a: 5, b: 6 } }, { size: 2, buffer: Uint8Array.of(1, 2, 0) }]);
    await connection[Symbol.asyncDispose]();
  });

  it("leaves its parameters where the reply has none, and is lost where it has others", async () => {
    const { client, connection } = await meet((frame, send) => {
      const others: WireParams = [{ type: 1, a: 0, b: 0, data: new Uint8Array() }, ...NO_PARAMS.slice(1)] as never;
      if (frame.kind === "invoke")
        send(reply(frame.tag, TEE.BUSY, { origin: 2, params: frame.command === 1 ? others : NO_PARAMS }));
    });
    const value = valueInOut(1, 2);
    expect(await client.invoke(1, 0, params(value))).toEqual({ code: TEE.BUSY, origin: 2 });
    expect(await client.invoke(1, 1, params(value))).toEqual(LOST);
    expect(value).toEqual(valueInOut(1, 2));
    await connection[Symbol.asyncDispose]();
    expect(await client.invoke(1, 0, params(value))).toEqual(LOST);
    expect(await client.open(UUID)).toEqual({ ...LOST, session: 0 });
  });

  it("with more than 16 MiB is not even sent", async () => {
    const { client, connection, heard } = await meet((frame, send) => send(reply(frame.tag, 0, { session: 3 })));
    const large = memrefIn(new Uint8Array(2 ** 24 + 1));
    expect(await client.open(UUID, params(large))).toEqual({ code: TEE.EXCESS_DATA, origin: 2, session: 0 });
    expect(heard.length).toBe(1);
    expect((await client.open(UUID, params(memrefIn(new Uint8Array(2 ** 24))))).code).toBe(0);
    await connection[Symbol.asyncDispose]();
  });
});

it("the end of a client closes what it has open, in order, and nothing else", async () => {
  let next = 10;
  const { client, connection, heard } = await meet((frame, send) => {
    if (frame.kind === "open") send(reply(frame.tag, next === 12 ? 1 : 0, { session: next === 12 ? 0 : next }));
    if (frame.kind === "open") next++;
    if (frame.kind === "close") send(reply(frame.tag, frame.session, { origin: 1 }));
  });
  for (let n = 0; n < 4; n++) await client.open(UUID);
  expect(await client.close(11)).toEqual({ code: 11, origin: 1 });
  await client.end();
  await client.end();
  const closed = heard.flatMap((frame) => (frame.kind === "close" ? [frame.session] : []));
  expect(closed).toEqual([11, 10, 13]);
  await connection[Symbol.asyncDispose]();
});
