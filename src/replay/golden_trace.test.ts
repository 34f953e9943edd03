// Tests of golden_trace.ts.
import { expect, test } from "vitest";
import { poolProblem } from "./golden_pools.ts";
import { parseGoldenTrace } from "./golden_trace.ts";
import { parseVariant, type Variant } from "./variant.ts";

function problemOf(text: string): string | null {
  const trace = parseGoldenTrace(text);
  return trace.ok ? null : trace.error;
}

function variant(name: string): Variant {
  const parsed = parseVariant(name);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

test.each([
  ["m 0 5", "ID of 'm' is 0: expected 1 to 4294967295"],
  ["m -1 5", "ID of 'm' is -1: expected 1 to 4294967295"],
  ["r 0 0 5", "NEWID of 'r' is 0: expected 1 to 4294967295"],
  ["p 1 0 256", "BYTE of 'p' is 256: expected 0 to 255"],
  ["churn 0 1 10 5 1 9 5 5", "FIRST of 'churn' is 0: expected 1 to 4294967295"],
  ["churn 1 1 10 0 1 9 5 5", "SLOTS of 'churn' is 0: expected 1 to 4294967295"],
  ["churn 1 1 10 5 9 1 5 5", "MIN of 'churn' is 9, more than its MAX of 1"],
  ["churn 1 1 10 5 -1 1 5 5", "MIN of 'churn' is -1: expected 0 to 4294967295"],
  ["churn 1 1 1000000001 5 1 9 5 5", "COUNT of 'churn' is 1000000001: expected 0 to 1000000000"],
  ["churn 1 1 10 5 1 9 101 5", "RPCT of 'churn' is 101: expected 0 to 100"],
  [`${"y".repeat(70)}`, `unknown operation '${"y".repeat(60)}…'`],
  ["\x1b[2J", "unknown operation '\\x1b[2J'"],
])("%j is refused with its line", (line, problem) => {
  expect(problemOf(`arena 4096\n\n${line}\n`)).toBe(`line 3: ${problem}`);
});

test("0 is NULL where a block is passed in", () => {
  expect(problemOf("arena 4096\nr 0 1 5\nf 0\nw 0\nY 0 1 0 0 5\nP 0 7 -1\n")).toBeNull();
});

test.each([
  ["arena 1e3", "line 1: '1e3' is not a number"],
  ["arena 0x", "line 1: '0x' is not a number"],
  ["arena 65536 65537", "line 1: 'arena' takes one number; '65537' is too much"],
  ["arena", "line 1: expected 'arena LENGTH' as the first line of a heap trace"],
  ["arena -1", "line 1: arena of -1 bytes: expected 0 to 1073741824"],
])("%j as the first line", (line, problem) => {
  expect(problemOf(line)).toBe(problem);
});

test.each([
  ["pool 0 70000", "lp64-ff-ta", "line 2: the pool 0+70000 is outside the arena of 65536 bytes"],
  ["pool -16 4096", "lp64-ff-ta", "line 2: the pool -16+4096 is outside the arena of 65536 bytes"],
  ["pool 0 -1", "bare-lp64-ff", "line 2: the pool 0+-1 is too small for a bare pool (at least 48 bytes)"],
  ["pool 0xffffffffffffffff 1", "ilp32-ff-ta", null],
  ["pool 0 47", "bare-lp64-ff", "line 2: the pool 0+47 is too small for a bare pool (at least 48 bytes)"],
  ["pool 0 23", "bare-ilp32-ff", "line 2: the pool 0+23 is too small for a bare pool (at least 24 bytes)"],
  ["pool 0 48", "bare-lp64-ff", null],
  ["pool 0 16", "lp64-ff-ta", null],
  ["pool 65536 0", "lp64-ff-ta", null],
])("%s in %s", (line, name, problem) => {
  const trace = parseGoldenTrace(`arena 65536\n${line}\n`);
  expect(trace.ok && poolProblem(trace.value, variant(name))).toBe(problem);
});

test.each([
  [`churn 1 1 ${2 ** 21} 5 1 9 5 5`, null],
  [`churn 1 1 ${2 ** 21 - 1} 5 1 9 5 5\nv`, null],
  [`churn 1 1 ${2 ** 21} 5 1 9 5 5\nv`, "line 3: more than 2097152 operations, those of 'churn' included"],
  [`m 1 ${"7".repeat(64)}`, null],
  [`m 1 ${"7".repeat(65)}`, `line 2: '${"7".repeat(60)}…' is not a number`],
  [`m 1 5${" ".repeat(4091)}`, null],
  [`m 1 5${" ".repeat(4092)}`, "line 2 has 4097 characters; at most 4096 are possible"],
  [`m 1 5 #${" ".repeat(9999)}`, null],
  [" ".repeat(9999), null],
])("what a trace may do has limits: %.30s", (line, problem) => {
  const trace = parseGoldenTrace(`arena 65536\n${line}\n`);
  expect(trace.ok ? null : trace.error).toBe(problem);
});
