// Runs `teemem check` on budgets, good and broken.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { heapReport } from "../src/analyze/report/heap_report.ts";
import { junitXml } from "../src/cli/outputs/check_reports.ts";
import { malloc } from "../src/malloc/malloc.ts";
import { parseRecordedTrace } from "../src/replay/recorded_trace.ts";
import { runHere } from "./run_here.ts";
import { pythonPeer } from "./support/peer.ts";
import { createRecorder } from "./support/record.ts";

const CORE = "data/optee-4.0.0/core.trace.gz";
const TA = "data/optee-4.0.0/ta-fd02c9da-306c-48c7-a49c-bbd827ae86ee.trace.gz";
const folder = mkdtempSync(join(tmpdir(), "teemem-check-"));
afterAll(() => rmSync(folder, { recursive: true }));
// Where these tests run in GitHub Actions they must see what others see.
beforeEach(() => void vi.stubEnv("GITHUB_ACTIONS", ""));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const KEPT = "heaps:\n  core:\n    peak: 82 %\n    failures: 4\n";
const BROKEN = `# ours
heaps:
  core:
    peak: 80 %
    failures: 4
    fragmentation: 90
    leaks:
      core/lib/libtomcrypt/hash.c: 14k
      others: 1k
  fd02: { peak: 1M }
`;

describe("teemem check", () => {
  test("says nothing is wrong, and ends with 0", async () => {
    const { out, err, outcome } = await runHere("check", file("kept.yaml", KEPT), CORE);
    expect([outcome, err]).toEqual([{ ok: true, value: 0 }, ""]);
    expect(out).toBe(
      [
        "core",
        `  ✓ ${"peak".padEnd(36)}81.75 %  ≤ 82 %`,
        `  ✓ ${"failures".padEnd(42)}4  ≤ 4`,
        "",
        "2 limits kept.\n",
      ].join("\n"),
    );
  });

  test("names the lines that broke, and by how much", async () => {
    const path = file("broken.yaml", BROKEN);
    const { out, outcome } = await runHere("check", path, CORE, TA);
    expect(outcome).toEqual({ ok: true, value: 1 });
    const text = out.replace(/\s+/g, " ");
    expect(text).toContain(
      `${path}:4: 1.75 percentage points too much; 56,112 of 68,640 bytes, in pkcs11-1007, line 389598`,
    );
    expect(text).toContain(`${path}:6: 7 percentage points too much; in pkcs11-1007, line `);
    expect(text).toContain(`${path}:8: 448 bytes too much; in 33 blocks`);
    expect(text).toContain("3 of 6 limits broken.");
    for (const line of out.split("\n").filter((one) => !one.includes(folder)))
      expect(line.length).toBeLessThanOrEqual(80);
  });

  test("measures what report reports", async () => {
    const path = file("all.yaml", "heaps: { core: { peak: 0, failures: 0, blocks: 0, left: 0, fragmentation: 0 } }\n");
    const { out } = await runHere("check", "--json", path, CORE);
    const trace = parseRecordedTrace(gunzipSync(readFileSync(CORE)));
    if (!trace.ok) throw new Error(trace.error);
    const report = heapReport(trace.value, { range: { from: 0, to: trace.value.length } });
    const told = JSON.parse(out);
    expect(told).toMatchObject({ budget: path, recording: CORE, version: "4.0.0", broken: 5 });
    const measured = told.checks.map(({ metric, measured: value }: { metric: string; measured: number }) => [
      metric,
      value,
    ]);
    const worst = Math.max(...(report?.failures.shown ?? []).map(({ state }) => state?.fragmentation ?? 0));
    expect(Object.fromEntries(measured)).toEqual({
      peak: report?.peak.bytes,
      failures: report?.failures.count,
      blocks: report?.left.blocks,
      left: report?.left.bytes,
      fragmentation: expect.any(Number),
    });
    expect(Object.fromEntries(measured).fragmentation).toBeGreaterThanOrEqual(worst);
  });

  test("takes the recordings that the budget lists, from its own folder", async () => {
    writeFileSync(join(folder, "ta.trace.gz"), readFileSync(TA));
    const path = file("own.yaml", "recordings: [ta.trace.gz]\nheaps: { fd02: { peak: 1 } }\n");
    expect((await runHere("check", path)).outcome).toEqual({ ok: true, value: 1 });
    const { outcome } = await runHere("check", file("none.yaml", KEPT));
    expect(outcome).toMatchObject({ ok: false, error: expect.stringContaining("name a recording after ") });
  });

  test("fails where something could not be checked", async () => {
    const path = file("ghost.yaml", "heaps: { ghost: { peak: 1k }, core: { peak: 1M } }\n");
    const { out, outcome } = await runHere("check", path, CORE);
    expect(outcome).toEqual({ ok: true, value: 1 });
    expect(out).toContain("? peak");
    expect(out).toContain("1 limit could not be checked.");
  });

  test("takes logs of xtest", async () => {
    const log = "test/fixtures/xtest/4.0.0/34-after-alloc.out";
    const path = file("log.yaml", "heaps: { core: { peak: 81 %, failures: 0 }, ta-*: { peak: 1 } }\n");
    const { out, outcome } = await runHere("check", "--json", path, log);
    expect(outcome).toEqual({ ok: true, value: 1 });
    const [peak, failures, ta] = JSON.parse(out).checks;
    expect(peak).toMatchObject({ heap: "core", where: expect.stringContaining("sample") });
    expect([failures.unit, ta.status]).toEqual(["count", "unknown"]);
  });
});

describe("--update", () => {
  test("makes a budget, which is then kept", async () => {
    const path = join(folder, "made.yaml");
    const { out } = await runHere("check", "--update", "--force", path, CORE, TA);
    expect(out).toBe(
      `${path}: created, with budgets for 2 heaps\nPeaks are exactly what was measured: raise those that may vary.\n`,
    );
    expect(readFileSync(path, "utf8")).toMatch(/^# Memory budgets: .*\nheaps:\n {2}core:\n {4}peak: 56112\n/s);
    expect((await runHere("check", path, CORE, TA)).outcome).toEqual({ ok: true, value: 0 });
  });

  test("does not bless a run in which a TA fails, unless it is forced to", async () => {
    const recorder = createRecorder("ta-5b9e0e40-2636-11e1-ad9e-0002a5d5c51b");
    const ctx = recorder.life(4096);
    for (let i = 0; i < 3; i++) malloc(ctx, 4000, "ta/x.c", 7);
    const failing = file("failing.trace", recorder.text());
    const path = join(folder, "failing.yaml");
    const failures = (): string | undefined => /failures: \d+/.exec(readFileSync(path, "utf8"))?.[0];
    const made = await runHere("check", "--update", path, failing);
    expect([made.outcome, failures()]).toEqual([{ ok: true, value: 1 }, "failures: 0"]);
    expect(made.err).toMatch(/^teemem: ta-5b9e\S+: 2 requests failed in this run, .* --force allows them\n$/);
    const updated = await runHere("check", "--update", path, failing);
    expect([updated.outcome, failures()]).toEqual([{ ok: true, value: 1 }, "failures: 0"]);
    expect(updated.err).toMatch(/failing\.yaml:\d+: ta-5b9e\S+ › failures was not raised to 2: /);
    const forced = await runHere("check", "--update", "--force", path, failing);
    expect([forced.outcome, failures()]).toEqual([{ ok: true, value: 0 }, "failures: 2"]);
    expect((await runHere("check", "--force", path, failing)).outcome).toMatchObject({ ok: false });
  });

  test("writes today's values, and leaves the rest", async () => {
    const path = file("update.yaml", BROKEN);
    const { out, outcome } = await runHere("check", "--update", path, CORE, TA);
    expect(outcome).toEqual({ ok: true, value: 0 });
    expect(out).toContain(`${path}:4: core › peak: 80 % → 82 %\n`);
    expect(out).toContain(
      `\n--- ${path}\n+++ ${path}\n@@ -1,10 +1,10 @@\n # ours\n heaps:\n   core:\n-    peak: 80 %\n`,
    );
    expect(out).toContain("\n     failures: 4\n-    fragmentation: 90\n+    fragmentation: 97\n     leaks:\n");
    expect(readFileSync(path, "utf8")).toBe(
      BROKEN.replace("80 %", "82 %")
        .replace("fragmentation: 90", "fragmentation: 97")
        .replace("14k", "14784")
        .replace("others: 1k", "others: 880")
        .replace("1M", "25856"),
    );
    expect((await runHere("check", path, CORE, TA)).outcome).toEqual({ ok: true, value: 0 });
    expect((await runHere("check", "--update", path, CORE, TA)).out).toBe(`${path}: nothing to change\n`);
  });
});

const READ_JUNIT = `import json, sys, xml.etree.ElementTree as E
suites = E.parse(sys.argv[1]).getroot()
suite = suites[0]
print(json.dumps({"tags": [suites.tag, suite.tag], "counts": dict(suite.attrib), "cases": [
  [c.get("classname"), c.get("name"), c.get("line"), [[k.tag, k.get("message"), k.text] for k in c]] for c in suite]}))`;

describe("reports for CI", () => {
  test("JUnit XML is read by Python", async (context) => {
    const [path, into] = [file("junit.yaml", BROKEN), join(folder, "junit.xml")];
    await runHere("check", path, CORE, "--junit", into);
    const told = JSON.parse(pythonPeer.run(context, "-c", READ_JUNIT, into));
    expect(told.tags).toEqual(["testsuites", "testsuite"]);
    expect(told.counts).toEqual({ name: path, tests: "6", failures: "3", errors: "1", skipped: "0" });
    expect(told.cases.slice(0, 2)).toEqual([
      [
        "core",
        "peak ≤ 80 %",
        "4",
        [
          [
            "failure",
            "core: peak is 81.75 %, 1.75 percentage points more than 80 %",
            `${path}:4: core: peak is 81.75 %, 1.75 percentage points more than 80 %\n56,112 of 68,640 bytes, in pkcs11-1007, line 389598`,
          ],
        ],
      ],
      ["core", "failures ≤ 4", "5", []],
    ]);
  });

  test("JUnit XML holds names of any kind", (context) => {
    const site = `<a href="x">&amp;]]>'\u0000\u001b[31m\ud800\ufffe`;
    const line = {
      heap: site,
      metric: "leaks",
      site,
      limit: { value: 0, unit: "bytes" },
      line: 1,
      from: 0,
      to: 0,
    } as const;
    const check = { line, heap: site, status: "over", measured: 1, over: 1, where: site } as const;
    const path = file("odd.xml", junitXml([check], `b"<&.yaml`));
    const told = JSON.parse(pythonPeer.run(context, "-c", READ_JUNIT, path));
    expect(told.cases[0][0]).toBe(`<a href="x">&amp;]]>'\\x00\\x1b[31m\\ud800\ufffd`);
    expect(told.cases[0][3][0][2]).toContain("]]>");
  });

  test("annotations come in GitHub Actions, and with --github", async () => {
    const path = file("a,b:c.yaml", BROKEN);
    const plain = await runHere("check", path, CORE, TA);
    expect(plain.out).not.toContain("::error");
    const asked = await runHere("check", "--github", "--json", path, CORE, TA);
    expect(JSON.parse(asked.out).broken).toBe(3);
    const name = path.replace("a,b:c", "a%2Cb%3Ac");
    expect(asked.err.split("\n")[0]).toBe(
      `::error file=${name},line=4,title=Memory budget%3A core peak::core: peak is 81.75 %25, 1.75 percentage points more than 80 %25; 56,112 of 68,640 bytes, in pkcs11-1007, line 389598`,
    );
    vi.stubEnv("GITHUB_ACTIONS", "true");
    const there = await runHere("check", path, CORE, TA);
    expect(there.out.match(/^::error /gm)).toHaveLength(3);
  });
});

describe("--summary", () => {
  test("is a Markdown table with what is broken first", async () => {
    const [path, into] = [file("summary.yaml", BROKEN), join(folder, "summary.md")];
    const first = await runHere("check", path, CORE, TA, "--summary", into);
    expect(first.outcome).toEqual({ ok: true, value: 1 });
    const lines = readFileSync(into, "utf8").split("\n");
    expect(lines.slice(0, 5)).toEqual([
      "<!-- teemem check -->",
      "### Memory budgets: 3 of 6 limits broken",
      "",
      "|  | heap | limit | measured | at most |  |",
      "| --- | --- | --- | --- | --- | --- |",
    ]);
    expect(lines[5]).toBe(
      `| ✗ | \`core\` | peak | 81.75 % | 80 % | \`${path}:4\`: 1.75 percentage points too much; 56,112 of 68,640 bytes, in pkcs11-1007, line 389598 |`,
    );
    expect(lines.slice(5).map((line) => line.slice(2, 3))).toEqual(["✗", "✗", "✗", "✓", "✓", "✓", ""]);
    expect((await runHere("check", file("kept2.yaml", KEPT), CORE, "--summary", into)).outcome).toEqual({
      ok: true,
      value: 0,
    });
    expect(readFileSync(into, "utf8")).toContain("### Memory budgets: 2 limits kept\n");
  });

  test("goes into an empty file, as GitHub gives one for each step, and over no other file", async () => {
    const path = file("summary_kept.yaml", KEPT);
    await runHere("check", path, CORE, "--summary", file("empty.md", ""));
    expect(readFileSync(join(folder, "empty.md"), "utf8")).toContain("| ✓ | `core` | peak | 81.75 % | 82 % |  |\n");
    const ours = file("ours.md", "# Ours\n");
    expect((await runHere("check", path, CORE, "--summary", ours)).outcome).toMatchObject({
      ok: false,
      error: `${ours} exists and is not a summary of 'teemem check'; choose another file, or remove it`,
    });
    expect((await runHere("check", path, CORE, "--summary", path)).outcome).toMatchObject({ ok: false });
    expect([readFileSync(ours, "utf8"), readFileSync(path, "utf8")]).toEqual(["# Ours\n", KEPT]);
  });

  test("is no part of --update", async () => {
    const path = file("summary_update.yaml", KEPT);
    const { outcome } = await runHere("check", "--update", path, CORE, "--summary", join(folder, "none.md"));
    expect(outcome).toMatchObject({
      ok: false,
      error: "--update writes the budget alone: leave out --junit and --summary",
    });
    expect([existsSync(join(folder, "none.md")), readFileSync(path, "utf8")]).toEqual([false, KEPT]);
  });
});

test("the budget of docs/budgets.md is kept by what it is for", async () => {
  const [, example = ""] = /```yaml\n(.*?)```/s.exec(readFileSync("docs/budgets.md", "utf8")) ?? [];
  const { out, outcome } = await runHere("check", file("docs.yaml", example), CORE, TA);
  expect(out).toContain("limits kept.");
  expect(outcome).toEqual({ ok: true, value: 0 });
});

describe("what is refused", () => {
  test.each([
    [["/nosuch/budget.yaml", CORE], /\/nosuch\/budget\.yaml: no such file; --update creates a budget from a recording/],
    [["--update", "-", CORE], /--update writes into the budget: name its file/],
    [["-", "-"], /standard input can be read only once/],
    [["--update", join(folder, "new.yaml")], /name a recording; .*new\.yaml is created from it/],
    [[], /missing required argument 'BUDGET'/],
  ])("%j", async (words, expected) => {
    const { outcome, out } = await runHere("check", ...words);
    expect(outcome).toMatchObject({ ok: false, error: expect.stringMatching(expected) });
    expect(out).toBe("");
  });

  test("a broken budget: every problem in a line of its own, and nothing is written", async () => {
    const text = "heaps:\n  core:\n    peek: 1\n    failures: some\n";
    const path = file("bad.yaml", text);
    const junit = join(folder, "never.xml");
    const { out, err, outcome } = await runHere("check", "--update", "--junit", junit, path, CORE);
    expect(err).toBe(
      `teemem: ${path}:3: unknown key 'heaps › core › peek'; known here: peak, fragmentation, failures, blocks, left, leaks\n`,
    );
    expect(outcome).toEqual({
      ok: false,
      error: `${path}:4: heaps › core › failures: expected a whole number like 0`,
    });
    expect([out, existsSync(junit), readFileSync(path, "utf8")]).toEqual(["", false, text]);
  });

  test("a report that cannot be written", async () => {
    const { outcome } = await runHere("check", "--junit", "/nosuch/x.xml", file("k.yaml", KEPT), CORE);
    expect(outcome).toMatchObject({ ok: false, error: "/nosuch/x.xml: no such folder" });
  });
});
