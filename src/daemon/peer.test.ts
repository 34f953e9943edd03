// Tests of peer.ts.
import { describe, expect, it } from "vitest";
import { until } from "../../test/support/daemon.ts";
import { app, gated, SHARED, system, systemOf, UUID } from "../../test/support/daemon_system.ts";
import { HELLO, talk } from "../../test/support/talk.ts";
import { TEE } from "../abi/errors.ts";
import { ORIGIN } from "../abi/ids.ts";
import { HELLO_WORLD_UUID } from "../tee/apps/hello_world.ts";
import { FAULT, type Frame } from "../wire/frames.ts";
import { NO_PARAMS, type WireParams } from "../wire/wire_params.ts";

const open = (tag: number, uuid: string = UUID, params: WireParams = NO_PARAMS): Frame => ({
  kind: "open",
  tag,
  uuid,
  params,
});
const invoke = (tag: number, session: number, params: WireParams = NO_PARAMS): Frame => ({
  kind: "invoke",
  tag,
  session,
  command: 0,
  params,
});
const close = (tag: number, session: number): Frame => ({ kind: "close", tag, session });
const list = (tag: number, what = 1): Frame => ({ kind: "list", tag, what, which: "" });
const fault = (reason: number, text: string) => ({ kind: "fault", tag: 0, reason, text });
const reply = (tag: number, code: number, origin: number, session = 0) => ({
  kind: "reply",
  tag,
  code,
  origin,
  session,
  params: NO_PARAMS,
});
/** A memref that comes out, with room for so many bytes. */
const room = (bytes: number): WireParams => {
  const [none] = NO_PARAMS;
  return [{ ...none, type: 6, a: bytes }, none, none, none];
};

describe("a client that comes", () => {
  it("is welcomed with the tag of its hello and all that it has to know", async () => {
    const { core, clean } = await system();
    const { tell, heard, leave } = talk(core, false);
    tell({ ...HELLO, tag: 77 });
    expect(heard()).toEqual([
      {
        kind: "welcome",
        tag: 77,
        version: 1,
        // docs/protocol.md: 0x400 is 4.0; 64 MiB and 64 bytes, 16 MiB, 256 sessions, 64 calls.
        layout: 0x400,
        frameMax: 67_108_928,
        memrefMax: 16_777_216,
        sessionsMax: 256,
        callsMax: 64,
        release: "4.0.0",
        profile: "qemu_v8-4.0.0",
      },
    ]);
    await leave();
    clean();
  });

  it.each([
    [{ ...HELLO, magic: 0x4d454555 }, FAULT.ORDER, "the first frame is a hello with the magic word TEEM"],
    [open(3), FAULT.ORDER, "the first frame is a hello with the magic word TEEM"],
    [{ ...HELLO, version: 0 }, FAULT.VERSION, "this daemon speaks version 1 of the protocol, not version 0"],
  ] as const)("with %j is sent away", async (first, reason, text) => {
    const { core, clean } = await system();
    const it = talk(core, false);
    it.tell(first as Frame, HELLO);
    expect(it.heard()).toEqual([fault(reason, text)]);
    expect(it.ends).toBe(1);
    await it.leave();
    clean();
  });
});

describe("a client that sends what has no place", () => {
  it.each([
    [HELLO, "a client sends no frame 'hello' here"],
    [{ kind: "lost", tag: 0, count: 1 }, "a client sends no frame 'lost' here"],
  ] as const)("%j is sent away, once, and is not heard any more", async (frame, text) => {
    const { core, clean } = await system();
    const it = talk(core);
    it.tell(frame as Frame, list(1), frame as Frame);
    it.tell(list(2));
    it.peer.dismiss({ reason: FAULT.SHUTDOWN, text: "twice" });
    await Promise.resolve();
    expect(it.heard()).toEqual([fault(FAULT.ORDER, text)]);
    expect(it.ends).toBe(1);
    await it.leave();
    clean();
  });

  it("a tag that is in use, and parameters that contradict themselves", async () => {
    const gate = gated();
    const { core, clean } = await system(gate.app);
    const it = talk(core);
    it.tell(open(1));
    const [opened] = await it.hear(1);
    const session = opened?.kind === "reply" ? opened.session : 0;
    it.tell(invoke(9, session), list(9));
    expect(it.heard()).toEqual([fault(FAULT.ORDER, "request 9 is not answered yet")]);
    gate.open();
    await it.leave();
    // The call that was inside has no answer any more.
    expect(it.heard()).toEqual([]);

    const other = talk(core);
    const [none] = NO_PARAMS;
    other.tell(open(1, UUID, [{ ...none, type: 5, a: 4, data: new Uint8Array(3) }, none, none, none]), open(2));
    expect(other.heard()).toMatchObject([
      { kind: "fault", reason: FAULT.MALFORMED, text: expect.stringMatching(/^frame 'open': .*4 bytes, not 3$/) },
    ]);
    await other.leave();
    clean();
  });

  it("a cancellation of nothing is no fault", async () => {
    const { core, clean } = await system();
    const it = talk(core);
    it.tell({ kind: "cancel", tag: 5 }, list(6, 3));
    expect(await it.hear(1)).toEqual([{ kind: "listed", tag: 6, code: 0, text: "" }]);
    await it.leave();
    clean();
  });
});

describe("the budget of sessions", () => {
  it("is 256; failed opens take none of it, and only a close that succeeds gives one back", async () => {
    const { core } = await systemOf("CFG_CORE_HEAP_SIZE=1048576", app({ flags: SHARED }));
    const it = talk(core);
    let tag = 0;
    const one = async (make: (tag: number) => Frame): Promise<Extract<Frame, { kind: "reply" }>> => {
      it.tell(make(++tag));
      const [answer] = await it.hear(1);
      if (answer?.kind !== "reply") throw new Error(JSON.stringify(answer));
      return answer;
    };
    const sessions: number[] = [];
    for (let n = 0; n < 255; n++) sessions.push((await one((own) => open(own))).session);
    expect(sessions.every((session) => session !== 0)).toBe(true);
    // With one place left: a TA that there is not.
    for (let n = 0; n < 3; n++)
      expect(await one((own) => open(own, HELLO_WORLD_UUID.replace(/^./, "9")))).toMatchObject({
        code: TEE.ITEM_NOT_FOUND,
        session: 0,
      });
    sessions.push((await one((own) => open(own))).session);
    expect(await one((own) => open(own))).toEqual(reply(tag, TEE.BUSY, ORIGIN.COMMS));
    // What is no open is served none the less.
    expect((await one((own) => invoke(own, sessions[0] ?? 0))).code).toBe(TEE.SUCCESS);
    expect((await one((own) => close(own, 999_999))).code).not.toBe(TEE.SUCCESS);
    expect((await one((own) => open(own))).code).toBe(TEE.BUSY);
    expect((await one((own) => close(own, sessions[0] ?? 0))).code).toBe(TEE.SUCCESS);
    expect((await one((own) => open(own))).code).toBe(TEE.SUCCESS);
    expect((await one((own) => open(own))).code).toBe(TEE.BUSY);
    await it.leave();
    expect(core.sessions.size).toBe(0);
  });
});

describe("the budget of requests", () => {
  it("is 64 that are not answered, lists among them; what is beyond is refused, the rest is answered", async () => {
    const gate = gated();
    const { core, clean } = await system(gate.app);
    const it = talk(core);
    it.tell(open(1));
    const [opened] = await it.hear(1);
    const session = opened?.kind === "reply" ? opened.session : 0;
    it.tell(...Array.from({ length: 63 }, (_, n) => invoke(100 + n, session)));
    expect(it.heard()).toEqual([]);
    it.tell(list(163, 3), list(164, 3), invoke(165, session));
    const busy = "too many requests are not answered yet";
    expect(it.heard()).toEqual([
      { kind: "listed", tag: 164, code: TEE.BUSY, text: busy },
      reply(165, TEE.BUSY, ORIGIN.COMMS),
    ]);
    expect(await it.hear(1)).toEqual([{ kind: "listed", tag: 163, code: 0, text: "" }]);
    gate.open();
    const answers = await it.hear(63);
    expect(answers.map(({ tag }) => tag).sort((a, b) => a - b)).toEqual(Array.from({ length: 63 }, (_, n) => 100 + n));
    // All places are free again.
    it.tell(...Array.from({ length: 64 }, (_, n) => invoke(200 + n, session)));
    expect((await it.hear(64)).every((answer) => answer.kind === "reply" && answer.code === 0)).toBe(true);
    it.tell(close(1, session));
    expect(await it.hear(1)).toEqual([reply(1, TEE.SUCCESS, 3)]);
    await it.leave();
    clean();
  });
});

it("a memref is 16 MiB at most, whatever it brings", async () => {
  const { core, clean } = await system(app({ flags: SHARED }));
  const it = talk(core);
  it.tell(open(1), open(2, UUID, room(2 ** 24 + 1)), open(3, UUID, room(2 ** 22)));
  // What is refused does not reach the TEE: it is answered first.
  const [refused, ...opened] = await it.hear(3);
  expect(refused).toEqual(reply(2, TEE.EXCESS_DATA, ORIGIN.COMMS));
  expect(opened).toMatchObject([
    { tag: 1, code: TEE.SUCCESS },
    { tag: 3, code: TEE.SUCCESS, params: [{ type: 6, a: 2 ** 22 }, {}, {}, {}] },
  ]);
  await it.leave();
  clean();
});

describe("a client that goes", () => {
  it("has its calls cancelled and its sessions closed behind the last of them, and hears nothing any more", async () => {
    let [inside, cancelled] = [0, 0];
    const sleeper = app({
      flags: SHARED,
      async invoke(tee) {
        tee.unmaskCancellation();
        inside++;
        const code = await tee.wait(1_000_000);
        if (code === TEE.CANCEL) cancelled++;
        return code;
      },
    });
    const { core, clean } = await system(sleeper);
    const it = talk(core);
    it.tell(open(1));
    const [opened] = await it.hear(1);
    const session = opened?.kind === "reply" ? opened.session : 0;
    it.tell({ kind: "subscribe", tag: 0, events: 3 }, invoke(2, session), invoke(3, session));
    await until(() => inside === 1);
    expect([core.sessions.size, it.heard().length > 0]).toEqual([1, true]);
    await it.leave();
    // The second one waited for the first, and never got in.
    expect([cancelled, core.sessions.size, it.heard()]).toEqual([1, 0, []]);
    clean();
  });
});
