// Tests of the charts of a report.
import { expect, test } from "vitest";
import { createRecorder } from "../../../test/support/record.ts";
import { findingsOf } from "../../analyze/report/advice.ts";
import { heapReport } from "../../analyze/report/heap_report.ts";
import type { Timeline } from "../../analyze/report/timeline.ts";
import { free, malloc } from "../../malloc/malloc.ts";
import { drawHeapReport } from "./heap_report_view.ts";
import { createPaint } from "./paint.ts";
import { drawCurve } from "./size_curve_chart.ts";
import { drawTimeline } from "./timeline_chart.ts";

const paint = createPaint({ colours: false, width: 80 });

test("a timeline has the pool at its top, a cross where a request was refused, and marks where there is room", () => {
  const timeline: Timeline = {
    from: 0,
    to: 80,
    columns: [0, 50, 100, 25].map((peak, i) => ({ row: 20 * i, peak, refused: i === 2 ? 1 : 0 })),
    marks: [
      { name: "a", column: 0, columns: 2 },
      { name: "much-too-long", column: 2, columns: 1 },
    ],
  };
  const margin = " ".repeat(12);
  expect(drawTimeline(timeline, 100, paint, 2)).toEqual([
    "       100 ┤  █ ",
    "         0 ┤ ██▄",
    `${margin}  ✗`,
    // Too wide to begin at its column, so it ends there.
    `${margin}peak 100 ▲`,
    `${margin}╵a`,
    `${margin}one column: 20 operations`,
  ]);
});

test("the smallest amount shows, and a peak beyond the pool raises the top", () => {
  const columns = [1, 300].map((peak, row) => ({ row, peak, refused: 0 }));
  const [top, bottom] = drawTimeline({ from: 0, to: 2, columns, marks: [] }, 200, paint, 2);
  expect([top, bottom]).toEqual(["       300 ┤ █", "         0 ┤▁█"]);
});

test("a curve shows refusals, or what is left", () => {
  const good = { newFailures: 0, unserved: 0, spoiltMarks: 0, headroom: 1234 };
  const bad = { newFailures: 6, unserved: 1, spoiltMarks: 1, headroom: 0 };
  const [, line] = drawCurve([{ pool: 4096, first: bad, best: good }], paint);
  expect(line).toMatch(/^ {6}4,096 {2}█{12} 7 failed +✓ 1,234 left$/);
});

test("a report fits 80 columns and escapes what a recording says", () => {
  const recorder = createRecorder("core");
  const ctx = recorder.life(4096);
  recorder.mark("evil\u001b[31m-mark-with-a-name-that-is-far-too-long-for-any-terminal-of-eighty-columns");
  free(ctx, malloc(ctx, 100, "a\u0007.c", 1));
  malloc(ctx, 3000, "b.c", 2);
  malloc(ctx, 3000, "b.c", 3);
  const trace = recorder.trace();
  const report = heapReport(trace, { range: { from: 0, to: trace.length } });
  if (report === undefined) throw new Error("no rows");
  const text = drawHeapReport(report, findingsOf(report), paint, 5).join("\n");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
  expect(text).toMatch(/3,000 bytes failed/);
  expect(text).toMatch(/Fragmentation: \d+ %/);
});

test("failures that differ in the moment alone are drawn once, and a full heap without talk of holes", () => {
  const recorder = createRecorder("ta-x");
  const ctx = recorder.life(1040);
  while (malloc(ctx, 16, "a.c", 1) !== 0);
  for (let i = 0; i < 3; i++) malloc(ctx, 20, "b.c", 2);
  malloc(ctx, 20, "c.c", 3);
  const trace = recorder.trace();
  const report = heapReport(trace, { range: { from: 0, to: trace.length } });
  const text = report === undefined ? "" : drawHeapReport(report, [], paint, 2).join("\n");
  const failed = text.slice(text.indexOf("Failed: 5"), text.indexOf("Allocated over time"));
  expect(failed.match(/✗.*/g)).toEqual([
    expect.stringMatching(/^✗ 16 bytes {2}line \d+, 0\.000 s$/),
    expect.stringMatching(/^✗ 20 bytes, 3 times {2}line (\d+) to \d+, 0\.000 s$/),
  ]);
  expect(failed.replaceAll(/\s+/g, " ")).toContain(
    "1,024 of 1,040 bytes allocated, none free: the other 16 are the pool's end mark. The request needs a block of 48.",
  );
  expect(failed).toContain("and 1 more");
});
