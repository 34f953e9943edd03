// Conclusions from counters: growth from report to report, what failed, what to set; and the same figures in every command.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runHere } from "./run_here.ts";

const SERIES = "test/fixtures/series";
const REPORTS = "test/fixtures/reports";
const XTEST = "test/fixtures/xtest";

const folder = mkdtempSync(join(tmpdir(), "teemem-counters-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a command prints, its words on one line. */
async function words(...args: string[]): Promise<string> {
  const { out, err } = await runHere(...args);
  expect(err).toBe("");
  return out.replaceAll(/\s+/g, " ");
}

async function json<T>(...args: string[]): Promise<T> {
  return JSON.parse((await runHere(...args)).out) as T;
}

/** A report of a pool or a TA with these counters, in the order in which xtest prints them. */
function reportText(head: string, figures: readonly number[]): string {
  const labels = [
    "Bytes allocated:",
    "Max bytes allocated:",
    "Size of pool:",
    "Number of failed allocations:",
    "Size of larges allocation failure:",
    "Total bytes allocated at that failure:",
  ];
  const lines = labels.map((label, i) => `${label.padEnd(39)}${figures[i]}\n`).join("");
  return `root@board:~# xtest --stats\n${head}${lines}\n`;
}

/** A file with reports in which these bytes were in use, one for each; the maximum is the highest so far, nothing failed. */
function reportsOf(head: string, used: readonly number[], size = 131072): string {
  const blocks = used.map((allocated, i) =>
    reportText(head, [allocated, Math.max(...used.slice(0, i + 1)), size, 0, 0, 0]),
  );
  const path = join(folder, "reports.out");
  writeFileSync(path, blocks.join(""));
  return path;
}

const pool = (name: string): string => `Pool:                ${name}\n`;
const ta = (uuid: string): string =>
  `ta(${uuid})\n\tpanicked(0) -- True if TA has panicked\n\tsession number(1)\n\tHeap Status:\n`;
const rising = (from: number, by: number): number[] => Array.from({ length: 8 }, (_, i) => from + by * i);

describe("a heap that grows from report to report", () => {
  const file = `${REPORTS}/47-4410-stats-series.in`;
  const GROWS =
    /Grows by 704 bytes from report to report, 7 of 7 times, and never falls: it leaks, or a cache fills\. At that pace 103,296 free bytes last about 146 more rounds/;

  test("all commands say so, and none that it is too large", async () => {
    for (const args of [
      ["report", file],
      ["size", file],
      ["stats", "--on", `file:${file}`],
    ]) {
      const text = await words(...args);
      const heap = text.slice(text.indexOf("Heap "), text.indexOf("Secure DDR"));
      expect(heap).toMatch(GROWS);
      expect(heap).not.toMatch(/waste|never used|more than enough|roomy|CFG_CORE_HEAP_SIZE=/);
    }
  });

  test("`teemem leaks` says so, too, and exits with 1; two files give the difference", async () => {
    expect((await runHere("leaks", file)).outcome).toEqual({ ok: true, value: 1 });
    expect(await words("leaks", file)).toMatch(GROWS);
    const [heap] = await json<{ heap: string; kind: string; trend: { perSample: number } }[]>("leaks", "--json", file);
    expect(heap).toMatchObject({ heap: "core", kind: "counters", trend: { perSample: 704, grows: true } });
    const one = `${REPORTS}/34-heap-only.in`;
    expect(await words("leaks", one)).toMatch(/One report: nothing to compare/);
    expect(await words("leaks", one, one)).toMatch(/As many bytes in use in both reports/);
    expect((await runHere("leaks", one, one)).outcome).toEqual({ ok: true, value: 0 });
    const list = "test/fixtures/inputs/after.log";
    expect((await runHere("leaks", list, one)).outcome).toMatchObject({ ok: false });
  });

  test("`teemem doctor` names it as the cause, however it is given", async () => {
    for (const args of [
      ["--stats", file],
      ["--log", file],
      ["--on", `file:${file}`],
    ]) {
      expect((await runHere("doctor", ...args)).outcome).toEqual({ ok: true, value: 1 });
      const text = await words("doctor", ...args);
      expect(text).toMatch(/memory that is not given back Heap: Grows by 704 bytes/);
      expect(text).not.toMatch(/No sign|CFG_CORE_HEAP_SIZE/);
    }
  });

  test("a pool that does not grow beside it is told apart", async () => {
    const { counters } = await json<{ counters: { heap: string; trend: { grows: boolean } }[] }>(
      "report",
      "--json",
      file,
    );
    expect(counters.map(({ heap, trend }) => [heap, trend.grows])).toEqual([
      ["Heap", true],
      ["Secure DDR", false],
    ]);
  });

  test.each([
    ["the memory of TAs that stay loaded", pool("Physical TA memory"), rising(819200, 86016), /TAs stay loaded/],
    [
      "a TA, with each command",
      ta("8aaaf200-2450-11e4-abe2-0002a5d5c51b"),
      rising(1024, 64),
      /as long as the instance/,
    ],
    ["4.10's loop", "", [], /Grows by 2,304 bytes from report to report, 11 of 11 times/],
  ])("%s", async (_, head, used, text) => {
    const path = head === "" ? `${SERIES}/loop.txt` : reportsOf(head, used, 29360128);
    expect(await words("report", path)).toMatch(text);
    expect(await words("stats", "--on", `file:${path}`)).toMatch(text);
  });

  test.each([
    ["a cache that filled", [100, 400, 900, 900, 900, 900, 900, 900]],
    ["a cache that is emptied", [100, 400, 700, 1000, 1300, 1600, 1900, 100]],
    ["a new start in the middle", [9000, 9100, 9200, 100, 150, 120]],
  ])("%s is quiet", async (_, used) => {
    expect(await words("report", reportsOf(pool("Heap"), used))).not.toMatch(/Grows|leaks/);
  });

  test.each([
    "17-alloc-6001-poll.out",
    "12-ta-4006-poll.out",
    "18-ta-lab-held.out",
    "serial-noise.raw.gz",
    "full-4.0.0.out.gz",
  ])("a board that does its work is quiet: %s", async (name) => {
    expect(await words("report", `${SERIES}/${name}`)).not.toMatch(/Grows/);
  });
});

test("two reports side by side give the difference", async () => {
  expect(await words("report", `${REPORTS}/33-two-stats-paste.in`)).toMatch(
    /Heap .*\+23,584 bytes between the two reports/,
  );
  const old = await words("report", `${REPORTS}/34d-tee-stats.in`);
  expect(old).toMatch(/\+2,304 bytes between the two reports/);
  expect(old).toMatch(/268,435,456 bytes, is that of OP-TEE's self test/);
});

test("a run of all tests that passes gives no cause, one with a full heap does", async () => {
  for (const file of [`${XTEST}/4.10.0/34-after-alloc.out`, `${REPORTS}/34d-tee-stats.in`])
    expect((await runHere("doctor", "--stats", file)).outcome).toEqual({ ok: true, value: 0 });
  for (const file of [`${SERIES}/17-alloc-6001-poll.out`, `${SERIES}/realoom.txt`])
    expect((await runHere("doctor", "--stats", file)).outcome).toEqual({ ok: true, value: 1 });
});

test("what failed before the counters began anew, or in a TA that is gone, is a failure still", async () => {
  const path = join(folder, "reset.out");
  const block = (used: number, most: number, failures: number, largest: number): string =>
    reportText(pool("Heap"), [used, most, 65536, failures, largest, failures === 0 ? 0 : used]);
  writeFileSync(path, `${block(60000, 62000, 2, 9000)}# reboot\n${block(20000, 22000, 0, 0)}`);
  for (const args of [
    ["--stats", path],
    ["--on", `file:${path}`],
  ])
    expect((await runHere("doctor", ...args)).outcome).toEqual({ ok: true, value: 1 });
  expect(await words("report", path)).toMatch(/peak 62,000 of 65,536 bytes in 2 samples, 2 failed/);
  expect(await words("stats", "--on", `file:${path}`)).toMatch(/2 requests failed before its counters began anew/);
});

test("what is missing in a report is not concluded from", async () => {
  const path = join(folder, "part.out");
  writeFileSync(path, `${pool("Heap")}Bytes allocated:                       26112\n`);
  const text = await words("report", path);
  expect(text).toMatch(/peak \? of \? bytes/);
  expect(text).not.toMatch(/never used|Grows|Set at least/);
});

describe("the same figures in every command", () => {
  interface Counters {
    readonly heap: string;
    readonly peak: number | null;
    readonly size: number | null;
    readonly failures: number | null;
    readonly missing: number | null;
    readonly kind: string;
    readonly trend: { readonly grows: boolean } | null;
  }
  const NAMES: Readonly<Record<string, string>> = { Heap: "core", KHeap: "nexus" };
  const budgetName = (heap: string): string => NAMES[heap] ?? (heap.includes("-") ? `ta-${heap}` : heap);

  const files = [
    `${REPORTS}/33-two-stats-paste.in`,
    `${REPORTS}/34-heap-only.in`,
    `${REPORTS}/47-4410-stats-series.in`,
    `${SERIES}/realoom.txt`,
    `${SERIES}/17-alloc-6001-poll.out`,
    `${SERIES}/12-ta-4006-poll.out`,
    `${SERIES}/full-4.0.0.out.gz`,
    `${XTEST}/4.10.0/34-after-alloc.out`,
    `${XTEST}/4.0.0/05-stats-alloc.out`,
    "test/fixtures/text/ta.txt",
  ];

  test.each(files)("%s", async (file) => {
    const { counters } = await json<{ counters: Counters[] }>("report", "--json", file);
    expect(counters.length).toBeGreaterThan(0);
    const { estimates } = await json<{ estimates: Counters[] }>("size", "--json", file);
    const figures = ({ heap, peak, size, failures, missing, kind }: Counters) => ({
      heap,
      peak,
      size,
      failures,
      missing,
      kind,
    });
    expect(estimates.map(figures)).toEqual(counters.map(figures));

    const budget = join(folder, "budget.yaml");
    const limits = counters.map(({ heap }) => `  ${JSON.stringify(budgetName(heap))}: { peak: 0, failures: 0 }\n`);
    writeFileSync(budget, `heaps:\n${limits.join("")}`);
    const { checks } = await json<{ checks: { heap: string; metric: string; measured: number }[] }>(
      "check",
      "--json",
      budget,
      file,
    );
    expect(checks.map(({ heap, metric, measured }) => [heap, metric, measured])).toEqual(
      counters.flatMap(({ heap, peak, failures }) => [
        [budgetName(heap), "peak", peak],
        [budgetName(heap), "failures", failures],
      ]),
    );

    // `stats` shows the last report; the counters of these captures never began anew.
    const { pools, tas } = await json<{
      pools: { name: string; maxAllocated: number; failures: number; size: number }[];
      tas: { uuid: string; heap: { maxAllocated: number; failures: number; size: number } }[];
    }>("stats", "--json", "--on", `file:${file}`);
    const last = [...pools, ...tas.map(({ uuid, heap }) => ({ ...heap, name: uuid }))].filter(({ size }) => size > 0);
    expect(last.map(({ name, maxAllocated, failures, size }) => [name, maxAllocated, failures, size]).sort()).toEqual(
      counters.map(({ heap, peak, failures, size }) => [heap, peak, failures, size]).sort(),
    );

    // `doctor` finds the same, however the file is given.
    type Answer = { verdicts: { id: string; why: string }[]; notes: string[] };
    const given = [
      ["--stats", file],
      ["--log", file],
      ["--on", `file:${file}`],
    ];
    const answers = await Promise.all(given.map((args) => json<Answer>("doctor", "--json", ...args)));
    const outcomes = await Promise.all(given.map((args) => runHere("doctor", ...args)));
    for (const { verdicts, notes } of answers)
      expect([verdicts.map(({ id, why }) => [id, why]), notes]).toEqual([
        answers[0]?.verdicts.map(({ id, why }) => [id, why]),
        answers[0]?.notes,
      ]);
    expect(new Set(outcomes.map(({ outcome }) => JSON.stringify(outcome))).size).toBe(1);
    const grown = counters.some(({ trend }) => trend?.grows === true);
    expect(answers[0]?.verdicts.some(({ id }) => id === "counters-grow")).toBe(grown);

    // Where bytes were missing, the sentences have the same figure.
    for (const { missing } of counters) {
      if (missing === null || missing === 0) continue;
      const bytes = String(missing).replace(/(?<=\d)(?=(\d{3})+$)/g, ",");
      expect(await words("report", file)).toContain(`at least ${bytes} bytes are missing`);
      expect(await words("stats", "--on", `file:${file}`)).toContain(`lacked at least ${bytes} bytes`);
    }
  });
});
