// Tests of watch, leaks and stats --ended on the embedded system.
import { expect, it } from "vitest";
import { runHere as run } from "../../../test/run_here.ts";
import { LEAKY_UUID } from "../../tee/apps/leaky.ts";
import { parseTa } from "../../xtest/parse.ts";

it("watch shows every command of an application, its peak and its end", async () => {
  const { out, err, outcome } = await run(
    "watch",
    "--ta",
    "LEAKY",
    "--at",
    "peak",
    "--until",
    "exit",
    "--",
    "leaky",
    "2",
  );
  expect([outcome, err]).toEqual([{ ok: true, value: 0 }, ""]);
  expect(out).toMatch(/^create +32 +256 +80 +\+48 +0 +0$/m);
  expect(out.match(/^invoke 0 .*\+128 +0 +0$/gm)).toHaveLength(2);
  expect(out).toContain("invoke 0 grew the heap in 2 of 2 calls, by 256 bytes.");
  expect(out).toMatch(/At the peak: 416 bytes, in destroy\n.*\n +256 +2 .*ta\/leaky\/leaky\.c:31/);
  const [ta] = (() => {
    const at = out.indexOf("ta(");
    const parsed = parseTa(out.slice(at, out.indexOf("\n\n", at) + 1));
    return parsed.ok ? parsed.value : [];
  })();
  expect(ta).toMatchObject({ uuid: LEAKY_UUID, panicked: 0, heap: { allocated: 336, maxAllocated: 416, size: 32768 } });
  for (const line of out.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
});

it("watch tells all as JSON, and of an application that stays", async () => {
  const { out } = await run("watch", "--json", "--", "keep_alive");
  const told = JSON.parse(out) as { records: { entry: string }[]; ended: unknown[]; running: unknown[] };
  expect(told.records.map(({ entry }) => entry)).toEqual(["create", "open", "invoke", "close"]);
  expect(told.ended).toEqual([]);
  expect(told.running).toMatchObject([{ name: "keep_alive", sessions: 0, stats: { allocated: 80 } }]);
  expect((await run("watch", "--", "keep_alive")).out).toContain("Instance 1 still runs");
});

it("watch runs the examples, too", async () => {
  // A key pair is the core's memory, not the TA's.
  const key = JSON.parse((await run("watch", "--json", "--", "run", "acipher", "512", "x")).out) as {
    records: { entry: string; heap: { growth: number }; core: { growth: number } }[];
  };
  const made = key.records.find(({ entry }) => entry === "invoke");
  expect([made?.heap.growth, (made?.core.growth ?? 0) > 1000]).toEqual([0, true]);
  const { out, outcome } = await run("watch", "--ta", "random", "--", "run", "random");
  expect(outcome).toEqual({ ok: true, value: 0 });
  expect(out).toMatch(/^invoke 0 .* 0 +\+?\d+ +0$/m);
});

it("watch ends with 1 where the workload failed, and shows why", async () => {
  const { out, err, outcome } = await run("watch", "--", "leaky", "5", "20000");
  expect(outcome).toEqual({ ok: true, value: 1 });
  expect(out).toContain("OUT_OF_MEMORY");
  expect(err).toContain("call 2 of 5 failed with TEE_ERROR_OUT_OF_MEMORY");
});

it("leaks lists what was never freed, as a table, as the console does, as JSON", async () => {
  const table = await run("leaks", "--", "leaky", "3");
  expect(table.outcome).toEqual({ ok: true, value: 1 });
  expect(table.out).toMatch(/leaky, instance 1, when it ended: 5 blocks, 340 bytes/);
  expect(table.out).toMatch(/300 +3 .*ta\/leaky\/leaky\.c:31/);
  const lines = (await run("leaks", "--console", "--", "leaky", "3")).out.trimEnd().split("\n");
  expect(lines).toHaveLength(5);
  expect(lines[0]).toBe("I/TA: buffer: 100 bytes ta/leaky/leaky.c:31");
  const [told] = JSON.parse((await run("leaks", "--json", "--", "keep_alive")).out) as { ended: boolean }[];
  expect(told).toMatchObject({ name: "keep_alive", ended: false });
  expect((await run("leaks", "--", "hello_world")).outcome).toEqual({ ok: true, value: 0 });
});

it("finds what upstream's aes example leaks", async () => {
  const { out, outcome } = await run("leaks", "--", "run", "aes");
  expect(outcome).toEqual({ ok: true, value: 1 });
  expect(out).toMatch(/^ +32 +2 .*lib\/libutee\/tee_api\.c:749$/m);
});

it("wrong use is said in a line", async () => {
  const said = async (...args: string[]): Promise<string> => {
    const { outcome } = await run(...args);
    return outcome.ok ? "" : outcome.error;
  };
  expect(await said("watch")).toContain("add -- and one of run, leaky");
  expect(await said("watch", "--", "run", "x")).toContain("known: acipher");
  expect(await said("watch", "--", "run", "hotp", "x")).not.toBe("");
  expect(await said("watch", "--", "lekay")).toContain("did you mean leaky?");
  expect(await said("watch", "--", "leaky", "x")).toBe("'x' is no number");
  expect(await said("watch", "--ta", "foo", "--", "leaky")).toContain("it has leaky (");
  expect(await said("watch", "--at", "noon", "--", "leaky")).toContain("peak");
  const { err, outcome } = await run("leaks", "--cfg", "CFG_TEE_TA_MALLOC_DEBUG=n", "--", "leaky");
  expect([err.includes("CFG_TEE_TA_MALLOC_DEBUG=y is missing"), outcome]).toEqual([true, { ok: true, value: 1 }]);
});

it("stats --ended has a list of its own", async () => {
  expect((await run("stats", "--ended")).out).toBe("No TA has exited.\n");
  expect((await run("stats", "--ended", "--", "leaky", "2")).out).toMatch(/^\S+ +416 +336 +32,768 {2}leaky$/m);
  const { out } = await run("stats", "--ended", "--json", "--", "hello_world");
  expect(JSON.parse(out)).toMatchObject({ ended: [{ name: "hello_world", stats: { allocated: 80 } }] });
  expect((await run("stats", "--", "leaky")).outcome.ok).toBe(false);
});
