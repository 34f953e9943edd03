// Tests of read_arrow.ts.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesOf, piecesOf, plainTrace, recordings } from "../../test/support/recordings.ts";
import { wholeBytes } from "./bytes_at.ts";
import { readArrow } from "./read_arrow.ts";
import type { Recording } from "./recording.ts";

async function read(bytes: Uint8Array): Promise<Recording> {
  const result = await readArrow(bytes);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

function plain({ traces, ...rest }: Recording): object {
  return { ...rest, traces: traces.map((trace) => plainTrace(trace)) };
}

describe("a recording that is written and read", () => {
  test("is the same, whatever it holds and however large its batches are", async () => {
    await fc.assert(
      fc.asyncProperty(recordings, fc.integer({ min: 1, max: 60 }), async (recording, batchRows) => {
        expect(plain(await read(await bytesOf(recording, batchRows)))).toEqual(plain(recording));
      }),
      { numRuns: 200 },
    );
  });

  test("is the same at any offset in memory", async () => {
    const [recording] = fc.sample(recordings, { numRuns: 1, seed: 7 }) as [Recording];
    const bytes = await bytesOf(recording, 10);
    for (let shift = 0; shift < 8; shift++) {
      const moved = new Uint8Array(bytes.length + shift).subarray(shift);
      moved.set(bytes);
      expect(plain(await read(moved))).toEqual(plain(recording));
      expect(plain(await read(Buffer.from(moved.buffer, shift)))).toEqual(plain(recording));
    }
  });
});

/** A recording of some batches. */
async function example(): Promise<{ recording: Recording; bytes: Uint8Array; ends: number[] }> {
  const recording = fc.sample(recordings, { numRuns: 50, seed: 3 }).find(({ traces, samples }) => {
    return traces.length === 2 && samples.length > 2 && (traces[0]?.length ?? 0) > 12;
  }) as Recording;
  const pieces = await piecesOf(recording, 12);
  const bytes = Buffer.concat(pieces);
  const { findParts } = await import("./stream_reader.ts");
  const parts = findParts(wholeBytes(bytes));
  if (!parts.ok) throw new Error(parts.error);
  let written = 0;
  const sums = pieces.map((piece) => {
    written += piece.length;
    return written;
  });
  // Where each batch ends: at a boundary between pieces, before the next message.
  const ends = parts.value.batches.map(({ at, regions }) => {
    const last = Math.max(...regions.map(({ offset, length }) => at + offset + length));
    return sums.find((sum) => sum >= last) as number;
  });
  return { recording, bytes, ends };
}

describe("a recording that was cut off", () => {
  test("gives at every offset what lies in the whole batches before it", async () => {
    const { bytes, ends } = await example();
    expect(ends.length).toBeGreaterThan(3);
    let rows = -1;
    for (let length = 0; length < bytes.length; length++) {
      const result = await readArrow(bytes.subarray(0, length));
      if (!result.ok) {
        expect(result.error).toMatch(/ends before its first message/);
        expect(rows).toBe(-1);
        continue;
      }
      const whole = ends.filter((end) => end <= length).length;
      const { traces, samples, cut } = result.value;
      const now = traces.reduce((sum, trace) => sum + trace.length + trace.marks.length, samples.length);
      expect(cut).toBe(true);
      expect(now).toBeGreaterThanOrEqual(Math.max(0, rows));
      expect(now).toBeLessThanOrEqual(12 * whole);
      if (whole === 0) expect(now).toBe(0);
      rows = now;
    }
    expect((await read(bytes)).cut).toBeUndefined();
  }, 60_000);

  test("has the first rows of the whole one", async () => {
    const { recording, bytes, ends } = await example();
    const cut = await read(bytes.subarray(0, ends[1]));
    const [first] = cut.traces;
    const whole = recording.traces.find(({ context }) => context === first?.context);
    if (first === undefined || whole === undefined) throw new Error("no trace");
    expect(first.length).toBeGreaterThan(0);
    expect(Array.from(first.result)).toEqual(Array.from(whole.result).slice(0, first.length));
    expect(Array.from(first.time)).toEqual(Array.from(whole.time).slice(0, first.length));
  });
});

describe("a recording that is damaged", () => {
  test("is refused, or the damage was in nothing that is read: with every single byte", async () => {
    const { bytes, ends } = await example();
    const before = plain(await read(bytes)) as { traces: object; samples: object; entries: object };
    const seen = new Set<string>();
    for (let at = 0; at < bytes.length; at++) {
      const damaged = new Uint8Array(bytes);
      damaged[at] = (damaged[at] as number) ^ (1 << (at % 8));
      const result = await readArrow(damaged);
      if (!result.ok) {
        expect(result.error).toMatch(/^[^\n]{10,300}$/);
        seen.add(result.error.replace(/\d+/g, "N"));
        continue;
      }
      const after = plain(result.value) as typeof before & { cut?: boolean };
      // Damage behind the last batch cannot be told from a cut.
      if (after.cut === true) expect(at).toBeGreaterThanOrEqual(ends.at(-1) ?? 0);
      expect([after.traces, after.samples, after.entries]).toEqual([before.traces, before.samples, before.entries]);
    }
    expect(seen.size).toBeGreaterThan(3);
  }, 120_000);

  test("is no recording without our metadata", async () => {
    const { tableFromArrays, tableToIPC } = await import("apache-arrow");
    const other = tableToIPC(tableFromArrays({ a: Int32Array.of(1, 2) }), "stream");
    expect(await readArrow(other)).toEqual({ ok: false, error: expect.stringContaining("teemem record") });
  });
});
