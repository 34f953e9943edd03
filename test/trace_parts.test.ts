// Every recorded trace, read in parts: the rows as the file has them, and the same answers as from whole columns.
import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { measuresOf } from "../src/analyze/budget/measure.ts";
import { totalPeak } from "../src/analyze/budget/total_peak.ts";
import { endsOfMarks, leftByInstances, leftTogether, snapshotsOfTrace } from "../src/analyze/leak/trace.ts";
import { followBlocks } from "../src/analyze/live_blocks.ts";
import { heapReport } from "../src/analyze/report/heap_report.ts";
import { recordingOfTrace } from "../src/recording/import_recording.ts";
import { parseRecordedTrace } from "../src/replay/recorded_trace.ts";
import type { RecordedTrace } from "../src/replay/trace_columns.ts";
import { rowParts } from "../src/replay/trace_rows.ts";
import { statsAt } from "../src/source/file/recorded_moment.ts";
import { blockTable } from "./support/block_table.ts";

const FOLDER = new URL("../data/optee-4.0.0/", import.meta.url);
const files = readdirSync(FOLDER).filter((name) => name.endsWith(".trace.gz"));

function read(file: string): { text: string; trace: RecordedTrace; whole: RecordedTrace } {
  const bytes = gunzipSync(readFileSync(new URL(file, FOLDER)));
  const trace = parseRecordedTrace(bytes);
  if (!trace.ok) throw new Error(trace.error);
  // A copy has the columns and no parts.
  const whole = { ...trace.value };
  expect([trace.value.parts === undefined, whole.parts]).toEqual([false, undefined]);
  return { text: new TextDecoder().decode(bytes), trace: trace.value, whole };
}

/** The rows of a file, in words. */
function* rowsIn(text: string): Generator<string> {
  for (const line of text.split("\n")) if (/^\d/.test(line)) yield line;
}

describe.each(files)("%s", (file) => {
  const { text, trace, whole } = read(file);

  test("each row is that of the file", () => {
    const lines = rowsIn(text);
    let count = 0;
    for (const rows of rowParts(trace)) {
      expect(rows.from).toBe(count);
      for (let row = rows.from; row < rows.to; row++) {
        const at = row - rows.first;
        const { func, place } = trace.sites[rows.site[at] as number] ?? {};
        const words = [
          trace.instances[rows.instance[at] as number]?.number,
          rows.time[at],
          String.fromCharCode(rows.op[at] as number),
          rows.pointer[at]?.toString(16),
          rows.size[at],
          rows.arg[at],
          rows.result[at]?.toString(16),
          rows.allocated[at],
          trace.threads[rows.thread[at] as number],
          func,
          place,
        ].join("\t");
        const line = lines.next().value;
        if (words !== line) expect(words).toBe(line);
        count++;
      }
    }
    expect([count, lines.next().done]).toEqual([trace.length, true]);
  });

  test("a number of a block is that of the live block at the address", () => {
    const live = new Map<number, number>();
    for (const rows of rowParts(trace)) {
      for (let at = rows.from - rows.first; at < rows.to - rows.first; at++) {
        const [ends, makes] = [rows.ends[at] as number, rows.makes[at] as number];
        // A realloc that fails leaves its block.
        if (ends >= 0) {
          if (live.get(ends) !== rows.pointer[at]) expect(live.get(ends)).toBe(rows.pointer[at]);
          if (makes >= 0 || rows.op[at] === 70 || rows.op[at] === 87) live.delete(ends);
        }
        if (makes < 0) continue;
        if (live.has(makes)) expect(live.has(makes)).toBe(false);
        live.set(makes, rows.result[at] as number);
      }
    }
    const { ended } = blockTable(trace);
    expect(live.size).toBe(ended.filter((row) => row < 0).length);
  });

  test("what is asked of it is the same for whole columns", () => {
    const range = { from: 0, to: trace.length };
    expect(heapReport(trace, { range })).toEqual(heapReport(whole, { range }));
    const middle = { from: Math.floor(trace.length / 3), to: Math.floor(trace.length / 2) + 1 };
    expect(heapReport(trace, { range: middle })).toEqual(heapReport(whole, { range: middle }));
    expect(leftByInstances(trace)).toEqual(leftByInstances(whole));
    expect(leftTogether(trace)).toEqual(leftTogether(whole));
    const moments = [{ row: 0, name: "" }, { row: middle.to, name: "" }, ...endsOfMarks(trace)];
    expect(snapshotsOfTrace(trace, moments)).toEqual(snapshotsOfTrace(whole, moments));
    expect(totalPeak([trace])).toEqual(totalPeak([whole]));
    expect(statsAt(trace, 0, Number.POSITIVE_INFINITY)).toEqual(statsAt(whole, 0, Number.POSITIVE_INFINITY));
    const figures = (one: RecordedTrace) =>
      measuresOf(recordingOfTrace(one, file)).map((m) => [m.pool, m.peak(), m.failures(), m.left(), m.fragmentation()]);
    expect(figures(trace)).toEqual(figures(whole));
  });

  test("the live blocks of a moment are those of the table of all blocks", () => {
    const table = blockTable(whole);
    const rows = [1, trace.length >> 1, trace.length];
    const live = followBlocks(trace);
    for (const row of rows) {
      live.advance(row);
      const found: string[] = [];
      for (const [block, made] of live.made.entries())
        if (made >= 0) found.push([made, live.bytes[block], live.site[block], live.size[block]].join());
      const expected: string[] = [];
      for (const [block, made] of table.made.entries()) {
        const end = table.ended[block] as number;
        if (made < row && (end < 0 || end >= row))
          expected.push([made, table.bytes[block], whole.site[made], whole.size[made]].join());
      }
      expect(found.sort()).toEqual(expected.sort());
    }
  });
});
