// Tests of inspect.ts.
import { describe, expect, it } from "vitest";
import { bootTest } from "../../../test/embedded.ts";
import { TEE } from "../../abi/errors.ts";
import { STATS_COMMAND, STATS_UUID } from "../../abi/ids.ts";
import { decodeTaReply } from "../../abi/ta_reply.ts";
import { leakLine, liveBlocks } from "../../malloc/foreach.ts";
import { helloWorld } from "../apps/hello_world.ts";
import { KEEP_ALIVE_UUID, keepAlive } from "../apps/keep_alive.ts";
import { LEAKY, LEAKY_UUID, leaky } from "../apps/leaky.ts";
import type { TrustedApp } from "../utee/trusted_app.ts";
import { createClient } from "./client.ts";
import { taLeaks, taMoments } from "./inspect.ts";
import { bufferOf, memrefOut, params, valueIn } from "./params.ts";

const MDBG = "CFG_TEE_TA_MALLOC_DEBUG=y";
const UUID = "00000000-0000-4000-8000-000000000005";

/** Holds 1000 bytes until its door is opened. */
function sleeper(open: Promise<void>): TrustedApp {
  return {
    ...helloWorld,
    uuid: UUID,
    name: "sleeper",
    async invoke(tee) {
      const block = tee.malloc(1000, 0, "s.c:7");
      await open;
      tee.free(block);
      return TEE.SUCCESS;
    },
  };
}

describe("the leaks of an application", () => {
  it("are its live blocks, as data and on the console", async () => {
    const { core, lines } = bootTest(MDBG, undefined, [leaky]);
    const client = createClient(core);
    const { session } = await client.open(LEAKY_UUID);
    for (const size of [8, 100, 8]) await client.invoke(session, LEAKY.LEAK, params(valueIn(size)));
    lines();
    const found = taLeaks(core, "Leaky");
    const instance = core.instances[0];
    const real = instance ? liveBlocks(instance.heap) : [];
    if (!found.ok) throw new Error(found.error);
    expect(found.value).toMatchObject([{ uuid: LEAKY_UUID, name: "leaky", sessions: 1, busy: false, blocks: real }]);
    expect(real.filter(({ file, line }) => file === "ta/leaky/leaky.c" && line === 31)).toHaveLength(3);
    expect(lines()).toEqual(real.map((block) => `I/TA: ${leakLine(block)}`));
  });

  it("are there while a call is inside, and so are the figures", async () => {
    let release = (): void => {};
    const door = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { core } = bootTest(MDBG, undefined, [sleeper(door)]);
    const client = createClient(core);
    const { session } = await client.open(UUID);
    const inside = client.invoke(session, 0, params());
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve, 0));
    const found = taLeaks(core, UUID);
    expect(found.ok && found.value[0]).toMatchObject({ busy: true });
    expect(found.ok && found.value[0]?.blocks.some(({ size, line }) => size === 1000 && line === 7)).toBe(true);
    const asked = createClient(core);
    const stats = await asked.open(STATS_UUID);
    const reply = memrefOut(new Uint8Array(1024));
    expect((await asked.invoke(stats.session, STATS_COMMAND.TA_STATS, params(reply))).code).toBe(TEE.SUCCESS);
    const bytes = reply.type === "memref" ? bufferOf(reply).subarray(0, reply.size) : new Uint8Array();
    const decoded = decodeTaReply(bytes, core.release);
    expect(decoded.ok && decoded.value[0]?.heap.allocated).toBe(core.instances[0]?.heap.heap.allocated);
    release();
    expect((await inside).code).toBe(TEE.SUCCESS);
  });

  it("say what is missing: the switch, the application, a sound heap", async () => {
    const plain = bootTest("", undefined, [leaky]).core;
    expect(taLeaks(plain, "leaky")).toEqual({
      ok: false,
      error: "no TA 'leaky' is running; none is",
    });
    await createClient(plain).open(LEAKY_UUID);
    expect(taLeaks(plain, "leaky")).toMatchObject({ error: expect.stringContaining("CFG_TEE_TA_MALLOC_DEBUG=y") });
    expect(taLeaks(plain, "other")).toMatchObject({ error: expect.stringContaining("running: leaky") });
    const { core } = bootTest(MDBG, undefined, [leaky]);
    const client = createClient(core);
    const { session } = await client.open(LEAKY_UUID);
    await client.invoke(session, LEAKY.OVERRUN, params(valueIn(32, 4)));
    expect(taLeaks(core, "leaky")).toMatchObject({ error: expect.stringContaining("the heap of leaky is damaged") });
  });
});

it("figures are real without a session, where upstream shows zeros", async () => {
  const { core } = bootTest("", undefined, [keepAlive]);
  const client = createClient(core);
  await client.open(KEEP_ALIVE_UUID);
  await client.end();
  expect(taMoments(core)).toEqual(taMoments(core, KEEP_ALIVE_UUID));
  expect(taMoments(core)).toMatchObject([{ name: "keep_alive", sessions: 0, stats: { allocated: 80, size: 32768 } }]);
});
