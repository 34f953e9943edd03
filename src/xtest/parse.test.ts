// Tests of parse.ts.
import { describe, expect, test } from "vitest";
import { emptyRecord, missingCounters } from "../abi/record.ts";
import { own } from "../base/printable.ts";
import { err, ok } from "../base/result.ts";
import { SINCE_4_0 } from "../release/since_4_0.ts";
import { SINCE_4_1 } from "../release/since_4_1.ts";
import { SINCE_4_6 } from "../release/since_4_6.ts";
import { END_OF_TEXT, faultMessage } from "./fault.ts";
import { parseHelp, parseUsage } from "./match.ts";
import { OUTCOMES, output } from "./output.ts";
import { parseAlloc, parsePager, parseTa, releaseOfReport } from "./parse.ts";
import { printAlloc, printTa } from "./print.ts";
import { scan } from "./scan.ts";
import { printUsage } from "./usage.ts";

const POOLS = ["Heap", "", "Secure DDR", ""].map((name) => emptyRecord(name));
const TEXT = printAlloc(POOLS, SINCE_4_0);
const FAILURE = "xtest: TEEC_InvokeCommand: res 0xffff0008 err_orig 0x4\n";

function edit(line: number, change: (text: string) => string | undefined): string {
  return TEXT.split("\n")
    .flatMap((text, i) => (i === line - 1 ? (change(text) ?? []) : [text]))
    .join("\n");
}

describe("what is not the format", () => {
  test("a missing line", () => {
    const without = parseAlloc(edit(4, () => undefined));
    const found = 'none in the block "Heap"';
    expect(without).toEqual(err({ line: 30, expected: '"Size of pool: <number>"', found }));
  });

  test("a number that is none, or too large", () => {
    for (const bad of ["x", "12x4", "", "4294967296", "-2147483649", "1 2"]) {
      const result = parseAlloc(edit(4, () => `Size of pool: ${bad}`));
      expect(result.ok ? "" : faultMessage(result.error)).toContain('line 4: expected "Size of pool: <number>", found');
    }
  });

  test("a text that ends early", () => {
    const cut = `${TEXT.split("\n").slice(0, 12).join("\n")}\n`;
    const expected = '"Number of failed allocations: <number>"';
    expect(parseAlloc(cut)).toEqual(err({ line: 12, expected, found: 'none in the block ""' }));
    const head = `${TEXT.split("\n").slice(0, 9).join("\n")}\n`;
    const next = '"Bytes allocated: <number>"';
    expect(parseAlloc(head)).toEqual(err({ line: 9, expected: next, found: END_OF_TEXT }));
  });

  test("too few pools, no Heap first, two reports, another report", () => {
    const few = parseAlloc(printAlloc(POOLS.slice(0, 3), SINCE_4_0));
    expect(few.ok ? "" : few.error.expected).toBe("at least 4 pools");
    const headless = parseAlloc(printAlloc(POOLS.slice(1), SINCE_4_0));
    expect(headless.ok ? "" : headless.error.expected).toContain("Pool: Heap");
    expect(parseAlloc(TEXT + TEXT)).toMatchObject({ ok: false, error: { line: 32, expected: "one report only" } });
    expect(parseTa(FAILURE)).toMatchObject({ ok: false, error: { line: 1, expected: '"ta(<uuid>)"' } });
    expect(parsePager("")).toMatchObject({ ok: false, error: { line: 0, found: END_OF_TEXT } });
  });
});

test("a very long line takes no long time", () => {
  const start = performance.now();
  for (const line of [`Pool:${" ".repeat(1e6)}x${" ".repeat(1e6)}`, `Pool: ${"a ".repeat(1e6)}`, "# ".repeat(1e6)]) {
    scan(`${line}\n`);
    scan(`Bytes allocated: ${line}\n`);
  }
  expect(performance.now() - start).toBeLessThan(2000);
});

describe("what a console does to it", () => {
  test("trailing blanks lost, tabs expanded, prompts and stamps before", () => {
    expect(parseAlloc(TEXT.replace(/ +$/gm, ""))).toEqual(ok(POOLS));
    const tas = [{ uuid: "8aaaf200-2450-11e4-abe2-0002a5d5c51b", panicked: 1, sessions: 2, heap: emptyRecord() }];
    expect(parseTa(printTa(tas, SINCE_4_0).replaceAll("\t", "        "))).toEqual(ok(tas));
    expect(parseAlloc(`root@qemu:~# ${TEXT}`)).toEqual(ok(POOLS));
    expect(parseAlloc(TEXT.replace(/^/gm, "[2026-01-02 03:04:05.678] "))).toEqual(ok(POOLS));
    expect(parseAlloc(TEXT.replace(/^/gm, "2026-01-02T03:04:05.678Z "))).toEqual(ok(POOLS));
  });

  test("negative numbers are unsigned again", () => {
    const result = parseAlloc(edit(4, () => "Size of pool:                          -2147483648"));
    expect(result.ok && result.value[0]?.size).toBe(2 ** 31);
  });

  test("damage costs one line, not its neighbours", () => {
    const torn = edit(10, (line) => line.slice(0, 15));
    const log = TEXT + torn + TEXT + FAILURE;
    const found = scan(log);
    expect(found.map(({ kind }) => kind)).toEqual(["alloc", "alloc", "alloc", "failure"]);
    expect(found.map((one) => one.kind === "alloc" && one.value.map((pool) => missingCounters(pool)))).toEqual([
      [[], [], [], []],
      [[], ["allocated"], [], []],
      [[], [], [], []],
      false,
    ]);
    const tornHead = edit(1, (line) => `${line.slice(0, 2)}#`);
    expect(scan(`${TEXT}# xtest\n${tornHead}`).map(({ kind }) => kind)).toEqual(["alloc", "fault", "alloc"]);
    expect(scan(`${TEXT}# \nPool: swimming\n${TEXT}`).map(({ kind }) => kind)).toEqual(["alloc", "fault", "alloc"]);
    const headless = TEXT.split("\n").slice(2).join("\n");
    expect(scan(headless + TEXT).map(({ kind }) => kind)).toEqual(["fault", "alloc", "alloc"]);
  });

  test("TAs: one report while blank lines join them", () => {
    const ta = { uuid: "8aaaf200-2450-11e4-abe2-0002a5d5c51b", panicked: 0, sessions: 1, heap: emptyRecord() };
    const text = printTa([ta, ta], SINCE_4_0);
    const sizes = (log: string) => scan(log).map((item) => (item.kind === "ta" ? item.value.length : item.kind));
    expect(sizes(`${text}# xtest --stats --ta\n${text}`)).toEqual([2, 2]);
    const torn = text.replace("Heap Status:", "Heap");
    expect(sizes(`${torn}${text}`)).toEqual([2, 2]);
  });
});

test("the release of a report", () => {
  const five = [...POOLS, emptyRecord()];
  expect(releaseOfReport(POOLS).since).toBe("4.0");
  expect(releaseOfReport(five).since).toBe("4.1");
  expect(releaseOfReport(five.map((pool, i) => (i === 0 ? { ...pool, fragmentation: 7 } : pool))).since).toBe("4.6");
  const named = (...names: string[]): string => releaseOfReport(names.map((name) => emptyRecord(name))).since;
  expect(named("Heap", "", "Physical TA memory", "", "")).toBe("4.4");
  expect(named("Heap", "Public DDR (deprecated)", "x", "KHeap", "y")).toBe("4.6");
  expect(named("Heap")).toBe("4.0");
});

describe("fixed texts", () => {
  test("usage between other lines", () => {
    const noisy = printUsage(SINCE_4_6).replaceAll("\n", "\r\nnoise\r\n");
    expect(parseUsage(`# xtest --stats\r\n${noisy}# `)).toEqual(ok(SINCE_4_1));
    expect(parseUsage(printUsage(SINCE_4_0))).toEqual(ok(SINCE_4_0));
  });

  test("the first wrong line is named", () => {
    const wrong = printUsage(SINCE_4_0).replace("--ta ", "--tas");
    expect(parseUsage(wrong)).toMatchObject({ ok: false, error: { line: 8 } });
    expect(parseHelp("")).toMatchObject({ ok: false, error: { line: 0, found: END_OF_TEXT } });
  });

  test("refusals go to stderr with 1, all else to stdout with 0", () => {
    expect(output("usage", own("x"))).toEqual({ text: "x", stream: "stderr", exit: 1 });
    expect(output("memleak")).toEqual({ text: "", stream: "stdout", exit: 0 });
    const refused = Object.entries(OUTCOMES).filter(([, { exit }]) => exit === 1);
    expect(refused.map(([kind]) => kind)).toEqual(["usage", "failure"]);
  });
});

test.each([
  ["allocated", 5],
  ["maxAllocated", 5],
  ["biggestFailureUsed", 5],
] as const)("more %s than the pool has is damage: the block is left out", (name, most) => {
  const text = (value: number): string =>
    printAlloc(
      [...POOLS.slice(0, 2), { ...emptyRecord("Secure DDR"), size: most, [name]: value }, emptyRecord()],
      SINCE_4_0,
    );
  expect(parseAlloc(text(most)).ok).toBe(true);
  expect(parseAlloc(text(most + 1))).toMatchObject({
    ok: false,
    error: { expected: "no more than the pool's 5 bytes", found: "6" },
  });
  expect(scan(text(most + 1)).map(({ kind }) => kind)).toEqual(["alloc", "fault"]);
  const [report] = scan(text(most + 1));
  expect(report?.kind === "alloc" && report.value.map((pool) => pool.name)).toEqual(["Heap", "", ""]);
});
