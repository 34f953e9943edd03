// Findings of a recording in `teemem report`: as text, as data, and in the files for CI.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { judgeFindings } from "../src/cli/findings/tell_findings.ts";
import { findingsSarif } from "../src/export/sarif_log.ts";
import { writeFinding } from "../src/recording/finding_rows.ts";
import { createRecordingWriter } from "../src/recording/recording_writer.ts";
import { runHere, runInColour } from "./run_here.ts";
import { FINDINGS } from "./support/findings.ts";
import { misfits, schemaOf } from "./support/json_schema.ts";

const SARIF = JSON.parse(readFileSync("test/fixtures/sarif/used_parts.schema.json", "utf8"));
const FIRST = `Invalid write of size 1  bugs, instance 1, session 1, invoke 1
    at label (ta/heap.c:18)
      18 | letters[i] = text[i] >= 'a' && text[i] <= 'z' ? text[i] - 'a' + 'A' : text[i];
    by TA_InvokeCommandEntryPoint (ta/bugs_ta.c:74)
  Address 0x101d0 is 0 bytes after a block of 16 bytes
  It was allocated
    at label (ta/heap.c:12)
    by TA_InvokeCommandEntryPoint (ta/bugs_ta.c:74)
`;

/** A folder with a recording of the findings in it. */
async function folder(): Promise<(name: string) => string> {
  const path = mkdtempSync(join(tmpdir(), "teemem-findings-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  const chunks: Uint8Array[] = [];
  const writer = await createRecordingWriter({ origin: "sim", version: "4.0.0" }, (bytes) => void chunks.push(bytes));
  for (const finding of FINDINGS) writeFinding(finding, writer);
  writer.end();
  writeFileSync(join(path, "run.arrows"), Buffer.concat(chunks));
  return (name) => join(path, name);
}

test("the text has every finding, the first one first, with the line of the source", async () => {
  const at = await folder();
  const { out, outcome } = await runHere("report", at("run.arrows"));
  expect(outcome).toEqual({ ok: true, value: 0 });
  expect(out.startsWith(FIRST)).toBe(true);
  expect(out.split("\n\n")).toHaveLength(FINDINGS.length + 1);
  expect(out.endsWith("\nmemcheck: 12 findings (15 occurrences)\n")).toBe(true);
  expect((await runInColour("report", at("run.arrows"))).out).toContain("\u001b[31mInvalid write of size 1\u001b[39m");
});

test("only those of a heap that is asked for", async () => {
  const at = await folder();
  expect((await runHere("report", "--heap", "bccbe7f3", at("run.arrows"))).out).toContain("12 findings");
  expect((await runHere("report", "--heap", "core", at("run.arrows"))).outcome.ok).toBe(false);
});

test("the data fit the schema", async () => {
  const at = await folder();
  writeFileSync(at("s"), "# known\nleak\n  packet\n\ngrowth in aes\n");
  const { out } = await runHere("report", "--json", "--suppressions", at("s"), at("run.arrows"));
  const { memcheck } = JSON.parse(out);
  expect(misfits(memcheck, schemaOf("findings"))).toEqual([]);
  expect([memcheck.findings.length, memcheck.suppressed.length]).toEqual([11, 1]);
  expect(memcheck.suppressed[0].by).toEqual({ line: 2, why: "known" });
  expect(memcheck.unused).toEqual([{ line: 5, why: "" }]);
  expect(memcheck.findings[0]).toMatchObject({
    kind: "invalid-write",
    cwe: 787,
    place: "ta/heap.c:18",
    object: {
      allocated: [{ func: "label", place: "ta/heap.c:12" }, { func: "TA_InvokeCommandEntryPoint" }],
      freed: [],
    },
  });
});

test("suppressions that were generated leave nothing, and are not overwritten", async () => {
  const at = await folder();
  await runHere("report", "--gen-suppressions", at("s"), at("run.arrows"));
  const { out } = await runHere("report", "--suppressions", at("s"), at("run.arrows"));
  expect(out).toBe("memcheck: no findings; 12 findings suppressed\n");
  writeFileSync(at("more"), "# gone\nleak\n  nobody\n");
  const unused = await runHere("report", "--suppressions", at("s"), "--suppressions", at("more"), at("run.arrows"));
  expect(unused.out).toBe(`${out}  the suppression in line 2 (gone) was not used\n`);
  const again = await runHere("report", "--gen-suppressions", at("s"), at("run.arrows"));
  expect(again.outcome).toMatchObject({ ok: false, error: expect.stringContaining("already exists") });
});

test("a file of suppressions that is wrong is refused, with its line", async () => {
  const at = await folder();
  writeFileSync(at("s"), "leak\n  a b c\n");
  const { outcome } = await runHere("report", "--suppressions", at("s"), at("run.arrows"));
  expect(outcome).toMatchObject({ ok: false, error: expect.stringContaining(`${at("s")}: line 2: `) });
});

test("JUnit has a case for each, overwrites only such a report, and is XML", async () => {
  const at = await folder();
  writeFileSync(at("s"), "leak\n");
  for (let n = 0; n < 2; n++)
    await runHere("report", "--suppressions", at("s"), "--junit", at("j.xml"), at("run.arrows"));
  const text = readFileSync(at("j.xml"), "utf8");
  expect(text).toContain('<testsuites name="teemem memcheck" tests="12" failures="11" errors="0">');
  expect(text).toContain('<skipped message="suppressed by line 1"/>');
  expect(text).toContain('classname="bugs" name="Invalid write of size 1 at ta/heap.c:18" file="ta/heap.c" line="18"');
  expect(text.match(/<testcase/g)).toHaveLength(12);
  writeFileSync(at("other.xml"), "<x/>");
  const { outcome } = await runHere("report", "--junit", at("other.xml"), at("run.arrows"));
  expect(outcome).toMatchObject({ ok: false, error: expect.stringContaining("is not a report of 'teemem memcheck'") });
});

test("the Markdown table has a row for each, and overwrites only such a table", async () => {
  const at = await folder();
  writeFileSync(at("s"), "leak\n");
  for (let n = 0; n < 2; n++)
    await runHere("report", "--suppressions", at("s"), "--summary", at("m.md"), at("run.arrows"));
  const lines = readFileSync(at("m.md"), "utf8").split("\n");
  expect(lines.slice(0, 2)).toEqual(["<!-- teemem memcheck -->", "### Memory errors: 11 findings, 1 suppressed"]);
  expect(lines[5]).toBe(
    "| ✗ | Invalid write of size 1. Address 0x101d0 is 0 bytes after a block of 16 bytes | `ta/heap.c:18` | bugs, invoke 1 |",
  );
  expect(lines.slice(5, -1)).toHaveLength(11);
  writeFileSync(at("other.md"), "# Ours\n");
  const { outcome } = await runHere("report", "--summary", at("other.md"), at("run.arrows"));
  expect(outcome).toMatchObject({ ok: false, error: expect.stringContaining("is not a summary of 'teemem memcheck'") });
});

test("SARIF has a result for each, with the paths of the sources", async () => {
  const at = await folder();
  writeFileSync(at("s"), "# harmless\nleak\n");
  for (let n = 0; n < 2; n++)
    await runHere("report", "--suppressions", at("s"), "--sarif", at("r.sarif"), at("run.arrows"));
  const log = JSON.parse(readFileSync(at("r.sarif"), "utf8"));
  expect(misfits(log, SARIF)).toEqual([]);
  const { runs } = log;
  const [{ results, tool }] = runs;
  expect(results).toHaveLength(12);
  expect(results[0].locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: "examples/ta/bugs/ta/heap.c" },
    region: { startLine: 18 },
  });
  expect(results.at(-1)).toMatchObject({
    ruleId: "leak",
    suppressions: [{ kind: "external", justification: "harmless" }],
  });
  const rules = tool.driver.rules.map(({ id }: { readonly id: string }) => id);
  expect(results.every(({ ruleId }: { readonly ruleId: string }) => rules.includes(ruleId))).toBe(true);
  mkdirSync(at("folder"));
  const { outcome } = await runHere("report", "--sarif", at("folder"), at("run.arrows"));
  expect(outcome.ok).toBe(false);
});

test("doctor says which TA it is, leaks what is lost", async () => {
  const at = await folder();
  const { out, outcome } = await runHere("doctor", "--on", `file:${at("run.arrows")}`);
  expect(outcome).toEqual({ ok: true, value: 1 });
  expect(out).toContain("bugs: a mistake with memory, not a full heap");
  expect(out).toContain("ta/heap.c:18: Invalid write of size 1");
  const leaks = await runHere("leaks", at("run.arrows"));
  expect(leaks.out).toContain("8 bytes in 2 blocks lost");
  expect(leaks.out).toContain("memcheck: 2 findings");
  expect((await runHere("leaks", "--json", at("run.arrows"))).out).toBe("[]\n");
});

test("SARIF's fingerprints stay where lines move", () => {
  const moved = FINDINGS.map((found) => ({
    ...found,
    finding: { ...found.finding, stack: found.finding.stack.replace(/:\d+/g, ":999") },
  }));
  const prints = (findings: typeof FINDINGS): unknown =>
    (
      findingsSarif(judgeFindings(findings, []), { name: "t", version: "1.0.0", pathOf: () => undefined }) as Log
    ).runs[0]?.results.map(({ partialFingerprints }) => partialFingerprints);
  expect(prints(moved)).toEqual(prints(FINDINGS));
});

interface Log {
  readonly runs: readonly { readonly results: readonly { readonly partialFingerprints: object }[] }[];
}
