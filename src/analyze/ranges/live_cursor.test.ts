// Tests of the live blocks at one moment after the other: the same as those of each moment alone.
import fc from "fast-check";
import { expect, test } from "vitest";
import { indexedTrace } from "../../../test/support/indexed_trace.ts";
import { type Step, traceOfSteps } from "../../../test/support/random_trace.ts";
import type { IndexedRecording } from "../../recording/indexed/indexed_recording.ts";
import { createLiveCursor } from "./live_cursor.ts";

const steps = fc.array(fc.tuple(fc.nat(11), fc.nat(3), fc.integer({ min: 1, max: 700 })), {
  minLength: 1,
  maxLength: 120,
}) as fc.Arbitrary<Step[]>;

async function same(recording: IndexedRecording, moments: readonly number[], reach: number): Promise<void> {
  const cursor = createLiveCursor(recording, 0, reach);
  for (const time of moments) {
    const found = [...(await cursor.at(time))].sort((a, b) => a.address - b.address);
    const expected = await recording.liveAt(0, time);
    const plain = ({ address, size, taken, place, func, mark, time: made }: (typeof found)[number]) => [
      address,
      size,
      taken,
      place,
      func,
      mark,
      made,
    ];
    expect(found.map(plain)).toEqual(expected.map(plain));
  }
}

test("any moments in any order, whatever is kept around them", async () => {
  await fc.assert(
    fc.asyncProperty(
      steps,
      fc.array(fc.nat(140), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 60 }),
      (program, moments, reach) => same(indexedTrace(traceOfSteps(program, 8192), 7), moments, reach),
    ),
  );
});

test("moments of several operations each, one after the other", async () => {
  const program = Array.from({ length: 120 }, (_, n): Step => [n % 7, n % 4, 1 + ((n * 37) % 600)]);
  const trace = traceOfSteps(program, 16384);
  const time = trace.time.map((one) => Math.floor(one / 5));
  const moments = Array.from({ length: 26 }, (_, moment) => moment);
  for (const reach of [1, 2, 3, 5, 8, 13]) await same(indexedTrace({ ...trace, time }, 3), moments, reach);
});

test("through windows that follow upon each other, and back", async () => {
  const program = Array.from({ length: 300 }, (_, n): Step => [n % 7, n % 4, 1 + ((n * 37) % 600)]);
  const recording = indexedTrace(traceOfSteps(program, 16384), 9);
  await same(recording, [5, 12, 13, 14, 40, 41, 60, 300, 3, 290, 291, 301, 302, 9, 0], 10);
  await same(
    recording,
    Array.from({ length: 303 }, (_, time) => time),
    4,
  );
});

test("moments that are asked for at the same time", async () => {
  const recording = indexedTrace(
    traceOfSteps(
      [
        [0, 2, 10],
        [1, 2, 20],
        [0, 2, 1],
        [2, 2, 30],
      ],
      8192,
    ),
    2,
  );
  const cursor = createLiveCursor(recording, 0, 1);
  const found = await Promise.all([5, 2, 6, 3].map((time) => cursor.at(time)));
  const counts = await Promise.all([5, 2, 6, 3].map((time) => recording.liveAt(0, time)));
  expect(found.map(({ length }) => length)).toEqual(counts.map(({ length }) => length));
});
