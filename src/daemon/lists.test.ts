// Tests of lists.ts.
import { describe, expect, it } from "vitest";
import { connect, serve } from "../../test/support/daemon.ts";
import { app, SHARED, systemOf, UUID } from "../../test/support/daemon_system.ts";
import { talk } from "../../test/support/talk.ts";
import { TEE } from "../abi/errors.ts";
import { LEAKY, LEAKY_UUID, leaky } from "../tee/apps/leaky.ts";
import { createClient } from "../tee/kernel/client.ts";
import { taLeaks, taMoments } from "../tee/kernel/inspect.ts";
import { params, valueIn } from "../tee/kernel/params.ts";
import type { Frame } from "../wire/frames.ts";

const MDBG = "CFG_TEE_TA_MALLOC_DEBUG=y";
const list = (tag: number, what: number, which = ""): Frame => ({ kind: "list", tag, what, which });

describe("a list of a daemon", () => {
  it("of what runs and of its blocks has the tag of its request, and the number of the last event", async () => {
    const { core } = await systemOf(MDBG, leaky, app({ flags: SHARED, name: "other" }));
    const local = createClient(core);
    const { session } = await local.open(LEAKY_UUID);
    await local.open(UUID);
    await local.invoke(session, LEAKY.LEAK, params(valueIn(100)));
    const it = talk(core);
    it.tell(list(5, 1, "LEAKY"));
    const about = { tag: 5, instance: core.instances[0]?.id };
    const heap = { kind: "heap", heap: 3, ...about, base: 0, sequence: core.sequence - 1 };
    const named = { kind: "instance", ...about, name: "leaky", uuid: LEAKY_UUID, sequence: core.sequence - 1 };
    const status = { kind: "status", ...about, sessions: 1, panicked: 0, busy: 0 };
    expect(await it.hear(4)).toMatchObject([
      named,
      status,
      { ...heap, blocks: 0, allocated: core.instances[0]?.heap.heap.allocated },
      { kind: "listed", tag: 5, code: 0, text: "" },
    ]);
    it.tell(list(6, 2, "leaky"));
    await Promise.resolve();
    const frames = it.heard();
    // Texts belong to no request.
    expect(new Set(frames.map(({ kind, tag }) => `${kind} ${tag}`))).toEqual(
      new Set(["instance 6", "status 6", "heap 6", "text 0", "block 6", "listed 6"]),
    );
    const blocks = frames.filter(({ kind }) => kind === "block");
    expect(frames.find(({ kind }) => kind === "heap")).toMatchObject({ blocks: blocks.length });
    const text = frames.find((frame) => frame.kind === "text" && frame.text === "ta/leaky/leaky.c");
    expect(blocks).toContainEqual(
      expect.objectContaining({ size: 100, bytes: 0, line: 31, file: text?.kind === "text" ? text.id : -1 }),
    );
    it.tell(list(7, 1));
    await Promise.resolve();
    expect(it.heard().filter(({ kind }) => kind === "instance")).toMatchObject([{ name: "leaky" }, { name: "other" }]);
    await it.leave();
    await local.end();
  });

  it.each([
    [1, "nosuch", TEE.SUCCESS, /^$/],
    [3, "nosuch", TEE.SUCCESS, /^$/],
    [2, "nosuch", TEE.ITEM_NOT_FOUND, /no TA 'nosuch' is running; running: leaky/],
    [2, "leaky", TEE.NOT_SUPPORTED, /CFG_TEE_TA_MALLOC_DEBUG=y is missing/],
    [0, "", TEE.NOT_IMPLEMENTED, /^this daemon has no list 0$/],
    [4, "", TEE.NOT_IMPLEMENTED, /^this daemon has no list 4$/],
  ] as const)("%i of %j ends with its code", async (what, which, code, text) => {
    const { core } = await systemOf("", leaky);
    await createClient(core).open(LEAKY_UUID);
    const it = talk(core);
    it.tell(list(8, what, which));
    expect(await it.hear(1)).toEqual([{ kind: "listed", tag: 8, code, text: expect.stringMatching(text) }]);
    await it.leave();
  });

  it("of blocks of a damaged heap ends with CORRUPT_OBJECT", async () => {
    const { core } = await systemOf(MDBG, leaky);
    const local = createClient(core);
    const { session } = await local.open(LEAKY_UUID);
    await local.invoke(session, LEAKY.OVERRUN, params(valueIn(32, 4)));
    const it = talk(core);
    it.tell(list(8, 2));
    const text = expect.stringContaining("the heap of leaky is damaged");
    expect(await it.hear(1)).toEqual([{ kind: "listed", tag: 8, code: TEE.CORRUPT_OBJECT, text }]);
    await it.leave();
  });

  it("is the same over a socket as here: sessions, panics, calls inside, figures, ends", async () => {
    const { core } = await systemOf(MDBG, leaky);
    const daemon = await serve(core);
    const there = await connect(daemon.path);
    const { session } = await there.client.open(LEAKY_UUID);
    await there.client.invoke(session, LEAKY.LEAK, params(valueIn(100)));
    expect(await there.inspect.running()).toEqual({ ok: true, value: taMoments(core) });
    expect(await there.inspect.leaks("leaky")).toEqual(taLeaks(core, "leaky"));
    expect(await there.inspect.running("nosuch")).toEqual({ ok: true, value: [] });
    await there.client.invoke(session, LEAKY.PANIC, params(valueIn(3)));
    expect(await there.inspect.running()).toEqual({ ok: true, value: taMoments(core) });
    expect(taMoments(core)[0]?.panicked).toBe(true);
    await there.client.close(session);
    expect(await there.inspect.ended("LEAKY")).toEqual({ ok: true, value: core.ended });
    await daemon.end();
  });
});
