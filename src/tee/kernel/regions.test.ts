// Tests of regions.ts.
import { describe, expect, it } from "vitest";
import { bootTest } from "../../../test/embedded.ts";
import { TEE } from "../../abi/errors.ts";
import { STATS_COMMAND, STATS_UUID } from "../../abi/ids.ts";
import { checkContext } from "../../malloc/check.ts";
import { listen } from "../../malloc/events.ts";
import { free, malloc } from "../../malloc/malloc.ts";
import { helloWorld } from "../apps/hello_world.ts";
import type { TrustedApp } from "../utee/trusted_app.ts";
import { createClient } from "./client.ts";
import type { Core } from "./core.ts";
import { memrefIn, memrefOut, type Params, params, valueIn } from "./params.ts";

const UUID = "00000000-0000-4000-8000-000000000001";
const app: TrustedApp = { ...helloWorld, uuid: UUID, invoke: () => TEE.SUCCESS };

/** Places on the core heap that work touches, with + for what is taken and - for what is freed. */
async function places(core: Core, work: () => Promise<unknown>): Promise<string[]> {
  const list: string[] = [];
  const stop = listen(core.heap, (op, pointer, _size, _arg, result, _file, line) => {
    list.push(op === "F" ? `-${line} ${pointer}` : `+${line} ${result}`);
  });
  await work();
  stop();
  return list;
}

/** Rows of one place, as `+1` for the first block, `-1` for the same one freed. */
function ofLine(list: readonly string[], taken: number, freed: number): string[] {
  const blocks = list.filter((row) => row.startsWith(`+${taken} `)).map((row) => row.split(" ")[1]);
  return list
    .filter((row) => row.startsWith(`+${taken} `) || row.startsWith(`-${freed} `))
    .map((row) => `${row[0]}${blocks.indexOf(row.split(" ")[1]) + 1}`);
}

describe("the buffers of a call", () => {
  const buffers = params(memrefIn(new Uint8Array(10)), memrefOut(null), memrefOut(new Uint8Array(5000)));

  it("have a region each while an application is called, the first one taken is the first to go; NULL has none", async () => {
    const { core } = bootTest("", undefined, [app]);
    const client = createClient(core);
    const { session } = await client.open(UUID);
    const list = await places(core, () => client.invoke(session, 0, buffers));
    expect(ofLine(list, 307, 811)).toEqual(["+1", "+2", "-1", "-2"]);
  });

  it("are registered and have a region with 0 bytes, too, unlike NULL", async () => {
    const { core } = bootTest("", undefined, [app]);
    const client = createClient(core);
    const { session } = await client.open(UUID);
    const [empty, none] = [memrefOut(new Uint8Array()), memrefOut(null)];
    const count = async (given: Params, line: number): Promise<number> => {
      const list = await places(core, () => client.invoke(session, 0, given));
      return list.filter((row) => row.startsWith(`+${line} `)).length;
    };
    expect([await count(params(none), 307), await count(params(empty), 307)]).toEqual([0, 1]);
    expect([await count(params(none), 317), await count(params(empty), 317)]).toEqual([0, 4]);
  });

  it("reach an application as they were given: NULL, or 0 bytes", async () => {
    const seen: unknown[] = [];
    const look: TrustedApp = {
      ...app,
      invoke(_tee, _session, _command, given) {
        seen.push(...given.map((param) => (param.type === "memref" ? param.buffer?.length : "none")));
        return TEE.SUCCESS;
      },
    };
    const { core } = bootTest("", undefined, [look]);
    const client = createClient(core);
    const { session } = await client.open(UUID);
    await client.invoke(session, 0, params(memrefOut(new Uint8Array()), memrefOut(null)));
    expect(seen).toEqual([0, undefined, "none", "none"]);
  });

  it("have one, too, while a session is opened, besides those of the application's own parts", async () => {
    const { core } = bootTest("", undefined, [app]);
    const client = createClient(core);
    const count = async (given = params()): Promise<number> => {
      const list = await places(core, async () => client.close((await client.open(UUID, given)).session));
      return list.filter((row) => row.startsWith("+307 ")).length;
    };
    expect((await count(buffers)) - (await count())).toBe(2);
  });

  it("have none for a pseudo TA, which sees them in the core's own address space", async () => {
    const { core } = bootTest();
    const client = createClient(core);
    const { session } = await client.open(STATS_UUID);
    const asked = params(valueIn(0), memrefOut(new Uint8Array(224)));
    const list = await places(core, () => client.invoke(session, STATS_COMMAND.ALLOC_STATS, asked));
    expect(list.filter((row) => row.startsWith("+307 "))).toEqual([]);
  });

  it("of a TA have regions in the one that it calls, too: one for those that share a page or lie on neighbouring ones", async () => {
    const OTHER = "00000000-0000-4000-8000-000000000002";
    const own = new Uint8Array(40_000);
    const counts: number[] = [];
    const pieces = (...places: readonly (readonly [number, number])[]): Params => {
      const [one, two, three] = places.map(([at, length]) => memrefIn(own.subarray(at, at + length)));
      return params(one, two, three);
    };
    const system = bootTest("", undefined, [
      {
        ...app,
        async invoke(tee, _session, _command, [passed]) {
          const { session } = await tee.openTaSession(OTHER);
          for (const given of [
            // Beside the first piece, and memory of the client all the same.
            params(memrefIn(own.subarray(100, 110)), passed),
            pieces([100, 10]),
            pieces([200, 10], [100, 10]),
            pieces([100, 10], [5000, 10]),
            pieces([100, 10], [9000, 10]),
            pieces([9000, 10], [100, 9000], [20_000, 10]),
            params(memrefIn(new Uint8Array(9)), memrefIn(new Uint8Array(9)), memrefIn(null)),
          ]) {
            const list = await places(system.core, () => tee.invokeTaCommand(session, 0, given));
            counts.push(list.filter((row) => row.startsWith("+307 ")).length);
          }
          return TEE.SUCCESS;
        },
      },
      { ...app, uuid: OTHER },
    ]);
    const client = createClient(system.core);
    await client.invoke((await client.open(UUID)).session, 0, params(memrefIn(own.subarray(0, 50))));
    expect(counts).toEqual([2, 1, 1, 1, 2, 2, 2]);
  });

  it("make no call without room for them, and nothing stays", async () => {
    const codes = new Set<number>();
    for (let spare = 0; spare <= 30; spare++) {
      const { core } = bootTest("", undefined, [app]);
      const client = createClient(core);
      const { session } = await client.open(UUID);
      const blocks: number[] = [];
      for (let block = malloc(core.heap, 16); block !== 0; block = malloc(core.heap, 16)) blocks.push(block);
      for (const block of blocks.slice(100, 100 + spare)) free(core.heap, block);
      const before = core.heap.heap.allocated;
      const regions = await places(core, async () => codes.add((await client.invoke(session, 0, buffers)).code));
      const rows = ofLine(regions, 307, 811);
      expect(rows.filter((row) => row.startsWith("+") && row !== "+0")).toHaveLength(
        rows.filter((row) => row.startsWith("-")).length + regions.filter((row) => row === "+307 0").length,
      );
      expect(core.heap.heap.allocated).toBe(before);
      expect(checkContext(core.heap)).toEqual([]);
    }
    expect([...codes].sort()).toEqual([TEE.SUCCESS, TEE.OUT_OF_MEMORY]);
  });
});
