// Tests of recorded_trace.ts.
import { describe, expect, test } from "vitest";
import { OP } from "../malloc/operation.ts";
import { parseRecordedTrace } from "./recorded_trace.ts";
import { endOfMark, lineOf, markName, siteOf } from "./trace_row.ts";

const HEAD = [
  "# OP-TEE 4.0.0 heap event trace, context ta-1234",
  "#inst\tt_us\top\tptr\tsize\targ\tret\talloc\ttid\tfunc\tloc",
  "# mark begin boot",
];
const ROWS = [
  "1\t100\tP\t40010000\t4096\t0\t0\t0\t-\tadd_pool\tm.c:1",
  "1\t101\tR\t0\t16\t0\t40010fe0\t32\t-\tadd_pool\tm.c:1",
  "1\t102\tC\t0\t24\t3\t40010fb0\t80\t-\topen\tta/a.c:12",
  "2\t103\tP\t40010000\t4096\t0\t0\t0\t-\tadd_pool\tm.c:1",
  "# mark begin two  (xtest -t regression 2)",
  "",
  "1\t104\tR\t40010fb0\t99\t0\t0\t80\t-\tgrow\tta/a.c:13",
  "1\t105\tF\t40010fb0\t0\t0\t0\t32\t-\tclose\tta/a.c:20",
  "1\t106\tW\tdeadbeef\t0\t0\t0\t32\t-\tclose\tta/a.c:21",
];

function parse(lines: readonly string[], newline = "\n") {
  return parseRecordedTrace(new TextEncoder().encode(lines.join(newline)));
}

function parsed(lines: readonly string[], newline = "\n") {
  const trace = parse(lines, newline);
  if (!trace.ok) throw new Error(trace.error);
  return trace.value;
}

test("reads rows into columns", () => {
  const trace = parsed([...HEAD, ...ROWS]);
  expect(trace).toMatchObject({ version: "4.0.0", context: "ta-1234", length: 7, blocks: 2, threads: ["-"] });
  expect([...trace.op]).toEqual([OP.P, OP.R, OP.C, OP.P, OP.R, OP.F, OP.W]);
  expect([...trace.pointer]).toEqual([0x40010000, 0, 0, 0x40010000, 0x40010fb0, 0x40010fb0, 0xdeadbeef]);
  expect([...trace.size]).toEqual([4096, 16, 24, 4096, 99, 0, 0]);
  expect([...trace.arg]).toEqual([0, 0, 3, 0, 0, 0, 0]);
  expect([...trace.result]).toEqual([0, 0x40010fe0, 0x40010fb0, 0, 0, 0, 0]);
  expect([...trace.allocated]).toEqual([0, 32, 80, 0, 80, 32, 32]);
  expect([...trace.time]).toEqual([100, 101, 102, 103, 104, 105, 106]);
});

test("numbers blocks, instances and pools", () => {
  const trace = parsed([...HEAD, ...ROWS]);
  expect([...trace.makes]).toEqual([-1, 0, 1, -1, -1, -1, -1]);
  // The realloc fails, so its block lives on until the free; the last row frees what nobody made.
  expect([...trace.ends]).toEqual([-1, -1, -1, -1, 1, 1, -1]);
  expect([...trace.instance]).toEqual([0, 0, 0, 1, 0, 0, 0]);
  expect(trace.instances).toEqual([
    { number: 1, first: 0, last: 6, pools: [{ row: 0, tableRow: 1, address: 0x40010000, length: 4096 }] },
    { number: 2, first: 3, last: 3, pools: [{ row: 3, tableRow: -1, address: 0x40010000, length: 4096 }] },
  ]);
});

test("knows the line, the mark and the caller of a row", () => {
  const trace = parsed([...HEAD, ...ROWS]);
  expect([0, 3, 4, 6].map((row) => lineOf(trace, row))).toEqual([4, 7, 10, 12]);
  expect([0, 3, 4].map((row) => markName(trace, row))).toEqual(["boot", "boot", "two"]);
  expect(trace.marks[1]).toEqual({ name: "two", command: "xtest -t regression 2", row: 4 });
  expect(endOfMark(trace, "boot")).toEqual({ ok: true, value: 4 });
  expect(endOfMark(trace, "two")).toEqual({ ok: true, value: 7 });
  expect(endOfMark(trace, "three").ok).toBe(false);
  expect(siteOf(trace, 2)).toEqual({ func: "open", place: "ta/a.c:12" });
});

test("takes CR LF, and no head at all", () => {
  const plain = parsed([...HEAD, ...ROWS, ""]);
  expect(parsed([...HEAD, ...ROWS, ""], "\r\n")).toEqual(plain);
  expect(parsed([...ROWS, ""])).toMatchObject({ version: "", context: "", length: 7 });
});

test.each([
  ["1\t100\tP\t40010000\t4096\t0\t0\t0\t-\tadd_pool", "line 4: expected 11 columns separated by tabs (inst"],
  ["1 100 P 40010000 4096 0 0 0 - a b", "line 4: expected 11 columns separated by tabs (inst"],
  [`${ROWS[0]}\tmore`, "line 4: expected 11 columns"],
  [`${ROWS[0]}\t\t\t\t\t`, "line 4: expected 11 columns"],
  ["x\t100\tP\t40010000\t4096\t0\t0\t0\t-\ta\tb", "line 4: expected a decimal number in column inst, found 'x'"],
  ["1\t100\tQ\t40010000\t4096\t0\t0\t0\t-\ta\tb", "line 4: expected one of P M C R A F W in column op, found 'Q'"],
  ["1\t100\tPP\t40010000\t4096\t0\t0\t0\t-\ta\tb", "line 4: expected one of P M C R A F W in column op, found 'PP'"],
  ["1\t100\tP\t0x40010000\t4096\t0\t0\t0\t-\ta\tb", "line 4: expected a hexadecimal address in column ptr, found '0x4"],
  ["1\t100\tP\t40010000\t-1\t0\t0\t0\t-\ta\tb", "line 4: expected a decimal number in column size, found '-1'"],
  ["1\t100\tP\t40010000\t4096\t0\t0\t\t-\ta\tb", "line 4: expected a decimal number in column alloc, found ''"],
  [
    "1\t100\tP\tffffffffffffffff\t4096\t0\t0\t0\t-\ta\tb",
    "line 4: the address 'ffffffffffffffff' in column ptr is too large",
  ],
  [
    "1\t100\tP\t40010000\t99999999999999999999\t0\t0\t0\t-\ta\tb",
    "line 4: the number '99999999999999999999' in column size is",
  ],
  ["1\t100\tP\t40010000\t9999999999\t0\t0\t0\t-\ta\tb", "line 4: expected the pools of instance 1 within 1 GiB"],
  ["1\t100\tM\t0\t16\t0\t40010fe0\t32\t-\ta\tb", "line 4: expected instance 1 to begin with a P row"],
])("names line and column of a bad row: %s", (row, error) => {
  const trace = parse([...HEAD, row, ...ROWS]);
  expect(trace.ok ? "" : trace.error.slice(0, error.length)).toBe(error);
});

test("refuses other columns and files without rows", () => {
  expect(parse(["#inst\tt_us\top", ...ROWS])).toMatchObject({
    ok: false,
    error: expect.stringContaining("line 1: expected the columns"),
  });
  expect(parse(HEAD)).toMatchObject({
    ok: false,
    error: "line 4: expected a row of a heap trace, found the end of the file",
  });
  expect(parse([])).toMatchObject({ ok: false });
});

describe("what no heap can have is damage", () => {
  const row = (inst: number, op: string, ptr: string, size: number, alloc: number): string =>
    [inst, 1, op, ptr, size, 0, 0, alloc, "-", "f", "a.c:1"].join("\t");
  const problemOf = (...rows: string[]): string => {
    const trace = parse(rows);
    return trace.ok ? "" : trace.error;
  };

  test("more bytes allocated than its pools have", () => {
    const [first, second] = [row(1, "P", "1000", 4096, 0), row(1, "P", "3000", 100, 0)];
    expect(problemOf(first, row(1, "M", "0", 9, 4096))).toBe("");
    expect(problemOf(first, row(1, "M", "0", 9, 4097))).toBe(
      "line 2: 4097 bytes allocated, but the pools of instance 1 have 4096",
    );
    expect(problemOf(first, second, row(1, "M", "0", 9, 4196))).toBe("");
    expect(problemOf(first, second, row(1, "M", "0", 9, 4197))).toContain("pools of instance 1 have 4196");
    expect(problemOf(row(1, "P", "1000", 4096, 4097))).toContain("line 1: 4097 bytes allocated");
  });

  test("more pools than fit, or farther from each other", () => {
    const many = Array.from({ length: 1025 }, (_, n) => row(1, "P", (n * 4096).toString(16), 16, 0));
    expect(problemOf(...many.slice(0, -1))).toBe("");
    expect(problemOf(...many)).toBe("line 1025: instance 1 has more than 1024 pools");
    const far = (at: number): string => problemOf(row(1, "P", "1000", 4096, 0), row(1, "P", at.toString(16), 4096, 0));
    // From 0x1000 on, 1 GiB ends at 0x40001000.
    expect(far(0x40000000)).toBe("");
    expect(far(0x40000001)).toBe("line 2: expected the pools of instance 1 within 1 GiB of each other");
  });

  test("instances that live at the same time and have more than 1 GiB; not those that follow upon each other", () => {
    const half = 2 ** 29;
    const [one, two, three] = [1, 2, 3].map((inst) => row(inst, "P", "1000", half, 0)) as [string, string, string];
    const end = (inst: number): string => row(inst, "F", "0", 0, 0);
    expect(problemOf(one, two, end(1), end(2))).toBe("");
    expect(problemOf(one, two, end(1), three, end(2), end(3))).toBe("");
    expect(problemOf(one, two, three, end(1), end(2))).toBe(
      "instances that are live at the same time have more than 1 GiB",
    );
  });
});

test("more instances that live at the same time than anybody can follow", () => {
  const rows = (count: number): string[] => {
    const begin = Array.from({ length: count }, (_, n) => `${n + 1}\t1\tP\t1000\t4096\t0\t0\t0\t-\tf\ta.c:1`);
    return [...begin, ...begin.map((row) => row.replace("\tP\t1000\t4096", "\tF\t0\t0"))];
  };
  expect(parse(rows(256)).ok).toBe(true);
  expect(parse(rows(257))).toEqual({ ok: false, error: "more than 256 instances are live at the same time" });
});

test("blank lines take no room that rows would", () => {
  const trace = parsed([...HEAD, "\n".repeat(2 ** 20), ...ROWS]);
  expect([trace.length, trace.time.buffer.byteLength]).toEqual([7, 56]);
  const many = parse([...HEAD, "\n".repeat(2 ** 22 + 1), ...ROWS]);
  expect(many).toMatchObject({ ok: false, error: expect.stringContaining("more than 4194304 lines are not events") });
});
