// Runs the built core in a browser and compares it with Node.
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Doors, grownHeaps, workload } from "./browser_workload.js";
import { heart, importsOf, readTree } from "./layers.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const SEED = 20_260_101;
const OPERATIONS = 20_000;

/** Every layer of the heart that has a door. */
const doors = heart.filter((layer) => existsSync(`${root}src/${layer}/index.ts`));

describe("the built heart", () => {
  test.each(heart.filter((layer) => existsSync(`${root}src/${layer}`)))("%s imports nothing from outside", (layer) => {
    expect(existsSync(`${root}dist`), "dist is there: run `npm run build` first").toBe(true);
    for (const [path, source] of existsSync(`${root}dist/${layer}`) ? readTree(root, `dist/${layer}`) : []) {
      if (path.endsWith(".js"))
        for (const specifier of importsOf(source)) expect(specifier, path).toMatch(/^\.\.?\/.+\.js$/);
    }
  });
});

describe("in a browser", () => {
  let server: Server;
  let browser: Browser | undefined;
  const failures: string[] = [];

  beforeAll(async () => {
    server = serve();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    if (existsSync(executablePath)) browser = await chromium.launch({ executablePath, args });
  });

  afterAll(async () => {
    await browser?.close();
    await new Promise((resolve) => server.close(resolve));
  });

  test("the heart runs as in Node", async (context) => {
    if (browser === undefined) {
      const missing = `no browser at ${executablePath}: install Debian's chromium, or set CHROMIUM to one`;
      if (process.env.CI === "true") throw new Error(missing);
      console.warn(missing);
      return context.skip(missing);
    }
    expect(doors).toEqual(expect.arrayContaining(["heap", "malloc", "library"]));
    const page = await browser.newPage();
    page.on("pageerror", (error) => failures.push(String(error)));
    page.on("response", (response) => {
      if (!response.ok()) failures.push(`${response.status()} ${response.url()}`);
    });
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    // As text, because the test runner rewrites `import()` in functions.
    const there = await page.evaluate(`(async () => {
      const doors = {};
      for (const name of ${JSON.stringify(doors)}) doors[name] = await import("/dist/" + name + "/index.js");
      const { grownHeaps, workload } = await import("/test/browser_workload.js");
      const names = Object.fromEntries(Object.entries(doors).map(([name, door]) => [name, Object.keys(door).sort()]));
      return { names, figures: workload(doors, ${SEED}, ${OPERATIONS}), grown: grownHeaps(doors) };
    })()`);
    expect(failures).toEqual([]);

    const here = Object.fromEntries(
      await Promise.all(
        doors.map(async (name) => [name, await import(pathToFileURL(`${root}dist/${name}/index.js`).href)] as const),
      ),
    );
    const names = Object.fromEntries(doors.map((name) => [name, Object.keys(here[name]).sort()]));
    const figures = workload(here as unknown as Doors, SEED, OPERATIONS);
    const grown = grownHeaps(here as unknown as Doors);
    expect(there).toEqual({ names, figures, grown });
    for (const { large, sum, leaks, again, damage } of grown) {
      expect(large).toBeGreaterThan(65536);
      expect([sum, leaks.length, damage]).toEqual([500 * 515, 2, []]);
      expect(leaks.map(({ file }) => file)).toContain("test/browser_workload.js");
      expect(again).toEqual(leaks);
    }
    // The run was worth comparing: blocks live, some requests that failed.
    for (const { live, stats } of figures) {
      expect(live).toBeGreaterThan(10);
      expect(stats.failures).toBeGreaterThan(10);
    }
  });
});

/** Serves an empty page, the built modules and the workload. */
function serve(): Server {
  const empty = '<!doctype html><meta charset="utf-8"><title>teemem</title><link rel="icon" href="data:,">';
  return createServer((request, response) => {
    const path = request.url ?? "";
    if (path === "/") return void response.setHeader("content-type", "text/html").end(empty);
    const known = /^\/(?:dist\/[\w/]+|test\/browser_workload)\.js$/.test(path) && existsSync(root + path);
    if (!known) return void response.writeHead(404).end();
    response.setHeader("content-type", "text/javascript").end(readFileSync(root + path));
  });
}
