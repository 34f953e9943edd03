// @ts-check
// Recordings as Arrow streams: how fast they are written and read, and how many bytes an event takes on disk.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as doors from "./doors.js";

const { bytesInMemory, createRecordingWriter, importRecording, indexOf, openIndexed, readArrow, writeRecording } =
  doors.recording;

const TRACE = new URL("../data/optee-4.0.0/core.trace.gz", import.meta.url);
const RUNS = 7;

/** @returns {Promise<import("./run.js").Row[]>} */
export async function recordingRows() {
  const read = await importRecording(gunzipSync(readFileSync(TRACE)), "core.trace");
  if (!read.ok) throw new Error(read.error);
  const recording = read.value;
  const operations = recording.traces.reduce((sum, { length }) => sum + length, 0);
  /** @type {Uint8Array} */
  let bytes = new Uint8Array();
  const written = await timed(operations, async () => {
    /** @type {Uint8Array[]} */
    const pieces = [];
    const writer = await createRecordingWriter(recording, (piece) => void pieces.push(piece));
    writeRecording(recording, writer);
    writer.end();
    bytes = Buffer.concat(pieces);
  });
  const taken = await timed(operations, async () => {
    const again = await readArrow(bytes);
    if (!again.ok || again.value.traces[0]?.length !== operations) throw new Error("not what was written");
  });
  const source = bytesInMemory(bytes);
  const open = async (/** @type {Parameters<typeof openIndexed>[1]} */ options) => {
    const opened = await openIndexed(source, options);
    if (!opened.ok) throw new Error(opened.error);
    return opened.value;
  };
  const indexed = await timed(operations, async () => void (await open({})));
  const index = indexOf(await open({}));
  /** What a page draws first: the whole timeline. */
  const drawn = await timed(operations, async () => {
    const recording = await open({ index });
    await recording.timeline(0, recording.from, recording.to + 1, 1000);
  });
  const row = { allocator: "teemem", operations };
  const size = `${(bytes.length / operations).toFixed(2)} bytes an event`;
  return [
    { ...row, name: "recording, written", runs: written, note: size },
    { ...row, name: "recording, read", runs: taken, note: "" },
    { ...row, name: "recording, indexed", runs: indexed, note: `${index.length} bytes of index` },
    { ...row, name: "recording, opened by its index, and its timeline", runs: drawn, note: "" },
  ];
}

/** @param {number} operations @param {() => Promise<void>} work */
async function timed(operations, work) {
  await work();
  const runs = [];
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    await work();
    runs.push(((performance.now() - start) * 1e6) / operations);
  }
  return runs.sort((a, b) => a - b);
}
