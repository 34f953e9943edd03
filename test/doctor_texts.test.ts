// `teemem doctor` with several texts: without options, one of them of no use, with the results of tests that passed.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runHere } from "./run_here.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-texts-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

function file(...lines: readonly string[]): string {
  const path = join(folder, `${files++}.txt`);
  writeFileSync(path, lines.map((line) => `${line}\n`).join(""));
  return path;
}

const OOM = "E/TC:1 0 print_oom:185 Memory allocation failed: size 800 context 0x6e214088";
const DEAD = "D/TC:? 0 tee_ta_invoke_command:796 Error: ffff3024 of 3";
const PASSED = ["* regression_1001 Core self tests", "14 subtests of which 0 failed", "2 test cases of which 0 failed"];
const FAILED = ["* regression_1001 Core self tests", "14 subtests of which 1 failed", "2 test cases of which 1 failed"];
const CLIENT = "my_client: TEEC_InvokeCommand failed: res 0xffff000c err_orig 0x4";

async function diagnosed(...words: readonly string[]) {
  const { out, outcome } = await runHere("doctor", "--json", ...words);
  if (!outcome.ok) return { error: outcome.error };
  const { verdicts, code, notes } = JSON.parse(out);
  return { causes: verdicts.map(({ id }: { id: string }) => id), code, notes, exit: outcome.value };
}

test("texts need no option, and options change nothing", async () => {
  const [log, stats] = [file(OOM), file(CLIENT)];
  const found = await diagnosed(log, stats);
  expect(found).toMatchObject({ code: 0xffff000c, exit: 1 });
  expect(found.causes?.[0]).toBe("core-heap-printed");
  expect(await diagnosed("--log", log, "--stats", stats)).toEqual(found);
});

test("one text may be empty, or of no use: then all is not clear", async () => {
  const log = file("I/TC: OP-TEE version: 4.0.0");
  expect(await diagnosed(log, file())).toMatchObject({ causes: [], exit: 0 });
  expect(await diagnosed(log, file("some words"))).toMatchObject({ causes: [], exit: 1 });
  expect(await diagnosed(file(), file("some words"))).toMatchObject({ error: expect.stringContaining("is empty") });
});

test("a call that worked is understood", async () => {
  expect(await diagnosed(file("cmd 0: res 0x0 err_orig 0x0 a 100 b 3"))).toMatchObject({ causes: [], exit: 0 });
});

test("where all tests passed, a refused request is no cause, and is named", async () => {
  const log = file(OOM, DEAD);
  const found = await diagnosed(log, file(...PASSED));
  expect(found).toMatchObject({ causes: [], exit: 0 });
  expect(found.notes?.join()).toContain("Left out: a failed request on the core heap (line 1).");
});

test.each([
  ["a test failed", FAILED],
  ["a client failed behind them", [...PASSED, CLIENT]],
  ["no test ran", ["cmd 0: res 0x0 err_orig 0x0"]],
])("it is a cause where %s", async (_, lines) => {
  expect((await diagnosed(file(OOM), file(...lines))).causes?.[0]).toBe("core-heap-printed");
});

test("the largest request that was printed tells how much more serves it", async () => {
  const log = file(OOM, OOM.replace("size 800", "size 16384"));
  const { out } = await runHere("doctor", log);
  expect(out.replace(/\s+/g, " ")).toMatch(
    /raise CFG_CORE_HEAP_SIZE by 20,480 at least \([^)]{1,200}\): then there is room for the largest request that failed, 16,384 bytes/,
  );
});

test("a leak list is left to the command that reads it", async () => {
  const log = file("I/TC: buffer: 100 bytes core/a.c:12");
  const { notes, exit } = await diagnosed(log);
  expect([notes, exit]).toEqual([[expect.stringContaining(`'teemem leaks ${log}'`)], 0]);
});
