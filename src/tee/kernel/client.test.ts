// Tests of client.ts.
import { describe, expect, it } from "vitest";
import { bootTest } from "../../../test/embedded.ts";
import { TEE } from "../../abi/errors.ts";
import { ORIGIN, STATS_COMMAND, STATS_UUID } from "../../abi/ids.ts";
import { checkHeap } from "../../heap/check.ts";
import { free, malloc } from "../../malloc/malloc.ts";
import { poolsOf } from "../../malloc/pools.ts";
import { createClient } from "./client.ts";
import { memrefOut, params, valueIn } from "./params.ts";

describe("a client", () => {
  it("leaves the core heap as it was, but for the pseudo TA's context", async () => {
    const { core } = bootTest();
    const client = createClient(core);
    const before = core.heap.heap.allocated;
    for (let round = 0; round < 3; round++) {
      const { session } = await client.open(STATS_UUID);
      await client.invoke(session, STATS_COMMAND.ALLOC_STATS, params(valueIn(0), memrefOut(new Uint8Array(224))));
      expect((await client.close(session)).code).toBe(TEE.SUCCESS);
    }
    expect(core.heap.heap.allocated).toBe(before + 112);
    expect(core.sessions.size).toBe(0);
  });

  it("gives every session its own number, lowest free first", async () => {
    const client = createClient(bootTest().core);
    const ids: number[] = [];
    for (let n = 0; n < 3; n++) ids.push((await client.open(STATS_UUID)).session);
    expect(ids).toEqual([1, 2, 3]);
    await client.close(2);
    expect((await client.open(STATS_UUID)).session).toBe(2);
  });

  it("is refused a session with an unknown UUID, by the TEE", async () => {
    const { core } = bootTest();
    const before = core.heap.heap.allocated;
    const missed: string[] = [];
    Object.assign(core.host, { noSuchTa: (uuid: string) => void missed.push(uuid) });
    const opened = await createClient(core).open("00000000-0000-0000-0000-000000000000");
    expect(opened).toEqual({ code: TEE.ITEM_NOT_FOUND, origin: ORIGIN.TEE, session: 0 });
    expect(missed).toEqual(["00000000-0000-0000-0000-000000000000"]);
    expect(core.heap.heap.allocated).toBe(before);
  });

  it("is told of sessions that are not there", async () => {
    const client = createClient(bootTest().core);
    expect(await client.invoke(7, 0, params())).toEqual({ code: TEE.BAD_PARAMETERS, origin: ORIGIN.TEE });
    expect((await client.close(7)).code).not.toBe(TEE.SUCCESS);
  });

  it("gets OUT_OF_MEMORY at every step, and nothing leaks, however little room there is", async () => {
    const codes = new Set<number>();
    for (let spare = 0; spare <= 24; spare++) {
      const { core } = bootTest();
      const client = createClient(core);
      const blocks: number[] = [];
      for (let block = malloc(core.heap, 16); block !== 0; block = malloc(core.heap, 16)) blocks.push(block);
      // Neighbours: together they make one hole of 32 bytes times `spare`.
      for (const block of blocks.slice(100, 100 + spare)) free(core.heap, block);
      const before = core.heap.heap.allocated;
      const opened = await client.open(STATS_UUID);
      codes.add(opened.code);
      if (opened.code === TEE.SUCCESS) {
        const reply = memrefOut(new Uint8Array(224));
        codes.add((await client.invoke(opened.session, STATS_COMMAND.ALLOC_STATS, params(valueIn(0), reply))).code);
        expect((await client.close(opened.session)).code).toBe(TEE.SUCCESS);
      }
      expect(core.heap.heap.allocated - before).toBe(core.contexts.size * 112);
      expect(checkHeap(core.heap.heap, poolsOf(core.heap))).toEqual([]);
    }
    expect([...codes].sort()).toEqual([TEE.SUCCESS, TEE.OUT_OF_MEMORY]);
  });

  it("cannot use another one's sessions", async () => {
    const { core } = bootTest();
    const { session } = await createClient(core).open(STATS_UUID);
    const other = createClient(core);
    expect((await other.invoke(session, STATS_COMMAND.MEMLEAK_STATS, params())).code).toBe(TEE.BAD_PARAMETERS);
    expect((await other.close(session)).code).toBe(TEE.BAD_PARAMETERS);
    expect(core.sessions.size).toBe(1);
  });

  it("leaves no session behind when it ends", async () => {
    const { core } = bootTest();
    const client = createClient(core);
    for (let n = 0; n < 5; n++) await client.open(STATS_UUID);
    await client.end();
    expect(core.sessions.size).toBe(0);
  });
});
