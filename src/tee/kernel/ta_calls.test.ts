// Tests of ta_calls.ts.
import { describe, expect, it } from "vitest";
import { bootTest } from "../../../test/embedded.ts";
import { TEE } from "../../abi/errors.ts";
import { ORIGIN } from "../../abi/ids.ts";
import { checkContext } from "../../malloc/check.ts";
import { getStats } from "../../malloc/stats.ts";
import { HELLO_WORLD, HELLO_WORLD_UUID, helloWorld } from "../apps/hello_world.ts";
import type { TrustedApp } from "../utee/trusted_app.ts";
import type { TaFlags } from "./app_facts.ts";
import { createClient } from "./client.ts";
import { params, valueInOut } from "./params.ts";

const UUID = "00000000-0000-4000-8000-000000000001";

function app(flags: Partial<TaFlags>, parts: Partial<TrustedApp>): TrustedApp {
  return {
    ...helloWorld,
    uuid: UUID,
    name: "test",
    flags: { singleInstance: false, multiSession: false, keepAlive: false, ...flags },
    invoke: () => TEE.SUCCESS,
    ...parts,
  };
}

describe("a trusted application", () => {
  it("does its work, and leaves core heap and TA memory as they were", async () => {
    const { core } = bootTest("", undefined, [helloWorld]);
    const client = createClient(core);
    const before = core.heap.heap.allocated;
    const { session, code } = await client.open(HELLO_WORLD_UUID);
    expect(code).toBe(TEE.SUCCESS);
    expect(core.taRam.allocated).toBe(79 * 4096);
    const value = valueInOut(42);
    expect((await client.invoke(session, HELLO_WORLD.INC_VALUE, params(value))).code).toBe(TEE.SUCCESS);
    expect(value).toMatchObject({ value: { a: 43 } });
    await client.close(session);
    expect(core.heap.heap.allocated).toBe(before);
    expect(core.taRam).toMatchObject({ allocated: 0, maxAllocated: 323584 });
    expect(core.userTas).toEqual([]);
    expect(checkContext(core.heap)).toEqual([]);
  });

  it("has the heap of the recorded one: 256 at most while it starts, 128 with a session", async () => {
    const { core } = bootTest("", undefined, [helloWorld]);
    const client = createClient(core);
    await client.open(HELLO_WORLD_UUID);
    const [instance] = core.instances;
    expect(instance && getStats(instance.heap)).toMatchObject({ allocated: 128, maxAllocated: 256, size: 32768 });
    expect(instance && getStats(instance.loaderHeap)).toMatchObject({ allocated: 1728, maxAllocated: 1728 });
  });

  it("has an instance for each session, or one for all, as its flags say", async () => {
    const counts = async (flags: Partial<TaFlags>): Promise<readonly number[]> => {
      const { core } = bootTest("", undefined, [app(flags, {})]);
      const client = createClient(core);
      const sessions: number[] = [];
      const codes: number[] = [];
      for (let n = 0; n < 2; n++) {
        const opened = await client.open(UUID);
        codes.push(opened.code);
        if (opened.session) sessions.push(opened.session);
      }
      const open = core.instances.length;
      for (const session of sessions) await client.close(session);
      return [open, codes.filter((code) => code === TEE.SUCCESS).length, core.instances.length];
    };
    expect(await counts({})).toEqual([2, 2, 0]);
    expect(await counts({ singleInstance: true })).toEqual([1, 1, 0]);
    expect(await counts({ singleInstance: true, multiSession: true })).toEqual([1, 2, 0]);
    expect(await counts({ singleInstance: true, multiSession: true, keepAlive: true })).toEqual([1, 2, 1]);
  });

  it.each(["create", "openSession", "invoke", "closeSession", "destroy"] as const)(
    "that panics in %s dies alone",
    async (entry) => {
      const parts: Partial<TrustedApp> = {
        [entry]: () => {
          throw new Error("boom");
        },
      };
      const { core, lines } = bootTest("", undefined, [app({}, parts), helloWorld]);
      const client = createClient(core);
      const before = core.heap.heap.allocated;
      const opened = await client.open(UUID);
      if (entry === "create" || entry === "openSession") {
        expect(opened).toMatchObject({ code: TEE.TARGET_DEAD, origin: ORIGIN.TEE, session: 0 });
      } else {
        const invoked = await client.invoke(opened.session, 0, params());
        expect(invoked.code).toBe(entry === "invoke" ? TEE.TARGET_DEAD : TEE.SUCCESS);
        if (entry === "invoke") expect((await client.invoke(opened.session, 0, params())).code).toBe(TEE.TARGET_DEAD);
        await client.close(opened.session);
      }
      expect(lines().some((line) => line.includes("boom"))).toBe(true);
      expect(core.instances).toEqual([]);
      expect(core.taRam.allocated).toBe(0);
      expect(core.heap.heap.allocated).toBe(before);
      expect((await client.open(HELLO_WORLD_UUID)).code).toBe(TEE.SUCCESS);
    },
  );

  it("serves one call at a time", async () => {
    let inside = 0;
    let most = 0;
    const slow = app(
      { singleInstance: true, multiSession: true },
      {
        async invoke(tee) {
          most = Math.max(most, ++inside);
          await tee.wait(1);
          inside--;
          return TEE.SUCCESS;
        },
      },
    );
    const { core } = bootTest("", undefined, [slow]);
    const clients = Array.from({ length: 5 }, () => createClient(core));
    await Promise.all(
      clients.map(async (client) => {
        const { session } = await client.open(UUID);
        await client.invoke(session, 0, params());
        await client.end();
      }),
    );
    expect(most).toBe(1);
    expect(core.instances).toEqual([]);
  });

  it("can call others, but not itself", async () => {
    const OTHER = "00000000-0000-4000-8000-000000000002";
    const codes: number[] = [];
    const caller = app(
      { singleInstance: true, multiSession: true },
      {
        async invoke(tee, _session, command) {
          const { session, code } = await tee.openTaSession(command === 0 ? HELLO_WORLD_UUID : OTHER);
          codes.push(code);
          if (session === 0) return code;
          const value = valueInOut(1);
          codes.push((await tee.invokeTaCommand(session, 0, params(value))).code);
          await tee.closeTaSession(session);
          return TEE.SUCCESS;
        },
      },
    );
    const back: TrustedApp = {
      ...app({}, { invoke: async (tee) => (await tee.openTaSession(UUID)).code }),
      uuid: OTHER,
    };
    const { core } = bootTest("", undefined, [caller, back, helloWorld]);
    const client = createClient(core);
    const { session } = await client.open(UUID);
    await client.invoke(session, 0, params());
    await client.invoke(session, 1, params());
    expect(codes).toEqual([TEE.SUCCESS, TEE.SUCCESS, TEE.SUCCESS, TEE.BUSY]);
    await client.end();
    expect(core.sessions.size).toBe(0);
  });

  it("keeps the mask of cancellation with the session: unmasked when it was opened, a later call can be cancelled", async () => {
    const { core } = bootTest("", undefined, [
      app(
        {},
        {
          openSession: (tee) => (tee.unmaskCancellation() ? TEE.SUCCESS : TEE.GENERIC),
          invoke: (tee) => tee.wait(60_000),
        },
      ),
    ]);
    const client = createClient(core);
    const { session } = await client.open(UUID);
    const abort = new AbortController();
    const call = client.invoke(session, 0, params(), abort.signal);
    abort.abort();
    expect((await call).code).toBe(TEE.CANCEL);
    const other = await client.open(UUID);
    expect(other.code).toBe(TEE.SUCCESS);
  });

  it("that is a single instance and has panicked gets a new instance with the next session; the old one's are dead", async () => {
    const { core } = bootTest("", undefined, [
      app(
        { singleInstance: true, multiSession: true, keepAlive: true },
        { invoke: (tee, _session, command) => (command === 1 ? tee.panic(7) : TEE.SUCCESS) },
      ),
    ]);
    const before = core.heap.heap.allocated;
    const client = createClient(core);
    const first = await client.open(UUID);
    expect((await client.invoke(first.session, 1, params())).code).toBe(TEE.TARGET_DEAD);
    const second = await client.open(UUID);
    expect(second.code).toBe(TEE.SUCCESS);
    expect(core.instances.map(({ panicked, sessions }) => [panicked, sessions])).toEqual([
      [true, 1],
      [false, 1],
    ]);
    expect((await client.invoke(first.session, 0, params())).code).toBe(TEE.TARGET_DEAD);
    expect((await client.invoke(second.session, 0, params())).code).toBe(TEE.SUCCESS);
    await client.close(first.session);
    expect(core.instances.map(({ panicked }) => panicked)).toEqual([false]);
    expect((await client.invoke(second.session, 1, params())).code).toBe(TEE.TARGET_DEAD);
    await client.close(second.session);
    expect([core.instances.length, core.heap.heap.allocated]).toEqual([0, before]);
  });

  it("hears of cancellation when it has unmasked it; a call that waits for its turn ends at once", async () => {
    const sleeper = app(
      { singleInstance: true, multiSession: true },
      {
        async invoke(tee) {
          tee.unmaskCancellation();
          return tee.wait(100_000);
        },
      },
    );
    const { core } = bootTest("", undefined, [sleeper]);
    const [one, two] = [createClient(core), createClient(core)];
    const first = (await one.open(UUID)).session;
    const second = (await two.open(UUID)).session;
    const stop = [new AbortController(), new AbortController()] as const;
    const running = one.invoke(first, 0, params(), stop[0].signal);
    const waiting = two.invoke(second, 0, params(), stop[1].signal);
    stop[1].abort();
    expect((await waiting).code).toBe(TEE.CANCEL);
    stop[0].abort();
    expect((await running).code).toBe(TEE.CANCEL);
    await one.end();
    await two.end();
    expect(core.instances).toEqual([]);
  });

  it.each([
    ["its own code", TEE.BAD_STATE, ORIGIN.TRUSTED_APP],
    ["success", TEE.SUCCESS, ORIGIN.TRUSTED_APP],
    ["a short buffer", TEE.SHORT_BUFFER, ORIGIN.TRUSTED_APP],
    // Whoever says these two: upstream tells them apart by the code alone.
    ["busy", TEE.BUSY, ORIGIN.TEE],
    ["dead", TEE.TARGET_DEAD, ORIGIN.TEE],
  ])("the origin of what a command returns: %s", async (_what, code, origin) => {
    const { core } = bootTest("", undefined, [app({}, { invoke: () => code })]);
    const client = createClient(core);
    const { session } = await client.open(UUID);
    expect(await client.invoke(session, 0, params())).toEqual({ code, origin });
    await client.end();
  });

  it.each([
    ["its own code", TEE.BAD_STATE, ORIGIN.TRUSTED_APP],
    ["busy", TEE.BUSY, ORIGIN.TEE],
    ["dead", TEE.TARGET_DEAD, ORIGIN.TEE],
    ["out of memory", TEE.OUT_OF_MEMORY, ORIGIN.TEE],
  ])("the origin of what opening returns: %s", async (_what, code, origin) => {
    const { core } = bootTest("", undefined, [app({}, { openSession: () => code })]);
    expect(await createClient(core).open(UUID)).toEqual({ code, origin, session: 0 });
    expect(core.instances).toEqual([]);
  });

  it("with one instance and one session is busy for a second, until the first is closed", async () => {
    const { core } = bootTest("", undefined, [app({ singleInstance: true }, {})]);
    const client = createClient(core);
    const first = await client.open(UUID);
    expect(await client.open(UUID)).toEqual({ code: TEE.BUSY, origin: ORIGIN.TEE, session: 0 });
    await client.close(first.session);
    expect((await client.open(UUID)).code).toBe(TEE.SUCCESS);
    await client.end();
  });

  it("that is not there, and commands and closes of sessions that are not, have the TEE's origin", async () => {
    const { core } = bootTest("", undefined, []);
    const client = createClient(core);
    expect(await client.open(UUID)).toEqual({ code: TEE.ITEM_NOT_FOUND, origin: ORIGIN.TEE, session: 0 });
    expect(await client.invoke(7, 0, params())).toEqual({
      code: TEE.BAD_PARAMETERS,
      origin: ORIGIN.TEE,
    });
    expect(await client.close(7)).toEqual({
      code: TEE.BAD_PARAMETERS,
      origin: ORIGIN.TEE,
    });
  });

  it("is remembered when it ends, the latest 64 of them", async () => {
    const { core } = bootTest("", undefined, [app({}, {})]);
    const client = createClient(core);
    for (let n = 0; n < 66; n++) {
      const { session } = await client.open(UUID);
      await client.close(session);
      expect(core.ended.length).toBe(Math.min(n + 1, 64));
    }
    expect(core.ended.at(-1)).toMatchObject({ uuid: UUID, name: "test", panicked: false, stats: { size: 32768 } });
  });

  it("is refused where TA memory or core heap have no room, and nothing is left behind", async () => {
    const huge: TrustedApp = { ...app({}, {}), layout: { ...helloWorld.layout, dataPages: 4000 } };
    const { core } = bootTest("", undefined, [huge]);
    const before = core.heap.heap.allocated;
    expect(await createClient(core).open(UUID)).toMatchObject({ code: TEE.OUT_OF_MEMORY, origin: ORIGIN.TEE });
    expect([core.heap.heap.allocated, core.taRam.allocated]).toEqual([before, 0]);
    const small = bootTest("CFG_CORE_HEAP_SIZE=16384", undefined, [helloWorld]).core;
    const left = small.heap.heap.allocated;
    expect((await createClient(small).open(HELLO_WORLD_UUID)).code).toBe(TEE.OUT_OF_MEMORY);
    expect(small.heap.heap.allocated).toBe(left);
    expect(checkContext(small.heap)).toEqual([]);
  });
});
