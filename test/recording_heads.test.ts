// Heads of recordings that are damaged although their sums are right: no reader takes one at its word.
import { expect, test } from "vitest";
import { CHECK_BYTES, headSum } from "../src/recording/check_sums.ts";
import { readArrow } from "../src/recording/read_arrow.ts";
import { createRecordingWriter } from "../src/recording/recording_writer.ts";

/** A small recording: schema, lists of texts, one batch. */
async function small(): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const writer = await createRecordingWriter(
    { origin: "o", version: "4.0.0" },
    (bytes) => void pieces.push(bytes.slice()),
  );
  writer.add({ op: "add_pool", heap: "core", instance: 1, pointer: 4096, size: 4096, place: "unknown" });
  writer.add({ op: "malloc", heap: "core", instance: 1, size: 24, result: 4160, allocated: 48, place: "a.c:1" });
  const stats = { allocated: 48, maxAllocated: 48, size: 4096, failures: 0, biggestFailure: 0, biggestFailureUsed: 0 };
  writer.add({ op: "sample", name: "Heap", counters: stats, allocated: 48, size: 4096 });
  writer.end();
  return Buffer.concat(pieces);
}

/** First byte and length of the head of each message. */
function headsOf(bytes: Uint8Array): { at: number; length: number }[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const heads: { at: number; length: number }[] = [];
  for (let at = 0; at + 8 < bytes.length; at++) {
    if (view.getUint32(at, true) !== 0xffffffff || at % 8 !== 0) continue;
    const length = view.getUint32(at + 4, true);
    if (length > CHECK_BYTES && at + 8 + length <= bytes.length) heads.push({ at: at + 8, length });
  }
  return heads;
}

function summed(bytes: Uint8Array, { at, length }: { at: number; length: number }): Uint8Array {
  const head = bytes.subarray(at, at + length);
  new DataView(head.buffer, head.byteOffset, length).setInt32(length - 4, headSum(head), true);
  return bytes;
}

test("every byte of every head, with many values: an error in a line, or a recording of the same size", async () => {
  const bytes = await small();
  expect((await readArrow(bytes)).ok).toBe(true);
  const heads = headsOf(bytes);
  expect(heads.length).toBeGreaterThan(5);
  const seen = new Set<string>();
  for (const head of heads)
    for (let n = 0; n < head.length - CHECK_BYTES; n++)
      for (const change of [1, 2, 4, 0x10, 0x7f, 0x80, 0xff]) {
        const damaged = new Uint8Array(bytes);
        damaged[head.at + n] = (damaged[head.at + n] as number) ^ change;
        const read = await readArrow(summed(damaged, head));
        if (!read.ok) {
          expect(read.error).toMatch(/^[^\n]{10,400}$/);
          seen.add(read.error.replace(/\d+/g, "N").replace(/'.*'/, ""));
          continue;
        }
        const rows = read.value.traces.reduce((sum, { length }) => sum + length, read.value.samples.length);
        expect(rows).toBeLessThanOrEqual(3);
      }
  expect(seen.size).toBeGreaterThan(10);
}, 120_000);

test("many rows of nothing in few bytes are damage; as many as a real recording can have are not", async () => {
  const pieces: Uint8Array[] = [];
  const head = { origin: "o", version: "4.0.0" };
  const writer = await createRecordingWriter(head, (bytes) => void pieces.push(bytes.slice()));
  const rows = 65536;
  writer.add({ op: "add_pool", heap: "core", instance: 1, pointer: 4096, size: 4096, place: "unknown" });
  for (let n = 1; n < rows; n++) writer.add({ op: "free", heap: "core", instance: 1 });
  writer.end();
  const bytes = Buffer.concat(pieces);
  const last = headsOf(bytes).at(-1);
  if (last === undefined) throw new Error("no batch");
  const [before, batch, end] = [bytes.subarray(0, last.at - 8), bytes.subarray(last.at - 8, -8), bytes.subarray(-8)];
  const repeated = (count: number): Buffer => Buffer.concat([before, ...new Array(count).fill(batch), end]);
  // 15 batches have 983,040 rows, fewer than 2^20, which no size is too small for.
  const few = await readArrow(repeated(15));
  expect(few.ok ? few.value.traces[0]?.length : few.error).toBe(15 * rows);
  const bomb = repeated(40);
  expect(40 * rows).toBeGreaterThan(2 ** 20 + 4 * bomb.length);
  expect(await readArrow(bomb)).toMatchObject({ ok: false, error: expect.stringContaining("bytes cannot hold") });
});

test("counters above their pool are damage", async () => {
  const write = async (allocated: number): Promise<Uint8Array> => {
    const pieces: Uint8Array[] = [];
    const writer = await createRecordingWriter({ origin: "o", version: "" }, (one) => void pieces.push(one.slice()));
    const counters = { allocated, maxAllocated: 7, size: 9, failures: 0, biggestFailure: 99, biggestFailureUsed: 9 };
    writer.add({ op: "sample", name: "Heap", counters, allocated, size: 9 });
    writer.end();
    return Buffer.concat(pieces);
  };
  expect((await readArrow(await write(9))).ok).toBe(true);
  expect(await readArrow(await write(10))).toEqual({
    ok: false,
    error: "the recording is damaged: a sample counts more bytes than the 9 of its pool",
  });
});
