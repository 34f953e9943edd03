// Exports random recordings in every format.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ExportOptions } from "../src/export/format.ts";
import { FORMATS } from "../src/export/formats.ts";
import { selectRows } from "../src/export/selection.ts";
import type { Recording } from "../src/recording/recording.ts";
import { inParts } from "./support/in_parts.ts";
import { misfits, schemaOf } from "./support/json_schema.ts";
import { traceOfSteps } from "./support/random_trace.ts";
import { recordings } from "./support/recordings.ts";

const OPTIONS: ExportOptions = { at: "peak", samples: false, onRows: () => {} };

function textOf(name: string, recording: Recording, mark?: string): string {
  const selection = selectRows(recording, { heap: () => true, ...(mark === undefined ? {} : { mark }) });
  const format = FORMATS.find((one) => one.name === name);
  if (!selection.ok || format === undefined) throw new Error(name);
  return [...format.chunks(selection.value, OPTIONS)].map(String).join("");
}

test("every format takes every recording", () => {
  fc.assert(
    fc.property(recordings, (recording) => {
      for (const { name } of FORMATS) expect(textOf(name, recording)).not.toBe("");
      const json = JSON.parse(textOf("json", recording));
      expect(misfits(json, schemaOf("export"))).toEqual([]);
      const { heaps, samples, entries } = json;
      const rows = recording.traces.reduce((sum, { length }) => sum + length, 0);
      expect(heaps.flatMap(({ events }: { events: unknown[] }) => events)).toHaveLength(rows);
      expect([samples.length, entries.length]).toEqual([recording.samples.length, recording.entries.length]);
      expect(textOf("csv", recording).split("\r\n")).toHaveLength(rows + 2);
      for (const event of JSON.parse(textOf("perfetto", recording)).traceEvents)
        expect(event).toMatchObject({
          ph: expect.stringMatching(/^[CiXM]$/),
          pid: expect.any(Number),
          name: expect.any(String),
        });
    }),
    { numRuns: 60 },
  );
});

test("every format reads the rows in parts, and never a whole column", () => {
  fc.assert(
    fc.property(recordings, (recording) => {
      const packed = { ...recording, traces: recording.traces.map(inParts) };
      for (const { name } of FORMATS) expect(textOf(name, packed)).toBe(textOf(name, recording));
    }),
    { numRuns: 40 },
  );
});

/** Peak and end of heaptrack's allocations and frees. */
function costsOf(text: string): { peak: number; end: number } {
  const sizes: number[] = [];
  let [now, peak] = [0, 0];
  for (const line of text.split("\n")) {
    const [kind, first = ""] = line.split(" ");
    if (kind === "a") sizes.push(Number.parseInt(first, 16));
    if (kind === "+") now += sizes[Number.parseInt(first, 16)] as number;
    if (kind === "-") now -= sizes[Number.parseInt(first, 16)] as number;
    peak = Math.max(peak, now);
  }
  return { peak, end: now };
}

const step = fc.tuple(fc.nat(12), fc.nat(3), fc.integer({ min: 1, max: 700 }));

test("heaptrack and massif have the peak and the end of any run, and of any part of it", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 120 }), fc.nat(5), (steps, part) => {
      const trace = traceOfSteps(steps, 8192);
      const recording: Recording = { origin: "r", version: "", traces: [trace], samples: [], entries: [] };
      const n = trace.marks.findIndex(({ name }) => name === `part-${part}`);
      const [from, to] =
        n < 0 ? [0, trace.length] : [trace.marks[n]?.row ?? 0, trace.marks[n + 1]?.row ?? trace.length];
      if (from === to) return;
      const mark = n < 0 ? undefined : `part-${part}`;
      const counts = Array.from({ length: to - from }, (_, row) => trace.allocated[from + row] as number);
      const before = from === 0 ? 0 : (trace.allocated[from - 1] as number);
      const { peak, end } = costsOf(textOf("heaptrack", recording, mark));
      expect([peak, end]).toEqual([Math.max(before, ...counts), counts.at(-1)]);
      const totals = [...textOf("massif", recording, mark).matchAll(/^mem_heap_B=(\d+)$/gm)].map(([, bytes]) =>
        Number(bytes),
      );
      expect([Math.max(...totals), totals.at(-1)]).toEqual([Math.max(...counts), counts.at(-1)]);
      expect(textOf("massif", recording, mark).match(/^heap_tree=peak$/gm)).toHaveLength(1);
    }),
  );
});
