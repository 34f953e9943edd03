// @ts-check
// node bench/page_scrub.js FILE: opens a recording in the page, in Debian's chromium, drags the moment of the heap map over all of
// it, plays it, and prints how long frames and tasks of the page took. Needs a build. `node bench/long_recording.js 1000000 FILE`
// writes a recording of a million events.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const file = process.argv[2] ?? fileURLToPath(new URL("../data/optee-4.0.0/core.trace.gz", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "teemem-scrub-"));
const report = join(folder, "report.html");
const teemem = fileURLToPath(new URL("../dist/cli/teemem.js", import.meta.url));
spawnSync(process.execPath, [teemem, "report", file, "--html", report], { stdio: "inherit" });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const began = Date.now();
  await page.goto(`${pathToFileURL(report).href}#view=map&file=here-1`);
  await page.waitForSelector(".map-sums", { timeout: 120_000 });
  console.log(`open to first map: ${Date.now() - began} ms`);
  await page.waitForTimeout(1000);
  await page.evaluate(watchFrames);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  /** Milliseconds of the processor that the page itself took so far; frames depend on what else the machine does. */
  const cpu = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0);
  };
  let before = await cpu();
  const took = async () => {
    const now = await cpu();
    const text = `${Math.round(now - before)} ms of the processor`;
    before = now;
    return text;
  };
  const box = await page.locator(".scrubber input").boundingBox();
  if (box === null) throw new Error("the slider is not shown");
  await page.mouse.move(box.x + 2, box.y + box.height / 2);
  await page.mouse.down();
  for (let step = 0; step <= 200; step++) {
    await page.mouse.move(box.x + 2 + ((box.width - 4) * step) / 200, box.y + box.height / 2);
    await page.waitForTimeout(16);
  }
  await page.mouse.up();
  console.log(
    "drag over all of it:",
    await page.evaluate(() => /** @type {any} */ (globalThis).takeFrames()),
    await took(),
  );
  await page.locator(".scrubber input").press("Home");
  await page.locator(".scrubber > button").click();
  await page.waitForTimeout(6000);
  console.log("play:", await page.evaluate(() => /** @type {any} */ (globalThis).takeFrames()), await took());
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}

/** Runs in the page: counts frames, maps that were drawn, and tasks of more than 50 ms. */
function watchFrames() {
  const now = { frames: 0, worst: 0, long: 0, longest: 0, maps: 0, last: performance.now() };
  const frame = (/** @type {number} */ at) => {
    now.frames++;
    now.worst = Math.max(now.worst, at - now.last);
    now.last = at;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      now.long++;
      now.longest = Math.max(now.longest, duration);
    }
  }).observe({ entryTypes: ["longtask"] });
  const sums = document.querySelector(".map-sums");
  if (sums !== null) new MutationObserver(() => now.maps++).observe(sums, { attributeFilter: ["data-time"] });
  /** @type {any} */ (globalThis).takeFrames = () => {
    const { frames, worst, long, longest, maps } = now;
    Object.assign(now, { frames: 0, worst: 0, long: 0, longest: 0, maps: 0 });
    const round = (/** @type {number} */ ms) => Math.round(ms * 10) / 10;
    return `${frames} frames, worst ${round(worst)} ms; ${long} tasks over 50 ms, longest ${round(longest)} ms; ${maps} maps`;
  };
}
