// Whole pages: what each command prints for small inputs, on a terminal with colours and as data. The expected pages were read and
// worked out once; a change to one is looked at before `npx vitest run test/pages.test.ts -u` takes it.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { addPool } from "../src/malloc/add_pool.ts";
import { createContext } from "../src/malloc/context.ts";
import { free, malloc } from "../src/malloc/malloc.ts";
import { runHere, runInColour } from "./run_here.ts";

const INPUTS = "test/fixtures/inputs";
const CORE = `${INPUTS}/core.trace`;
const TA = `${INPUTS}/ta.trace`;
const folder = mkdtempSync(join(tmpdir(), "teemem-pages-"));
afterAll(() => rmSync(folder, { recursive: true }));

const ESCAPE = new RegExp(`${String.fromCharCode(27)}\\[(\\d+)m`, "g");

/** Escape sequences as `{31}`, so that a page can be read. */
function visible(text: string): string {
  return text.replace(ESCAPE, "{$1}").replaceAll(folder, "FOLDER");
}

/** An image of two heaps, the second with a size that was written over. */
function writeDumps(): void {
  const whole = new Uint8Array(8192);
  const image = (at: number, base: number): void => {
    const bytes = whole.subarray(at, at + 4096);
    const ctx = createContext(bytes, { base, leakHeaders: true });
    addPool(ctx, 0, 4096);
    const first = malloc(ctx, 100, "a/first.c", 10);
    malloc(ctx, 200, "a/second.c", 20);
    malloc(ctx, 300, "a/third.c", 30);
    free(ctx, first, "a/first.c", 11);
  };
  image(0, 0x40000000);
  writeFileSync(join(folder, "sound.bin"), whole.subarray(0, 4096));
  image(4096, 0x40001000);
  const view = new DataView(whole.buffer);
  // The size of the lowest allocated block of the second heap: its header is the first with a negative word.
  for (let at = 4096; at < 8192; at += 16) {
    const size = view.getBigInt64(at + 8, true);
    if (size >= 0n || size < -4096n) continue;
    view.setBigInt64(at + 8, size - 8n, true);
    break;
  }
  writeFileSync(join(folder, "damaged.bin"), whole);
}
writeDumps();

const PAGES: readonly (readonly [name: string, ...words: string[]])[] = [
  ["report-core", "report", CORE],
  ["report-all", "report", CORE, TA],
  ["report-ta", "report", "--heap", "all", TA],
  ["report-mark", "report", "--mark", "test-2", CORE],
  ["report-counters", "report", `${INPUTS}/alloc.out`],
  ["size-core", "size", CORE],
  ["size-margin", "size", "--margin", "20%", CORE, TA],
  ["size-counters", "size", `${INPUTS}/alloc.out`],
  ["leaks-one", "leaks", `${INPUTS}/after.log`],
  ["leaks-two", "leaks", `${INPUTS}/before.log`, `${INPUTS}/after.log`],
  ["leaks-three", "leaks", `${INPUTS}/before.log`, `${INPUTS}/after.log`, `${INPUTS}/after.log`],
  ["leaks-same", "leaks", `${INPUTS}/before.log`, `${INPUTS}/before.log`],
  ["leaks-marks", "leaks", CORE],
  ["leaks-leaky", "leaks", "--", "leaky", "3", "100"],
  ["check", "check", `${INPUTS}/budget.yaml`, CORE, TA],
  ["check-github", "check", "--github", `${INPUTS}/budget.yaml`, CORE, TA],
  ["check-broken", "check", `${INPUTS}/broken.yaml`, CORE, TA],
  ["check-broken-github", "check", "--github", `${INPUTS}/broken.yaml`, CORE, TA],
  ["doctor-stats", "doctor", "--error", "0xffff000c", "--origin", "3", "--stats", `${INPUTS}/alloc.out`],
  ["doctor-ta", "doctor", "--error", "0xffff000c", "--origin", "4", "--stats", `${INPUTS}/ta.out`],
  ["doctor-recording", "doctor", "--on", `file:${CORE}`],
  ["stats-recording", "stats", "--on", `file:${CORE}`, "--at", "1"],
  ["stats-alloc", "stats", "--on", `file:${INPUTS}/alloc.out`],
  ["replay", "replay", CORE, TA],
  ["replay-marks", "replay", "--marks", CORE],
  ["replay-what-if", "replay", "--fit", "best", "--pool", "3k", CORE],
  ["replay-golden", "replay", "--variant", "lp64-ff-ta", "data/golden/traces/edge-smallpools.trace"],
  ["inspect-sound", "inspect", join(folder, "sound.bin"), "--base", "0x40000000", "--blocks"],
  ["inspect-damaged", "inspect", join(folder, "damaged.bin"), "--base", "0x40000000"],
  ["watch", "watch", "--at", "peak", "--until", "exit", "--", "leaky", "3", "100"],
  ["run-heap", "run", "--heap", "aes"],
  ["run-list", "run", "--list"],
];

/** Where a page is no data: these commands have no --json, or give text. */
const TEXT_ONLY = new Set([
  "check-github",
  "check-broken-github",
  "replay-golden",
  "run-heap",
  "run-list",
  "replay-marks",
]);

describe.each(PAGES)("%s", (name, ...words) => {
  test("on a terminal", async () => {
    const { out, err, outcome } = await runInColour(...words);
    const ended = outcome.ok ? `exit code ${outcome.value}` : `error: ${outcome.error}`;
    const page = `${visible(out)}${err === "" ? "" : `--- stderr\n${visible(err)}`}--- ${visible(ended)}\n`;
    await expect(page).toMatchFileSnapshot(`fixtures/pages/${name}.txt`);
  });

  if (!TEXT_ONLY.has(name))
    test("as data", async () => {
      const [command = "", ...rest] = words;
      const { out } = await runHere(command, "--json", ...rest);
      // When an instance ended depends on how fast this machine is.
      const page = out.replaceAll(folder, "FOLDER").replace(/"(seconds|millis)": \d+/g, `"$1": 0`);
      await expect(page).toMatchFileSnapshot(`fixtures/pages/${name}.json`);
    });
});

describe("exports", () => {
  test.each(["csv", "json", "massif", "heaptrack", "perfetto", "pprof"])("%s", async (format) => {
    const path = join(folder, `export.${format}`);
    const { outcome, err } = await runHere("export", "-f", format, "-o", path, CORE, TA);
    expect([outcome, err]).toEqual([{ ok: true, value: 0 }, ""]);
    const bytes = readFileSync(path);
    const plain = bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
    // A profile is binary: its bytes in lines of hexadecimal digits.
    const text = format === "pprof" ? (plain.toString("hex").match(/.{1,100}/g) ?? []).join("\n") : plain.toString();
    await expect(text).toMatchFileSnapshot(`fixtures/pages/export.${format}`);
  });

  test("csv of samples", async () => {
    const path = join(folder, "samples.csv");
    await runHere("export", "-f", "csv", "--samples", "-o", path, `${INPUTS}/alloc.out`);
    await expect(readFileSync(path, "utf8")).toMatchFileSnapshot("fixtures/pages/export-samples.csv");
  });

  test("a JUnit report of a budget", async () => {
    const path = join(folder, "junit.xml");
    await runHere("check", `${INPUTS}/broken.yaml`, "--junit", path, CORE, TA);
    await expect(readFileSync(path, "utf8")).toMatchFileSnapshot("fixtures/pages/junit.xml");
  });

  test("a budget that is updated", async () => {
    const path = join(folder, "budget.yaml");
    copyFileSync(`${INPUTS}/budget.yaml`, path);
    await runHere("check", "--update", path, CORE, TA);
    await expect(readFileSync(path, "utf8")).toMatchFileSnapshot("fixtures/pages/budget-updated.yaml");
  });
});
