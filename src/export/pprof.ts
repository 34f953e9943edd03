// Exports a recording as a pprof profile.
import { blockTable, eachLive } from "../analyze/block_table.ts";
import { peakRow } from "../analyze/report/peak.ts";
import type { ExportFormat } from "./format.ts";
import { encodeProfile, PROFILE_TYPES } from "./pprof_profile.ts";
import { framesOf, stacksOf } from "./stacks.ts";

const NANOS = 1000;

/** pprof: one profile for all heaps, each with what it held at its own peak. Bytes with block headers. */
export const pprof: ExportFormat = {
  name: "pprof",
  summary: "go tool pprof, speedscope: call sites, in all and at the peak",
  gzip: "always",
  takesSamples: false,
  *chunks({ recording, heaps, first, last }, { at, onRows }) {
    const tables = heaps.map(({ trace }) => blockTable(trace));
    const { list, ofBlock } = stacksOf(heaps, tables);
    const values = new Float64Array(list.length * PROFILE_TYPES.length);
    let rows = 0;
    for (const [heap, { trace, range }] of heaps.entries()) {
      const { bytes, made, ended } = tables[heap] as (typeof tables)[number];
      const ids = ofBlock[heap] as Int32Array;
      const count = (block: number, offset: number): void => {
        const id = (ids[block] as number) * PROFILE_TYPES.length + offset;
        values[id] = (values[id] as number) + 1;
        values[id + 1] = (values[id + 1] as number) + (bytes[block] as number);
      };
      const peak = at === "peak" ? peakRow(trace, range) : undefined;
      for (let block = 0; block < trace.blocks; block++) {
        const start = made[block] as number;
        if (start < range.from) continue;
        if (start >= range.to) break;
        count(block, 0);
        const end = ended[block] as number;
        if (at === "end" && (end < 0 || end >= range.to)) count(block, 2);
      }
      if (peak !== undefined)
        eachLive(trace, tables[heap] as (typeof tables)[number], trace.instance[peak] as number, peak, (block) =>
          count(block, 2),
        );
      rows += range.to - range.from;
      onRows(rows);
    }
    const samples = list.flatMap((stack, id) => {
      const value = Array.from(values.subarray(id * PROFILE_TYPES.length, (id + 1) * PROFILE_TYPES.length));
      const frames = framesOf(heaps, stack);
      return value.some((n) => n > 0) ? [{ heap: stack.heap, mark: frames[1]?.func ?? "", frames, value }] : [];
    });
    const mark = `inuse: ${at === "peak" ? "at the peak of each heap" : "never freed"}`;
    const comments = [`teemem: ${recording.origin}`, `OP-TEE ${recording.version || "of unknown release"}`, mark];
    yield encodeProfile({
      types: PROFILE_TYPES,
      samples,
      heaps: heaps.map(({ trace }) => trace.context),
      comments,
      duration: (last - first) * NANOS,
    });
  },
};
