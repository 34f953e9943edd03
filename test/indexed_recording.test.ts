// What an indexed recording gives is what the whole recording in memory has.
import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { followBlocks } from "../src/analyze/live_blocks.ts";
import { importRecording, joinRecordings } from "../src/recording/import_recording.ts";
import type { IndexedRecording } from "../src/recording/indexed/indexed_recording.ts";
import { openIndexed } from "../src/recording/indexed/open_indexed.ts";
import { bytesInMemory } from "../src/recording/indexed/range_bytes.ts";
import type { Recording } from "../src/recording/recording.ts";
import { bytesOf, recordings } from "./support/recordings.ts";

const FOLDER = "data/optee-4.0.0/";

async function recorded(names: readonly string[]): Promise<Recording> {
  const parts: Recording[] = [];
  for (const name of names) {
    const read = await importRecording(gunzipSync(readFileSync(FOLDER + name)), name);
    if (!read.ok) throw new Error(read.error);
    parts.push(read.value);
  }
  const joined = joinRecordings(parts);
  if (!joined.ok) throw new Error(joined.error);
  return joined.value;
}

async function open(bytes: Uint8Array): Promise<IndexedRecording> {
  const opened = await openIndexed(bytesInMemory(bytes));
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}

/** Rows as a reader of all has them: by heap and life, one text each. */
function expectedRows({ traces, samples }: Recording): Map<string, string[]> {
  const rows = new Map<string, string[]>();
  const add = (heap: string, row: unknown[]): void => {
    rows.set(heap, [...(rows.get(heap) ?? []), row.join(" ")]);
  };
  for (const trace of traces)
    for (let row = 0; row < trace.length; row++) {
      const { number = 0 } = trace.instances[trace.instance[row] as number] ?? {};
      const { func = "", place = "" } = trace.sites[trace.site[row] as number] ?? {};
      const numbers = [trace.time, trace.op, trace.pointer, trace.size, trace.arg, trace.result, trace.allocated];
      const caller = [func, place, trace.threads[trace.thread[row] as number]];
      add(`events ${trace.context} ${number}`, [...numbers.map((column) => column[row]), ...caller]);
    }
  for (const { heap, time, stats } of samples) add(`samples ${heap} 0`, [time, stats.size, stats.allocated]);
  return rows;
}

async function foundRows(recording: IndexedRecording): Promise<Map<string, string[]>> {
  const rows = new Map<string, string[]>();
  for await (const part of recording.rows({ from: 0, to: Number.POSITIVE_INFINITY }))
    for (let at = 0; at < part.length; at++) {
      const heap = recording.heaps[part.heap[at] as number];
      const name = `${heap?.kind} ${heap?.name} ${heap?.instance}`;
      const list = rows.get(name) ?? [];
      rows.set(name, list);
      expect(part.row[at]).toBe(list.length);
      const { func = "", place = "" } = recording.sites[part.site[at] as number] ?? {};
      const numbers = [part.time, part.op, part.pointer, part.size, part.arg, part.result, part.allocated];
      const caller = [func, place, recording.threads[part.thread[at] as number]];
      const row =
        heap?.kind === "samples"
          ? [part.time[at], part.size[at], part.allocated[at]]
          : [...numbers.map((column) => column[at]), ...caller];
      list.push(row.join(" "));
    }
  return rows;
}

test("the rows of any recording are those that were written", async () => {
  await fc.assert(
    fc.asyncProperty(recordings, fc.integer({ min: 1, max: 60 }), async (recording, batchRows) => {
      const opened = await open(await bytesOf(recording, batchRows));
      expect(await foundRows(opened)).toEqual(expectedRows(recording));
      expect(opened.cut).toBe("");
      const { origin, version } = opened;
      expect({ origin, version }).toEqual({ origin: recording.origin, version: recording.version });
    }),
    { numRuns: 100 },
  );
});

test("a recording that was cut off is read up to there, and says so", async () => {
  const [recording] = fc.sample(recordings, { numRuns: 1, seed: 4 }) as [Recording];
  const bytes = await bytesOf(recording, 5);
  const opened = await open(bytes.subarray(0, bytes.length - 8));
  expect(opened.cut).toMatch(/truncated/);
  expect(await foundRows(opened)).toEqual(expectedRows(recording));
});

test("a recording with one wrong byte is refused, or gives the same", async () => {
  const recording = fc.sample(recordings, { numRuns: 50, seed: 3 }).find(({ traces }) => traces.length === 2);
  if (recording === undefined) throw new Error("no such recording");
  const bytes = await bytesOf(recording, 12);
  const rows = expectedRows(recording);
  for (let at = 0; at < bytes.length; at += 7) {
    const damaged = Uint8Array.from(bytes);
    damaged[at] = (damaged[at] as number) ^ (1 << (at % 8));
    const opened = await openIndexed(bytesInMemory(damaged));
    if (!opened.ok) expect(opened.error).toMatch(/^[^\n]{10,300}$/);
    else if (opened.value.cut === "") expect(await foundRows(opened.value)).toEqual(rows);
  }
});

describe("the recorded run of OP-TEE 4.0.0", async () => {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith(".trace.gz") && !name.startsWith("core"));
  const recording = await recorded(names);
  const opened = await open(await bytesOf(recording, 1000));

  test("has its heaps, with their pools and peaks", () => {
    const lives = recording.traces.flatMap(({ context, instances }) => instances.map((one) => ({ context, ...one })));
    expect(opened.heaps.map(({ name, instance }) => [name, instance])).toEqual(
      lives.map(({ context, number }) => [context, number]),
    );
    for (const { name, instance, pools, peak, rows } of opened.heaps) {
      const trace = recording.traces.find(({ context }) => context === name);
      const index = trace?.instances.findIndex(({ number }) => number === instance) ?? -1;
      if (trace === undefined) throw new Error(name);
      const own = [...trace.allocated].filter((_, row) => trace.instance[row] === index);
      expect(rows).toBe(own.length);
      expect(peak.allocated).toBe(Math.max(...own));
      expect(peak.row).toBe(own.indexOf(Math.max(...own)));
      expect(pools.map(({ address, length }) => [address, length])).toEqual(
        trace.instances[index]?.pools.map(({ address, length }) => [address, length]),
      );
    }
  });

  test("has the live blocks of any moment", async () => {
    for (const heap of opened.heaps.filter((_, n) => n % 7 === 0)) {
      const trace = recording.traces.find(({ context }) => context === heap.name);
      if (trace === undefined) throw new Error(heap.name);
      const index = trace.instances.findIndex(({ number }) => number === heap.instance);
      for (const part of [-0.1, 0, 0.3, 0.6, 0.99, 1, 2]) {
        const time = Math.round(heap.from + part * (heap.to - heap.from));
        const after = [...trace.time].findIndex((at, row) => trace.instance[row] === index && at > time);
        const live = followBlocks(trace);
        live.advance(after < 0 ? trace.length : after);
        const expected = [...live.made].flatMap((made, block) =>
          made < 0 || live.instance[block] !== index
            ? []
            : [`${trace.result[made]} ${live.size[block]} ${live.bytes[block]} ${trace.time[made]}`],
        );
        const found = await opened.liveAt(heap.key, time);
        expect(found.map((one) => `${one.address} ${one.size} ${one.taken} ${one.time}`).sort()).toEqual(
          expected.sort(),
        );
      }
    }
  });

  test("has the least, greatest and last bytes of every part of any range", async () => {
    for (const heap of opened.heaps.filter((_, n) => n % 11 === 0)) {
      const trace = recording.traces.find(({ context }) => context === heap.name);
      if (trace === undefined) throw new Error(heap.name);
      const index = trace.instances.findIndex(({ number }) => number === heap.instance);
      const [from, to] = [heap.from - 10, heap.to + 1];
      const { least, greatest, last, width, blur } = await opened.timeline(heap.key, from, to, 50);
      expect(blur).toBe(0);
      let before = Number.NaN;
      for (let part = 0; part < 50; part++) {
        const own = [...trace.allocated].filter((_, row) => {
          const at = Math.min(49, Math.floor(((trace.time[row] as number) - from) / width));
          return trace.instance[row] === index && at === part;
        });
        expect([least[part], greatest[part]]).toEqual(
          own.length === 0 ? [before, before] : [Math.min(...own), Math.max(...own)],
        );
        before = own.at(-1) ?? before;
        expect(last[part]).toBe(before);
      }
    }
  });
});
