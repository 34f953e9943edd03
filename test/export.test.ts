// Reads our exports with third-party tools.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import { buildModel } from "@tracerbench/trace-model";
import pl from "nodejs-polars";
import { afterAll, describe, expect, test } from "vitest";
import { totalPeak } from "../src/analyze/budget/total_peak.ts";
import { followBlocks } from "../src/analyze/live_blocks.ts";
import { isRefused } from "../src/analyze/refused.ts";
import { churnReport } from "../src/analyze/report/churn.ts";
import { peakReport, peakRow } from "../src/analyze/report/peak.ts";
import { rowRange } from "../src/analyze/row_range.ts";
import { readRecordings } from "../src/cli/inputs/read_recording.ts";
import { teemem } from "../src/cli/main.ts";
import { EVENT_COLUMNS } from "../src/export/csv.ts";
import { FORMATS } from "../src/export/formats.ts";
import type { Recording } from "../src/recording/recording.ts";
import { parseRecordedTrace } from "../src/replay/recorded_trace.ts";
import type { RecordedTrace } from "../src/replay/trace_columns.ts";
import { runHere } from "./run_here.ts";
import { needFile } from "./support/needs.ts";
import { heaptrackPeer, massifPeer, pprofPeer, pythonPeer } from "./support/peer.ts";

const DATA = "data/optee-4.0.0";
const CORE = `${DATA}/core.trace.gz`;
/** A TA with 34 instances, one after the other. */
const MANY = `${DATA}/ta-5b9e0e40-2636-11e1-ad9e-0002a5d5c51b.trace.gz`;
const STAYS = `${DATA}/ta-fd02c9da-306c-48c7-a49c-bbd827ae86ee.trace.gz`;
const ALL = [CORE, MANY, STAYS, `${DATA}/ldelf.trace.gz`];
const folder = mkdtempSync(join(tmpdir(), "teemem-export-"));
afterAll(() => rmSync(folder, { recursive: true }));

function traceOf(path: string): RecordedTrace {
  const trace = parseRecordedTrace(gunzipSync(readFileSync(path)));
  if (!trace.ok) throw new Error(trace.error);
  return trace.value;
}

const core = traceOf(CORE);
const everything = { from: 0, to: core.length };
const top = peakRow(core, everything) ?? 0;
const live = followBlocks(core);
live.advance(top + 1);
const peak = peakReport(core, live, top, null);

/** Exports into a file and returns its path. */
async function exported(name: string, ...words: string[]): Promise<string> {
  const path = join(folder, name);
  const { outcome, err, out } = await runHere("export", "--force", "-o", path, ...words);
  // What was read of a text is said there.
  expect([outcome, err.replace(/^.*: \d.* in .* samples?\n\n$/, ""), out]).toEqual([{ ok: true, value: 0 }, "", ""]);
  return path;
}

const most = (values: Iterable<number>): number => [...values].reduce((a, b) => Math.max(a, b), 0);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe("pprof, read by go tool pprof", () => {
  /** Values of every sample, in the order of the sample types. */
  const samplesIn = (raw: string): number[][] =>
    [...raw.matchAll(/^ +(\d+) +(\d+) +(\d+) +(\d+): /gm)].map(([, ...values]) => values.map(Number));

  test("has our totals and our peak", async (context) => {
    const path = await exported("core.pb.gz", "-f", "pprof", CORE);
    const raw = pprofPeer.run(context, "-raw", path);
    expect(raw).toContain("alloc_objects/count alloc_space/bytes inuse_objects/count inuse_space/bytes[dflt]\n");
    expect(raw).toContain("; OP-TEE 4.0.0\nComment: in use: at the peak\n");
    const { allocations, reallocs, bytes } = churnReport(core, everything);
    const totals = [0, 1, 2, 3].map((n) => sum(samplesIn(raw).map((values) => values[n] as number)));
    expect(totals).toEqual([allocations + reallocs, bytes, sum(peak.bySite.map(({ blocks }) => blocks)), peak.bytes]);
    expect(peak.bytes).toBe(56_112);
  });

  test("has our top site, under the test that made it", async (context) => {
    const path = await exported("core.pb.gz", "-f", "pprof", CORE);
    const [top] = peak.bySite;
    const lines = pprofPeer.run(context, "-top", "-lines", "-nodecount=1", "-unit=B", path);
    expect(lines.replace(/ +/g, " ")).toContain(`${top?.bytes}B 42.17% 42.17%`);
    expect(lines).toContain(` ltc_ecb_alloc_ctx ${top?.site}`);
    const traces = pprofPeer.run(context, "-traces", "-unit=B", path);
    expect(traces.replace(/ +/g, " ")).toMatch(/\d+B ltc_ecb_alloc_ctx\n pkcs11-1007\n heap core\n/);
    const focus = pprofPeer.run(context, "-top", "-unit=B", "-tagfocus=mark:pkcs11-1007", path);
    const made = peak.byMark.find(({ site }) => site === "pkcs11-1007")?.bytes;
    expect(focus).toContain(`${made}B 63.44%  pkcs11-1007\n`);
  });

  test("shows with --at end what was never freed, and with --mark one test", async (context) => {
    const end = pprofPeer.run(context, "-raw", await exported("end.pb.gz", "-f", "pprof", "--at", "end", CORE));
    expect(sum(samplesIn(end).map((values) => values[3] as number))).toBe(core.allocated[core.length - 1]);
    const mark = "regression-1013";
    const range = rowRange(core, mark);
    if (!range.ok) throw new Error(range.error);
    const one = pprofPeer.run(context, "-raw", await exported("one.pb.gz", "-f", "pprof", "--mark", mark, CORE));
    const values = samplesIn(one);
    expect(sum(values.map((all) => all[1] as number))).toBe(churnReport(core, range.value).bytes);
    const row = peakRow(core, range.value) ?? 0;
    expect(sum(values.map((all) => all[3] as number))).toBe(core.allocated[row]);
  });

  test("has several heaps at the peak of all together, and a short header", async (context) => {
    const path = await exported("all.pb.gz", "-f", "pprof", ...ALL);
    const raw = pprofPeer.run(context, "-raw", path);
    const { bytes } = totalPeak(ALL.map(traceOf));
    expect(bytes).toBeLessThan(sum(ALL.map(traceOf).map((trace) => most(trace.allocated))));
    expect(sum(samplesIn(raw).map((values) => values[3] as number))).toBe(bytes);
    expect(raw).toContain(
      "Comment: teemem: 4 files; OP-TEE 4.0.0\nComment: in use: at the peak of all heaps together\n",
    );
    expect(pprofPeer.run(context, "-top", path)).toMatch(/^File: 4 heaps\n/);
    expect(pprofPeer.run(context, "-tags", "-sample_index=alloc_space", "-unit=B", path)).toContain("ldelf");
  });
});

describe("heaptrack, read by heaptrack_print", () => {
  /** Exact sums by stack: its report rounds. */
  const costs = (context: Parameters<typeof heaptrackPeer.run>[0], path: string, cost: string): [string, number][] => {
    const into = join(folder, "stacks.txt");
    heaptrackPeer.run(context, path, "-p0", "-a0", "-T0", `--flamegraph-cost-type=${cost}`, "-F", into);
    const lines = readFileSync(into, "utf8").trim().split("\n");
    return lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.split(" ").at(-1))]);
  };

  const total = (...args: Parameters<typeof costs>): number => sum(costs(...args).map(([, bytes]) => bytes));

  test("has our allocations, peak and what is left", async (context) => {
    const path = await exported("core.heaptrack.gz", "-f", "heaptrack", CORE);
    const report = heaptrackPeer.run(context, path, "-l1", "-a0", "-T0");
    expect(report).toContain(`calls to allocation functions: ${core.blocks} (`);
    expect(report).toContain("peak heap memory consumption: 56.11K\n");
    expect(report).toContain("total memory leaked: 20.51K\n");
    // The pool: 68,640 bytes.
    expect(report).toContain("peak RSS (including heaptrack overhead): 68.64K\n");
    expect(report).toContain("ltc_ecb_alloc_ctx\n  at core/lib/libtomcrypt/ecb.c:109\n  in core\n");
    const atPeak = costs(context, path, "peak");
    expect(sum(atPeak.map(([, bytes]) => bytes))).toBe(peak.bytes);
    const [top] = [...atPeak].sort(([, a], [, b]) => b - a);
    expect(top).toEqual(["heap core;pkcs11-1007;ltc_ecb_alloc_ctx (ecb.c);", 22848]);
    expect(total(context, path, "leaked")).toBe(core.allocated[core.length - 1]);
  });

  test("lets what an instance holds go with it, and adds heaps up over time", async (context) => {
    const many = traceOf(MANY);
    const one = await exported("many.gz", "-f", "heaptrack", MANY);
    expect(total(context, one, "peak")).toBe(totalPeak([many]).bytes);
    expect(heaptrackPeer.run(context, one)).toContain("total memory leaked: 0B");
    const all = await exported("all.gz", "-f", "heaptrack", ...ALL);
    const { bytes } = totalPeak(ALL.map(traceOf));
    expect(bytes).toBeGreaterThan(peak.bytes);
    expect(total(context, all, "peak")).toBe(bytes);
  });

  test("begins a test with what was there", async (context) => {
    const path = await exported("mark", "-f", "heaptrack", "--mark", "regression-1013", CORE);
    const range = rowRange(core, "regression-1013");
    if (!range.ok) throw new Error(range.error);
    expect(readFileSync(path, "utf8")).toMatch(/^v 10000 1\nX teemem /);
    expect(total(context, path, "peak")).toBe(core.allocated[peakRow(core, range.value) ?? 0]);
    expect(total(context, path, "leaked")).toBe(core.allocated[range.value.to - 1]);
  });
});

describe("massif, read by ms_print", () => {
  test("has our peak, who held it, and the end", async (context) => {
    const path = await exported("core.massif", "-f", "massif", CORE);
    const report = massifPeer.run(context, "--threshold=0", path);
    const rows = [...report.matchAll(/^ +(\d+) +([\d,]+) +([\d,]+) +([\d,]+) +0 +0$/gm)];
    const totals = rows.map((row) => Number(row[3]?.replaceAll(",", "")));
    expect(Math.max(...totals)).toBe(peak.bytes);
    expect(totals.at(-1)).toBe(core.allocated[core.length - 1]);
    expect(totals.length).toBeGreaterThan(50);
    expect(report).toMatch(/Detailed snapshots: \[0, 1, 2, .*\(peak\)/);
    expect(report).toContain(
      "42.17% (23,664B) ltc_ecb_alloc_ctx (core/lib/libtomcrypt/ecb.c:109)\n| ->40.72% (22,848B) pkcs11-1007\n| | ->40.72% (22,848B) heap core\n",
    );
  });

  test("adds heaps up over time", async (context) => {
    const report = massifPeer.run(context, await exported("all.massif", "-f", "massif", ...ALL));
    const { bytes } = totalPeak(ALL.map(traceOf));
    expect(report).toContain(` ${bytes.toLocaleString("en")} `);
  });
});

describe("perfetto, read by @tracerbench/trace-model", () => {
  const eventsIn = (path: string) => JSON.parse(readFileSync(path, "utf8")).traceEvents;

  test("has the line of the heap thinned, all tests and all failed requests", async () => {
    const model = buildModel(eventsIn(await exported("core.json", "-f", "perfetto", CORE)));
    expect(model.processes.map(({ name }) => name)).toEqual(["core"]);
    const events = model.processes[0]?.events ?? [];
    const counts = events.filter((event) => event.isCounter() && event.name === "allocated");
    const values = counts.map(({ args }) => Number(args.bytes));
    // Of each of 20,000 slices of time, at most the least, the most and the last.
    expect(counts.length).toBeGreaterThan(20_000);
    expect(counts.length).toBeLessThan(60_000);
    const held = new Map<number, Set<number>>();
    for (const [row, time] of core.time.entries())
      held.set(time, (held.get(time) ?? new Set()).add(core.allocated[row] as number));
    for (const [n, { start }] of counts.entries()) expect(held.get(start)).toContain(values[n]);
    expect(values.at(-1)).toBe(core.allocated[core.length - 1]);
    expect(most(values)).toBe(peak.bytes);
    const refused = events.filter(({ ph }) => String(ph) === "i");
    const rows = [...core.op.keys()].filter((row) => isRefused(core, row));
    expect(refused.map(({ args }) => args.size)).toEqual(rows.map((row) => core.size[row]));
    expect(refused.map(({ name }) => name)).toContain("failed: 800 bytes");
    const [track] = model.processes[0]?.threads ?? [];
    expect(track?.name).toBe("tests and commands");
    const slices = track?.events.filter((event) => event.isComplete()) ?? [];
    expect(slices.map(({ name }) => name)).toEqual(core.marks.map(({ name }) => name));
  });

  test("has entries into TAs, and sampled counters", async () => {
    const run = join(folder, "run.arrows");
    await runHere("record", "-o", run, "--", "run", "acipher", "512", "hello");
    const model = buildModel(eventsIn(await exported("run.json", "-f", "perfetto", run)));
    const ta = model.processes.find(({ name }) => name === "ta-a734eed9-d6a1-4244-aa50-7c99719e7b7b");
    const entries = ta?.threads.flatMap(({ events }) => events.filter((event) => event.isComplete())) ?? [];
    expect(entries.map(({ name }) => name)).toEqual(["create", "open", "invoke 1", "invoke 1", "close", "destroy"]);
    for (const [n, entry] of entries.slice(1).entries())
      expect(entry.start).toBeGreaterThanOrEqual(entries[n]?.end ?? 0);
    expect(model.processes.map(({ name }) => name)).toContain("Heap (sampled)");
  });

  test("has every count of a short run", async () => {
    const path = await exported("mark.json", "-f", "perfetto", "--mark", "pkcs11-1007", CORE);
    const range = rowRange(core, "pkcs11-1007");
    if (!range.ok) throw new Error(range.error);
    const { from, to } = range.value;
    const counts = eventsIn(path).filter(
      ({ ph, name }: { ph: string; name: string }) => ph === "C" && name === "allocated",
    );
    const changes = core.allocated
      .subarray(from, to)
      .reduce((n, value, row) => n + (value === core.allocated[from + row - 1] ? 0 : 1), 0);
    expect(counts.length - changes).toBe(1);
  });

  test("lets the pool of an instance go with it", async () => {
    const model = buildModel(eventsIn(await exported("many.json", "-f", "perfetto", MANY)));
    const pools = model.processes[0]?.events
      .filter(({ name }) => name === "pool")
      .map(({ args }) => Number(args.bytes));
    expect(pools?.length).toBe(2 * 34);
    expect(pools?.at(-1)).toBe(0);
    expect(Math.min(...(pools ?? []))).toBe(0);
  });
});

const READ_CSV = `import csv, json, sys
rows = list(csv.reader(open(sys.argv[1], newline="")))
print(json.dumps({"head": rows[0], "rows": len(rows) - 1, "widths": sorted({len(r) for r in rows}), "last": rows[-1],
  "peak": max(int(r[8]) for r in rows[1:]), "made": sum(int(r[10]) for r in rows[1:] if r[7])}))`;
const READ_JSON = `import json, sys
d = json.load(open(sys.argv[1]))
print(json.dumps({"keys": list(d), "heaps": [[h["heap"], len(h["events"]), max(e["allocated"] for e in h["events"])]
  for h in d["heaps"]], "site": d["heaps"][0]["sites"][d["heaps"][0]["events"][2]["site"]], "third": d["heaps"][0]["events"][2]}))`;

describe("csv and json, read by Python", () => {
  test("csv has a row for each operation", async (context) => {
    const told = JSON.parse(pythonPeer.run(context, "-c", READ_CSV, await exported("core.csv", "-f", "csv", CORE)));
    expect(told).toMatchObject({ rows: core.length, widths: [16], peak: peak.bytes });
    expect(told.head.slice(0, 4)).toEqual(["time_us", "heap", "instance", "op"]);
    const { bytes } = churnReport(core, everything);
    expect(told.made).toBe(bytes);
    expect(told.last.slice(-4)).toEqual(["stats-ta-3", expect.any(String), expect.stringMatching(/:\d+$/), ""]);
  });

  test("csv merges heaps by time and quotes what needs it", async (context) => {
    const path = join(folder, "odd.trace");
    const text = gunzipSync(readFileSync(MANY)).toString().replaceAll("mempool_alloc_pool", 'a "b", c');
    writeFileSync(path, text);
    const csv = await exported("odd.csv", "-f", "csv", CORE, path);
    const script = `import csv, json, sys
rows = list(csv.DictReader(open(sys.argv[1], newline="")))
times = [int(r["time_us"]) for r in rows]
print(json.dumps([len(rows), times == sorted(times), 'a "b", c' in {r["func"] for r in rows}]))`;
    const many = traceOf(MANY);
    expect(JSON.parse(pythonPeer.run(context, "-c", script, csv))).toEqual([core.length + many.length, true, true]);
    expect(readFileSync(csv, "utf8")).toMatch(/^time_us,.*,place,stack\r\n/);
  });

  test("json has everything, heap by heap", async (context) => {
    const path = await exported("two.json", "-f", "json", CORE, MANY);
    const told = JSON.parse(pythonPeer.run(context, "-c", READ_JSON, path));
    expect(told.keys).toEqual(["format", "version", "recording", "optee", "mark", "heaps", "entries", "samples"]);
    const many = traceOf(MANY);
    expect(told.heaps).toEqual([
      ["core", core.length, peak.bytes],
      [many.context, many.length, most(many.allocated)],
    ]);
    expect(told.third).toMatchObject({ row: 2, op: "calloc", size: 32, result: 0xe1d5fb0, allocated: 80, bytes: 48 });
    expect(told.site).toEqual({ func: "get_nsec_memory", place: "core/arch/arm/kernel/boot.c:899" });
  });

  test("counters alone go into csv with --samples, json and perfetto", async (context) => {
    const log = "test/fixtures/xtest/4.0.0/34-after-alloc.out";
    const { outcome } = await runHere("export", "-f", "csv", log);
    expect(outcome).toMatchObject({ ok: false, error: expect.stringContaining("csv and parquet with --samples") });
    const read = await readRecordings([log], { input: (async function* () {})() });
    const samples = (read as { value: Recording }).value.samples;
    const csv = readFileSync(await exported("samples.csv", "-f", "csv", "--samples", log), "utf8");
    expect(csv.split("\r\n").length).toBe(samples.length + 2);
    const script = "import json, sys; print(len(json.load(open(sys.argv[1]))['samples']))";
    const json = await exported("samples.json", "-f", "json", log);
    expect(pythonPeer.run(context, "-c", script, json)).toBe(`${samples.length}\n`);
  });
});

describe("parquet, read by Polars", () => {
  test("has the table of csv, with types", async () => {
    const table = pl.readParquet(await exported("two.parquet", "-f", "parquet", CORE, MANY));
    expect(table.columns).toEqual([...EVENT_COLUMNS]);
    const types = Object.fromEntries(
      table.columns.map((name) => [name, String(table.getColumn(name).dtype).replace(/^.*\(|\)$/g, "")]),
    );
    expect(types).toMatchObject({
      time_us: "Int64",
      heap: "String",
      size: "UInt64",
      allocated: "Int64",
      func: "String",
    });
    const csv = pl.readCSV(await exported("two.csv", "-f", "csv", CORE, MANY), { inferSchemaLength: 0 });
    expect(table.height).toBe(csv.height);
    for (const name of EVENT_COLUMNS) {
      const [own, text] = [table.getColumn(name).toArray(), csv.getColumn(name).toArray()];
      for (const [row, value] of own.entries()) {
        const read = text[row] === null || text[row] === "" ? null : text[row];
        const same =
          value === null
            ? null
            : name === "pointer" || name === "result"
              ? `0x${BigInt(value).toString(16)}`
              : String(value);
        if (same !== read) throw new Error(`${name} ${row}: ${value} is not ${read}`);
      }
    }
  });

  test("has counters with --samples", async () => {
    const run = join(folder, "counters.arrows");
    await runHere("record", "-o", run, "--", "run", "acipher", "512", "hello");
    const table = pl.readParquet(await exported("counters.parquet", "-f", "parquet", "--samples", run));
    expect(table.columns.slice(0, 3)).toEqual(["time_us", "heap", "allocated"]);
    expect(table.getColumn("heap").toArray()).toContain("Heap");
    expect(table.height).toBeGreaterThan(0);
  });
});

test("docs/export.md has every format and column", () => {
  const page = readFileSync("docs/export.md", "utf8");
  for (const { name } of FORMATS) expect(page).toContain(`| \`${name}\` |`);
  for (const column of EVENT_COLUMNS) expect(page).toContain(`\`${column}\``);
});

describe("teemem export", () => {
  test.each([
    [["-f", "svg", CORE], /'svg' is invalid/],
    [[CORE], /required option '-f, --format <format>' not specified/],
    [["-f", "csv", "--heap", "cor", CORE], /no heap 'cor' in this recording; did you mean core\?/],
    [["-f", "csv", "--mark", "regression-101", CORE], /no mark 'regression-101' in .*; did you mean /],
    [["-f", "json", "--samples", CORE], /--samples goes with --format csv or parquet/],
    [["-f", "csv", "--samples", CORE], /it has no samples of counters; leave out --samples/],
    [["-f", "csv", "/nosuch"], /no such file/],
    [["-f", "csv", "-o", "/nosuch/x.csv", MANY], /\/nosuch\/x\.csv: no such folder/],
  ])("%j is refused", async (words, expected) => {
    const { outcome, out } = await runHere("export", ...words);
    expect(outcome).toMatchObject({ ok: false, error: expect.stringMatching(expected) });
    expect(out).toBe("");
  });

  test("writes over nothing, and no binary to a terminal", async () => {
    const path = join(folder, "there");
    writeFileSync(path, "precious");
    const { outcome } = await runHere("export", "-f", "csv", "-o", path, MANY);
    expect(outcome).toMatchObject({ ok: false, error: expect.stringContaining("pass --force") });
    expect(readFileSync(path, "utf8")).toBe("precious");
    const written: string[] = [];
    const terminal = {
      isTerminal: true,
      colours: false,
      width: 80,
      waiting: 0,
      gone: new AbortController().signal,
      write: (text: string) => void written.push(text),
      writeData: (text: string) => void written.push(text),
      writeBytes: () => void written.push("bytes"),
      drain: async () => {},
      flush: async () => {},
    };
    const io = { out: terminal, err: terminal, input: (async function* () {})(), clock: () => 0 };
    for (const format of ["pprof", "heaptrack", "parquet"])
      expect(await teemem(["export", "-f", format, MANY], io)).toMatchObject({
        ok: false,
        error: expect.stringContaining("output is binary; write it to a file"),
      });
    expect(written).toEqual([]);
  });

  test("a full disk is an error", async (context) => {
    needFile(context, "/dev/full");
    for (const format of ["csv", "pprof"])
      await expect(runHere("export", "-f", format, "--force", "-o", "/dev/full", MANY)).rejects.toMatchObject({
        code: "ENOSPC",
      });
  });

  test("gzips by the name", async () => {
    const plain = readFileSync(await exported("many.csv", "-f", "csv", MANY));
    const zipped = readFileSync(await exported("many.csv.gz", "-f", "csv", MANY));
    expect(gunzipSync(zipped).equals(plain)).toBe(true);
    expect((await runHere("export", "-f", "csv", MANY)).out).toBe(plain.toString());
  });
});
