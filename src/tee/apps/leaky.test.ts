// Tests of leaky.ts.
import { expect, it } from "vitest";
import { bootTest } from "../../../test/embedded.ts";
import { TEE } from "../../abi/errors.ts";
import { checkContext } from "../../malloc/check.ts";
import { createClient } from "../kernel/client.ts";
import { params, valueIn } from "../kernel/params.ts";
import { monitor } from "../monitor/monitor.ts";
import { KEEP_ALIVE_UUID, keepAlive } from "./keep_alive.ts";
import { LEAKY, LEAKY_SITES, LEAKY_UUID, leaky } from "./leaky.ts";

async function run(cfg: string, calls: readonly (readonly [command: number, a?: number, b?: number])[]) {
  const { core, lines } = bootTest(cfg, undefined, [leaky]);
  const watch = monitor(core, { ta: "leaky" });
  const client = createClient(core);
  const { session } = await client.open(LEAKY_UUID);
  const codes: number[] = [];
  for (const [command, a, b = 0] of calls) {
    const given = a === undefined ? params() : params(valueIn(a, b));
    codes.push((await client.invoke(session, command, given)).code);
  }
  await client.end();
  watch.stop();
  expect(checkContext(core.heap)).toEqual([]);
  expect([core.instances, core.taRam.allocated]).toEqual([[], 0]);
  return { codes, watch, lines: lines() };
}

it("leaks as asked, and frees it all when asked", async () => {
  const { codes, watch } = await run("", [
    [LEAKY.LEAK, 100],
    [LEAKY.LEAK, 1000],
    [LEAKY.LEAK_EVERY, 48, 3],
    [LEAKY.LEAK_EVERY, 48, 3],
    [LEAKY.LEAK_EVERY, 48, 3],
    [LEAKY.FREE_ALL],
  ]);
  expect(codes).toEqual(Array(6).fill(TEE.SUCCESS));
  const invoked = watch.records.filter(({ entry }) => entry === "invoke");
  expect(invoked.map(({ heap }) => heap.growth)).toEqual([128, 1024, 0, 0, 64, -1216]);
  expect(invoked.map(({ heap }) => heap.peak - heap.before)).toEqual([128, 1024, 64, 64, 64, 0]);
  expect(invoked[4]?.holders.find(({ site }) => site === LEAKY_SITES.leak)).toEqual({
    site: LEAKY_SITES.leak,
    blocks: 2,
    bytes: 1152,
  });
  expect(watch.ended[0]?.last).toMatchObject({ name: "leaky", panicked: false, stats: { allocated: 80 } });
});

it("lists its own blocks in a command, with leak headers only", async () => {
  const calls = [[LEAKY.LEAK, 100], [LEAKY.LEAK, 7], [LEAKY.CHECK]] as const;
  const listed = await run("CFG_TEE_TA_MALLOC_DEBUG=y", calls);
  expect(listed.codes).toEqual(Array(3).fill(TEE.SUCCESS));
  const own = listed.lines.filter((line) => line.endsWith(LEAKY_SITES.leak));
  expect(own.sort()).toEqual([
    `I/TA: buffer: 100 bytes ${LEAKY_SITES.leak}`,
    `I/TA: buffer: 7 bytes ${LEAKY_SITES.leak}`,
  ]);
  const without = await run("", calls);
  expect(without.codes).toEqual(listed.codes);
  expect(without.lines.filter((line) => line.includes("buffer: "))).toEqual([]);
});

it("refuses what does not fit, and wrong parameters", async () => {
  const { codes, watch } = await run("", [[LEAKY.LEAK, 40_000], [LEAKY.LEAK], [LEAKY.FREE_ALL, 1], [77, 1]]);
  expect(codes).toEqual([TEE.OUT_OF_MEMORY, TEE.BAD_PARAMETERS, TEE.BAD_PARAMETERS, TEE.BAD_PARAMETERS]);
  expect(watch.records.find(({ entry }) => entry === "invoke")).toMatchObject({ refused: 1, allocations: 0 });
});

it.each([
  ["CFG_TEE_TA_MALLOC_DEBUG=y", [LEAKY.DOUBLE_FREE, 32], "no live block begins here"],
  ["", [LEAKY.DOUBLE_FREE, 32], "TA heap: "],
  ["CFG_TEE_TA_MALLOC_DEBUG=y", [LEAKY.OVERRUN, 32, 1], "footer is damaged"],
  ["", [LEAKY.OVERRUN, 32, 64], "TA heap: "],
  ["", [LEAKY.PANIC, 0x1234], "panicked with code 0x1234"],
] as const)("%s misuse %j ends it alone: %s", async (cfg, call, said) => {
  const { codes, watch, lines } = await run(cfg, [call, [LEAKY.LEAK, 8]]);
  expect(codes).toEqual([TEE.TARGET_DEAD, TEE.TARGET_DEAD]);
  expect(lines.join("\n")).toContain(said);
  expect(watch.ended[0]?.last.panicked).toBe(true);
});

it("stays when it is to be kept alive, with the library's memory only", async () => {
  const { core } = bootTest("", undefined, [keepAlive]);
  const [one, two] = [createClient(core), createClient(core)];
  await one.open(KEEP_ALIVE_UUID);
  await two.open(KEEP_ALIVE_UUID);
  expect(core.instances.map(({ sessions, heap }) => [sessions, heap.heap.allocated])).toEqual([[2, 176]]);
  await one.end();
  await two.end();
  expect(core.instances.map(({ sessions, heap }) => [sessions, heap.heap.allocated])).toEqual([[0, 80]]);
});
