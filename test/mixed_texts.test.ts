// Lines of two texts that alternate, lines that stand twice, texts read backwards: no figure is mixed, and what was not understood is said.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createContentReader, type TextContent } from "../src/recording/text_content.ts";
import { summaryText } from "../src/recording/text_summary.ts";

const FOLDER = new URL("fixtures/text/", import.meta.url);
const linesOf = (file: string): string[] =>
  readFileSync(new URL(file, FOLDER), "latin1").replace(/\n$/, "").split("\n");

function read(lines: readonly string[]): TextContent {
  const reader = createContentReader("x");
  reader.push(Buffer.from(`${lines.join("\n")}\n`, "latin1"));
  return reader.end();
}

/** The same lines with other figures, as another board prints them. */
const ofAnother = (line: string): string =>
  line
    .replace(/\d{3,}$/, (digits) => String(Number(digits) + 64))
    .replace(/(?<=buffer: )\d+/, (digits) => String(Number(digits) + 8));

/** Figures that neither text has for this heap. */
function strange(found: TextContent, whole: readonly TextContent[]): readonly unknown[] {
  const right = whole.flatMap(({ counters }) => counters.samples);
  return found.counters.samples.filter(
    ({ heap, stats }) =>
      Object.values(stats).some((value) => value > 0) &&
      !right.some(
        (one) =>
          one.heap === heap &&
          Object.entries(stats).every(([name, value]) => value === one.stats[name as keyof typeof stats]),
      ),
  );
}

test.each([
  ["loop.txt", "loop.txt"],
  ["ta.txt", "ta.txt"],
  ["ta-poll.out", "ta-poll.out"],
])("%s between the lines of %s", (first, second) => {
  const [one, other] = [linesOf(first), linesOf(second).map(ofAnother)];
  const found = read(one.flatMap((line, i) => [line, other[i] ?? ""]));
  expect(strange(found, [read(one), read(other)])).toEqual([]);
  expect(found.summary.unread).toBeGreaterThan(0);
});

test("the lists of two heaps, line by line: it is said that lines are lost", () => {
  const one = linesOf("torn-leaks.txt").filter((line) => !line.includes("[  124"));
  const found = read(one.flatMap((line) => [line, ofAnother(line)]));
  expect(found.leaks.lists.some(({ lost, damaged }) => lost + damaged > 0)).toBe(true);
});

test.each(["loop.txt", "ta.txt", "ta-poll.out", "core-oom.txt", "abort.txt"])("%s twice, line by line", (file) => {
  const lines = linesOf(file);
  const twice = read(lines.flatMap((line) => [line, line]));
  const stamped = read(lines.flatMap((line, i) => [`[${i}.123456] ${line}`, `May  6 12:00:00 board: ${line}`]));
  for (const found of [twice, stamped]) {
    expect(found.counters.samples.map(({ heap, stats }) => [heap, stats])).toEqual(
      read(lines).counters.samples.map(({ heap, stats }) => [heap, stats]),
    );
    expect(found.console.faults).toBe(read(lines).console.faults);
    expect(summaryText(found.summary)).toContain("every line is there twice and was read once");
  }
});

test("equal lines of a list are no twins", () => {
  const line = "I/TC: buffer: 56 bytes core/mm/mobj.c:168";
  expect(read(Array.from({ length: 40 }, () => line)).leaks.blocks).toBe(40);
});

test.each(["loop.txt", "ta.txt", "ta-poll.out"])("%s backwards", (file) => {
  const found = read(linesOf(file).reverse());
  expect(strange(found, [read(linesOf(file))])).toEqual([]);
  expect(found.summary.unread).toBeGreaterThan(0);
});
