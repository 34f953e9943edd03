// Tests of the system pseudo TA, called by a TA in TypeScript.
import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { TEE } from "../src/abi/errors.ts";
import { ORIGIN } from "../src/abi/ids.ts";
import { SYSTEM_COMMAND, SYSTEM_UUID } from "../src/abi/pta_ids.ts";
import { encodeUuid } from "../src/abi/uuid.ts";
import { getStats } from "../src/malloc/stats.ts";
import { nodeCrypto } from "../src/node/crypto.ts";
import { createClient } from "../src/tee/kernel/client.ts";
import type { PluginService } from "../src/tee/kernel/host/plugin_service.ts";
import { memrefIn, memrefInOut, memrefOut, params, valueIn, valueInOut, valueOut } from "../src/tee/kernel/params.ts";
import { bootTest } from "./embedded.ts";
import { openRelay, RELAY_UUID } from "./support/relay_ta.ts";

const { ADD_RNG_ENTROPY, DERIVE_TA_UNIQUE_KEY, MAP_ZI, UNMAP, DLOPEN, DLSYM, GET_TPM_EVENT_LOG, SUPP_PLUGIN_INVOKE } =
  SYSTEM_COMMAND;
const PLUGIN = "f07bfc66-958c-4a15-99c0-260e4e7375dd";
const bytes = (size: number): Uint8Array => new Uint8Array(size);

describe("the system pseudo TA", () => {
  it("has no session for a client of the normal world", async () => {
    const { core } = bootTest();
    const before = getStats(core.heap).allocated;
    expect(await createClient(core).open(SYSTEM_UUID)).toEqual({
      code: TEE.ACCESS_DENIED,
      origin: ORIGIN.TRUSTED_APP,
      session: 0,
    });
    // Its context stays, as that of every pseudo TA.
    expect(getStats(core.heap).allocated - before).toBeLessThan(200);
    expect(core.sessions.size).toBe(0);
  });

  it("takes entropy, but not none", async () => {
    const { invoke } = await openRelay(SYSTEM_UUID);
    expect(await invoke(ADD_RNG_ENTROPY, params(memrefIn(bytes(32))))).toBe(TEE.SUCCESS);
    expect(await invoke(ADD_RNG_ENTROPY, params(memrefIn(bytes(0))))).toBe(TEE.BAD_PARAMETERS);
    expect(await invoke(ADD_RNG_ENTROPY, params(valueIn(1)))).toBe(TEE.BAD_PARAMETERS);
  });

  it("knows neither other commands nor a TPM", async () => {
    const { invoke } = await openRelay(SYSTEM_UUID);
    for (const command of [4, 5, 6, 7, 8, 9, 14]) expect(await invoke(command, params())).toBe(TEE.NOT_IMPLEMENTED);
    expect(await invoke(GET_TPM_EVENT_LOG, params(memrefOut(bytes(64))))).toBe(TEE.NOT_SUPPORTED);
    expect(await invoke(GET_TPM_EVENT_LOG, params())).toBe(TEE.BAD_PARAMETERS);
  });

  it("does without an address space where a TA has none", async () => {
    const { core, invoke } = await openRelay(SYSTEM_UUID);
    const before = { heap: getStats(core.heap).allocated, pages: core.taRam.allocated };
    expect(await invoke(MAP_ZI, params(valueIn(4096), valueInOut(0), valueIn(0)))).toBe(TEE.NOT_SUPPORTED);
    expect(await invoke(UNMAP, params(valueIn(4096), valueIn(0, 4096)))).toBe(TEE.BAD_PARAMETERS);
    const name = new TextEncoder().encode("f\0");
    expect(await invoke(DLOPEN, params(memrefIn(bytes(16)), valueIn(0)))).toBe(TEE.NOT_SUPPORTED);
    expect(await invoke(DLSYM, params(memrefIn(bytes(16)), memrefIn(name), valueOut()))).toBe(TEE.NOT_SUPPORTED);
    expect({ heap: getStats(core.heap).allocated, pages: core.taRam.allocated }).toEqual(before);
  });
});

describe("the key of a TA", () => {
  const host = { crypto: nodeCrypto() };
  /** Derives into the TA's own memory. */
  const derive = async (extra: Uint8Array, length: number): Promise<[number, Uint8Array]> => {
    const key = bytes(length);
    const relay = await openRelay(SYSTEM_UUID, host, ([data]) => params(data, memrefOut(key)));
    const before = getStats(relay.core.heap).allocated;
    const code = await relay.invoke(DERIVE_TA_UNIQUE_KEY, params(memrefIn(extra)));
    expect(getStats(relay.core.heap).allocated).toBe(before);
    return [code, key];
  };

  it.each([16, 24, 32])("of %i bytes is that of a board whose hardware has none", async (length) => {
    const extra = new TextEncoder().encode("extra");
    const mac = createHmac("sha256", bytes(16));
    const expected = mac
      .update(Uint8Array.of(3, 0, 0, 0))
      .update(encodeUuid(RELAY_UUID))
      .update(extra)
      .digest();
    const [code, key] = await derive(extra, length);
    expect(code).toBe(TEE.SUCCESS);
    expect(Buffer.from(key)).toEqual(expected.subarray(0, length));
  });

  it("has bounds", async () => {
    const sizes: readonly (readonly [number, number, number])[] = [
      [0, 16, TEE.SUCCESS],
      [1024, 32, TEE.SUCCESS],
      [1025, 32, TEE.BAD_PARAMETERS],
      [0, 15, TEE.BAD_PARAMETERS],
      [0, 33, TEE.BAD_PARAMETERS],
    ];
    for (const [extra, length, code] of sizes) expect((await derive(bytes(extra), length))[0]).toBe(code);
  });

  it("never goes to the memory of a client", async () => {
    const key = bytes(32);
    const { invoke } = await openRelay(SYSTEM_UUID, host);
    expect(await invoke(DERIVE_TA_UNIQUE_KEY, params(memrefIn(bytes(0)), memrefOut(key)))).toBe(TEE.SECURITY);
    expect(key).toEqual(bytes(32));
  });

  it("needs cryptography", async () => {
    const relay = await openRelay(SYSTEM_UUID, {}, ([data]) => params(data, memrefOut(bytes(32))));
    expect(await relay.invoke(DERIVE_TA_UNIQUE_KEY, params(memrefIn(bytes(0))))).toBe(TEE.NOT_SUPPORTED);
  });
});

describe("plugins of the normal world", () => {
  const seen: unknown[] = [];
  const plugins: PluginService = {
    async invoke(uuid, command, subCommand, data) {
      seen.push([uuid, command, subCommand, [...data]]);
      if (uuid !== PLUGIN) return null;
      data.fill(7);
      return { code: subCommand, size: command };
    },
  };
  const call = async (uuid: Uint8Array, command: number, data: Uint8Array, host = { plugins }) => {
    const { invoke } = await openRelay(SYSTEM_UUID, host as { plugins: PluginService });
    const size = valueOut();
    const given = params(memrefIn(uuid), valueIn(command, 5), memrefInOut(data), size);
    return [await invoke(SUPP_PLUGIN_INVOKE, given), size.type === "value" ? size.value.a : 0];
  };

  it("get data and give it back", async () => {
    const data = Uint8Array.of(1, 2, 3);
    expect(await call(encodeUuid(PLUGIN), 9, data)).toEqual([5, 9]);
    expect(seen).toEqual([[PLUGIN, 9, 5, [1, 2, 3]]]);
    expect([...data]).toEqual([7, 7, 7]);
  });

  it("change nothing where they say that they wrote nothing", async () => {
    const data = Uint8Array.of(1, 2, 3);
    expect(await call(encodeUuid(PLUGIN), 0, data)).toEqual([5, 0]);
    expect([...data]).toEqual([1, 2, 3]);
  });

  it("may not be there", async () => {
    expect(await call(encodeUuid(RELAY_UUID), 9, bytes(3))).toEqual([TEE.ITEM_NOT_FOUND, 0]);
    expect(await call(encodeUuid(PLUGIN), 9, bytes(3), {} as never)).toEqual([TEE.ITEM_NOT_FOUND, 0]);
    expect(await call(bytes(15), 9, bytes(3))).toEqual([TEE.BAD_PARAMETERS, 0]);
  });
});

describe("a TA that ends", () => {
  it("takes the sessions along that it has left open", async () => {
    const { core, close } = await openRelay(SYSTEM_UUID);
    expect(core.sessions.size).toBe(2);
    await close();
    expect(core.sessions.size).toBe(0);
  });
});
