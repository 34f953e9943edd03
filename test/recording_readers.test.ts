// Reads recordings with Polars, and checks docs/recording.md.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import pl from "nodejs-polars";
import { describe, expect, test } from "vitest";
import { importRecording } from "../src/recording/import_recording.ts";
import type { Recording } from "../src/recording/recording.ts";
import { COLUMN_KINDS, OPS } from "../src/recording/schema.ts";
import { bytesOf } from "./support/recordings.ts";

/** The loader's heap of the reference, and some samples. */
async function reference(): Promise<Recording> {
  const path = new URL("../data/optee-4.0.0/ldelf.trace.gz", import.meta.url);
  const read = await importRecording(gunzipSync(readFileSync(path)), "ldelf.trace");
  if (!read.ok) throw new Error(read.error);
  const stats = { allocated: 1, maxAllocated: 2, size: 3, failures: 4, biggestFailure: 5, biggestFailureUsed: 6 };
  const samples = [
    { time: 10, heap: "Heap", stats },
    { time: 20, heap: "Heap", stats: { ...stats, free2Sum: 2n ** 63n } },
  ];
  return { ...read.value, samples };
}

describe("Polars, which is not ours, opens a recording as it is", () => {
  // Small batches, so that texts come to the dictionaries in the middle of the stream.
  test.each([65536, 100])("in batches of %i rows", async (batchRows) => {
    const recording = await reference();
    const [trace] = recording.traces;
    if (trace === undefined) throw new Error("no trace");
    const table = pl.readIPCStream(Buffer.from(await bytesOf(recording, batchRows)));
    expect(table.columns).toEqual(Object.keys(COLUMN_KINDS));
    expect(table.height).toBe(trace.length + trace.marks.length + 2);
    const events = table.filter(pl.col("op").cast(pl.Utf8).isIn(OPS.slice(0, 7)));
    for (const name of ["time", "pointer", "size", "arg", "result", "allocated"] as const)
      expect(events.getColumn(name).toArray().map(Number), name).toEqual(Array.from(trace[name]));
    const places = events.getColumn("place").cast(pl.Utf8).toArray();
    expect(places).toEqual(Array.from(trace.site, (site) => trace.sites[site]?.place));
    const threads = events.getColumn("thread").cast(pl.Utf8).toArray();
    expect(threads).toEqual(Array.from(trace.thread, (thread) => trace.threads[thread]));
  });

  test("with samples, and nothing where other rows have no counters", async () => {
    const table = pl.readIPCStream(Buffer.from(await bytesOf(await reference())));
    const samples = table.filter(pl.col("op").cast(pl.Utf8).eq(pl.lit("sample")));
    expect(samples.getColumn("max_allocated").toArray().map(Number)).toEqual([2, 2]);
    expect(samples.getColumn("free2_sum").toArray().map(String)).toEqual(["null", String(2n ** 63n)]);
    expect(table.getColumn("failures").nullCount()).toBe(table.height - 2);
  });
});

test("docs/recording.md tells of every column and every operation, and of no others", () => {
  const page = readFileSync(new URL("../docs/recording.md", import.meta.url), "utf8");
  const rows = [...page.matchAll(/^\| `(\w+)` \| (dictionary|uint32|uint64)/gm)].map(([, name, type]) => [name, type]);
  const types = { text: "dictionary", u32: "uint32", u64: "uint64", counter: "uint64" };
  expect(rows).toEqual(Object.entries(COLUMN_KINDS).map(([name, kind]) => [name, types[kind]]));
  const ops = [...page.matchAll(/^\| `(\w+)` \| (?!dictionary|uint)/gm)].map(([, name]) => name);
  expect(ops).toEqual([...OPS]);
});
