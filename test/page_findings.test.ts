// Findings on the page in a browser: a list beside the timeline, and a click that chooses their moment.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { expect, onTestFinished, test } from "vitest";
import { createEventRecorder } from "../src/recording/event_recorder.ts";
import { createRecordingWriter } from "../src/recording/recording_writer.ts";
import { runBin } from "./cli.ts";
import { logOf, startChromium } from "./support/chromium.ts";
import { FINDINGS } from "./support/findings.ts";

/** A recording of a TA in which all findings were noticed. */
async function recording(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const writer = await createRecordingWriter({ origin: "sim", version: "4.0.0" }, (bytes) => void chunks.push(bytes));
  let time = 0;
  const recorder = createEventRecorder(writer, () => time);
  const stats = { allocated: 0, maxAllocated: 0, size: 32768, failures: 0, biggestFailure: 0, biggestFailureUsed: 0 };
  recorder.feed({ kind: "loaded", sequence: 1, instance: 1, uuid: FINDINGS[0]?.uuid ?? "", name: "bugs" });
  recorder.feed({ kind: "known", sequence: 1, heap: "ta", instance: 1, base: 4096, stats, blocks: [] });
  for (const found of FINDINGS) {
    time = found.time;
    const { session, finding } = found;
    recorder.feed({ kind: "finding", sequence: 2, instance: 1, session, command: 1, finding });
  }
  recorder.sample();
  writer.end();
  return Buffer.concat(chunks);
}

test("are listed, and a click chooses the moment and tells the rest", { timeout: 120_000 }, async (context) => {
  const browser = await startChromium(context);
  const folder = mkdtempSync(join(tmpdir(), "teemem-page-findings-"));
  onTestFinished(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });
  const [file, to] = [join(folder, "run.arrows"), join(folder, "run.html")];
  writeFileSync(file, await recording());
  expect(runBin("teemem", ["report", file, "--html", to]).code).toBe(0);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const log = logOf(page);
  await page.goto(`${pathToFileURL(to).href}#view=timeline&file=here-1`);
  const lines = page.locator(".finding-line");
  await lines.first().waitFor();
  expect(await lines.count()).toBe(FINDINGS.length);
  expect(await lines.first().textContent()).toContain("Invalid write of size 1");
  await lines.nth(1).click();
  await expect.poll(() => page.evaluate(() => location.hash)).toContain("moment=2000");
  const detail = page.locator(".finding-detail");
  expect(await detail.textContent()).toContain("Address 0x10230 is 0 bytes inside a freed block of 11 bytes.");
  expect(await detail.locator("li").count()).toBe(7);
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<{ violations: { id: string }[] }>("axe.run()");
  expect(violations.map(({ id }) => id)).toEqual([]);
  await lines.nth(1).click();
  expect(await detail.count()).toBe(0);
  expect(log.problems).toEqual([]);
});
