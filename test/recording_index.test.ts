// The index of a recording: it is kept, extended while the recording grows, and never believed where it is wrong.
import fc from "fast-check";
import { expect, test } from "vitest";
import { indexOf } from "../src/recording/indexed/indexed_view.ts";
import { openIndexed } from "../src/recording/indexed/open_indexed.ts";
import { bytesInMemory } from "../src/recording/indexed/range_bytes.ts";
import type { Recording } from "../src/recording/recording.ts";
import { bytesOf, piecesOf, recordings } from "./support/recordings.ts";

async function open(bytes: Uint8Array, index?: Uint8Array) {
  let read = 0;
  const source = bytesInMemory(bytes);
  const counted = {
    size: source.size,
    read: (at: number, length: number) => {
      read += Math.min(length, bytes.length - at);
      return source.read(at, length);
    },
  };
  const opened = await openIndexed(counted, index === undefined ? {} : { index });
  if (!opened.ok) throw new Error(opened.error);
  return { recording: opened.value, index: indexOf(opened.value), read };
}

/** All that a recording tells. */
async function told(bytes: Uint8Array, index?: Uint8Array): Promise<object> {
  const { recording } = await open(bytes, index);
  const { heaps, marks, entries, sites, threads, from, to, length, cut } = recording;
  const lines = heaps.map(async ({ key }) => recording.timeline(key, from, to + 1, 7));
  const live = heaps.map(async ({ key }) => recording.liveAt(key, from + (to - from) / 2));
  const rows: unknown[] = [];
  for await (const part of recording.rows({ from, to })) rows.push(structuredClone(part));
  return {
    heaps,
    marks,
    entries,
    sites,
    threads,
    from,
    to,
    length,
    cut,
    rows,
    lines: await all(lines),
    live: await all(live),
  };
}

async function all<T>(promises: Promise<T>[]): Promise<T[]> {
  return Promise.all(promises);
}

test("with an index a recording tells the same as without", async () => {
  await fc.assert(
    fc.asyncProperty(recordings, fc.integer({ min: 1, max: 60 }), async (recording, batchRows) => {
      const bytes = await bytesOf(recording, batchRows);
      const { index } = await open(bytes);
      expect(await told(bytes, index)).toEqual(await told(bytes));
      expect((await open(bytes, index)).index).toEqual(index);
    }),
    { numRuns: 60 },
  );
});

test("an index that ends anywhere is extended to that of the whole, whatever was written meanwhile", async () => {
  const [recording] = fc
    .sample(recordings, { numRuns: 60, seed: 11 })
    .filter(({ traces, entries, samples }) => traces.length > 2 && entries.length > 1 && samples.length > 2);
  const bytes = await bytesOf(recording as Recording, 7);
  const whole = await open(bytes);
  const pieces = await piecesOf(recording as Recording, 7);
  let length = 0;
  let index: Uint8Array | undefined;
  for (const piece of pieces) {
    length += piece.length;
    // Before its schema is whole it is no recording.
    if (length < 3000) continue;
    ({ index } = await open(bytes.subarray(0, length), index));
    expect((await open(bytes, index)).index).toEqual(whole.index);
  }
  expect(index).toEqual(whole.index);
});

test("an index with any wrong byte, cut off anywhere, or of another recording changes nothing", async () => {
  const [one, other] = fc.sample(recordings, { numRuns: 30, seed: 5 }).filter(({ traces }) => traces.length > 1) as [
    Recording,
    Recording,
  ];
  const bytes = await bytesOf(one, 20);
  const { index } = await open(bytes);
  const expected = await told(bytes);
  for (let at = 0; at < index.length; at += 41) {
    const damaged = Uint8Array.from(index);
    damaged[at] = (damaged[at] as number) ^ (1 << (at % 8));
    expect(await told(bytes, damaged)).toEqual(expected);
    expect(await told(bytes, index.subarray(0, at))).toEqual(expected);
  }
  expect(await told(bytes, (await open(await bytesOf(other, 20))).index)).toEqual(expected);
  // The same rows under another name: other bytes, though as many.
  expect(await told(bytes, (await open(await bytesOf(one, 21))).index)).toEqual(expected);
});

test("with an index next to nothing is read", async () => {
  const [recording] = fc.sample(recordings, { numRuns: 60, seed: 2 }).filter(({ traces }) => traces.length > 3);
  const bytes = await bytesOf(recording as Recording, 1);
  const { index, read } = await open(bytes);
  expect(read).toBeGreaterThanOrEqual(bytes.length);
  expect((await open(bytes, index)).read).toBeLessThan(bytes.length / 2);
});
