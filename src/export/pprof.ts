// Exports a recording as a pprof profile.
import {
  Function as Func,
  Label,
  Line,
  Location,
  Mapping,
  Profile,
  Sample,
  StringTable,
  ValueType,
} from "pprof-format";
import { blockTable, eachLive } from "../analyze/block_table.ts";
import { peakRow } from "../analyze/report/peak.ts";
import type { ExportFormat } from "./format.ts";
import { framesOf, type Stack, type StackFrame, stacksOf } from "./stacks.ts";

// profile.proto of google/pprof. Sample types as those of a Go heap profile, so that tools know what they are.
const TYPES = [
  ["alloc_objects", "count"],
  ["alloc_space", "bytes"],
  ["inuse_objects", "count"],
  ["inuse_space", "bytes"],
] as const;
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
    const values = new Float64Array(list.length * TYPES.length);
    let rows = 0;
    for (const [heap, { trace, range }] of heaps.entries()) {
      const { bytes, made, ended } = tables[heap] as (typeof tables)[number];
      const ids = ofBlock[heap] as Int32Array;
      const count = (block: number, offset: number): void => {
        const id = (ids[block] as number) * TYPES.length + offset;
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
      const value = Array.from(values.subarray(id * TYPES.length, (id + 1) * TYPES.length));
      return value.some((n) => n > 0) ? [{ stack, frames: framesOf(heaps, stack), value }] : [];
    });
    const mark = `inuse: ${at === "peak" ? "at the peak of each heap" : "never freed"}`;
    const comments = [`teemem: ${recording.origin}`, `OP-TEE ${recording.version || "of unknown release"}`, mark];
    yield encode(
      samples,
      heaps.map(({ trace }) => trace.context),
      comments,
      (last - first) * NANOS,
    );
  },
};

interface StackValues {
  readonly stack: Stack;
  readonly frames: readonly StackFrame[];
  readonly value: number[];
}

function encode(
  samples: readonly StackValues[],
  heaps: readonly string[],
  comments: readonly string[],
  duration: number,
): Uint8Array {
  const strings = new StringTable();
  const text = (value: string): number => strings.dedup(value);
  const functions = new Map<string, Func>();
  const locations = new Map<string, Location>();
  const locate = ({ func, file, line }: StackFrame, heap: number): number => {
    const funcKey = `${func}\n${file}`;
    const name = text(func);
    const known = functions.get(funcKey);
    const made = known ?? new Func({ id: functions.size + 1, name, systemName: name, filename: text(file) });
    functions.set(funcKey, made);
    const key = `${heap}\n${funcKey}\n${line}`;
    const lines = [new Line({ functionId: made.id, line })];
    const place = locations.get(key) ?? new Location({ id: locations.size + 1, mappingId: heap + 1, line: lines });
    locations.set(key, place);
    return Number(place.id);
  };
  const sample = samples.map(({ stack, frames, value }) => {
    const label = [
      new Label({ key: text("heap"), str: text(heaps[stack.heap] ?? "") }),
      new Label({ key: text("mark"), str: text(frames[1]?.func ?? "") }),
    ];
    return new Sample({ locationId: frames.map((frame) => locate(frame, stack.heap)), value, label });
  });
  const valueType = (type: string, unit: string): ValueType => new ValueType({ type: text(type), unit: text(unit) });
  const known = { hasFunctions: true, hasFilenames: true, hasLineNumbers: true, hasInlineFrames: true };
  return new Profile({
    sampleType: TYPES.map(([type, unit]) => valueType(type, unit)),
    sample,
    mapping: heaps.map((name, n) => new Mapping({ id: n + 1, filename: text(name), ...known })),
    location: [...locations.values()],
    function: [...functions.values()],
    durationNanos: duration,
    periodType: valueType("space", "bytes"),
    period: 1,
    comment: comments.map(text),
    defaultSampleType: text("inuse_space"),
    stringTable: strings,
  }).encode();
}
