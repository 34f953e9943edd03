// Exact moments: their lines, what damage does to them, the calls in them, and their rows in a recording.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callsOf } from "../src/analyze/calls/call_groups.ts";
import { importRecording } from "../src/recording/import_recording.ts";
import { readMomentLine } from "../src/recording/moment_line.ts";
import { createMomentReader } from "../src/recording/moments.ts";
import type { Recording } from "../src/recording/recording.ts";
import { createRecordingWriter } from "../src/recording/recording_writer.ts";
import { writeRecording } from "../src/recording/write_recording.ts";

const fixture = (name: string): Uint8Array =>
  gunzipSync(readFileSync(new URL(`fixtures/moments/${name}.gz`, import.meta.url)));
const V410 = fixture("4.10.0-pkcs11-1004");
const V45 = fixture("4.5.0-1001");
const LINES = new TextDecoder().decode(V410).trimEnd().split("\n");

async function readBack(recording: Recording): Promise<Recording> {
  const parts: Uint8Array[] = [];
  const writer = await createRecordingWriter({ origin: "x", version: "" }, (part) => void parts.push(part.slice()), 50);
  writeRecording(recording, writer);
  writer.end();
  const read = await importRecording(Buffer.concat(parts), "x");
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

async function recordingOf(bytes: Uint8Array): Promise<Recording> {
  const read = await importRecording(bytes, "x");
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

describe("a line of a board", () => {
  it("is read whole", () => {
    const line = readMomentLine(LINES[2] ?? "");
    expect(line).toMatchObject({ number: 2, moment: { call: { name: "open", session: 1, code: 0, origin: 4 } } });
  });
  it("is read behind what else a terminal shows, and with its line end", () => {
    expect(readMomentLine(`# \x1b[6n${LINES[5]}\r`)).toEqual(readMomentLine(LINES[5] ?? ""));
  });
  it("gives nothing where it ends too early, at every byte", () => {
    const line = LINES[2] ?? "";
    for (let end = 0; end < line.length; end++)
      expect([null, "damaged"], `${end}`).toContainEqual(readMomentLine(line.slice(0, end)));
    for (let from = 1; from < line.length; from++) expect(readMomentLine(line.slice(from))).toBeNull();
  });
  it("gives nothing where a byte of it is another one", () => {
    fc.assert(
      fc.property(fc.nat(LINES.length - 1), fc.nat(), fc.integer({ min: 32, max: 126 }), (number, at, code) => {
        const line = LINES[number] as string;
        const changed = `${line.slice(0, at % line.length)}${String.fromCharCode(code)}${line.slice((at % line.length) + 1)}`;
        if (changed !== line) expect([null, "damaged"]).toContainEqual(readMomentLine(changed));
      }),
    );
  });
  it("is no line of the library", () => {
    for (const text of ["", "xtest 1004", "@teemem", "teemem: @teem"]) expect(readMomentLine(text)).toBeNull();
  });
});

describe("lines that are lost", () => {
  it("are counted", () => {
    for (const gone of [1, 7, 100]) {
      const reader = createMomentReader(() => {});
      for (const [n, line] of LINES.entries()) if (n !== gone) reader.take(line);
      expect([reader.lost, reader.processes]).toEqual([1, 1]);
    }
  });
  it("are counted once where they are damaged", () => {
    const reader = createMomentReader(() => {});
    for (const [n, line] of LINES.entries()) reader.take(n === 7 || n === LINES.length - 1 ? line.slice(0, 99) : line);
    expect(reader.lost).toBe(2);
  });
});

describe("the recording of a file of lines", () => {
  it.each([
    ["4.10.0, with TAs", V410, 101, 100],
    ["4.5.0, without", V45, 210, 209],
  ] as const)("%s keeps moments and samples when it is written and read", async (_, bytes, moments, calls) => {
    const recording = await recordingOf(bytes);
    expect(recording.moments?.length).toBe(moments);
    expect(callsOf(recording.moments ?? []).length).toBe(calls);
    const again = await readBack(recording);
    expect(again.samples).toEqual(recording.samples);
    // Panics and sessions of TAs are not kept.
    expect(callsOf(again.moments ?? [])).toEqual(callsOf(recording.moments ?? []));
    expect((await readBack(again)).moments).toEqual(again.moments);
  });
  it("says that lines are missing", async () => {
    const bytes = new TextEncoder().encode(LINES.filter((_, n) => n !== 20).join("\n"));
    expect((await recordingOf(bytes)).cut).toBe(true);
  });
  it("is an error where nothing is whole", async () => {
    const bytes = new TextEncoder().encode(LINES.map((line) => line.slice(0, -1)).join("\n"));
    expect(await importRecording(bytes, "x")).toEqual({ ok: false, error: "no line of exact moments in it is whole" });
  });
});
