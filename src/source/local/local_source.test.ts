// Tests of local: against a libteec that answers with the bytes of real boards (test/support/local/libteec.c).
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeEach, expect, it } from "vitest";
import { buildLibteec, needLibteec } from "../../../test/support/local/build.ts";
import { valueOut } from "../../tee/kernel/params.ts";
import { openLocal } from "./local_source.ts";

const { library, at, answerAs, remove } = buildLibteec();
afterAll(remove);
beforeEach((context) => {
  needLibteec(context);
  answerAs("4.5.0");
});

async function open() {
  const opened = await openLocal(library);
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}

const calls = (): string[] => readFileSync(at("calls"), "latin1").trim().split("\n");

it("gives what a board of 4.10.0 said: pools, TAs, pager and time", async () => {
  answerAs("4.10.0");
  const source = await open();
  expect([source.name, [...source.answers]]).toEqual([`local:${library}`, ["alloc", "ta", "pager", "time", "memleak"]]);
  const alloc = await source.ask("alloc");
  if (!alloc.ok) throw new Error(alloc.error.text);
  // As xtest --stats --alloc printed them there.
  expect(alloc.value.pools.map(({ name, size }) => [name, size])).toEqual([
    ["Heap", 203_024],
    ["Public DDR (deprecated)", 0],
    ["Physical TA memory", 15_728_640],
    ["KHeap (disabled)", 0],
    ["RPMB secure storage (no data)", 0],
  ]);
  expect(alloc.value.pools[0]).toMatchObject({ maxAllocated: 54_544, failures: 1, biggestFailure: 268_435_456 });
  const tas = await source.ask("ta");
  expect(tas.ok && tas.value).toMatchObject([
    {
      uuid: "fd02c9da-306c-48c7-a49c-bbd827ae86ee",
      sessions: 1,
      heap: { size: 32_768, maxAllocated: 28_368, failures: 4 },
    },
  ]);
  const pager = await source.ask("pager");
  expect(pager.ok && pager.value).toMatchObject({ unlockedPages: 1000, zeroPagesReleased: 0xfffffff0 });
  expect(await source.ask("time")).toMatchObject({ ok: true, value: { ree: { seconds: 1_795_888_958, millis: 577 } } });
  expect(await source.ask("memleak")).toEqual({ ok: true, value: undefined });
  await source[Symbol.asyncDispose]();
  // Every session was closed, and the connection.
  const made = calls();
  expect(made.filter((call) => call === "open 0")).toHaveLength(made.filter((call) => call === "close 5").length);
  expect(made.at(-1)).toBe("finalize 1");
});

it("gives what one of 4.5.0 said, which has no statistics of TAs and another layout", async () => {
  await using source = await open();
  const alloc = await source.ask("alloc");
  expect(alloc.ok && alloc.value.pools[0]).toMatchObject({
    name: "Heap",
    allocated: 21_280,
    maxAllocated: 37_360,
    size: 199_296,
    failures: 2,
  });
  const tas = await source.ask("ta");
  expect(tas).toMatchObject({ ok: false, error: { text: /CFG_TA_STATS=y is missing/, failure: { code: 0xffff000a } } });
});

it("sets maxima back when it is told to, and not else", async () => {
  await using source = await open();
  const maximum = async (reset: boolean): Promise<number | undefined> => {
    const alloc = await source.ask("alloc", undefined, { reset });
    return alloc.ok ? alloc.value.pools[0]?.maxAllocated : -1;
  };
  expect([await maximum(false), await maximum(true)]).toEqual([37_360, expect.any(Number)]);
  expect(await maximum(false)).toBe(4711);
});

it("does not block the program, and a TEE that does not answer is left at the signal, with a sentence", async () => {
  const source = await open();
  writeFileSync(at("hang"), "");
  let turns = 0;
  const turning = setInterval(() => turns++, 1);
  const over = new AbortController();
  const asked = source.client?.invoke(1, 4, [valueOut(), valueOut(), { type: "none" }, { type: "none" }], over.signal);
  expect(await asked).toMatchObject({ code: 0xffff0006 });
  const opening = source.client?.open("d96a5b40-e2c7-b1af-8794-1002a5d5c61b", undefined, over.signal);
  while (turns < 3) await new Promise((resolve) => setTimeout(resolve, 1));
  over.abort();
  expect(await opening).toMatchObject({ session: 0, why: expect.stringContaining("tee-supplicant has died") });
  expect((await source.ask("alloc", AbortSignal.abort())).ok).toBe(false);
  clearInterval(turning);
  rmSync(at("hang"));
  await source[Symbol.asyncDispose]();
});

it("says what is missing: the library, the device, permission, an answer", async () => {
  const said = async (path: string, device?: string): Promise<string> => {
    const opened = await openLocal(path, device === undefined ? {} : { device });
    return opened.ok ? "" : opened.error;
  };
  expect(await said("/nosuch/libteec.so.2")).toMatch(/^cannot use \/nosuch\/libteec\.so\.2 as libteec: /);
  if (!existsSync("/usr/lib/x86_64-linux-gnu/libteec.so.2")) expect(await said("")).toContain("Debian: libteec2");
  writeFileSync(at("init"), "ffff0008");
  expect(await said(library, at("nosuch"))).toMatch(/there is no .*nosuch: OP-TEE does not run here/);
  expect(await said(library, at("init"))).toMatch(/takes no connection \(0xffff0008\)/);
});
