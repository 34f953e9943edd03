// What others read of our metrics: promtool, a real Prometheus, a real VictoriaMetrics, go tool pprof.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createSocket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ok } from "../src/base/result.ts";
import type { Fleet, SiteBytes } from "../src/live/state/fleet.ts";
import type { SystemState } from "../src/live/state/state.ts";
import { metricsRoutes } from "../src/serve/metrics/metrics_routes.ts";
import { miss } from "./support/needs.ts";
import { pprofPeer } from "./support/peer.ts";
import { heapState, systemState, taState } from "./support/system_states.ts";

const SITES: readonly SiteBytes[] = [
  { site: "core/crypto/ecb.c:117", blocks: 8, bytes: 23_664 },
  { site: "core/kernel/user_ta.c:530", blocks: 2, bytes: 1024 },
];
const can = { resetMaxima: false, liveBlocks: true };
const systems: SystemState[] = [
  systemState({
    heaps: [heapState({ failures: 2 }), heapState({ key: "pool:Secure DDR", name: 'Secure "DDR"' }), taState()],
    can,
  }),
  systemState({ name: "exec:adb shell", heaps: [heapState({ allocated: 1000, free2Sum: 1e9 })] }),
  systemState({ name: "lab3", state: "lost" }),
];
const fleet = {
  systems,
  liveBlocks: async (_system, heap) => ok({ sites: heap === "pool:Heap" ? SITES : [], bytes: "taken" }),
} satisfies Pick<Fleet, "systems" | "liveBlocks">;

let server: Server;
let base = "";
const folder = mkdtempSync(join(tmpdir(), "teemem-metrics-"));
const running: ChildProcess[] = [];

beforeAll(async () => {
  const app = new Hono();
  metricsRoutes(app, fleet as unknown as Fleet, "1.2.3");
  server = createServer(getRequestListener(app.fetch)).listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await Promise.all(
    running.map(async (child) => {
      if (child.exitCode === null && child.kill("SIGKILL")) await once(child, "exit");
    }),
  );
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

it("promtool finds nothing to say about the text", async (context) => {
  const text = await (await fetch(`${base}/metrics`)).text();
  const { status, stdout, stderr, error } = spawnSync("promtool", ["check", "metrics"], {
    input: text,
    encoding: "utf8",
  });
  if (error !== undefined) return void miss(context, "promtool is not installed: Debian has it in prometheus");
  expect([status, stdout, stderr]).toEqual([0, "", ""]);
});

it("promtool accepts the configuration and the alerts that we hand on, and the alerts do what they say", (context) => {
  const promtool = (...words: string[]) => {
    const { status, stdout, stderr, error } = spawnSync("promtool", words, {
      cwd: "deploy/prometheus",
      encoding: "utf8",
    });
    if (error !== undefined) miss(context, "promtool is not installed: Debian has it in prometheus");
    expect([status, stderr], stdout).toEqual([0, ""]);
  };
  promtool("check", "config", "prometheus.yml");
  promtool("test", "rules", "alerts_test.yml");
});

it("the dashboard and the alerts ask for metrics that there are", async () => {
  const text = await (await fetch(`${base}/metrics`)).text();
  const known = new Set(Array.from(text.matchAll(/^# TYPE (\S+)/gm), ([, name]) => name));
  const files = ["deploy/grafana/optee_memory.json", "deploy/prometheus/alerts.yml"];
  const asked = files.flatMap((file) => readFileSync(file, "utf8").match(/\b(?:optee|teemem)_[a-z_]+\b/g) ?? []);
  const NO_METRIC = ["optee_memory"];
  expect(asked.length).toBeGreaterThan(30);
  expect(asked.filter((name) => !known.has(name) && !NO_METRIC.includes(name))).toEqual([]);
  expect(readdirSync("deploy/grafana")).toEqual(["optee_memory.json"]);
});

it("a real Prometheus scrapes it; its values are ours", { timeout: 60_000 }, async (context) => {
  const config = join(folder, "prometheus.yml");
  writeFileSync(config, scrapeConfig());
  const port = await freePort();
  start(context, "prometheus", [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, "prometheus")}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ]);
  await expectOurValues(`http://127.0.0.1:${port}/api/v1/query`);
});

it("a real VictoriaMetrics scrapes it; its values are ours", { timeout: 60_000 }, async (context) => {
  const config = join(folder, "victoria.yml");
  writeFileSync(config, scrapeConfig());
  const port = await freePort();
  start(context, "victoria-metrics", [
    `-promscrape.config=${config}`,
    `-storageDataPath=${join(folder, "victoria")}`,
    `-httpListenAddr=127.0.0.1:${port}`,
    "-search.latencyOffset=0s",
  ]);
  await expectOurValues(`http://127.0.0.1:${port}/api/v1/query`);
});

it("go tool pprof reads the profile from its address", async (context) => {
  const address = `${base}/debug/pprof/heap?source=${encodeURIComponent("ssh://lab1")}`;
  const top = await new Promise<string>((resolve) => {
    const child = spawn("go", ["tool", "pprof", "-top", "-lines", "-sample_index=inuse_space", address], {
      env: { ...process.env, PPROF_TMPDIR: folder },
    });
    let out = "";
    child.stdout.on("data", (part) => (out += part));
    child.on("error", () => resolve(""));
    child.on("close", () => resolve(out));
  });
  if (top === "") pprofPeer.run(context, "-h");
  expect(top).toMatch(/23\.11kB\s+95\.85%\s+95\.85%\s+23\.11kB\s+95\.85%\s+core\/crypto\/ecb\.c:117/);
  expect(top).toContain("heap core");
});

it("says which systems there are, which is unknown, and which tells no call sites", async () => {
  const get = async (query: string) => {
    const response = await fetch(`${base}/debug/pprof/heap${query}`);
    return [response.status, await response.text()];
  };
  expect(await get("")).toEqual([
    400,
    "Say which system: /debug/pprof/heap?source=NAME, one of: ssh%3A%2F%2Flab1 exec%3Aadb%20shell lab3\n",
  ]);
  expect(await get("?source=x")).toEqual([404, "No system is called 'x'.\n"]);
  expect(await get("?source=lab3")).toEqual([501, expect.stringContaining("lab3 tells no call sites")]);
});

function scrapeConfig(): string {
  const target = base.replace("http://", "");
  return `global: { scrape_interval: 1s }\nscrape_configs: [{ job_name: teemem, static_configs: [{ targets: ["${target}"] }] }]\n`;
}

async function freePort(): Promise<number> {
  const socket = createSocket().listen(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address() as AddressInfo;
  socket.close();
  return port;
}

function start(context: Parameters<typeof miss>[0], program: string, words: readonly string[]): void {
  if (spawnSync(program, ["--version"]).error !== undefined)
    miss(context, `${program} is not installed: Debian has it in ${program}`);
  running.push(spawn(program, words, { stdio: "ignore" }));
}

/** Waits until a server has scraped, then compares what it tells with the states. */
async function expectOurValues(query: string): Promise<void> {
  const ask = async (expression: string): Promise<[Record<string, string>, string][]> => {
    const response = await fetch(`${query}?query=${encodeURIComponent(expression)}`);
    const { data } = (await response.json()) as {
      data: { result: { metric: Record<string, string>; value: [number, string] }[] };
    };
    return data.result.map(({ metric, value }) => [metric, value[1]]);
  };
  while ((await ask("teemem_build_info").catch(() => [])).length === 0)
    await new Promise((resolve) => setTimeout(resolve, 200));
  const values = async (expression: string, label: string) =>
    Object.fromEntries(
      (await ask(expression)).map(([metric, value]) => [`${metric.source} ${metric[label]}`, Number(value)]),
    );
  expect(await values("optee_heap_allocated_bytes", "pool")).toEqual({
    "ssh://lab1 Heap": 32_768,
    'ssh://lab1 Secure "DDR"': 32_768,
    "exec:adb shell Heap": 1000,
  });
  expect(await values("optee_heap_failed_requests_total", "pool")).toMatchObject({ "ssh://lab1 Heap": 2 });
  expect(await values("optee_ta_heap_max_allocated_bytes", "ta")).toEqual({ "ssh://lab1 trusted_keys": 4096 });
  expect(await values("teemem_source_up", "job")).toEqual({
    "ssh://lab1 teemem": 1,
    "exec:adb shell teemem": 1,
    "lab3 teemem": 0,
  });
}
