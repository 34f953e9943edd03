// Opens `teemem report --html` from disk in a browser: the built page, with no server anywhere.
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { runBin } from "./cli.ts";
import { logOf, startChromium } from "./support/chromium.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-html-"));
afterAll(() => rmSync(folder, { recursive: true }));
const TRACE = "data/optee-4.0.0/core.trace.gz";

describe("a report in one file", () => {
  test("opens from disk, asks for nothing, and has no trouble", async (context) => {
    // A name that would be a script if it were ever HTML.
    const [from, to] = [join(folder, "<img src=x onerror=alert(1)>.arrows"), join(folder, "a.html")];
    expect(runBin("teemem", ["record", "-o", from, "--from", TRACE]).code).toBe(0);
    const { code, stderr } = runBin("teemem", ["report", from, "--html", to]);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^teemem: .*a\.html: [\d,]+ bytes\n$/)]);
    const data = Math.ceil((statSync(from).size * 4) / 3);
    expect(statSync(to).size - data, "the page itself").toBeLessThan(2e6);

    const browser = await startChromium(context);
    try {
      const page = await browser.newPage();
      const log = logOf(page);
      const address = pathToFileURL(to).href;
      await page.goto(address);
      await page.getByText("<img src=x onerror=alert(1)>.arrows").first().waitFor();
      // It begins with the recording, not with systems that a report has none of.
      await page.getByText("peak 56,112 of 68,640 bytes").first().waitFor();
      expect(log.requests.filter((one) => !/^(?:blob|data):/.test(one))).toEqual([address]);
      expect(log.problems).toEqual([]);
      expect(await page.locator("img").count()).toBe(0);
    } finally {
      await browser.close();
    }
  });

  test("of leak lists shows lists: no pool, no peak, no map, and no time but their order", async (context) => {
    const list = (sizes: readonly number[]): string =>
      `${sizes.map((size) => `I/TC: buffer: ${size} bytes core/a.c:1\n`).join("")}I/TC: buffer: 64 bytes lib/libutils/isoc/bget_malloc.c:831\nD/TC:? 0 tick\n`;
    const [from, to] = [join(folder, "lists.log"), join(folder, "lists.html")];
    writeFileSync(from, [[100], [100, 200], [100, 200, 300]].map(list).join(""));
    expect(runBin("teemem", ["report", "--log", from, "--html", to]).code).toBe(0);
    const browser = await startChromium(context);
    try {
      const page = await browser.newPage();
      const log = logOf(page);
      await page.goto(pathToFileURL(to).href);
      await page.getByText("largest list 664 bytes").waitFor();
      const main = page.locator("main");
      const shown = async (view: string): Promise<string> => {
        await page.locator("nav.tabs button", { hasText: view }).click();
        await page.waitForTimeout(300);
        return main.innerText();
      };
      expect(await main.innerText()).toMatch(/at list 3/);
      expect(await main.innerText()).not.toMatch(/size of the pool|largest free|\d s\b|peak \d/);
      expect(await shown("Who held")).toMatch(/600\s+.*\s*3\s+.*core\/a\.c:1/s);
      expect(await shown("Differences")).toMatch(/\+500/);
      expect(await shown("Heap map")).toMatch(/^(?!.*hole).*Leak lists have no addresses/s);
      expect(await shown("Sizing")).toMatch(/Leak lists have no pool/);
      expect(await page.locator(".heaps .item").count()).toBe(1);
      expect(log.problems).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  test("of counters shows their own maximum and failures, at the uptime of each report", async (context) => {
    const to = join(folder, "counters.html");
    expect(runBin("teemem", ["report", "test/fixtures/series/17-alloc-6001-poll.out", "--html", to]).code).toBe(0);
    const browser = await startChromium(context);
    try {
      const page = await browser.newPage();
      await page.goto(pathToFileURL(to).href);
      await page.getByText("max allocated 67,184 of 68,608 bytes, 3 failed").waitFor();
      expect(await page.locator("main").innerText()).toMatch(/most seen 32,592 at 214\.980 s/);
    } finally {
      await browser.close();
    }
  });

  test("is made of whatever report reads", () => {
    const to = join(folder, "b.html");
    expect(runBin("teemem", ["report", TRACE, "--html", to]).code).toBe(0);
    const [, json = ""] = /id="teemem">([^<]*)</.exec(readFileSync(to, "utf8")) ?? [];
    const [only, ...others] = JSON.parse(json).recordings;
    expect([only.name, others]).toEqual(["core.trace.gz", []]);
    const out = join(folder, "b.arrows");
    writeFileSync(out, Buffer.from(only.bytes, "base64"));
    // A recording has no lines of a trace.
    const figures = (path: string): unknown =>
      JSON.parse(runBin("teemem", ["report", "--json", path]).stdout, (key, value) => (key === "line" ? 0 : value))
        .heaps;
    expect(figures(out)).toEqual(figures(TRACE));
  });

  test("does not take the place of a file", () => {
    const to = join(folder, "c.html");
    writeFileSync(to, "mine");
    const refused = runBin("teemem", ["report", TRACE, "--html", to]);
    expect([refused.code, refused.stderr]).toEqual([
      2,
      `teemem: ${to} already exists; choose another file, or pass --force\n`,
    ]);
    expect(readFileSync(to, "utf8")).toBe("mine");
    expect(runBin("teemem", ["report", TRACE, "--html", to, "--force"]).code).toBe(0);
  });

  test("says what to do where the recording is too large", () => {
    const from = join(folder, "large.arrows");
    writeFileSync(from, Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0));
    truncateSync(from, 2 ** 30);
    const { code, stderr } = runBin("teemem", ["report", from, "--html", join(folder, "d.html")]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/larger than 200,000,000 bytes.*teemem serve/)]);
  });

  test("shows everything, so it takes no part", () => {
    for (const option of [["--json"], ["--heap", "core"], ["--mark", "boot"], ["--range", "0..1"]])
      expect(runBin("teemem", ["report", TRACE, "--html", join(folder, "e.html"), ...option]).code).toBe(2);
  });
});
