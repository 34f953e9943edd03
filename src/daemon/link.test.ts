// Tests of link.ts.
import { once } from "node:events";
import { createConnection } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { until } from "../../test/support/daemon.ts";
import { type Answer, type FalseDaemon, falseDaemon, reply, WELCOME } from "../../test/support/false_daemon.ts";
import { TEE } from "../abi/errors.ts";
import type { EventBody } from "../wire/event_frames.ts";
import type { ClientBody, Frame } from "../wire/frames.ts";
import { NO_PARAMS } from "../wire/wire_params.ts";
import { createLink, type Link, PATIENCE } from "./link.ts";

let daemon: FalseDaemon | null = null;
afterEach(() => daemon?.end());

const CLOSE: ClientBody = { kind: "close", session: 5 };
const listed = (tag: number): Frame => ({ kind: "listed", tag, code: 0, text: "" });
const status = (tag: number): Frame => ({ kind: "status", tag, instance: 1, sessions: 1, panicked: 0, busy: 0 });

/** A link with what answers in this way; `patience` in milliseconds, as far as a test does not want the usual. */
async function meet(answer: Answer, patience: Partial<typeof PATIENCE> = {}, greets = true) {
  daemon = await falseDaemon(answer, greets);
  const socket = createConnection(daemon.path);
  await once(socket, "connect");
  const link: Link = createLink(socket, "PATH", { ...PATIENCE, ...patience }, { texts: 2, list: 3 });
  return { link, socket, heard: daemon.heard };
}

describe("a greeting", () => {
  it("is a hello of this version, answered by the welcome", async () => {
    const { link, heard } = await meet(() => {});
    expect(await link.greet()).toEqual(WELCOME);
    expect(heard).toEqual([{ kind: "hello", tag: 0, magic: 0x4d454554, version: 1 }]);
    expect(link.lost).toBe("");
    await link.end();
  });

  it("that has no answer is given up; who waits longer than a second is told once", async () => {
    let slow = 0;
    const { link } = await meet(() => {}, { most: 1050, slow: () => void slow++ }, false);
    expect([await link.greet(), slow]).toEqual([null, 1]);
    expect(link.lost).toBe("the program on PATH does not answer: end it, or choose another socket");
  });

  it("that is answered soon is not called slow, neither then nor later", async () => {
    let slow = 0;
    const { link } = await meet(() => {}, { most: 1100, slow: () => void slow++ });
    expect(await link.greet()).toEqual(WELCOME);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect([slow, link.lost]).toEqual([0, ""]);
    await link.end();
  });

  it.each([
    [true, "the daemon on PATH went away"],
    [false, "the daemon on PATH went away before it had started"],
  ])("behind it (%s) a daemon that goes is told in other words", async (greets, why) => {
    const { link } = await meet((_frame, _send, socket) => void socket.destroy(), {}, greets);
    expect(await link.greet()).toEqual(greets ? WELCOME : null);
    if (greets) expect(await link.ask(CLOSE)).toBeNull();
    await link.ended;
    expect(link.lost.replace(/ \(ECONNRESET\)$/, "")).toBe(why);
  });
});

describe("a request", () => {
  it("has a tag of its own, and the reply with it, in whatever order", async () => {
    const held: Frame[] = [];
    const { link, heard } = await meet((frame, send) => {
      held.push(frame);
      if (held.length === 3) send(...held.reverse().map(({ tag }) => reply(tag, 10 + tag)));
    });
    await link.greet();
    const replies = await Promise.all([1, 2, 3].map((session) => link.ask({ kind: "close", session })));
    expect(replies.map((one) => [one?.tag, one?.code])).toEqual([
      [1, 11],
      [2, 12],
      [3, 13],
    ]);
    expect(heard.slice(1)).toEqual([1, 2, 3].map((session) => ({ kind: "close", tag: session, session })));
    await link.end();
    expect(await link.ask(CLOSE)).toBeNull();
    expect(await link.list(1, "")).toBeNull();
  });

  it("is cancelled by its tag: at once where its signal is aborted, else when it is; not behind its reply", async () => {
    const { link, heard } = await meet((frame, send) => {
      if (frame.kind === "cancel") send(reply(frame.tag, TEE.CANCEL));
      if (frame.kind === "close" && frame.session === 3) send(reply(frame.tag, TEE.SUCCESS));
    });
    await link.greet();
    expect((await link.ask(CLOSE, AbortSignal.abort()))?.code).toBe(TEE.CANCEL);
    const stop = new AbortController();
    const running = link.ask(CLOSE, stop.signal);
    await until(() => heard.length === 4);
    stop.abort();
    expect((await running)?.code).toBe(TEE.CANCEL);
    const late = new AbortController();
    expect((await link.ask({ kind: "close", session: 3 }, late.signal))?.code).toBe(TEE.SUCCESS);
    late.abort();
    await link.end();
    expect(heard.slice(1).map(({ kind, tag }) => `${kind} ${tag}`)).toEqual([
      "close 1",
      "cancel 1",
      "close 2",
      "cancel 2",
      "close 3",
    ]);
  });

  it("that is answered when it is cancelled does not end the connection later", async () => {
    const { link } = await meet((frame, send) => void (frame.kind === "cancel" && send(reply(frame.tag, TEE.CANCEL))), {
      answer: 30,
    });
    await link.greet();
    expect((await link.ask(CLOSE, AbortSignal.abort()))?.code).toBe(TEE.CANCEL);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(link.lost).toBe("");
    await link.end();
  });

  it("whose reply is a list, or the other way round, has none", async () => {
    const { link } = await meet((frame, send) => {
      if (frame.kind === "close") send(listed(frame.tag));
      if (frame.kind === "list") send(reply(frame.tag, 0));
    });
    await link.greet();
    expect([await link.ask(CLOSE), await link.list(1, "")]).toEqual([null, null]);
    expect(link.lost).toBe("");
    await link.end();
  });
});

describe("a list", () => {
  it("is what came with its tag, and the texts; what has no tag is an event", async () => {
    const events: EventBody[] = [];
    const text: Frame = { kind: "text", tag: 0, id: 7, text: "a.c" };
    const { link, heard } = await meet((frame, send) => {
      if (frame.kind === "list")
        send(status(frame.tag), text, status(99), status(0), status(frame.tag), listed(frame.tag));
    });
    await link.greet();
    link.subscribe(3, (event) => events.push(event));
    const list = await link.list(2, "aes");
    expect(list?.bodies).toEqual([status(1), status(1)]);
    expect([list?.end, list?.texts]).toEqual([listed(1), new Map([[7, "a.c"]])]);
    expect(events).toEqual([text, status(0)]);
    expect(heard.slice(1)).toEqual([
      { kind: "subscribe", tag: 0, events: 3 },
      { kind: "list", tag: 1, what: 2, which: "aes" },
    ]);
    await link.end();
  });

  it("that has ended in time does not end the connection later", async () => {
    const { link } = await meet((frame, send) => send(listed(frame.tag)), { answer: 30 });
    await link.greet();
    expect((await link.list(1, ""))?.bodies).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(link.lost).toBe("");
    await link.end();
  });

  it.each([
    [3, ""],
    [4, "the program on PATH sends a list of more than 3 frames"],
  ])("of %i frames where 3 are allowed: %j", async (count, why) => {
    const frames = (tag: number): Frame[] => [...Array.from({ length: count }, () => status(tag)), listed(tag)];
    const { link } = await meet((frame, send) => send(...frames(frame.tag)));
    await link.greet();
    expect((await link.list(1, ""))?.bodies.length).toBe(why === "" ? count : undefined);
    expect(link.lost).toBe(why);
    // Another one begins anew.
    if (why === "") expect((await link.list(1, ""))?.bodies.length).toBe(count);
    await link.end();
  });

  it.each([
    [2, ""],
    [3, "the program on PATH sends more than 2 texts"],
  ])("with %i texts where 2 are allowed: %j", async (count, why) => {
    const text = (id: number): Frame => ({ kind: "text", tag: 0, id, text: `${id}` });
    const texts = Array.from({ length: count }, (_, id) => text(id));
    const { link } = await meet((frame, send) => send(...texts, text(0), listed(frame.tag)));
    await link.greet();
    expect((await link.list(1, ""))?.texts.size).toBe(why === "" ? 2 : undefined);
    expect(link.lost).toBe(why);
    await link.end();
  });
});

describe("the end", () => {
  it("that a daemon tells has its words, also for those who wait", async () => {
    const { link } = await meet((frame, send) =>
      send({ kind: "fault", tag: frame.tag, reason: 5, text: "why" }, reply(1, 0)),
    );
    await link.greet();
    expect(await Promise.all([link.ask(CLOSE), link.list(1, ""), link.ask(CLOSE)])).toEqual([null, null, null]);
    expect(link.lost).toBe("the daemon on PATH ended the connection: why");
  });

  it.each(["hello", "open", "invoke", "close", "cancel", "subscribe", "list"] as const)(
    "comes where a daemon sends a frame '%s'",
    async (kind) => {
      const all = { magic: 1, version: 1, uuid: "00000000-0000-4000-8000-000000000001", params: NO_PARAMS, session: 1 };
      const { link } = await meet((frame, send) => {
        send({ ...all, command: 0, events: 0, what: 1, which: "", kind, tag: frame.tag } as Frame);
      });
      await link.greet();
      expect(await link.ask(CLOSE)).toBeNull();
      expect(link.lost).toBe("the program on PATH is not a daemon of teemem");
    },
  );

  it("that we want has no reason, and comes though the other side does not end", async () => {
    const { link, socket } = await meet(() => {}, { answer: 30 });
    await link.greet();
    await link.end();
    await link.end();
    expect([socket.destroyed, link.lost]).toEqual([true, ""]);
  });
});
