// Tests of the reader of statistics, line by line.
import { expect, test } from "vitest";
import { emptyRecord } from "../abi/record.ts";
import { SINCE_4_0 } from "../release/since_4_0.ts";
import { splitLines } from "./fault.ts";
import { printAlloc, printTime } from "./print.ts";
import { createStatsReader, type Found, scan } from "./scan.ts";

const ALLOC = printAlloc(
  ["Heap", "", "Secure DDR", ""].map((name) => emptyRecord(name)),
  SINCE_4_0,
);
const TIME = printTime({ ree: { seconds: 1, millis: 2 }, tee: { seconds: 3, millis: 4 } });

test("a report is handed out while the text goes on", () => {
  const found: Found[] = [];
  const reader = createStatsReader((one) => found.push(one));
  const lines = splitLines(ALLOC + TIME + ALLOC);
  const after = lines.map((line, i) => {
    reader.take(line, i + 1);
    return found.length;
  });
  const reports = splitLines(ALLOC).length;
  expect([after[reports - 1], after[reports], after[reports + 1], after.at(-1)]).toEqual([0, 0, 2, 2]);
  reader.end();
  expect(found).toEqual(scan(ALLOC + TIME + ALLOC));
});
