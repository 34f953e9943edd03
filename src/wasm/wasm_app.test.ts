// Tests of TAs of WebAssembly: a probe whose commands do one thing each (test/fixtures/wasm/probe.c).
import { describe, expect, it } from "vitest";
import { fixtureModule, openWasm } from "../../test/support/wasm.ts";
import { TEE } from "../abi/errors.ts";
import { checkContext } from "../malloc/check.ts";
import { COUNTERS, pickCounters } from "../malloc/counters.ts";
import { getStats } from "../malloc/stats.ts";
import { createClient } from "../tee/kernel/client.ts";
import { memrefIn, memrefInOut, type Param, params, valueInOut } from "../tee/kernel/params.ts";

type Value = Extract<Param, { type: "value" }>;
const value = (a: number): Value => valueInOut(a) as Value;

/** Milliseconds; enough for what ends. */
const patience = 300;

describe.each(["probe.wasm32", "probe.wasm64"])("a TA of WebAssembly: %s", (name) => {
  const module = fixtureModule(name);
  const open = () => openWasm(module, { patience });

  it("is opened, called and closed", async () => {
    const { client, session, code, invoke, core } = await open();
    expect(code).toBe(TEE.SUCCESS);
    const number = value(21);
    expect(await invoke(0, params(number))).toBe(TEE.SUCCESS);
    expect(number.value).toEqual({ a: 42, b: 0 });
    expect(await invoke(99)).toBe(TEE.NOT_SUPPORTED);
    expect((await client.close(session)).code).toBe(TEE.SUCCESS);
    expect(core.instances).toEqual([]);
    expect(core.ended.map(({ panicked }) => panicked)).toEqual([false]);
  });

  it("says what it is before it runs", () => {
    const { uuid, flags, layout, properties, word } = module;
    expect({ uuid, flags, word }).toEqual({
      uuid: "7ee3e301-cafe-4d1a-8f01-020304050607",
      flags: { singleInstance: true, multiSession: true, keepAlive: false, cacheMaintenance: false },
      word: name.endsWith("64") ? 8 : 4,
    });
    expect(layout).toMatchObject({ stackPages: 1, heapLength: 16384 });
    expect(properties.map((one) => [one.name, one.kind, [...one.value]])).toEqual([
      ["probe.number", "u32", [7, 0, 0, 0]],
      ["probe.text", "string", [...new TextEncoder().encode("some text\0")]],
    ]);
  });

  it("changes the buffers of its caller that come out, and no others", async () => {
    const { invoke } = await open();
    const [inOut, inOnly] = [Uint8Array.of(1, 2, 255), Uint8Array.of(1, 2, 255)];
    expect(await invoke(3, params(memrefInOut(inOut)))).toBe(TEE.SUCCESS);
    expect(await invoke(3, params(memrefIn(inOnly)))).toBe(TEE.SUCCESS);
    expect([...inOut]).toEqual([2, 3, 0]);
    expect([...inOnly]).toEqual([1, 2, 255]);
  });

  it("gets its memory from the allocator of OP-TEE, in its own bytes", async () => {
    const { invoke, core } = await open();
    const [instance] = core.instances;
    const before = getStats(instance?.heap as never);
    expect(before.size).toBe(16384);
    const block = value(100);
    expect(await invoke(1, params(block))).toBe(TEE.SUCCESS);
    expect(block.value.a).toBeGreaterThan(module.layout.heapBase);
    expect(block.value.a).toBeLessThan(module.layout.heapBase + 16384);
    expect(checkContext(instance?.heap as never)).toEqual([]);
    const record = new Uint8Array(56);
    expect(await invoke(15, params(memrefInOut(record)))).toBe(TEE.SUCCESS);
    const words = new DataView(record.buffer);
    expect(COUNTERS.map((_, n) => words.getUint32(32 + 4 * n, true))).toEqual(
      Object.values(pickCounters(getStats(instance?.heap as never))),
    );
    expect(await invoke(2, params(block))).toBe(TEE.SUCCESS);
    expect(getStats(instance?.heap as never).allocated).toBe(before.allocated);
    expect(await invoke(1, params(value(20000)))).toBe(TEE.OUT_OF_MEMORY);
  });

  it("has further heaps in memory of its own", async () => {
    const { invoke, core } = await open();
    const place = value(64);
    expect(await invoke(13, params(place))).toBe(TEE.SUCCESS);
    expect(place.value.a).toBeGreaterThan(0);
    expect(place.value.a).toBeLessThan(place.value.b);
    expect(getStats(core.instances[0]?.heap as never).size).toBe(16384);
  });

  it("is told of its parts, and how they are initialized", async () => {
    const { invoke } = await open();
    const answer = value(0);
    await invoke(14, params(answer));
    expect(answer.value).toEqual({ a: 42, b: 1 });
  });

  it("ends an entry from within, and goes on", async () => {
    const { invoke, core } = await open();
    expect(await invoke(12)).toBe(TEE.BAD_STATE);
    expect(core.instances.map(({ panicked }) => panicked)).toEqual([false]);
    expect(await invoke(0, params(value(1)))).toBe(TEE.SUCCESS);
  });

  it.each([
    ["jumps wild", 5, 0x1234],
    ["calls NULL", 5, 0],
    ["loops for ever", 6, 0],
    ["calls itself for ever", 7, 0],
    ["reads beyond its memory", 8, 0],
    ["writes to NULL", 16, 0],
    ["reads at NULL", 17, 0],
    ["reads a block without bytes", 17, 1],
    ["writes a field of what is not there", 18, 0],
    ["traps", 9, 0],
    ["calls what nobody has", 11, 0],
    ["frees what is no block", 2, 0x30],
    ["frees what is no memory", 2, 0xfffffff0],
  ])("panics when it %s, and the system lives on", async (_what, command, a) => {
    const { invoke, client, core, session, lines } = await open();
    expect(await invoke(command, params(value(a)))).toBe(TEE.TARGET_DEAD);
    expect(lines().some((line) => line.includes("TA panicked") || line.includes("TA heap"))).toBe(true);
    expect(await invoke(0, params(value(1)))).toBe(TEE.TARGET_DEAD);
    await client.close(session);
    expect(core.ended.map(({ panicked }) => panicked)).toEqual([true]);
    const again = await client.open(module.uuid);
    expect(again.code).toBe(TEE.SUCCESS);
    const number = value(21);
    await client.invoke(again.session, 0, params(number));
    expect(number.value.a).toBe(42);
  });

  it.each([
    ["ends soon when its client has gone", false, "its client has gone"],
    ["is left to its patience where another client has a session, too", true, "for 900 ms without an end"],
  ])("that computes %s", async (_what, shared, says) => {
    const { core, client: other, session, lines } = await openWasm(module, { patience: 900 });
    if (!shared) await other.close(session);
    const gone = new AbortController();
    const client = createClient(core, gone.signal);
    const opened = await client.open(module.uuid);
    gone.abort();
    expect((await client.invoke(opened.session, 6, params())).code).toBe(TEE.TARGET_DEAD);
    expect(lines().join("\n")).toContain(says);
  });

  it("gets no memory of the machine's", async () => {
    const { invoke } = await open();
    expect(await invoke(10)).toBe(TEE.SUCCESS);
    expect(await invoke(0, params(value(1)))).toBe(TEE.SUCCESS);
  });
});
