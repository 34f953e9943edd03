// The bytes of recordings, for tests.
import fc from "fast-check";
import type { CommandSpan, Recording, Sample } from "../../src/recording/recording.ts";
import { byContext } from "../../src/recording/recording.ts";
import { createRecordingWriter } from "../../src/recording/recording_writer.ts";
import { writeRecording } from "../../src/recording/write_recording.ts";
import { parseRecordedTrace } from "../../src/replay/recorded_trace.ts";
import type { RecordedTrace } from "../../src/replay/trace_columns.ts";

/** The bytes of a recording in pieces as they are written. */
export async function piecesOf(recording: Recording, batchRows?: number): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  const writer = await createRecordingWriter(recording, (bytes) => void pieces.push(bytes.slice()), batchRows);
  writeRecording(recording, writer);
  writer.end();
  return pieces;
}

/** The bytes of a recording. */
export async function bytesOf(recording: Recording, batchRows?: number): Promise<Uint8Array> {
  return Buffer.concat(await piecesOf(recording, batchRows));
}

/** A trace with its columns as plain arrays, and without what only a text file has: to be compared. */
export function plainTrace(trace: RecordedTrace, rows = trace.length): object {
  const plain = Object.entries(trace).filter(([name]) => name !== "skipped");
  return Object.fromEntries(
    plain.map(([name, value]) => [
      name,
      ArrayBuffer.isView(value) ? Array.from(value as Int32Array).slice(0, rows) : value,
    ]),
  );
}

const text = fc.constantFrom("a", "core/mm/tee_mm.c:19", "ünï", "", "x y", "lib/libutils/isoc/bget_malloc.c:935");
/** Bytes of each instance's pool: three live at a time. */
const POOL = 2 ** 28;
const word = fc.oneof(fc.nat(2 ** 16), fc.integer({ min: 0, max: 2 ** 53 - 1 }), fc.constant(2 ** 64));
const address = fc.oneof(fc.constant(0), fc.nat(64), fc.integer({ min: 0, max: 2 ** 52 }));
const row = fc.record({
  instance: fc.integer({ min: 1, max: 3 }),
  letter: fc.constantFrom("M", "C", "R", "A", "F", "W"),
  time: fc.nat(2 ** 31),
  pointer: address,
  size: word,
  arg: word,
  result: address,
  allocated: fc.oneof(fc.nat(2 ** 16), fc.nat(POOL)),
  thread: fc.constantFrom("0", "1", "-1", "-"),
  func: fc.constantFrom("malloc", "f", ""),
  place: text,
  mark: fc.option(fc.constantFrom("boot", "regression-1013"), { freq: 8 }),
});

/** A trace as its text file would tell it: written and read by other code than recordings are. */
function traceText(context: string, rows: readonly (typeof row extends fc.Arbitrary<infer T> ? T : never)[]): string {
  const seen = new Set<number>();
  const lines = [`# OP-TEE 4.0.0 heap event trace, context ${context}`];
  for (const one of rows) {
    const { instance, time, thread, func, place } = one;
    if (one.mark !== null) lines.push(`# mark begin ${one.mark} (xtest ${one.mark})`);
    const end = `${thread}\t${func}\t${place}`;
    if (!seen.has(instance)) lines.push(`${instance}\t${time}\tP\t1000\t${POOL}\t0\t0\t0\t${end}`);
    seen.add(instance);
    const numbers = [one.size, one.arg].map((value) => BigInt(value)).join("\t");
    const [pointer, result] = [one.pointer.toString(16), one.result.toString(16)];
    lines.push(`${instance}\t${time}\t${one.letter}\t${pointer}\t${numbers}\t${result}\t${one.allocated}\t${end}`);
  }
  return `${lines.join("\n")}\n`;
}

const trace = fc.tuple(
  fc.constantFrom("core", "ldelf", "ta-0", "ta-1"),
  fc.array(row, { minLength: 1, maxLength: 40 }),
);

const counters = fc.record(
  {
    allocated: fc.nat(2 ** 30),
    maxAllocated: fc.nat(2 ** 30),
    size: fc.integer({ min: 2 ** 30, max: 2 ** 31 }),
    failures: fc.nat(1000),
    biggestFailure: fc.nat(2 ** 31),
    biggestFailureUsed: fc.nat(2 ** 30),
    free2Sum: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  },
  { requiredKeys: ["allocated", "maxAllocated", "size", "failures", "biggestFailure", "biggestFailureUsed"] },
);
const sample: fc.Arbitrary<Sample> = fc.record({
  time: fc.nat(2 ** 40),
  heap: fc.constantFrom("Heap", "Secure DDR", "00000000-0000-0000-0000-000000000000"),
  stats: counters,
});

/** Recordings of any heaps, with marks, entries and samples. */
export const recordings: fc.Arbitrary<Recording> = fc
  .record({
    traces: fc.uniqueArray(trace, { selector: ([context]) => context, maxLength: 4 }),
    samples: fc.array(sample, { maxLength: 10 }),
    cuts: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { maxLength: 6 }),
    origin: text,
  })
  .map(({ traces, samples, cuts, origin }) => {
    const read = traces.map(([context, rows]) => {
      const parsed = parseRecordedTrace(new TextEncoder().encode(traceText(context, rows)));
      if (!parsed.ok) throw new Error(parsed.error);
      return parsed.value;
    });
    read.sort((a, b) => byContext(a.context, b.context));
    const ascending = samples.sort((a, b) => a.time - b.time);
    return { origin, version: "4.0.0", traces: read, samples: ascending, entries: entriesIn(read, cuts) };
  });

/** Entries one after the other in each trace: no two of an instance at a time, as in a system. */
function entriesIn(traces: readonly RecordedTrace[], cuts: readonly (readonly number[])[]): CommandSpan[] {
  return traces.flatMap(({ context, length, instances }, trace) => {
    const rows = cuts.map(([cut = 0]) => cut % (length + 1)).sort((a, b) => a - b);
    return rows.slice(1).map((to, n): CommandSpan => {
      const instance = (cuts[n]?.[1] ?? 0) % instances.length;
      const name = ["open", "invoke 3", "close"][(cuts[n]?.[2] ?? 0) % 3] as string;
      return { trace, instance, name, from: rows[n] as number, to, uuid: context.replace(/^ta-/, "") };
    });
  });
}
