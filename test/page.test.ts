// The page in a browser: its figures, live changes, recordings, links, keys, and what boards may not do to it.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FleetChange } from "../src/live/state/change.ts";
import type { SystemState } from "../src/live/state/state.ts";
import { importRecording } from "../src/recording/import_recording.ts";
import { parseAlloc } from "../src/xtest/parse.ts";
import { captured } from "./support/fake_board.ts";
import { needBrowser, type OpenPage, openBrowser, openPage, seriousFaults } from "./support/page/open_page.ts";
import { type PageServer, servePage } from "./support/page/page_server.ts";
import { heapState, systemState } from "./support/page/states.ts";
import { bytesOf } from "./support/recordings.ts";

const TA = "ta-cb3e5ba0-adf1-11e0-998b-0002a5d5c51b";
const trace = new URL(`../data/optee-4.0.0/${TA}.trace.gz`, import.meta.url);
const EVIL = "E/TC:0 0 <img src=x onerror=alert(1)><script>alert(2)</script> Panic 0xffff0006";
const printed = readFileSync(captured("4.10.0", "05-stats-alloc.out"), "utf8");

let browser: Browser | undefined;
let recording: Uint8Array;
beforeAll(async () => {
  browser = await openBrowser();
  const read = await importRecording(new Uint8Array(gunzipSync(readFileSync(trace))), `${TA}.trace`);
  if (!read.ok) throw new Error(read.error);
  const time = read.value.traces[0]?.time?.[0] ?? 0;
  const pieces = [
    { time, during: "", text: "D/TC:? 0 first line\r\n" },
    { time: time + 1, during: "", text: `${EVIL}\r\n` },
  ];
  recording = await bytesOf({ ...read.value, console: { name: "test", pieces } });
});
afterAll(() => browser?.close());

/** Opens the page of a server with these systems and files, and says afterwards what went wrong on it. */
async function visit(
  context: Parameters<typeof needBrowser>[0],
  { systems = [systemState()], files = new Map<string, Uint8Array>(), hash = "", width = 1280 },
  act: (page: Page, server: PageServer, opened: OpenPage) => Promise<void>,
): Promise<void> {
  const there = needBrowser(context, browser);
  await using server = await servePage(systems, files);
  await using opened = await openPage(there, `${server.address}${hash}`, { width });
  await act(opened.page, server, opened);
  expect(opened.faults).toEqual([]);
  expect(server.missing).toEqual([]);
}

describe("live systems", () => {
  test("have the figures that xtest --stats printed", (context) => {
    const pools = parseAlloc(printed);
    if (!pools.ok) throw new Error("the captured text is not read");
    const heaps = pools.value.map((pool) => {
      const known = (value: number | undefined): number | null => value ?? null;
      return heapState({
        key: `pool:${pool.name}`,
        name: pool.name || "(none)",
        size: known(pool.size),
        allocated: known(pool.allocated),
        max: known(pool.maxAllocated),
        failures: known(pool.failures),
      });
    });
    return visit(context, { systems: [systemState({ heaps })] }, async (page) => {
      const row = page.locator(".heap-line", { hasText: "Heap" }).first();
      // From the text itself, not from what was parsed.
      const figure = (label: string): string =>
        Number(new RegExp(`${label}: +(\\d+)`).exec(printed)?.[1]).toLocaleString("en-US");
      await row.waitFor();
      expect(await row.locator(".c3").textContent()).toBe(figure("Bytes allocated"));
      expect(await row.locator(".c4").textContent()).toBe(figure("Max bytes allocated"));
      expect(await row.locator(".c5").textContent()).toBe(figure("Size of pool"));
      expect(await row.locator(".c6").textContent()).toBe(figure("Number of failed allocations"));
    });
  });

  test("unknown figures are question marks", (context) => {
    const heaps = [heapState({ allocated: null, max: null, size: null, failures: null })];
    return visit(context, { systems: [systemState({ heaps })] }, async (page) => {
      const cells = page.locator(".heap-line .figure");
      await cells.first().waitFor();
      expect(await cells.allTextContents()).toEqual(["?", "?", "?", "?", "?", "?", "–"]);
    });
  });

  test("change as the server says, and are whole again after a lost stream", (context) =>
    visit(context, {}, async (page, server) => {
      await page.locator(".heap-line").waitFor();
      server.change(sample(30_000));
      await page.locator(".heap-line .c3", { hasText: "30,000" }).waitFor();
      server.change({
        kind: "alarm",
        system: "ssh://root@board",
        time: 3,
        on: true,
        alarm: { rule: "near peak", heap: "pool:Heap", since: 1, text: "Heap is nearly full", silencedUntil: null },
      });
      await page.locator(".system-line", { hasText: "Heap is nearly full" }).waitFor();
      server.dropStreams([systemState({ heaps: [heapState({ allocated: 41_000 })], state: "lost", trouble: "gone" })]);
      await page.locator(".heap-line .c3", { hasText: "41,000" }).waitFor();
      await page.locator(".system-line", { hasText: "gone" }).waitFor();
    }));

  test("five hundred are a list of which only the part in sight is drawn", (context) => {
    const systems = Array.from({ length: 500 }, (_, n) => systemState({ name: `board-${n}` }));
    return visit(context, { systems }, async (page) => {
      await page.locator(".system-line").first().waitFor();
      expect(await page.locator(".system-line").count()).toBeLessThan(80);
      await page.keyboard.press("/");
      await page.keyboard.type("board-499");
      await page.locator(".heap-line").waitFor();
      expect(await page.locator(".system-line").allTextContents()).toEqual([expect.stringContaining("board-499")]);
    });
  });

  test("are asked for live blocks, to set maxima back, and to be silent for an hour; what is refused is said", (context) => {
    const alarm = { rule: "near full", heap: "pool:Heap", since: 0, text: "Heap: much", silencedUntil: null };
    const history = { times: [0, 1000], allocated: [1, 2] };
    const system = systemState({
      heaps: [heapState({ history })],
      can: { resetMaxima: true, liveBlocks: true },
      alarms: [alarm],
    });
    return visit(
      context,
      { systems: [system], hash: `#view=timeline&source=${encodeURIComponent(system.name)}` },
      async (page, { done }, opened) => {
        await page.getByRole("button", { name: "Live blocks of Heap" }).click();
        await page.getByText("core/mm/mobj.c:387").waitFor();
        await page.getByRole("button", { name: "Set maxima back" }).click();
        await page.getByText("it cannot").waitFor();
        // The browser notes an answer of 400 on its console.
        opened.faults.length = 0;
        await page.getByRole("button", { name: "Silence for an hour" }).click();
        await expect.poll(() => done.length).toBe(2);
        const { until, ...rest } = JSON.parse(done[1]?.replace("/api/silence ", "") ?? "");
        expect(rest).toEqual({ system: system.name, rule: "near full", heap: "pool:Heap" });
        expect(Math.abs(until + system.epoch - Date.now() - 3_600_000)).toBeLessThan(60_000);
        expect(done[0]).toBe(`/api/reset {"system":"${system.name}"}`);
      },
    );
  });

  test("text of a board is never more than text", (context) => {
    const lines = [{ time: 1, text: EVIL, trouble: true }];
    const history = { times: [1, 2, 3], allocated: [1, 2, 3] };
    const name = "<img src=y onerror=alert(3)>";
    const systems = [systemState({ console: lines, heaps: [heapState({ name, history })] })];
    return visit(context, { systems, hash: "#view=timeline&source=ssh%3A%2F%2Froot%40board" }, async (page) => {
      const scripts = await page.locator("script").count();
      await page.locator(".console-line", { hasText: EVIL }).waitFor();
      await page.locator(".track-name", { hasText: name }).waitFor();
      expect(await page.locator("img").count()).toBe(0);
      expect(await page.locator("script").count()).toBe(scripts);
    });
  });
});

describe("a recording", () => {
  const files = (): Map<string, Uint8Array> => new Map([["run.arrows", recording]]);

  test("of the server is opened by ranges; the peak is the recorded one", (context) =>
    visit(context, { files: files(), hash: "#view=timeline&file=run.arrows" }, async (page) => {
      const track = page.locator(".track").first();
      await track.waitFor();
      const { peak } = await facts();
      await expect.poll(() => track.locator(".plain").textContent()).toContain(peak.toLocaleString("en-US"));
      await page.locator(".console-line", { hasText: "<script>alert(2)" }).waitFor();
      expect(await page.locator("img").count()).toBe(0);
    }));

  test("opens at once where no system is watched, and not again", (context) =>
    visit(context, { systems: [], files: files() }, async (page) => {
      await page.locator(".track").first().waitFor();
      await expect.poll(() => hashOf(page)).toBe("#view=timeline&file=run.arrows");
      await page.keyboard.press("1");
      await page.getByText("No systems are watched.").waitFor();
      await page.goBack();
      await page.locator(".track").first().waitFor();
    }));

  test("is chosen by a link with its heap, range and moment, and by keys", (context) =>
    visit(context, { files: files(), hash: "#view=timeline&file=run.arrows&heap=0&range=5-90000000" }, async (page) => {
      await page.locator(".track").first().waitFor();
      expect(await page.locator(".chosen-time").textContent()).toContain("0.000 s – 90.000 s");
      expect(await page.locator('.heaps .item[aria-current="true"]').count()).toBe(1);
      await page.keyboard.press("p");
      const { time } = await facts();
      await expect.poll(() => hashOf(page)).toContain(`moment=${time}`);
      await page.keyboard.press("?");
      await page.locator("dialog[open]").waitFor();
      await page.keyboard.press("Escape");
      // An open dialog takes the next Escape too.
      await page.locator("dialog[open]").waitFor({ state: "detached" });
      await page.keyboard.press("Escape");
      await expect.poll(() => hashOf(page)).toBe("#view=timeline&file=run.arrows&heap=0");
      await page.keyboard.press("1");
      await page.locator(".overview").waitFor();
      await page.goBack();
      await page.locator(".track").first().waitFor();
    }));

  test("a drag chooses a range, a click a moment", (context) =>
    visit(context, { files: files(), hash: "#view=timeline&file=run.arrows" }, async (page) => {
      const area = page.locator(".plot-area").first();
      // With it the page has its last shape.
      await page.locator(".console-line").first().waitFor();
      const box = await area.boundingBox();
      if (box === null) throw new Error("no chart");
      const y = box.y + box.height / 2;
      await page.mouse.move(box.x + box.width / 4, y);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width / 2, y, { steps: 4 });
      await page.mouse.up();
      const { from, to } = await facts();
      await expect.poll(() => hashOf(page)).toContain("range=");
      const [, a = "", b = ""] = /range=(\d+)-(\d+)/.exec(await hashOf(page)) ?? [];
      const pixel = (to - from) / box.width;
      expect(Math.abs(Number(a) - (from + (to - from) / 4))).toBeLessThan(2 * pixel);
      expect(Math.abs(Number(b) - (from + (to - from) / 2))).toBeLessThan(2 * pixel);
      await page.mouse.click(box.x + (3 * box.width) / 4, y);
      await expect.poll(() => hashOf(page)).toContain("moment=");
      const [, moment = ""] = /moment=(\d+)/.exec(await hashOf(page)) ?? [];
      expect(Math.abs(Number(moment) - (from + (3 * (to - from)) / 4))).toBeLessThan(2 * pixel);
    }));

  test("is a picture that can be kept", (context) =>
    visit(context, { files: files(), hash: "#view=timeline&file=run.arrows" }, async (page) => {
      await page.locator(".console-line").first().waitFor();
      const [file] = await Promise.all([page.waitForEvent("download"), page.locator(".png").first().click()]);
      expect(file.suggestedFilename()).toBe("run.arrows-timeline.png");
      const bytes = readFileSync(await file.path());
      expect(bytes.subarray(1, 4).toString()).toBe("PNG");
      expect(bytes.length).toBeGreaterThan(5000);
    }));

  test("is opened where it is dropped, and sent nowhere", (context) =>
    visit(context, {}, async (page) => {
      await page.locator(".heap-line").waitFor();
      const sent: string[] = [];
      page.on("request", (request) => void (request.method() !== "GET" && sent.push(request.url())));
      const bytes = Buffer.from(recording).toString("base64");
      await page.evaluate((text) => {
        const data = new DataTransfer();
        data.items.add(new File([Uint8Array.from(atob(text), (one) => one.charCodeAt(0))], "mine.arrows"));
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
      }, bytes);
      await page.locator(".track").first().waitFor();
      await expect.poll(() => hashOf(page)).toBe("#view=timeline&file=dropped-mine.arrows");
      expect(sent).toEqual([]);
    }));

  test("that was cut off says so, a damaged one says why it cannot be read", (context) => {
    const cut = recording.slice(0, recording.length - 1000);
    const damaged = recording.slice();
    damaged.fill(0x55, damaged.length >> 1, (damaged.length >> 1) + 64);
    const both = new Map([
      ["cut.arrows", cut],
      ["damaged.arrows", damaged],
    ]);
    return visit(context, { files: both, hash: "#view=timeline&file=cut.arrows" }, async (page) => {
      await page.locator(".cut-note").waitFor();
      await page.locator(".item", { hasText: "damaged.arrows" }).click();
      await page.locator(".notice .bad", { hasText: "damaged" }).waitFor();
    });
  });

  test("that a link names and that is not here is asked for", (context) =>
    visit(context, { hash: "#view=timeline&file=dropped-mine.arrows" }, async (page) => {
      await page.locator(".notice", { hasText: "Drop mine.arrows here" }).waitFor();
    }));

  async function facts() {
    const { createAnswers } = await import("../src/view/web/worker/answers.ts");
    const { createRecordings } = await import("../src/view/web/worker/recordings.ts");
    const { openIndexed } = await import("../src/recording/indexed/open_indexed.ts");
    const answers = createAnswers(createRecordings(openIndexed));
    const opened = await answers.open(
      { file: "f", name: "run.arrows", place: { kind: "dropped", blob: new Blob([recording.slice()]) } },
      { signal: new AbortController().signal, progress: () => {} },
    );
    if (!opened.ok) throw new Error(opened.error);
    const { heaps, from, to } = opened.value;
    return { from, to, peak: heaps[0]?.peak.allocated ?? 0, time: heaps[0]?.peak.time ?? 0 };
  }
});

describe("everybody can use it", () => {
  const history = { times: [1000, 2000, 3000], allocated: [10_000, 20_000, 15_000] };
  const systems = [systemState({ heaps: [heapState({ history })] }), systemState({ name: "lost", state: "lost" })];

  for (const [name, hash, width] of [
    ["overview", "", 1280],
    ["overview on a phone", "", 400],
    ["timeline", "#view=timeline&file=run.arrows&range=5-90000000&moment=90000", 1280],
    ["timeline on a phone", "#view=timeline&file=run.arrows", 400],
    ["live timeline", "#view=timeline&source=ssh%3A%2F%2Froot%40board", 1280],
    ["nothing chosen", "#view=timeline", 1280],
  ] as const)
    test(`${name}: axe finds nothing serious, and nothing is wider than the window`, (context) =>
      visit(context, { systems, files: new Map([["run.arrows", recording]]), hash, width }, async (page) => {
        await page.locator(".heap-line, .track, .notice").first().waitFor();
        for (const scheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme: scheme });
          expect(await seriousFaults(page), scheme).toEqual([]);
        }
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      }));
});

/** What a link to the present view ends with. */
const hashOf = (page: Page): Promise<string> => page.evaluate(() => location.hash);

function sample(allocated: number): FleetChange {
  const { history: _, ...heap } = heapState({ allocated });
  const { name } = systemState() satisfies SystemState;
  return { kind: "sample", system: name, time: 1000, samples: 2, heaps: [heap] };
}
