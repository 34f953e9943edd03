// `teemem leaks --sarif` and `teemem inspect --sarif`: what grew, what was never freed and what is damaged, at its lines.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { addPool } from "../src/malloc/add_pool.ts";
import { createContext } from "../src/malloc/context.ts";
import { malloc } from "../src/malloc/malloc.ts";
import { createFileNames } from "../src/malloc/names.ts";
import { runHere } from "./run_here.ts";
import { elfOf } from "./support/elf.ts";
import { misfits } from "./support/json_schema.ts";

const SCHEMA = JSON.parse(readFileSync("test/fixtures/sarif/used_parts.schema.json", "utf8"));
const TABLE = "I/TC: buffer: 96 bytes lib/libutils/isoc/bget_malloc.c:825\n";

interface Result {
  readonly ruleId: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly partialFingerprints: object;
}

function folder(): (name: string) => string {
  const path = mkdtempSync(join(tmpdir(), "teemem-note-sarif-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return (name) => join(path, name);
}

/** Lists of a console log, one for each step: so many blocks of 24 bytes at a line. */
function lists(...steps: readonly number[]): string {
  const line = "I/TC: buffer: 24 bytes core/mm/tee_mm.c:19\n";
  return steps.map((count) => `${line.repeat(count)}I/TC: buffer: 8 bytes core/mm/vm.c:7\n${TABLE}`).join("");
}

function resultsOf(path: string): Result[] {
  const log = JSON.parse(readFileSync(path, "utf8"));
  expect(misfits(log, SCHEMA)).toEqual([]);
  const rules = log.runs[0].tool.driver.rules.map(({ id }: { id: string }) => id);
  for (const { ruleId } of log.runs[0].results) expect(rules).toContain(ruleId);
  return log.runs[0].results;
}

/** `level rule text at file:line`. */
function told(path: string): string[] {
  return resultsOf(path).map((result) => {
    const place = JSON.stringify(result);
    const [, file] = /"locations":\[\{"physicalLocation":\{"artifactLocation":\{"uri":"([^"]*)"/.exec(place) ?? [];
    const [, line = ""] = /"startLine":(\d+)/.exec(place) ?? [];
    return `${result.level} ${result.ruleId} ${result.message.text} at ${file}${line === "" ? "" : `:${line}`}`;
  });
}

test.each([
  ["two", [1, 3], "48 bytes in 2 blocks more than before"],
  ["three", [1, 3, 5], "48 bytes stayed after the first run, 48 more after the second"],
  ["six", [1, 3, 5, 7, 9, 11], "grows by 48 bytes with each of 5 steps"],
])("what grew between %s lists", async (_, steps, text) => {
  const at = folder();
  writeFileSync(at("loop.log"), lists(...steps));
  const { outcome } = await runHere("leaks", at("loop.log"), "--sarif", at("l.sarif"));
  expect(outcome).toEqual({ ok: true, value: 1 });
  expect(told(at("l.sarif"))).toEqual([`warning heap-growth core: ${text} at core/mm/tee_mm.c:19`]);
});

test("nothing grew: no results, and the older log is overwritten", async () => {
  const at = folder();
  writeFileSync(at("grew.log"), lists(1, 3));
  writeFileSync(at("same.log"), lists(2, 2));
  await runHere("leaks", at("grew.log"), "--sarif", at("l.sarif"));
  expect((await runHere("leaks", at("same.log"), "--sarif", at("l.sarif"))).outcome).toEqual({ ok: true, value: 0 });
  expect(told(at("l.sarif"))).toEqual([]);
});

test("fingerprints stay where lines move", async () => {
  const at = folder();
  writeFileSync(at("a.log"), lists(1, 3));
  writeFileSync(at("b.log"), lists(2, 5).replaceAll(":19", ":23"));
  for (const name of ["a", "b"]) await runHere("leaks", at(`${name}.log`), "--sarif", at(`${name}.sarif`));
  const [a, b] = ["a", "b"].map((name) => resultsOf(at(`${name}.sarif`)).map((one) => one.partialFingerprints));
  expect(a).toEqual(b);
});

test("what an instance had not freed when it ended", async () => {
  const at = folder();
  expect((await runHere("leaks", "--sarif", at("l.sarif"), "--", "leaky", "5")).outcome).toEqual({
    ok: true,
    value: 1,
  });
  expect(told(at("l.sarif"))).toEqual(["warning leak leaky: 500 bytes in 5 blocks never freed at ta/leaky/leaky.c:31"]);
  await runHere("record", "-o", at("run.arrows"), "--", "leaky", "5");
  await runHere("leaks", at("run.arrows"), "--sarif", at("r.sarif"));
  expect(told(at("r.sarif"))).toEqual([
    expect.stringMatching(
      /^warning leak ta-[0-9a-f-]{36}: 500 bytes in 5 blocks never freed at ta\/leaky\/leaky\.c:31$/,
    ),
  ]);
});

test("what tells no leak is no all-clear", async () => {
  const at = folder();
  writeFileSync(at("one.log"), lists(3));
  const one = await runHere("leaks", at("one.log"), "--sarif", at("l.sarif"));
  expect(one.outcome).toEqual({
    ok: false,
    error: "one list of live blocks tells no leak: give two or more for --sarif",
  });
  const counters = await runHere("leaks", "test/fixtures/xtest/4.0.0/34-after-alloc.out", "--sarif", at("l.sarif"));
  expect(counters.outcome).toEqual({
    ok: false,
    error: "these files have counters alone, which name no call site: leave out --sarif",
  });
  expect(existsSync(at("l.sarif"))).toBe(false);
});

/** A heap of which a block was written beyond, into the next header, and the program with the names of its call sites. */
async function damaged(path: string): Promise<{ heap: Uint8Array; program: Uint8Array }> {
  const heap = new Uint8Array(8192);
  const files = ["lib/libutils/isoc/bget_malloc.c", "ta/one.c", "ta/two.c"];
  const ctx = createContext(heap, { word: 8, base: 0x10000, leakHeaders: true, names: createFileNames(0x8000) });
  addPool(ctx, 0, heap.length);
  for (const n of [1, 1, 1, 2, 2, 2]) malloc(ctx, 40 * n, files[n] ?? "", 9 + n);
  writeFileSync(path, heap);
  const [report] = JSON.parse((await runHere("inspect", path, "--json")).out);
  const hit = report.pools[0].blocks[4].offset;
  heap.fill(0x58, hit - 12, hit + 8);
  const strings = new Uint8Array(64 * files.length);
  for (const [n, name] of files.entries()) strings.set(new TextEncoder().encode(name), 64 * n);
  return { heap, program: elfOf(true, 2, 0x8000, strings) };
}

test("damage is told at the block before it, without a program at the dump", async () => {
  const at = folder();
  const { heap, program } = await damaged(at("sound.bin"));
  writeFileSync(at("heap.bin"), heap);
  writeFileSync(at("ta.elf"), program);
  const named = await runHere("inspect", at("heap.bin"), "--elf", at("ta.elf"), "--sarif", at("i.sarif"));
  expect(named.outcome).toEqual({ ok: true, value: 1 });
  const results = told(at("i.sarif"));
  expect(results.length).toBeGreaterThan(0);
  expect(results[0]).toMatch(
    /^error heap-damage block 0x\w+ from ta\/one\.c:10: .*; the block before it, the usual suspect, is 0x\w+ from ta\/two\.c:11 at ta\/two\.c:11$/,
  );
  await runHere("inspect", at("heap.bin"), "--sarif", at("i.sarif"));
  for (const one of told(at("i.sarif"))) expect(one).toContain(` at ${at("heap.bin")}`);
});

test("a sound heap has no results", async () => {
  const at = folder();
  await runHere("inspect", "data/optee-4.0.0/core-heap.bin.gz", "--sarif", at("i.sarif"));
  expect(told(at("i.sarif"))).toEqual([]);
});

test("no other file is overwritten, and nothing is looked at before", async () => {
  const at = folder();
  writeFileSync(at("loop.log"), lists(1, 3));
  writeFileSync(at("ours.sarif"), "{}");
  for (const words of [
    ["leaks", at("loop.log")],
    ["inspect", "data/optee-4.0.0/core-heap.bin.gz"],
    ["leaks", "--", "leaky", "1"],
  ]) {
    const [command = "", ...rest] = words;
    const { outcome, out } = await runHere(command, "--sarif", at("ours.sarif"), ...rest);
    expect(outcome).toEqual({
      ok: false,
      error: `${at("ours.sarif")} exists and is not a SARIF log of 'teemem ${command}'; choose another file, or remove it`,
    });
    expect(out).toBe("");
  }
  expect(readFileSync(at("ours.sarif"), "utf8")).toBe("{}");
});
