// Tests of shared libraries: test/fixtures/wasm/loader.c calls what test/fixtures/wasm/library.c has.
import { describe, expect, it } from "vitest";
import { fixtureBytes, fixtureModule, openWasm } from "../../../test/support/wasm.ts";
import { TEE } from "../../abi/errors.ts";
import { SYSTEM_COMMAND, SYSTEM_UUID } from "../../abi/pta_ids.ts";
import { encodeUuid } from "../../abi/uuid.ts";
import { getStats } from "../../malloc/stats.ts";
import { memrefIn, type Param, type Params, params, valueIn, valueInOut, valueOut } from "../../tee/kernel/params.ts";
import { outsideCall } from "../../tee/kernel/session.ts";
import { waitingHere } from "../engine/waiting.ts";
import { hasWideAddresses } from "../module/engine.ts";
import { readSharedLibrary, type SharedLibrary } from "./shared_library.ts";

const UUID = "b3091a65-0000-4784-abf7-0298a7cc35ba";
const NEEDY = "b3091a65-0001-4784-abf7-0298a7cc35ba";
const ALL = "00000000-0000-0000-0000-000000000000";
const { DLOPEN, DLSYM } = SYSTEM_COMMAND;
type Value = Extract<Param, { type: "value" }>;

function library(name: string): SharedLibrary {
  const read = readSharedLibrary(fixtureBytes(name), name);
  if (!read.ok || read.value === null) throw new Error(`${name} is no library`);
  return read.value;
}

/** The loader, and the system pseudo TA called in its name. */
async function open(target: string, of = target) {
  const known = new Map([
    [UUID, library(`library.${of}`)],
    [NEEDY, library(`needy.${of}`)],
  ]);
  const options = { libraries: (uuid: string) => known.get(uuid), patience: 300 };
  const ta = await openWasm(fixtureModule(`loader.${target}`), options);
  const pta = ta.core.pseudoTas.find(({ uuid }) => uuid === SYSTEM_UUID);
  const call = { ...outsideCall(ta.core), chain: ta.core.instances.slice(0, 1) };
  const ask = async (command: number, given: Params): Promise<number> =>
    (await pta?.invoke(ta.core, command, given, call)) ?? -1;
  const name = (text: string): Param => memrefIn(new TextEncoder().encode(`${text}\0`));
  const value = async (command: number, a = 0) => {
    const given = valueInOut(a) as Value;
    const code = await ta.invoke(command, params(given));
    return code === TEE.SUCCESS ? given.value : code;
  };
  return {
    ...ta,
    value,
    open: (uuid: string) => ask(DLOPEN, params(memrefIn(encodeUuid(uuid)), valueIn(0x102))),
    async symbol(uuid: string, text: string): Promise<number> {
      const found = valueOut() as Value;
      const code = await ask(DLSYM, params(memrefIn(encodeUuid(uuid)), name(text), found));
      return code === TEE.SUCCESS ? found.value.a * 2 ** 32 + found.value.b : -code;
    },
  };
}

const targets = ["wasm32", ...(hasWideAddresses() ? ["wasm64"] : [])];

describe.each(targets)("a shared library of %s", (target) => {
  it("becomes a part of a TA", async () => {
    const ta = await open(target);
    expect(await ta.value(1)).toEqual({ a: 1, b: 1 });
    expect(await ta.open(UUID)).toBe(TEE.SUCCESS);
    expect(await ta.value(1)).toEqual({ a: 1, b: 2 });
    // 2 · 3 + 1, 4, and the counter that was 5.
    const add = await ta.symbol(UUID, "add");
    expect(await ta.value(0, add)).toMatchObject({ a: 17 });
    expect(await ta.value(0, add)).toMatchObject({ a: 18 });
    expect(await ta.value(3, await ta.symbol(UUID, "counter"))).toMatchObject({ a: 7 });
    // It is there already.
    expect(await ta.open(UUID)).toBe(TEE.SUCCESS);
    expect(await ta.value(1)).toEqual({ a: 1, b: 2 });
  });

  it("has symbols of its own, and the TA those of all parts", async () => {
    const ta = await open(target);
    expect(await ta.symbol(UUID, "add")).toBe(-TEE.ITEM_NOT_FOUND);
    await ta.open(UUID);
    expect(await ta.symbol(UUID, "twice")).toBe(-TEE.ITEM_NOT_FOUND);
    expect(await ta.symbol(ALL, "none")).toBe(-TEE.ITEM_NOT_FOUND);
    expect(await ta.symbol(ALL, "add")).toBe(await ta.symbol(UUID, "add"));
    expect(await ta.value(3, await ta.symbol(ALL, "shared_number"))).toMatchObject({ a: 1 });
  });

  it("is initialized by the library of the TA", async () => {
    const ta = await open(target);
    await ta.open(UUID);
    await ta.value(2, await ta.symbol(UUID, "__wasm_call_ctors"));
    expect(await ta.value(1)).toMatchObject({ a: 13 });
  });

  it("may wait where the engine can suspend it; elsewhere that ends the TA", async () => {
    const ta = await open(target);
    await ta.open(UUID);
    const waits = await ta.value(0, await ta.symbol(UUID, "waits"));
    expect(waits).toEqual(waitingHere().suspends ? { a: 3, b: 0 } : TEE.TARGET_DEAD);
  });

  it("can end the entry, loop for ever, and call what nobody has", async () => {
    const ta = await open(target);
    await ta.open(UUID);
    expect(await ta.value(0, await ta.symbol(UUID, "end"))).toBe(0xffff0007);
    expect(await ta.value(0, await ta.symbol(UUID, "loop"))).toBe(TEE.TARGET_DEAD);
    const other = await open(target);
    await other.open(UUID);
    expect(await other.value(0, await other.symbol(UUID, "misses"))).toBe(TEE.TARGET_DEAD);
  });

  it("takes memory of TAs and of the core, which goes with the TA", async () => {
    const ta = await open(target);
    const now = () => ({ heap: getStats(ta.core.heap).allocated, pages: ta.core.taRam.allocated });
    const before = now();
    await ta.open(UUID);
    // A page of code and a page of data.
    expect(now().pages - before.pages).toBe(8192);
    expect(now().heap).toBeGreaterThan(before.heap);
    const ended = await open(target);
    await ended.client.close(ended.session);
    await ta.client.close(ta.session);
    expect(now()).toEqual({ heap: getStats(ended.core.heap).allocated, pages: ended.core.taRam.allocated });
  });

  it("that needs what nobody has is not loaded, and the console says why", async () => {
    const ta = await open(target);
    expect(await ta.open(NEEDY)).toBe(TEE.ITEM_NOT_FOUND);
    expect(ta.lines().join("\n")).toContain(
      `needy.${target} needs nobody_has_this_number, which neither the TA nor its libraries have`,
    );
    expect(await ta.open(ALL)).toBe(TEE.ITEM_NOT_FOUND);
    expect(ta.lines().join("\n")).toContain(`there is no shared library ${ALL}`);
  });
});

it("a library for other pointers does not fit", async () => {
  const ta = await open("wasm32", "wasm64");
  expect(await ta.open(UUID)).toBe(TEE.BAD_FORMAT);
  expect(ta.lines().join("\n")).toContain("has other pointers than the TA: build both for one target");
});

it("a TA is no library, and text is no module", () => {
  expect(readSharedLibrary(fixtureBytes("loader.wasm32"), "loader")).toEqual({ ok: true, value: null });
  expect(readSharedLibrary(new TextEncoder().encode("some text"), "text").ok).toBe(false);
});
