// A trace in memory as an indexed recording, for tests of what is computed from one: no file, no index, nothing kept.

import { followBlocks } from "../../src/analyze/live_blocks.ts";
import type { IndexedHeap, IndexedRecording, LiveRow, RowPart } from "../../src/recording/indexed/indexed_recording.ts";
import type { RecordedTrace } from "../../src/replay/trace_columns.ts";
import { markName } from "../../src/replay/trace_row.ts";

/** Its instances are the heaps; rows come in parts of `most`. */
export function indexedTrace(trace: RecordedTrace, most = 50): IndexedRecording {
  const rowsOf = trace.instances.map((_, n) =>
    Array.from(trace.instance.keys()).filter((r) => trace.instance[r] === n),
  );
  const heaps = trace.instances.map((_, key) => heapOf(trace, key, rowsOf[key] ?? []));
  return {
    origin: "test",
    version: trace.version,
    heaps,
    from: trace.time[0] ?? 0,
    to: trace.time[trace.length - 1] ?? 0,
    length: trace.length,
    sites: trace.sites,
    threads: trace.threads,
    marks: trace.marks.map(({ name, command, row }) => {
      const heap = trace.instance[Math.min(row, trace.length - 1)] ?? 0;
      const time = trace.time[Math.min(row, trace.length - 1)] ?? 0;
      const own = rowsOf[heap]?.filter((one) => one < row).length ?? 0;
      return { kind: "mark", time, heap, row: own, name, command, size: 0 };
    }),
    entries: [],
    findings: [],
    cut: "",
    timeline: () => Promise.reject(new Error("no timeline")),
    async *rows({ heap, from, to }, signal) {
      const wanted = Array.from(trace.time.keys()).filter((row) => {
        const time = trace.time[row] as number;
        return time >= from && time <= to && (heap === undefined || trace.instance[row] === heap);
      });
      for (let n = 0; n < wanted.length; n += most) {
        signal?.throwIfAborted();
        yield partOf(trace, rowsOf, wanted.slice(n, n + most));
      }
    },
    liveAt: async (heap, time) => liveAt(trace, rowsOf[heap] ?? [], heap, time),
    async *console() {},
  };
}

function heapOf(trace: RecordedTrace, key: number, rows: readonly number[]): IndexedHeap {
  const at = (row: number): number => trace.time[row] ?? 0;
  const peak = rows.reduce(
    (best, row) => ((trace.allocated[row] ?? 0) > (trace.allocated[best] ?? 0) ? row : best),
    rows[0] ?? 0,
  );
  const pools = trace.instances[key]?.pools ?? [];
  return {
    key,
    kind: "events",
    name: trace.context,
    instance: trace.instances[key]?.number ?? 0,
    rows: rows.length,
    from: at(rows[0] ?? 0),
    to: at(rows.at(-1) ?? 0),
    poolSize: pools.reduce((sum, { length }) => sum + length, 0),
    pools: pools.map(({ address, length, row }) => ({ address, length, time: at(row), row: rows.indexOf(row) })),
    peak: { allocated: trace.allocated[peak] ?? 0, time: at(peak), row: rows.indexOf(peak) },
    allocated: trace.allocated[rows.at(-1) ?? 0] ?? 0,
    refused: 0,
    found: 0,
    counted: 0,
    lists: false,
  };
}

function partOf(trace: RecordedTrace, rowsOf: readonly (readonly number[])[], rows: readonly number[]): RowPart {
  const column = <T extends "time" | "pointer" | "size" | "arg" | "result" | "allocated">(name: T): Float64Array =>
    Float64Array.from(rows, (row) => trace[name][row] as number);
  return {
    length: rows.length,
    position: Float64Array.from(rows),
    heap: Int32Array.from(rows, (row) => trace.instance[row] as number),
    row: Float64Array.from(rows, (row) => rowsOf[trace.instance[row] as number]?.indexOf(row) ?? -1),
    time: column("time"),
    op: Uint8Array.from(rows, (row) => trace.op[row] as number),
    pointer: column("pointer"),
    size: column("size"),
    arg: column("arg"),
    result: column("result"),
    allocated: column("allocated"),
    site: Int32Array.from(rows, (row) => trace.site[row] as number),
    thread: Int32Array.from(rows, (row) => trace.thread[row] as number),
  };
}

function liveAt(trace: RecordedTrace, rows: readonly number[], heap: number, time: number): LiveRow[] {
  const live = followBlocks(trace);
  live.advance(Array.from(trace.time).filter((one) => one <= time).length);
  const found: LiveRow[] = [];
  for (const [block, row] of live.made.entries()) {
    if (row < 0 || live.instance[block] !== heap) continue;
    found.push({
      address: trace.result[row] as number,
      size: live.size[block] as number,
      taken: live.bytes[block] as number,
      ...(trace.sites[live.site[block] as number] ?? { place: "", func: "" }),
      thread: trace.threads[trace.thread[row] as number] ?? "",
      mark: markName(trace, row),
      command: "",
      time: trace.time[row] as number,
      row: rows.indexOf(row),
      born: trace.time[live.born[block] as number] as number,
    });
  }
  return found.sort((a, b) => a.address - b.address);
}
