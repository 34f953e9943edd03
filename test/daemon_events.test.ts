// Tests of the events of a daemon.
import { describe, expect, it } from "vitest";
import { createEventDecoder } from "../src/daemon/event_decoder.ts";
import { createPeer } from "../src/daemon/peer.ts";
import { LEAKY, LEAKY_UUID, leaky } from "../src/tee/apps/leaky.ts";
import { createClient } from "../src/tee/kernel/client.ts";
import { params, valueIn } from "../src/tee/kernel/params.ts";
import type { TeeEvent } from "../src/tee/monitor/event.ts";
import { createMonitor } from "../src/tee/monitor/monitor.ts";
import { createSiteBook } from "../src/tee/monitor/site_book.ts";
import { listeners, tapEvents } from "../src/tee/monitor/tap.ts";
import { encodeFrame } from "../src/wire/codec.ts";
import { type EventBody, SUBSCRIBE } from "../src/wire/event_frames.ts";
import type { Frame } from "../src/wire/frames.ts";
import { MAGIC } from "../src/wire/limits.ts";
import { createSplitter } from "../src/wire/splitter.ts";
import { bare, connect, serve, until } from "./support/daemon.ts";
import { hello, systemOf } from "./support/daemon_system.ts";

const ALL = SUBSCRIBE.STEPS + SUBSCRIBE.OPERATIONS;
/** Above this the daemon leaves out events. */
const JAM = 2 ** 20;

describe("the events of a daemon", () => {
  it.each(["", "CFG_NS_VIRTUALIZATION=y CFG_TEE_CORE_MALLOC_DEBUG=y CFG_TEE_TA_MALLOC_DEBUG=y"])(
    "are those of its system, from the state at the beginning on, with %j",
    async (cfg) => {
      const { core, clean } = await systemOf(cfg, leaky);
      const book = createSiteBook(core);
      const daemon = await serve(core);
      const mouth = await connect(daemon.path);
      // What is there before anybody listens: two blocks, one of them moved.
      const { session } = await mouth.client.open(LEAKY_UUID);
      for (const size of [100, 7]) await mouth.client.invoke(session, LEAKY.LEAK, params(valueIn(size)));
      const here: TeeEvent[] = [];
      const there: TeeEvent[] = [];
      const stop = tapEvents(core, (event) => here.push(event), book);
      const ears = await connect(daemon.path);
      const decoder = createEventDecoder((event) => there.push(event));
      ears.subscribe(ALL, decoder.feed);
      await ears.inspect.ended();
      for (const size of [40_000, 8]) await mouth.client.invoke(session, LEAKY.LEAK, params(valueIn(size)));
      await mouth.client.invoke(session, LEAKY.FREE_ALL, params());
      expect(await hello(mouth.client)).toBe(42);
      await mouth.client.close(session);
      await ears.inspect.ended();
      stop();
      expect(there).toEqual(here);
      expect(there.filter(({ kind }) => kind === "known").length).toBe(cfg === "" ? 5 : 6);
      const known = there.find((event) => event.kind === "known" && event.heap === "ta");
      const sites = known?.kind === "known" ? known.blocks.map(({ site }) => site) : [];
      expect(sites.filter((site) => site === "ta/leaky/leaky.c:31")).toHaveLength(2);
      expect(decoder.lost).toBe(0);
      book.close();
      await ears[Symbol.asyncDispose]();
      await mouth[Symbol.asyncDispose]();
      await until(() => daemon.clients === 0);
      await daemon.end();
      if (cfg === "") clean();
    },
  );

  it("let a monitor that comes late name who held the peak, from before too", async () => {
    const { core } = await systemOf("", leaky);
    const daemon = await serve(core);
    const { client, ...connection } = await connect(daemon.path);
    const { session } = await client.open(LEAKY_UUID);
    for (let n = 0; n < 3; n++) await client.invoke(session, LEAKY.LEAK, params(valueIn(100)));
    const watch = createMonitor({ ta: "leaky" });
    connection.subscribe(ALL, createEventDecoder(watch.feed).feed);
    await client.invoke(session, LEAKY.LEAK_EVERY, params(valueIn(500, 0)));
    expect(watch.records).toMatchObject([{ entry: "invoke", loader: { before: expect.any(Number) } }]);
    expect(watch.records[0]?.loader.before).toBeGreaterThan(0);
    const holders = watch.highest?.holders.map(({ site, blocks }) => [site, blocks]) ?? [];
    expect(holders.slice(0, 2)).toEqual([
      ["ta/leaky/leaky.c:47", 1],
      ["ta/leaky/leaky.c:31", 3],
    ]);
    expect(holders.filter(([site]) => site === "before" || site === "unknown")).toEqual([]);
    await daemon.end();
  });

  it("are those that were asked for: steps, operations, both, none", async () => {
    const { core } = await systemOf("");
    const daemon = await serve(core);
    const kinds = async (events: number): Promise<string[]> => {
      const ears = await connect(daemon.path);
      const heard = new Set<string>();
      ears.subscribe(events, ({ kind }: EventBody) => heard.add(kind));
      expect(await hello(ears.client)).toBe(42);
      await ears[Symbol.asyncDispose]();
      return [...heard].sort();
    };
    expect(await kinds(SUBSCRIBE.STEPS)).toEqual(["ended", "instance", "step"]);
    expect(await kinds(SUBSCRIBE.OPERATIONS)).toEqual(["block", "ended", "heap", "instance", "operation", "text"]);
    expect(await kinds(ALL)).toEqual(["block", "ended", "heap", "instance", "operation", "step", "text"]);
    expect(await kinds(0)).toEqual([]);
    await until(() => listeners(core) === 0);
    expect(core.heap.listener).toBeNull();
    await daemon.end();
  });
});

describe("a subscriber that does not read", () => {
  it("lets no more than a bounded number of bytes wait, is told what it missed, and then all that there is", async () => {
    const { core } = await systemOf("", leaky);
    const book = createSiteBook(core);
    const queue: Uint8Array[] = [];
    let waiting = 0;
    let most = 0;
    const peer = createPeer(core, book, {
      send(bytes) {
        queue.push(bytes);
        waiting += bytes.length;
        most = Math.max(most, waiting);
      },
      end() {},
      get jammed() {
        return waiting > JAM;
      },
    });
    const tell = (frame: Frame): void => peer.receive(encodeFrame(frame));
    tell({ kind: "hello", tag: 0, magic: MAGIC, version: 1 });
    tell({ kind: "subscribe", tag: 0, events: ALL });
    const beginning = waiting;
    const local = createClient(core);
    for (let n = 0; n < 1000; n++) expect(await hello(local)).toBe(42);
    expect(most).toBeGreaterThan(JAM);
    expect(most).toBeLessThan(JAM + 1000);
    // Half the way through it asks something: the answer must not come before the loss is told.
    tell({ kind: "list", tag: 7, what: 3, which: "" });
    await until(() => queue.length > 0 && waiting > most - 1);
    const { session } = await local.open(LEAKY_UUID);
    for (let n = 0; n < 5; n++) await local.invoke(session, LEAKY.LEAK, params(valueIn(100)));

    const watch = createMonitor();
    const decoder = createEventDecoder(watch.feed);
    const splitter = createSplitter();
    const kinds: string[] = [];
    const read = (): void => {
      const bytes = Buffer.concat(queue.splice(0));
      waiting = 0;
      for (const frame of splitter.push(bytes)) {
        if (!frame.ok) throw new Error(frame.error.text);
        kinds.push(frame.value.kind);
        if (frame.value.tag === 0 && frame.value.kind !== "welcome") decoder.feed(frame.value as EventBody);
      }
      peer.drained();
    };
    read();
    expect(kinds.indexOf("lost")).toBeGreaterThan(0);
    expect(kinds.indexOf("lost")).toBeLessThan(kinds.indexOf("listed"));
    const missed = decoder.lost;
    expect(missed).toBeGreaterThan(1000);
    most = 0;
    await local.invoke(session, LEAKY.LEAK, params(valueIn(100)));
    read();
    expect(decoder.lost).toBeGreaterThan(missed);
    const record = watch.records.at(-1);
    expect(record).toMatchObject({ name: "leaky", entry: "invoke", alone: true });
    expect(record?.heap.after).toBe(core.instances[0]?.heap.heap.allocated);
    expect(record?.holders[0]).toMatchObject({ site: "ta/leaky/leaky.c:31", blocks: 6 });
    expect(most).toBeLessThan(beginning + 10_000);
    await local.end();
    await peer.gone();
    book.close();
    expect(core.observers.size).toBe(0);
  });

  it("over a socket: gets the beginning of the events, the loss, and the end; others are served meanwhile", async () => {
    const { core } = await systemOf("");
    const daemon = await serve(core);
    const { socket, rest } = await bare(daemon.path);
    socket.write(encodeFrame({ kind: "hello", tag: 0, magic: MAGIC, version: 1 }));
    socket.write(encodeFrame({ kind: "subscribe", tag: 0, events: ALL }));
    await until(() => listeners(core) === 1);
    socket.pause();
    const { client } = await connect(daemon.path);
    for (let n = 0; n < 1500; n++) expect(await hello(client)).toBe(42);
    const splitter = createSplitter();
    const bodies: Frame[] = [];
    socket.on("data", (bytes) => {
      for (const frame of splitter.push(bytes)) if (frame.ok) bodies.push(frame.value);
    });
    socket.resume();
    // After the gap it receives the full state, then events again.
    const lostAt = (): number => bodies.findIndex(({ kind }) => kind === "lost");
    const isCore = (body: Frame): boolean => body.kind === "heap" && body.heap === 1;
    await until(() => lostAt() >= 0 && bodies.findLastIndex(isCore) > lostAt());
    expect(await hello(client)).toBe(42);
    await until(
      () => bodies.at(-1)?.kind === "operation" && bodies.findLastIndex(({ kind }) => kind === "ended") > lostAt(),
    );
    socket.end();
    await rest;
    const lost = bodies.reduce((sum, body) => sum + (body.kind === "lost" ? body.count : 0), 0);
    expect(lost).toBeGreaterThan(bodies.filter(({ kind }) => kind === "operation").length);
    await daemon.end();
    expect(listeners(core)).toBe(0);
  });
});

it("what a daemon of a later version tells is left out", () => {
  const events: TeeEvent[] = [];
  const decoder = createEventDecoder((event) => events.push(event));
  const step = { kind: "step", sequence: 1, step: 1, entry: 99, instance: 1, session: 1, command: 0, code: 0 } as const;
  decoder.feed(step);
  decoder.feed({ ...step, step: 99, entry: 1 });
  const counters = { allocated: 0, maxAllocated: 0, size: 0, failures: 0, biggestFailure: 0, biggestFailureUsed: 0 };
  decoder.feed({ kind: "heap", sequence: 1, heap: 99, instance: 0, base: 0, blocks: 1, ...counters });
  decoder.feed({ kind: "block", heap: 99, instance: 0, pointer: 1, bytes: 1, size: 0, file: 0, line: 0 });
  expect(events).toEqual([]);
});
