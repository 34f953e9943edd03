// The browser for tests, and all that a page says and asks for.
import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";
import type { TestContext } from "vitest";
import { miss } from "./needs.ts";

/** Where the browser is, if it is there. */
export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
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

/** Starts Chromium; without it the test is skipped, or fails where CI=true is set. */
export async function startChromium(context: TestContext): Promise<Browser> {
  if (!existsSync(CHROMIUM))
    miss(context, `no browser at ${CHROMIUM}: install Debian's chromium, or set CHROMIUM to one`);
  return chromium.launch({ executablePath: CHROMIUM, args });
}

/** What a page does that a user does not see. */
export interface PageLog {
  /** Errors and warnings of the console, errors that nobody caught. */
  readonly problems: string[];
  /** Addresses that it asked for. */
  readonly requests: string[];
}

/** Listens to a page before it is opened. */
export function logOf(page: Page): PageLog {
  const log: PageLog = { problems: [], requests: [] };
  page.on("pageerror", (error) => log.problems.push(String(error)));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) log.problems.push(message.text());
  });
  page.on("requestfailed", (request) => log.problems.push(`failed: ${request.url().slice(0, 200)}`));
  page.on("request", (request) => log.requests.push(request.url().slice(0, 200)));
  return log;
}
