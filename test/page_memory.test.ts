// The page's views of memory in a browser: their figures are those of the report, the walker, `leaks` and `size`.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { suspects } from "../src/analyze/leak/three.ts";
import { snapshotsOfTrace } from "../src/analyze/leak/trace.ts";
import { holderChanges } from "../src/analyze/ranges/changes.ts";
import { holdersIn } from "../src/analyze/ranges/group_sums.ts";
import { rowsWithin } from "../src/analyze/ranges/time_range.ts";
import { rangesOfTrace } from "../src/analyze/ranges/trace_range.ts";
import { heapReport } from "../src/analyze/report/heap_report.ts";
import { heapSize } from "../src/analyze/size/heap_size.ts";
import { planTrials, tryPool } from "../src/analyze/size/pool_trial.ts";
import { grouped } from "../src/base/format.ts";
import { walkPool } from "../src/heap/walk.ts";
import { poolsOf } from "../src/malloc/pools.ts";
import { parseRecordedTrace } from "../src/replay/recorded_trace.ts";
import type { RecordedTrace } from "../src/replay/trace_columns.ts";
import { verifyTrace } from "../src/replay/verify.ts";
import { runBin } from "./cli.ts";
import { CHROMIUM, logOf, type PageLog } from "./support/chromium.ts";
import { miss } from "./support/needs.ts";

const data = fileURLToPath(new URL("../data/optee-4.0.0/", import.meta.url));
const CORE = `${data}core.trace.gz`;
const CRYPT = `${data}ta-cb3e5ba0-adf1-11e0-998b-0002a5d5c51b.trace.gz`;
const WAIT = { timeout: 60_000 };

const folder = mkdtempSync(join(tmpdir(), "teemem-memory-"));
afterAll(() => rmSync(folder, { recursive: true }));

function read(path: string): RecordedTrace {
  const trace = parseRecordedTrace(gunzipSync(readFileSync(path)));
  if (!trace.ok) throw new Error(trace.error);
  return trace.value;
}

/** The cells of the rows in sight. */
function tableOf(page: Page): Promise<string[][]> {
  return page
    .locator(".row-place .table-line")
    .evaluateAll((lines) => lines.map((line) => Array.from(line.children, (cell) => cell.textContent?.trim() ?? "")));
}

/** Chooses something else on an open page. */
async function choose(page: Page, choice: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `${choice}&file=here-1`);
}

describe("the page's views of memory", { timeout: 240_000 }, () => {
  let browser: Browser | undefined;
  let page: Page;
  let log: PageLog;
  const core = read(CORE);

  /** A report in one file, opened from disk. */
  async function open(recording: string, choice: string, width = 1280, colorScheme: "light" | "dark" = "light") {
    const to = join(folder, `${basename(recording)}.html`);
    if (!existsSync(to)) expect(runBin("teemem", ["report", recording, "--html", to]).code).toBe(0);
    if (browser === undefined) throw new Error("no browser");
    const opened = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    const said = logOf(opened);
    await opened.goto(`${pathToFileURL(to).href}#${choice}&file=here-1`);
    return { opened, said };
  }
  beforeAll(async () => {
    browser = existsSync(CHROMIUM)
      ? await chromium.launch({ executablePath: CHROMIUM, args: ["--headless", "--no-sandbox", "--disable-gpu"] })
      : undefined;
    if (browser !== undefined) ({ opened: page, said: log } = await open(CORE, "view=holders"));
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach((context) => {
    if (browser === undefined) miss(context, "no Chromium: install Debian's chromium, or set CHROMIUM to one");
  });

  test("who held at the peak, as the report tells", async () => {
    await choose(page, "view=holders");
    await page.waitForSelector(".row-place", WAIT);
    const report = heapReport(core, { range: { from: 0, to: core.length } });
    const rows = (await tableOf(page)).map(([bytes, , blocks, , site]) => [bytes, blocks, site]);
    expect(rows.length).toBeGreaterThan(10);
    const expected = report?.peak.bySite.map(({ bytes, blocks, site }) => [grouped(bytes), grouped(blocks), site]);
    expect(rows).toEqual(expected?.slice(0, rows.length));
    expect(await page.textContent(".peak-line")).toContain("56,112 of 68,640 bytes (82 %) at 529.231 s");
  });

  test("retained from 0 to 529.232 s, as the Firefox Profiler shows it", async () => {
    await choose(page, "view=holders&range=0-529232000");
    await page.getByText("389,520 operations").waitFor(WAIT);
    await page.getByLabel("Show").selectOption("retained");
    await page.getByLabel("by", { exact: true }).selectOption("file");
    const rows = (await tableOf(page)).map(([bytes, , , , file]) => [file, bytes]);
    expect(rows).toContainEqual(["core/lib/libtomcrypt/ecb.c", "23,664"]);
    expect(rows).toContainEqual(["core/lib/libtomcrypt/hash.c", "14,784"]);
    expect(rows).toContainEqual(["core/tee/tee_obj.c", "6,384"]);
    await page.fill("input.filter", "hash");
    await page.waitForFunction(() => document.querySelectorAll(".row-place").length === 1);
  });

  test("the difference of two ranges, and three moments", async () => {
    await choose(page, "view=differences&range=520000000-529232000&second=510000000-519999999");
    await page.getByText("The second range has").waitFor(WAIT);
    const sums = ([from, to]: [number, number]) => {
      const [range] = rangesOfTrace(core, rowsWithin(core, { from, to }));
      return range === undefined ? [] : holdersIn(range, "peak", "site");
    };
    const changes = holderChanges(sums([510e6, 519_999_999]), sums([520e6, 529_232_000]));
    const rows = (await tableOf(page)).map(([bytes, , , , site]) => [bytes?.replace(/[,+]/g, ""), site]);
    expect(rows).toEqual(changes.slice(0, rows.length).map(({ bytes, site }) => [String(bytes), site]));

    const moments = [510e6, 520e6, 529_232_000];
    await choose(page, `view=moments&moments=${moments.join("_")}`);
    await page.getByText("Bytes are those asked for.").waitFor(WAIT);
    const shots = snapshotsOfTrace(
      core,
      moments.map((to) => ({ row: rowsWithin(core, { from: 0, to }).to, name: String(to) })),
    );
    const [first, second, third] = shots;
    if (first === undefined || second === undefined || third === undefined) throw new Error("no snapshots");
    const found = suspects(first, second, third).map(({ kind, kept, late, site }) => [
      kind,
      grouped(kept.bytes + late.bytes),
      site,
    ]);
    expect((await tableOf(page)).map(([kind, stayed, , , , site]) => [kind, stayed, site])).toEqual(found);
  });

  test("the flame graph lists what the table has, zooms by key, and is saved as PNG", async () => {
    await choose(page, "view=flame&range=0-529232000");
    await page.waitForSelector(".flame canvas", WAIT);
    expect(await page.textContent("ul.unseen")).toContain("core/lib/libtomcrypt/ecb.c: 23,664 bytes in 29 blocks");
    await page.focus(".flame canvas");
    for (const key of ["ArrowDown", "ArrowDown", "Enter"]) await page.keyboard.press(key);
    expect(await page.textContent(".flame-said")).toContain("core/lib/libtomcrypt/ecb.c 23,664 bytes (42 %)");
    await page.getByRole("button", { name: "Zoom out" }).click();
    const download = page.waitForEvent("download", WAIT);
    await page.locator(".flame .save-picture").click();
    const png = readFileSync(await (await download).path());
    expect(png.subarray(1, 4).toString()).toBe("PNG");
  });

  test("the map has as many blocks and holes as the walker, at any moment", async () => {
    const rows = [1, 1000, 54_321, 200_000, 389_516, core.length - 1];
    const walked = new Map<number, [number, number]>();
    verifyTrace(core, {
      onRow(row, ctx) {
        // The last row of a moment counts.
        const time = core.time[row] as number;
        if (!rows.some((one) => core.time[one] === time)) return;
        const blocks = poolsOf(ctx).flatMap((pool) => walkPool(ctx.heap.memory, pool).blocks);
        const free = blocks.filter((block) => block.free).length;
        walked.set(time, [blocks.length - free, free]);
      },
    });
    for (const [time, [blocks, holes]] of walked) {
      await choose(page, `view=map&moment=${time}`);
      const sums = page.locator(`.map-sums[data-time="${time}"]`);
      await sums.waitFor(WAIT);
      expect([await sums.getAttribute("data-blocks"), await sums.getAttribute("data-holes")]).toEqual([
        String(blocks),
        String(holes),
      ]);
    }
    expect(walked.size).toBe(rows.length);
  });

  test("the map says that the refused request fits nowhere; a click shows block, neighbours and history", async () => {
    await choose(page, "view=map");
    await page.getByText("41 holes with 12,512 bytes free. A request of 800 bytes fits in no hole.").waitFor(WAIT);
    await page.getByLabel("Bytes of the request").fill("384");
    await page.getByText(/A request of 384 bytes fits in \d+ holes?\./).waitFor(WAIT);
    await page.getByLabel("Bytes of the request").fill("385");
    await page.getByText("A request of 385 bytes fits in no hole.").waitFor(WAIT);
    await page.focus(".map canvas");
    for (const key of ["Home", "ArrowRight"]) await page.keyboard.press(key);
    await page.waitForSelector(".lives li", WAIT);
    const panel = await page.textContent(".block-panel");
    expect(panel).toMatch(/asked for.*before: .*behind: .*lay here/s);
  });

  test("sizing gives what `teemem size` gives", async () => {
    const { opened, said } = await open(CRYPT, "view=sizing");
    await opened.getByText("Find the smallest pool").click(WAIT);
    await opened.waitForSelector(".size-result", WAIT);
    const trace = read(CRYPT);
    const plan = planTrials(trace);
    const size = await heapSize(
      trace,
      plan,
      async (heap, brief, asks) => asks.map(({ pool, until }) => tryPool(trace, plan, heap, { pool, until, brief })),
      { tests: false, variants: false, window: 32 },
    );
    for (const fit of ["first", "best"] as const) {
      const served = size.variants.find((one) => one.fit === fit)?.served.pool;
      expect(await opened.textContent(`[data-fit=${fit}]`)).toBe(grouped(served ?? 0));
    }
    // Kept while another view is looked at.
    await opened.keyboard.press("2");
    await opened.waitForSelector(".track", WAIT);
    await opened.keyboard.press("8");
    await opened.waitForSelector(".size-result", WAIT);
    const cells = await opened
      .locator(".size-table tbody tr")
      .evaluateAll((lines) => lines.map((line) => Array.from(line.children, (cell) => cell.textContent)));
    expect(cells).toEqual(
      size.curve.map(({ pool, first, best }) =>
        [pool, first.newFailures + first.unserved, best.newFailures + best.unserved, first.headroom].map(grouped),
      ),
    );
    expect(said.problems).toEqual([]);
    await opened.close();
  });

  test.each([
    ["holders", ".row-place"],
    ["flame", ".flame canvas"],
    ["differences", ".sum-line"],
    ["moments", ".sum-line"],
    ["map", ".map canvas"],
    ["sizing", ".toolbar button"],
  ])("%s: axe finds no serious fault, narrow and dark", async (view, there) => {
    const { opened, said } = await open(CRYPT, `view=${view}`, 400, "dark");
    await opened.waitForSelector(there, { ...WAIT, state: "attached" });
    await opened.evaluate(axe.source);
    const found = await opened.evaluate(async () => {
      type Fault = { impact: string; id: string; nodes: { html: string }[] };
      const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Fault[] }> } };
      return (await axe.run()).violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`);
    });
    expect([found, said.problems]).toEqual([[], []]);
    await opened.close();
  });

  test("no view complained", () => expect(log.problems).toEqual([]));
});
