// Tests of the sentences on a heap that changes from report to report.
import { expect, test } from "vitest";
import { counterTrend } from "./trend.ts";
import { type CountedHeap, trendText } from "./trend_text.ts";

function text(used: readonly number[], heap: CountedHeap = undefined, step = 1): string {
  const samples = used.map((allocated, i) => ({ time: i * step, stats: { allocated, size: 131072 } }));
  return trendText(counterTrend(samples), heap);
}

const rising = Array.from({ length: 8 }, (_, i) => 22848 + 704 * i);

test("how it grows, how often, and how long the free bytes last", () => {
  expect(text(rising)).toBe(
    "Grows by 704 bytes from report to report, 7 of 7 times, and never falls: it leaks, or a cache fills. At that pace 103,296 free bytes last about 146 more rounds.",
  );
  expect(text(rising, "ta-memory")).toMatch(/TAs stay loaded/);
  expect(text(rising, undefined, 30e6)).toMatch(/146 more rounds, 73 minutes at 1,408 bytes a minute\.$/);
  expect(text([...rising.slice(0, 5), 25000, ...rising.slice(5)])).toMatch(
    /^Grows by about \d+ bytes .* falls 1 time:/,
  );
});

test("two reports give the difference, three only if both steps rise", () => {
  expect(text([20704, 44288])).toBe("+23,584 bytes between the two reports.");
  expect(text([44288, 20704])).toBe("−23,584 bytes between the two reports.");
  expect(text([100, 100])).toBe("As many bytes in use in both reports.");
  expect(text([100, 200, 300])).toMatch(/^\+200 bytes over 3 reports, more each time/);
  expect(text([100, 300, 200])).toBe("");
  expect(text([100, 300, 200, 400, 100])).toBe("");
  expect(trendText(undefined, "heap")).toBe("");
});
