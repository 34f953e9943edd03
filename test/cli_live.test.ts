// Runs watch, leaks and stats against a daemon with leak headers.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { HELLO_WORLD_UUID } from "../src/tee/apps/hello_world.ts";
import { LEAKY, LEAKY_UUID } from "../src/tee/apps/leaky.ts";
import { params, valueIn } from "../src/tee/kernel/params.ts";
import { type Ran, runBin } from "./cli.ts";
import { bootChild, connect, until } from "./support/daemon.ts";

/** Runs a bin while this process goes on, and ends it by a signal where it waits for one. */
function start(args: readonly string[], env: Readonly<Record<string, string>>) {
  const bin = fileURLToPath(new URL("../dist/cli/teemem.js", import.meta.url));
  const child = spawn(process.execPath, [bin, ...args], { env: { ...process.env, ...env } });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text: Buffer) => {
    stdout += text.toString();
  });
  child.stderr.on("data", (text: Buffer) => {
    stderr += text.toString();
  });
  const ended = once(child, "close").then(([code]): Ran => ({ stdout, stderr, code: code as number | null }));
  return { child, ended, said: () => stdout };
}

describe("commands beside a daemon whose applications have leak headers", async () => {
  const daemon = await bootChild(["--cfg", "CFG_TEE_TA_MALLOC_DEBUG=y"]);
  const env = { TEEMEM_SOCKET: daemon.path };
  const on = `unix:${daemon.path}`;
  const { client } = await connect(daemon.path);
  afterAll(() => daemon.stop());
  const teemem = (...args: string[]): Ran => runBin("teemem", args, { env });

  it("leaks lists a live application, as a table, as the console does, as JSON; and the console does so too", async () => {
    expect(teemem("leaks")).toEqual({ stdout: "", stderr: "teemem: no TA is running\n", code: 1 });
    const { session } = await client.open(LEAKY_UUID);
    for (const size of [100, 100, 8]) await client.invoke(session, LEAKY.LEAK, params(valueIn(size)));
    const table = teemem("leaks", "--ta", "leaky");
    expect([table.code, table.stderr]).toEqual([0, ""]);
    expect(table.stdout).toMatch(/^leaky, instance \d+, still running: \d+ blocks, [\d,]+ bytes asked for$/m);
    expect(table.stdout).toMatch(/^ +208 +3 .*ta\/leaky\/leaky\.c:31$/m);
    const lines = teemem("leaks", "--console", "--on", on, "--ta", LEAKY_UUID.toUpperCase()).stdout;
    expect(lines.match(/^I\/TA: buffer: \d+ bytes .+:\d+$/gm)).toHaveLength(lines.split("\n").length - 1);
    await until(() => daemon.console().includes(lines));
    const [told] = JSON.parse(teemem("leaks", "--json").stdout) as { blocks: unknown[]; busy: boolean }[];
    expect(told).toMatchObject({ name: "leaky", ended: false, busy: false, sessions: 1 });
    expect(told?.blocks).toHaveLength(lines.split("\n").length - 1);
    expect(teemem("leaks", "--ta", "nope")).toMatchObject({
      code: 1,
      stderr: "teemem: no TA 'nope' is running; running: leaky\n",
    });
    await client.close(session);
  });

  it("run talks to it, with the heaps as on an embedded system; and stats --ended tells of what it ran", () => {
    const here = runBin("teemem", ["run", "--heap", "--cfg", "CFG_TEE_TA_MALLOC_DEBUG=y", "aes"], { env });
    const there = teemem("run", "--heap", "aes");
    expect(there).toEqual(here);
    expect(there.stdout).toContain("Clear text and decoded text match");
    const { stdout } = teemem("stats", "--ended", "--json");
    const { ended } = JSON.parse(stdout) as { ended: { name: string }[] };
    expect(ended.at(-1)?.name).toBe("aes");
    expect(ended.map(({ name }) => name)).toContain("leaky");
    expect(teemem("stats", "--ended", "--on", on).stdout).toMatch(/ aes$/m);
  });

  it("watch shows what other programs do there, as it happens, until the application ends", async () => {
    const { session } = await client.open(LEAKY_UUID);
    await client.invoke(session, LEAKY.LEAK, params(valueIn(100)));
    const watch = start(["watch", "--ta", "leaky", "--at", "peak", "--until", "exit"], env);
    // Calls until it is there and has seen one.
    while (watch.said() === "") {
      await client.invoke(session, LEAKY.LEAK_EVERY, params(valueIn(5000, 0)));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(watch.child.exitCode).toBeNull();
    await client.close(session);
    const { stdout, stderr, code } = await watch.ended;
    expect([stderr, code]).toEqual(["", 0]);
    expect(stdout).toMatch(/^leaky, instance \d+$/m);
    expect(stdout).toMatch(/^invoke 1 /m);
    expect(stdout).toMatch(/^close /m);
    expect(stdout).toMatch(/At the peak: [\d,]+ bytes, in invoke 1/);
    // From before the watching began.
    expect(stdout).toMatch(/^ +\d+ +1 .*ta\/leaky\/leaky\.c:31$/m);
    expect(stdout).toMatch(/^Instance \d+ ended$/m);
    for (const line of stdout.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it("watch of all ends with 0 at a signal and at an exit, and with 1 where the daemon goes", async () => {
    const exiting = start(["watch", "--json", "--until", "exit"], env);
    const [signalled, seen] = [start(["watch"], env), start(["watch", "--on", on], { TEEMEM_SOCKET: "" })];
    while (seen.said() === "" || signalled.said() === "" || exiting.child.exitCode === null) {
      const { session } = await client.open(HELLO_WORLD_UUID);
      await client.close(session);
    }
    const told = await exiting.ended;
    expect([told.stderr, told.code]).toEqual(["", 0]);
    const { uuid, ended } = JSON.parse(told.stdout) as { uuid: string; ended: { last: { name: string } }[] };
    // More than one may have ended by the time that it noticed the first.
    expect([uuid, ended[0]?.last.name]).toEqual(["", "hello_world"]);
    signalled.child.kill("SIGINT");
    expect(await signalled.ended).toMatchObject({ stderr: "", code: 0 });
    await daemon.stop();
    const last = await seen.ended;
    expect([last.stderr, last.code]).toEqual([expect.stringMatching(/^teemem: the daemon on .* ends\n$/), 1]);
    expect(last.stdout).toMatch(/^hello_world, instance \d+\n(create|open|close|destroy) /m);
  });
});

describe("commands beside a daemon as it is booted without options", async () => {
  const storage = join(mkdtempSync(join(tmpdir(), "teemem-storage-")), "objects");
  afterAll(() => daemon.stop());
  let daemon = await bootChild(["--storage", storage]);
  const env = (): { TEEMEM_SOCKET: string } => ({ TEEMEM_SOCKET: daemon.path });

  it("leaks says which switch is missing, and how to have it", async () => {
    const connection = await connect(daemon.path);
    await connection.client.open(HELLO_WORLD_UUID);
    const { stdout, stderr, code } = runBin("teemem", ["leaks", "--ta", "hello_world"], { env: env() });
    expect([stdout, code]).toEqual(["", 1]);
    expect(stderr).toContain("start it again with 'teemem boot --cfg CFG_TEE_TA_MALLOC_DEBUG=y'");
    await connection[Symbol.asyncDispose]();
  });

  it("objects stay over a restart", async () => {
    expect(runBin("teemem", ["run", "secure_storage"], { env: env() }).stdout).toContain("not found");
    expect(readdirSync(storage).sort()).toEqual(["f4e750bb-1437-4fbf-8785-8d3580c34994", "key"]);
    await daemon.stop();
    daemon = await bootChild(["--storage", storage]);
    expect(runBin("teemem", ["run", "secure_storage"], { env: env() }).stdout).toContain("- Object found in TA secure");
  });

  it("a workload and a daemon's own list are told apart", () => {
    for (const args of [
      ["leaks", "--on", daemon.path, "--", "leaky"],
      ["stats", "--ended", "--on", daemon.path, "--", "leaky"],
    ])
      expect(runBin("teemem", args)).toMatchObject({ code: 2, stderr: expect.stringContaining("leave out --on") });
    const embedded = runBin("teemem", ["leaks", "--", "leaky", "2"], { env: env() });
    expect([embedded.code, embedded.stdout]).toEqual([1, expect.stringContaining("when it ended")]);
  });
});

describe("without a daemon", () => {
  it.each([
    [["leaks"], /nothing to run: add -- and one of .*; or start 'teemem boot --cfg CFG_TEE_TA_MALLOC_DEBUG=y'/],
    [["watch"], /nothing to run: add -- and one of .*; or start 'teemem boot'/],
    [["watch", "--on", "/nosuch.sock"], /no daemon listens on \/nosuch\.sock: start one with 'teemem boot'/],
    [["leaks", "--on", "/nosuch.sock"], /no daemon listens on \/nosuch\.sock/],
    [["boot", "--storage", "/dev/null"], /cannot keep objects in \/dev\/null: it is not a folder/],
    [["boot", "--storage", "/proc/x"], /cannot keep objects in \/proc\/x: .*; give --storage a folder/],
  ])("teemem %j says what to do", (args, message) => {
    const { stdout, stderr, code } = runBin("teemem", args);
    expect([stdout, code]).toEqual(["", 2]);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});
