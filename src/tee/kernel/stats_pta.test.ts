// Tests of stats_pta.ts.
import { describe, expect, it } from "vitest";
import { bootTest, NOW } from "../../../test/embedded.ts";
import { decodeAllocReply, decodeRecord } from "../../abi/alloc_reply.ts";
import { TEE } from "../../abi/errors.ts";
import { ORIGIN, STATS_COMMAND, STATS_UUID } from "../../abi/ids.ts";
import { emptyRecord } from "../../abi/record.ts";
import { decodeTaReply } from "../../abi/ta_reply.ts";
import { addPool } from "../../malloc/add_pool.ts";
import { createContext } from "../../malloc/context.ts";
import { malloc } from "../../malloc/malloc.ts";
import { getStats } from "../../malloc/stats.ts";
import { createClient } from "./client.ts";
import { givePages, takePages } from "./page_pool.ts";
import { bufferOf, memrefOut, NONE, type Param, type Params, params, valueIn, valueOut } from "./params.ts";

const { PAGER_STATS, ALLOC_STATS, MEMLEAK_STATS, TA_STATS, GET_TIME, PRINT_DRIVER_INFO } = STATS_COMMAND;

async function session(cfg = "", version?: string) {
  const system = bootTest(cfg, version);
  const client = createClient(system.core);
  const { session: id } = await client.open(STATS_UUID);
  return {
    ...system,
    call: async (command: number, given: Params) => (await client.invoke(id, command, given)).code,
    client,
    id,
  };
}

function buffer(length: number): Param & { type: "memref" } {
  return memrefOut(new Uint8Array(length)) as Param & { type: "memref" };
}

describe("the stats pseudo TA", () => {
  it.each([
    ["4.0.0", 224],
    ["4.1.0", 280],
    ["4.5.0", 280],
    ["4.6.0", 320],
    ["4.10.0", 320],
  ])("of %s answers with %d bytes for all pools", async (version, length) => {
    const { call } = await session("", version);
    const empty = buffer(0);
    expect(await call(ALLOC_STATS, params(valueIn(0), empty))).toBe(TEE.SHORT_BUFFER);
    expect(empty.size).toBe(length);
    const reply = buffer(length);
    expect(await call(ALLOC_STATS, params(valueIn(0), reply))).toBe(TEE.SUCCESS);
    expect(decodeAllocReply(bufferOf(reply))).toMatchObject({ ok: true, value: { pools: { 0: { name: "Heap" } } } });
  });

  it("answers for one pool, and refuses the one behind the last", async () => {
    const { call } = await session();
    const reply = buffer(56);
    expect(await call(ALLOC_STATS, params(valueIn(3), reply))).toBe(TEE.SUCCESS);
    expect(decodeRecord(bufferOf(reply))).toMatchObject({ ok: true, value: { name: "Secure DDR", size: 13631488 } });
    expect(await call(ALLOC_STATS, params(valueIn(5), buffer(56)))).toBe(TEE.BAD_PARAMETERS);
    expect(await (await session("", "4.1.0")).call(ALLOC_STATS, params(valueIn(5), buffer(56)))).toBe(TEE.SUCCESS);
  });

  it("leaves a larger buffer's rest alone and tells what it used", async () => {
    const { call } = await session();
    const reply = buffer(300);
    bufferOf(reply).fill(0xaa);
    expect(await call(ALLOC_STATS, params(valueIn(0), reply))).toBe(TEE.SUCCESS);
    expect(reply.size).toBe(224);
    expect(bufferOf(reply)[224]).toBe(0xaa);
  });

  it("resets the counters after the record was taken, the maximum to 0", async () => {
    const { call, core } = await session();
    const before = getStats(core.heap).maxAllocated;
    const reply = buffer(56);
    await call(ALLOC_STATS, params(valueIn(1, 1), reply));
    expect(decodeRecord(bufferOf(reply))).toMatchObject({ ok: true, value: { maxAllocated: before } });
    expect(core.heap.maxAllocated).toBeLessThan(before);
  });

  it("resets what was refused, and leaves what is in use and the size", async () => {
    const { call, core } = await session();
    malloc(core.heap, 200_000);
    malloc(core.heap, 100_000);
    const { allocated, size } = getStats(core.heap);
    const record = async (reset: number) => {
      const reply = buffer(56);
      await call(ALLOC_STATS, params(valueIn(1, reset), reply));
      return decodeRecord(bufferOf(reply));
    };
    const refused = { failures: 2, biggestFailure: 200_000, biggestFailureUsed: allocated };
    // Asked without a reset, it stays as it is.
    for (const reset of [0, 1]) expect(await record(reset)).toMatchObject({ ok: true, value: refused });
    const none = { failures: 0, biggestFailure: 0, biggestFailureUsed: 0 };
    // The question itself has blocks while it is answered.
    const now = await record(0);
    expect(now).toMatchObject({ ok: true, value: { ...none, size } });
    expect(now.ok && now.value.allocated).toBeGreaterThanOrEqual(allocated);
  });

  it("resets the maximum of the memory of applications alone, whatever is in use", async () => {
    const { call, core } = await session();
    takePages(core.taRam, 5 * 4096);
    givePages(core.taRam, takePages(core.taRam, 3 * 4096) ?? { start: 0, count: 0 });
    const record = async (pool: number, reset: number) => {
      const reply = buffer(56);
      await call(ALLOC_STATS, params(valueIn(pool, reset), reply));
      return decodeRecord(bufferOf(reply));
    };
    const { maxAllocated } = getStats(core.heap);
    for (const reset of [0, 1])
      expect(await record(3, reset)).toMatchObject({
        value: { allocated: 20_480, maxAllocated: 32_768, size: 13_631_488 },
      });
    expect(await record(3, 0)).toMatchObject({ value: { allocated: 20_480, maxAllocated: 0, failures: 0 } });
    expect(core.heap.maxAllocated).toBeGreaterThanOrEqual(maxAllocated);
    takePages(core.taRam, 4096);
    expect(await record(3, 0)).toMatchObject({ value: { allocated: 24_576, maxAllocated: 24_576 } });
  });

  it("reports the nexus heap with virtualization", async () => {
    const { call } = await session("CFG_NS_VIRTUALIZATION=y");
    const reply = buffer(56);
    await call(ALLOC_STATS, params(valueIn(4), reply));
    expect(decodeRecord(bufferOf(reply))).toMatchObject({ ok: true, value: { name: "KHeap", size: 16384 } });
  });

  it("tells the sum of squares since 4.6, and it is the heap's", async () => {
    const { call, core } = await session("", "4.6.0");
    const reply = buffer(64);
    await call(ALLOC_STATS, params(valueIn(1), reply));
    const record = decodeRecord(bufferOf(reply));
    expect(record.ok && record.value.free2Sum).toBeGreaterThan(0n);
    expect(record.ok && record.value.free2Sum).toBeLessThanOrEqual(BigInt(core.heap.size) ** 2n);
  });

  it("prints leaks only with leak headers and from log level 2 on", async () => {
    const leaks = async (cfg: string): Promise<number> => {
      const { call, lines } = await session(cfg);
      expect(await call(MEMLEAK_STATS, params())).toBe(TEE.SUCCESS);
      return lines().filter((line) => /^I\/TC: buffer: \d+ bytes \S+:\d+$/.test(line)).length;
    };
    expect(await leaks("")).toBe(0);
    expect(await leaks("CFG_TEE_CORE_MALLOC_DEBUG=y")).toBe(50);
    expect(await leaks("CFG_TEE_CORE_MALLOC_DEBUG=y CFG_TEE_CORE_LOG_LEVEL=2")).toBe(50);
    expect(await leaks("CFG_TEE_CORE_MALLOC_DEBUG=y CFG_TEE_CORE_LOG_LEVEL=1")).toBe(0);
  });

  it("answers for trusted applications, and allocates for that on the core heap", async () => {
    const { call, core } = await session();
    expect(await call(TA_STATS, params(buffer(0)))).toBe(TEE.ITEM_NOT_FOUND);
    const heap = createContext(new Uint8Array(32768));
    addPool(heap, 0, 32768);
    malloc(heap, 1000);
    const uuid = "8aaaf200-2450-11e4-abe2-0002a5d5c51b";
    core.userTas.push({ uuid, panicked: false, sessions: 1, heap });
    const empty = buffer(0);
    expect(await call(TA_STATS, params(empty))).toBe(TEE.SHORT_BUFFER);
    expect(empty.size).toBe(80);
    const seen: string[] = [];
    core.heap.listener = (op, _pointer, size, _arg, _result, file, line) => seen.push(`${op} ${size} ${file}:${line}`);
    expect(await call(TA_STATS, params(buffer(80)))).toBe(TEE.SUCCESS);
    expect(seen).toContain("M 92 core/kernel/tee_ta_manager.c:968");
    expect(await (await session("CFG_TA_STATS=n")).call(TA_STATS, params(buffer(80)))).toBe(TEE.NOT_SUPPORTED);
  });

  it("has figures of an application with a session, and zeros of one without or one that panicked", async () => {
    const { call, core } = await session();
    const heap = createContext(new Uint8Array(32768));
    addPool(heap, 0, 32768);
    malloc(heap, 1000);
    malloc(heap, 40_000);
    const figures = getStats(heap);
    const uuids = ["1", "2", "3", "4"].map((n) => `8aaaf200-2450-11e4-abe2-0002a5d5c51${n}`);
    const [one = "", two = "", three = "", four = ""] = uuids;
    core.userTas.push(
      { uuid: one, panicked: false, sessions: 2, heap },
      { uuid: two, panicked: false, sessions: 0, heap },
      { uuid: three, panicked: true, sessions: 1, heap },
      { uuid: four, panicked: false, sessions: 1, heap: null },
    );
    const reply = buffer(4 * 80);
    expect(await call(TA_STATS, params(reply))).toBe(TEE.SUCCESS);
    const zeros = emptyRecord();
    expect(decodeTaReply(bufferOf(reply), core.release)).toEqual({
      ok: true,
      value: [
        { uuid: one, panicked: 0, sessions: 2, heap: { name: "", ...figures } },
        { uuid: two, panicked: 0, sessions: 0, heap: zeros },
        { uuid: three, panicked: 1, sessions: 1, heap: zeros },
        { uuid: four, panicked: 0, sessions: 1, heap: zeros },
      ],
    });
    expect(figures).toMatchObject({ failures: 1, biggestFailure: 40_000 });
  });

  it("tells the time of both worlds", async () => {
    const { call } = await session();
    const ree = valueOut();
    expect(await call(GET_TIME, params(ree, valueOut()))).toBe(TEE.SUCCESS);
    expect(ree).toMatchObject({ value: { a: Math.floor(NOW / 1000), b: 123 } });
  });

  it("refuses unknown commands and wrong parameter types", async () => {
    const { call } = await session();
    expect(await call(99, params())).toBe(TEE.BAD_PARAMETERS);
    expect(await call(PRINT_DRIVER_INFO, params(valueIn(0)))).toBe(TEE.BAD_PARAMETERS);
    expect(await (await session("", "4.5.0")).call(PRINT_DRIVER_INFO, params(valueIn(0)))).toBe(TEE.SUCCESS);
    expect(await (await session("", "4.5.0")).call(PRINT_DRIVER_INFO, params(valueIn(2)))).toBe(TEE.BAD_PARAMETERS);
    for (const command of [PAGER_STATS, ALLOC_STATS, MEMLEAK_STATS, TA_STATS, GET_TIME]) {
      expect(await call(command, params(NONE, NONE, NONE, valueIn(1)))).toBe(TEE.BAD_PARAMETERS);
    }
  });

  it("does not exist without CFG_WITH_STATS", async () => {
    const { core } = bootTest("CFG_WITH_STATS=n");
    expect(await createClient(core).open(STATS_UUID)).toEqual({
      code: TEE.ITEM_NOT_FOUND,
      origin: ORIGIN.TEE,
      session: 0,
    });
  });
});
