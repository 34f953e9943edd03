// Runs `teemem serve` from the built package, as a user does.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { openIndexed } from "../src/recording/indexed/open_indexed.ts";
import { bytesInMemory } from "../src/recording/indexed/range_bytes.ts";
import { HELLO_WORLD_UUID } from "../src/tee/apps/hello_world.ts";
import { runBin } from "./cli.ts";
import { logOf, startChromium } from "./support/chromium.ts";
import { bootChild, connect } from "./support/daemon.ts";
import { type ServeChild, serveChild } from "./support/serve_child.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-served-"));
afterAll(() => rmSync(folder, { recursive: true }));
const running: ServeChild[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop("SIGKILL");
});
const TRACE = "data/optee-4.0.0/core.trace.gz";

/** Serves with a temp folder of its own, so that what is left in it shows. */
async function serve(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ServeChild & { readonly temp: string }> {
  const temp = mkdtempSync(join(folder, "temp-"));
  const child = await serveChild(args, { TMPDIR: temp, ...env });
  running.push(child);
  return { ...child, temp };
}

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly growing: boolean;
}

async function json<T>(address: string): Promise<T> {
  return (await (await fetch(address)).json()) as T;
}

async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await setTimeout(50);
  }
}

describe("teemem serve", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("serves files until %s, and leaves nothing behind", async (signal) => {
    const server = await serve([TRACE]);
    expect(server.link).toBe(`${server.base}/`);
    const [file, ...others] = await json<Listed[]>(`${server.base}/api/files`);
    expect([file, others]).toEqual([
      { id: "file-1", name: "core.trace.gz", size: expect.any(Number), growing: false },
      [],
    ]);
    expect(await json(`${server.base}/api/state`)).toEqual([]);
    const bytes = new Uint8Array(await (await fetch(`${server.base}/api/files/file-1/bytes`)).arrayBuffer());
    const index = new Uint8Array(await (await fetch(`${server.base}/api/files/file-1/index`)).arrayBuffer());
    const opened = await openIndexed(bytesInMemory(bytes), { index });
    expect(opened).toMatchObject({ ok: true, value: { heaps: [{ name: "core", peak: { allocated: 56112 } }] } });
    // A stream that is open does not keep it.
    void fetch(`${server.base}/api/live`).catch(() => {});
    const { code, stderr } = await server.stop(signal);
    expect([code, stderr]).toEqual([0, ""]);
    expect(readdirSync(server.temp)).toEqual([]);
  });

  test("says what to do where it cannot", async () => {
    const { base } = await serve([TRACE]);
    const port = new URL(base).port;
    const ran = (...args: string[]) => runBin("teemem", ["serve", ...args]);
    expect(ran("--port", port)).toMatchObject({ code: 2, stderr: expect.stringContaining(`port ${port} is in use`) });
    expect(ran("--host", "192.0.2.1")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("no address of this machine"),
    });
    expect(ran("--port", "65536")).toMatchObject({ code: 2 });
    expect(ran("no-such-file")).toMatchObject({ code: 2, stderr: expect.stringContaining("no-such-file") });
    expect(ran("-")).toMatchObject({ code: 2, stderr: expect.stringContaining("write it to a file first") });
    expect(ran("--on", "sim", "--on", "sim")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("named twice"),
    });
    const short = runBin("teemem", ["serve", "--host", "0.0.0.0"], { env: { TEEMEM_TOKEN: "short" } });
    expect(short).toMatchObject({ code: 2, stderr: expect.stringContaining("16 characters") });
  });

  test("asks for a token on the network, whose link opens it once and for all", async (context) => {
    const { link, base } = await serve(["--host", "0.0.0.0", TRACE]);
    const address = link.replace(/\/\/[^:]+/, "//127.0.0.1");
    expect((await fetch(`http://127.0.0.1:${new URL(base).port}/api/files`)).status).toBe(401);
    const browser = await startChromium(context);
    try {
      const page = await browser.newPage();
      const log = logOf(page);
      await page.goto(address);
      await page.getByText("core.trace.gz").first().waitFor();
      expect(page.url()).not.toContain("token");
      await page.reload();
      await page.getByText("core.trace.gz").first().waitFor();
      // The stream of the page before ended with it, what it was reading of the file, and a worker that it was starting.
      const ended = /^failed: (?:blob:.*|.*\/api\/(?:live|files\/[^/]+\/(?:index|bytes)))$/;
      expect(log.problems.filter((one) => !ended.test(one))).toEqual([]);
      // No page of another origin can look into it.
      await page.goto("data:text/html,<title>other</title>");
      const seen = await page.evaluate(
        async (from) => {
          const tries = [fetch(`${from}api/state`), fetch(`${from}api/files`, { credentials: "include" })];
          return (await Promise.allSettled(tries)).map(({ status }) => status);
        },
        address.replace(/\?.*/, ""),
      );
      expect(seen).toEqual(["rejected", "rejected"]);
    } finally {
      await browser.close();
    }
  });

  test("takes the token of TEEMEM_TOKEN in a header", async () => {
    const token = "a-token-of-the-lab-01";
    const { base, link } = await serve(["--token", TRACE], { TEEMEM_TOKEN: token });
    expect(link).toBe(`${base}/?token=${token}`);
    expect((await fetch(`${base}/metrics`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    expect((await fetch(`${base}/metrics`)).status).toBe(401);
  });
});

describe("a system that is watched", () => {
  test("is live, and its events are a recording that grows", async () => {
    const daemon = await bootChild();
    const { client } = await connect(daemon.path);
    const server = await serve(["--on", `unix:${daemon.path}`, "--interval", "100"]);
    const file = await until(async () => (await json<Listed[]>(`${server.base}/api/files`))[0]);
    expect(file).toMatchObject({ id: "live-1", name: expect.stringMatching(/^unix_.*-1\.arrows$/), growing: true });
    const { session } = await client.open(HELLO_WORLD_UUID);
    const state = await until(async () => {
      const [system] = await json<{ state: string; heaps: { uuid?: string }[] }[]>(`${server.base}/api/state`);
      return system?.heaps.some(({ uuid }) => uuid === HELLO_WORLD_UUID) && system;
    });
    expect(state.state).toBe("live");
    const heaps = await until(async () => {
      const bytes = new Uint8Array(await (await fetch(`${server.base}/api/files/live-1/bytes`)).arrayBuffer());
      const answer = await fetch(`${server.base}/api/files/live-1/index`);
      const index = new Uint8Array(await answer.arrayBuffer());
      const opened = await openIndexed(bytesInMemory(bytes), answer.ok ? { index } : {});
      if (!opened.ok) throw new Error(opened.error);
      const names = opened.value.heaps.map(({ name }) => name);
      return names.includes(`ta-${HELLO_WORLD_UUID}`) && names;
    });
    expect(heaps).toContain("core");
    await client.close(session);
    await daemon.stop();
    await until(async () => (await json<Listed[]>(`${server.base}/api/files`))[0]?.growing === false);
    const { code } = await server.stop();
    expect(code).toBe(0);
    expect(readdirSync(server.temp)).toEqual([]);
  });

  test("has the alarms of a file, which may be silenced", async () => {
    const rules = join(folder, "alarms.yaml");
    writeFileSync(rules, "alarms:\n  full: { when: near full, over: 1 % }\n");
    const server = await serve(["--on", "sim", "--alarms", rules, "--interval", "100"]);
    type System = {
      readonly alarms: readonly { readonly rule: string; readonly heap: string; readonly silencedUntil: unknown }[];
    };
    const alarmOf = async () => (await json<System[]>(`${server.base}/api/state`))[0]?.alarms[0];
    const alarm = await until(alarmOf);
    expect(alarm).toMatchObject({ rule: "full", heap: "pool:Heap", silencedUntil: null });
    const body = JSON.stringify({ system: "sim", rule: "full", heap: "pool:Heap", until: 1e12 });
    const headers = { origin: server.base, "content-type": "application/json" };
    expect((await fetch(`${server.base}/api/silence`, { method: "POST", headers, body })).status).toBe(204);
    expect(await until(async () => (await alarmOf())?.silencedUntil)).toBe(1e12);
  });

  test("leaves its recording where --record says, whole", async () => {
    const kept = join(folder, "kept");
    const server = await serve(["--on", "sim", "--record", kept, "--interval", "100"]);
    await until(async () => (await json<Listed[]>(`${server.base}/api/files`)).length === 1);
    await until(
      async () =>
        readFileSync(join(kept, readdirSync(kept).find((name) => name.endsWith(".arrows")) ?? "")).length > 5000,
    );
    expect((await server.stop()).code).toBe(0);
    const names = readdirSync(kept).filter((name) => !name.endsWith(".index"));
    expect(names).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\dT\d{4}-sim-1\.arrows$/)]);
    const report = runBin("teemem", ["report", "--json", join(kept, names[0] ?? "")]);
    expect(report).toMatchObject({ code: 0, stderr: "" });
    rmSync(kept, { recursive: true });
  });
});

describe("a recording that somebody else writes", () => {
  test("of a gigabyte is served in parts, by a process that stays small", async () => {
    const path = join(folder, "large.arrows");
    writeFileSync(path, Uint8Array.of(255, 255, 255, 255, 8, 0, 0, 0, 1, 2, 3, 4));
    truncateSync(path, 2 ** 30);
    const server = await serve([path]);
    const [file] = await json<Listed[]>(`${server.base}/api/files`);
    expect(file).toMatchObject({ size: 2 ** 30, growing: true });
    const part = await fetch(`${server.base}/api/files/file-1/bytes`, { headers: { range: "bytes=1073741820-" } });
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 4]);
    // All of it, by somebody who reads, while others ask.
    const whole = await fetch(`${server.base}/api/files/file-1/bytes`);
    let read = 0;
    for await (const chunk of whole.body ?? []) {
      read += chunk.length;
      if (read < 2 ** 22) expect((await fetch(`${server.base}/api/state`)).status).toBe(200);
    }
    expect(read).toBe(2 ** 30);
    // What is no recording has no index, and harms nobody.
    expect((await fetch(`${server.base}/api/files/file-1/index`)).status).toBe(404);
    const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
    expect(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1])).toBeLessThan(300 * 1024);
    expect(statSync(path).size).toBe(2 ** 30);
    rmSync(path);
  });
});
