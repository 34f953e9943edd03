// One grammar: what parseLeaks finds in a log, the lists of readConsoleLog count.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { needShared } from "../../test/support/needs.ts";
import { readConsoleLog } from "./console_log.ts";
import { leakState } from "./leak_form.ts";
import { parseLeaks } from "./leaks.ts";

const BLOCK = "buffer: 24 bytes core/mm/tee_mm.c:20";

test.each([
  ["I/TC: ", "TC"],
  ["I/TC:  ", "TC"],
  ["I/TA: ", "TA"],
  ["I/LD: ", "LD"],
  ["*I/TC: ", "TC"],
  ["E/TC:? 0 ", "TC"],
  ["I/TC:0 1 ", "TC"],
  ["[12:00:01.123] I/TA: ", "TA"],
  ["5,3630,154367403,-;[TEE] I/TC:3 00 gen_mdbg_check:639 ", "TC"],
  ["ERR TEE-CORE:mdbg_check:720: Orphaned ", "TC"],
  ["DEBUG:   USER-TA:mdbg_check:720: Orphaned ", "TA"],
  // What was typed, and another's letter, glued to it.
  ["^CI/TA: ", "TA"],
  [")I/TC: ", "TC"],
  ["RI/TC: ", "TC"],
  ["D/TC:? 0 sleep I/TA: ", "TA"],
  ["host buffer-test-1  | I/TC: ", "TC"],
  ["I/TC:", "TC"],
  ["I/TC:\t", "TC"],
])("%s…", (before, from) => {
  const line = `${before}${BLOCK}`;
  const place = { size: 24, file: "core/mm/tee_mm.c", line: 20 };
  for (const end of ["", "\n", "\r\n"])
    expect(parseLeaks(line + end)).toEqual({ leaks: [{ ...place, from, at: 1 }], odd: [] });
  const { lists } = readConsoleLog(new TextEncoder().encode(`${line}\n`));
  expect(lists.map((list) => [list.from, list.sites, list.damaged])).toEqual([
    [from, [{ site: "core/mm/tee_mm.c:20", blocks: 1, bytes: 24, unsized: 0 }], 0],
  ]);
});

test.each([
  "buffer:\t24\tbytes\tcore/mm/tee_mm.c:20",
  "buffer:   24  bytes    core/mm/tee_mm.c:20",
  "buffer: 24 bytes core/mm/tee_mm.c:20 |",
  "buffer: 24 bytes core/mm/tee_mm.c:20 \t ",
  "buffer: 24 bytes core/mm/tee_mm.c:20\\n",
  "buffer: 24 bytes core/mm/tee_mm.c:20</pre>",
  "buffer: 24 bytes core/mm/tee_mm.c:20 [  124.001234] mmc0: new high speed SDHC card",
])("…%s", (block) => {
  const line = `I/TC: ${block}`;
  expect(parseLeaks(line)).toEqual({
    leaks: [{ size: 24, file: "core/mm/tee_mm.c", line: 20, from: "TC", at: 1 }],
    odd: [],
  });
  const { lists, damaged, lost } = readConsoleLog(new TextEncoder().encode(`${line}\n`));
  expect([lists.map(({ blocks, bytes }) => [blocks, bytes]), damaged, lost]).toEqual([[[1, 24]], 0, 0]);
});

test.each([
  ["1,024", 1024],
  ["16.416", 16416],
  ["1'048'576", 1048576],
])("%s bytes", (digits, size) => {
  expect(parseLeaks(`I/TC: buffer: ${digits} bytes a.c:1`).leaks).toMatchObject([{ size }]);
});

test.each(["1,02", "1,0244", ",024", "1 024", "12345,678"])("%s bytes is no number", (digits) => {
  expect(parseLeaks(`I/TC: buffer: ${digits} bytes a.c:1`).leaks).toEqual([]);
});

test.each([
  ["I/TC: buffer: 24 bytes a.c:1", "whole"],
  ["I/TC: buffer: 24 bytes a.c:1 |", "whole"],
  ["I/TC: buffer: 24 bytes a.c:", "open"],
  ["I/TC: buffer:", "open"],
  ["I/TC: buf", null],
  ["D/TC:? 0 x", null],
])("%s is %s", (text, state) => {
  expect(leakState(text)).toBe(state);
});

test.each([
  ["Encrypted buffer: 33 da 51", 0],
  ["I/TA: buffer: full", 0],
  ["I/XX: buffer: 24 bytes core/mm/tee_mm.c:20", 0],
  ["I/TC: buffer: 24 bytes core/mm/te", 1],
  ["I/TC: buffer: 24 bytes core/mm/te\u{141}.c:20", 1],
  ["I/TC: buffer: 24 bytes a.c:1 7", 1],
  ["I/TC: buffer: 24 bytes a.c:1, I/TC: buffer: 24 bytes a.c:1", 1],
  ["bu#fer: 24 bytes a.c:1I/TC: buffer: 24 bytes a.c:1", 1],
  ["I/TC: buffer: 24 bytes a.c:1I/TC: buffer: 24 bytes a.c:1", 1],
])("%s is none, and %d odd", (line, count) => {
  const { leaks, odd } = parseLeaks(line);
  expect([leaks, odd.length]).toEqual([[], count]);
});

test("in messy logs both find the same whole lines", (context) => {
  const forms = needShared(context, "cases/forms");
  let lines = 0;
  for (const name of readdirSync(forms)) {
    const bytes = readFileSync(new URL(name, `${forms}/`));
    const { leaks } = parseLeaks(bytes.toString("latin1"));
    const { lists, damaged } = readConsoleLog(bytes);
    const blocks = lists.reduce((sum, list) => sum + list.blocks, 0);
    // A line that the kernel tore is put together by the reader of lists alone.
    const torn = bytes.toString("latin1").match(/buffer: .*\[ *\d+\.\d{6}\]/g)?.length ?? 0;
    expect(blocks - damaged, name).toBe(leaks.length + torn);
    lines += leaks.length;
  }
  expect(lines).toBeGreaterThan(100);
});
