// The built page in a browser for tests, with everything that went wrong on it.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import type { TestContext } from "vitest";
import { miss } from "../needs.ts";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const built = fileURLToPath(new URL("../../../dist/view/web/index.html", import.meta.url));
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

/** Undefined where there is none; `needBrowser` then skips the test. */
export async function openBrowser(): Promise<Browser | undefined> {
  if (!existsSync(built)) throw new Error("the page is not built: run `npm run build` first");
  return existsSync(executablePath) ? chromium.launch({ executablePath, args }) : undefined;
}

export function needBrowser(context: TestContext, browser: Browser | undefined): Browser {
  return browser ?? miss(context, `no browser at ${executablePath}: install Debian's chromium, or set CHROMIUM to one`);
}

export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  /** Errors of the page and its console, and requests to elsewhere. */
  readonly faults: string[];
}

export async function openPage(
  browser: Browser,
  address: string,
  { width = 1280, height = 800, dark = false } = {},
): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? "dark" : "light" });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    // A recording without an index is asked for one; the browser notes that there is none.
    const expected = message.location().url.endsWith("/index");
    if (["error", "warning"].includes(message.type()) && !expected) faults.push(message.text());
  });
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== new URL(address).origin && protocol !== "blob:" && protocol !== "data:") faults.push(request.url());
  });
  await page.goto(address);
  return { page, faults, [Symbol.asyncDispose]: () => context.close() };
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe finds that is serious or worse, with the first part of the page that has it. `preload` reads the style sheets once more
 * by a request, which pages from disk may not make.
 */
export async function seriousFaults(page: Page, { preload = true } = {}): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(`axe.run({ preload: ${preload} }).then(({ violations }) => violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => id + ": " + nodes[0].html + " " + nodes[0].failureSummary))`) as Promise<string[]>;
}
