// Texts whose lines a tool cut at a column: a figure is the true one or missing, that it was cut is said, and nothing is concluded from it.
import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { createContentReader, type TextContent } from "../src/recording/text_content.ts";
import { runHereWith } from "./run_here.ts";

const FOLDER = new URL("fixtures/text/", import.meta.url);
const FILES = ["torn-leaks.txt", "loop.txt", "ta.txt", "abort.txt", "core-oom.txt", "ta-poll.out"];
/** Not where one call site alone is so long that it loses its last digits: 56 and 57 of torn-leaks.txt, and the prefix more. */
const WIDTHS = [40, 44, 45, 48, 50, 60, 64, 70, 78, 79, 80, 81, 90, 96, 100, 110, 120, 132];
const PREFIXES: Readonly<Record<string, (n: number) => string>> = {
  "nothing before": () => "",
  "time stamps": (n) => `May  6 12:00:${String(n % 60).padStart(2, "0")} `,
  "a journal": (n) => `Mai 06 12:00:${String(n % 60).padStart(2, "0")} board-2 minicom[412]: `,
};
const TOOLS: Readonly<Record<string, (line: string, width: number) => string>> = {
  "cut -c": (line, width) => line.slice(0, width),
  "less -S": (line, width) => (line.length > width ? `${line.slice(0, width - 1)}>` : line),
};
const CASES = FILES.flatMap((file) =>
  Object.keys(PREFIXES).flatMap((prefix) => Object.keys(TOOLS).map((tool) => [file, prefix, tool] as const)),
);

function prefixed(file: string, prefix: string): string[] {
  const lines = readFileSync(new URL(file, FOLDER), "latin1").replace(/\n$/, "").split("\n");
  return lines.map((line, n) => `${PREFIXES[prefix]?.(n)}${line}`);
}

function bytesOf(lines: readonly string[]): Uint8Array {
  return Buffer.from(`${lines.join("\n")}\n`, "latin1");
}

function read(lines: readonly string[]): TextContent {
  const reader = createContentReader("x");
  reader.push(bytesOf(lines));
  return reader.end();
}

/** Counters, blocks and regions that the whole text has not. */
function wrong(found: TextContent, whole: TextContent): readonly unknown[] {
  const bytes = new Map<string, number>();
  for (const { sites } of whole.leaks.lists)
    for (const site of sites) bytes.set(site.site, Math.max(site.bytes, bytes.get(site.site) ?? 0));
  const regions = new Set(whole.console.dumps.flatMap((dump) => dump.regions.map((region) => JSON.stringify(region))));
  return [
    ...found.counters.samples.filter(
      ({ heap, stats }) =>
        !whole.counters.samples.some(
          (right) =>
            (right.heap === heap || heap === "a TA without its UUID") &&
            Object.entries(stats).every(([name, value]) => value === right.stats[name as keyof typeof stats]),
        ),
    ),
    ...found.leaks.lists.flatMap(({ sites }) => sites).filter((site) => site.bytes > (bytes.get(site.site) ?? 0)),
    ...found.console.dumps.flatMap((dump) => dump.regions).filter((region) => !regions.has(JSON.stringify(region))),
  ];
}

describe.each(CASES)("%s, %s, %s", (file, prefix, tool) => {
  const lines = prefixed(file, prefix);
  const whole = read(lines);
  const cut = (width: number): string[] => lines.map((line) => TOOLS[tool]?.(line, width) ?? "");

  it("is not said of the whole text", () => expect(whole.summary.column).toBeUndefined());

  it.each(WIDTHS.filter((width) => lines.some((line) => line.length > width)))("at %d", (width) => {
    expect(wrong(read(cut(width)), whole)).toEqual([]);
  });
});

/** What doctor says: its exit code, and the causes. */
async function diagnosed(lines: readonly string[]): Promise<{ code: unknown; causes: readonly string[] }> {
  const { out, outcome } = await runHereWith(bytesOf(lines), "doctor", "--json", "--log", "-");
  const causes = out === "" ? [] : JSON.parse(out).verdicts.map(({ id }: { id: string }) => id);
  return { code: outcome.ok ? outcome.value : 2, causes };
}

test.each(["abort.txt", "core-oom.txt"])("doctor on %s: no other cause, and no all clear", async (file) => {
  const plain = prefixed(file, "time stamps");
  const { code, causes } = await diagnosed(plain);
  expect(code).toBe(1);
  for (const width of WIDTHS.filter((one) => plain.some((line) => line.length > one))) {
    const found = await diagnosed(plain.map((line) => line.slice(0, width)));
    expect(found.code, String(width)).not.toBe(0);
    expect(
      found.causes.filter((id) => !causes.includes(id)),
      String(width),
    ).toEqual([]);
  }
});

test("says it, and names no cause that is not certain", async () => {
  const lines = prefixed("core-oom.txt", "nothing before").map((line) => line.slice(0, 64));
  const { out } = await runHereWith(bytesOf(lines), "doctor", "--log", "-");
  expect(out).toMatch(/ · \d+ lines cut at column 64$/m);
  expect(out).toContain("No cause is certain: lines were cut at a column, and what they said is not known.");
});

test("the last digits of a number are missing: it is said, and no figure is given", () => {
  const rows = [
    ["Bytes allocated:", 27152],
    ["Max bytes allocated:", 102656],
    ["Size of pool:", 203072],
  ] as const;
  const lines = ["Pool:                Heap", ...rows.map(([label, value]) => `${label.padEnd(39)}${value}`)];
  const { pools, summary } = read(lines.map((line) => line.slice(0, 43)));
  expect([pools, summary.column, summary.clipped]).toEqual([undefined, 43, 3]);
});

test("a zero is whole wherever the line ends", () => {
  const text = [
    "Pool:                Heap",
    "Bytes allocated:                       2",
    "Size of pool:                          203072",
  ];
  const { pools } = read([...text, "Number of failed allocations:          0"].map((line) => line.slice(0, 40)));
  expect(pools?.[0]?.failures).toBe(0);
});

test("a single line that ends at a common width, and tells of an error, allows no all clear", async () => {
  const line = "E/TC:0 0 some_function:1234 the thing that was to be done could not be d";
  expect((await diagnosed([`${line}one, as it says`])).code).toBe(0);
  expect((await diagnosed([line])).code).toBe(1);
});
