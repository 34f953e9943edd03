// Tables on narrow terminals: no row is wider than the terminal, so that none is folded.
import { expect, test } from "vitest";
import { runOnWidth } from "./run_here.ts";

const COMMANDS = [
  "stats",
  "doctor",
  "report demo:core",
  "leaks --at boot --at pkcs11-1007 demo:core",
  "leaks test/fixtures/transcripts/in/loop.txt",
  "size --no-tests demo:ldelf",
  "inspect demo:core-heap --base 0xe1c53e0 --blocks",
  "watch --ta leaky --at peak --until exit -- leaky 3",
];

/** A row of figures, and a row of a check list; not the text of xtest, which is upstream's. */
const ROW =
  /^ *(?:[+-]?[\d,.]+ +[+-]?\d|(?:yes|no|leak|freed|create|close|invoke \d+) {2,}|Heap {2,}|0x[\da-f]+ |bytes |pool )/;

test.each(COMMANDS)("%s", { timeout: 300_000 }, async (line) => {
  const rows: string[] = [];
  for (const width of [40, 50, 60]) {
    const { out, outcome } = await runOnWidth(width, ...line.split(" "));
    expect(outcome.ok).toBe(true);
    const all = out.split("\n").filter((one) => ROW.test(one));
    rows.push(...all);
    expect([width, all.filter((row) => row.length > width)]).toEqual([width, []]);
  }
  expect(rows.length).toBeGreaterThan(0);
});
