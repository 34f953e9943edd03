// Tests of the reader of statistics, line by line.
import { expect, test } from "vitest";
import { emptyRecord } from "../abi/record.ts";
import { SINCE_4_0 } from "../release/since_4_0.ts";
import { splitLines } from "./fault.ts";
import { printAlloc, printTa, printTime } from "./print.ts";
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

/** For each report the names of its pools, or the UUIDs of its TAs, by their first letters. */
function reports(text: string): string[] {
  return scan(text).map((one) => {
    if (one.kind === "alloc") return one.value.map(({ name }) => name.charAt(0) || "-").join("");
    return one.kind === "ta" ? one.value.map(({ uuid }) => uuid.charAt(0)).join("") : one.kind;
  });
}

test("pools are of one report up to the next heap, or to one that it has already", () => {
  const text = (...names: string[]): string =>
    names.map((name) => `Pool: ${name}\nBytes allocated: 1\nMax bytes allocated: 2\n`).join("\n");
  expect(reports(text("Heap", "", "Secure DDR", "", "Heap", "", "Secure DDR", ""))).toEqual(["H-S-", "H-S-"]);
  expect(reports(text("Heap", "Heap", "Heap"))).toEqual(["H", "H", "H"]);
  expect(reports(text("Secure DDR", "Heap"))).toEqual(["S", "H"]);
  expect(reports(text("Secure DDR", "Secure DDR"))).toEqual(["S", "S"]);
  expect(reports(text("Secure DDR", "Physical TA memory"))).toEqual(["S", "P"]);
  expect(reports(`${text("Heap", "KHeap")}another program\n${text("Secure DDR")}`)).toEqual(["HKS"]);
  expect(
    reports(`HEAP: heap_size 9 cur_alloc 1\nTAHEAP: heap_size 9 cur_alloc 1\nHEAP: heap_size 9 cur_alloc 2\n`),
  ).toEqual(["HT", "H"]);
});

test("TAs are of one report while blank lines join them, or nothing stands between different ones", () => {
  const ta = (letter: string): string =>
    printTa(
      [{ uuid: `${letter}aaaf200-2450-11e4-abe2-0002a5d5c51b`, panicked: 0, sessions: 1, heap: emptyRecord() }],
      SINCE_4_0,
    );
  const [a, b] = [ta("a"), ta("b")];
  expect(reports(`${a}\n${b}`)).toEqual(["ab"]);
  expect(reports(`${a}${b}`)).toEqual(["ab"]);
  expect(reports(`${a}${b}${a}${b}`)).toEqual(["ab", "ab"]);
  expect(reports(`${a}${a}`)).toEqual(["a", "a"]);
  expect(reports(`${a}date\n${b}`)).toEqual(["a", "b"]);
  expect(reports(`${a}\n# xtest --stats --ta\n${b}`)).toEqual(["a", "b"]);
  expect(reports(`${a}\n${TIME}\n${b}`)).toEqual(["a", "time", "b"]);
});
