// The secure console in a recording: its bytes, its lines, and readers that do not know it.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { wholeBytes } from "../src/recording/bytes_at.ts";
import { readConsole } from "../src/recording/console_content.ts";
import { type ConsolePiece, writePiece } from "../src/recording/console_rows.ts";
import { joinRecordings } from "../src/recording/import_recording.ts";
import { readArrow } from "../src/recording/read_arrow.ts";
import type { Recording } from "../src/recording/recording.ts";
import { createRecordingWriter } from "../src/recording/recording_writer.ts";
import { COLUMN_NAMES, OPS, SCHEMA_VERSION } from "../src/recording/schema.ts";
import { findParts } from "../src/recording/stream_reader.ts";
import { bytesOf, recordings } from "./support/recordings.ts";

const piece: fc.Arbitrary<ConsolePiece> = fc.record({
  time: fc.nat(2 ** 40),
  during: fc.constantFrom("", "alloc", "xtest 1004"),
  text: fc
    .uint8Array({ minLength: 1, maxLength: 30 })
    .map((bytes) => String.fromCharCode(...bytes))
    .chain((text) => fc.constantFrom(text, `${text}\n`)),
});

async function read(bytes: Uint8Array): Promise<Recording> {
  const found = await readArrow(bytes);
  if (!found.ok) throw new Error(found.error);
  return found.value;
}

function withConsole(recording: Recording, pieces: readonly ConsolePiece[]): Recording {
  return { ...recording, console: { name: "tcp://a:1", pieces } };
}

it("comes back byte by byte, with its times, in batches of any size, beside everything else", async () => {
  const many = fc.array(piece, { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(recordings, many, fc.constantFrom(1, 3, 65536), async (recording, pieces, rows) => {
      const back = await read(await bytesOf(withConsole(recording, pieces), rows));
      const { console, ...rest } = back;
      expect(console?.name).toBe("tcp://a:1");
      expect([...(console?.pieces ?? [])]).toEqual(pieces);
      // Read again, as iterations do not use it up.
      expect([...(console?.pieces ?? [])]).toEqual(pieces);
      expect(rest).toEqual(await read(await bytesOf(recording, rows)));
    }),
    { numRuns: 40 },
  );
});

it("is there though nothing came", async () => {
  const empty: Recording = { origin: "x", version: "", traces: [], samples: [], entries: [] };
  expect((await read(await bytesOf(withConsole(empty, [])))).console?.name).toBe("tcp://a:1");
  expect((await read(await bytesOf(empty))).console).toBeUndefined();
});

it("is invisible to readers that do not know it: the same version, columns and operations, on a heap without events", async () => {
  const bytes = await bytesOf(
    withConsole({ origin: "x", version: "", traces: [], samples: [], entries: [] }, [
      { time: 1, during: "", text: "I/TC: a\r\n" },
    ]),
  );
  const table = pl.readIPCStream(Buffer.from(bytes));
  expect(SCHEMA_VERSION).toBe("1");
  expect(table.columns).toEqual(COLUMN_NAMES);
  const ops = new Set(table.getColumn("op").cast(pl.Utf8).toArray());
  expect([...ops].every((op) => (OPS as readonly string[]).includes(op))).toBe(true);
  expect([...ops]).toEqual(["mark"]);
  expect(table.getColumn("heap").cast(pl.Utf8).toArray()).toEqual(["console"]);
  expect(table.getColumn("command").cast(pl.Utf8).toArray()).toEqual(["I/TC: a\r\n"]);
});

it("writes lines once: what was written before is not written again", async () => {
  let bytes = 0;
  const writer = await createRecordingWriter({ origin: "x", version: "" }, (chunk) => {
    bytes += chunk.length;
  });
  const sizes: number[] = [];
  for (let second = 0; second < 40; second++) {
    const before = bytes;
    for (let n = 0; n < 50; n++)
      writePiece({ time: n, during: "", text: `line ${second * 50 + n} ${Math.sin(second * 50 + n)}\n` }, writer);
    writer.flush();
    sizes.push(bytes - before);
  }
  expect(Math.max(...sizes.slice(20))).toBeLessThan(1.2 * Math.max(...sizes.slice(1, 20)));
});

it("goes out in batches of a megabyte at most, however noisy it is", async () => {
  let largest = 0;
  const writer = await createRecordingWriter({ origin: "x", version: "" }, (chunk) => {
    largest = Math.max(largest, chunk.length);
  });
  let seed = 1;
  const noise = (): string => {
    let text = "";
    while (text.length < 4000) {
      seed = (seed * 48271) % 0x7fffffff;
      text += seed.toString(36);
    }
    return `${text}\n`;
  };
  for (let n = 0; n < 1000; n++) writePiece({ time: n, during: "", text: noise() }, writer);
  expect(largest).toBeGreaterThan(2 ** 18);
  expect(largest).toBeLessThan(2 ** 21);
});

it("tells the moment of each line of a real console, however it was cut", async () => {
  const path = new URL("./fixtures/text/torn-leaks.txt", import.meta.url);
  const raw = readFileSync(path);
  const bytes = raw[0] === 0x1f ? gunzipSync(raw) : raw;
  const text = bytes.toString("latin1");
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const pieces = lines.flatMap((line, n): ConsolePiece[] => {
    const at = { time: 1000 * (n + 1), during: `q${n}` };
    const half = line.length >> 1;
    return n % 3 === 0 && half > 0
      ? [
          { ...at, text: line.slice(0, half) },
          { time: at.time + 500, during: "late", text: line.slice(half) },
        ]
      : [{ ...at, text: line }];
  });
  const { content, momentOf } = readConsole({ name: "x", pieces });
  expect(content.summary.lines).toBe(lines.length);
  for (let n = 1; n <= lines.length; n++) expect(momentOf(n)).toEqual({ time: 1000 * n, during: `q${n - 1}` });
  expect(content.leaks.lists.length).toBeGreaterThan(0);
});

it("damage in its rows is an error when the recording is read, not later", async () => {
  const bytes = await bytesOf(
    withConsole({ origin: "x", version: "", traces: [], samples: [], entries: [] }, [
      { time: 1, during: "", text: `${"I/TC: a ".repeat(40)}\n` },
    ]),
  );
  const parts = findParts(wholeBytes(bytes));
  if (!parts.ok) throw new Error(parts.error);
  for (let at = 0; at < bytes.length; at += 3) {
    const bad = bytes.slice();
    bad[at] = (bad[at] as number) ^ 0x55;
    const found = await readArrow(bad);
    if (found.ok) expect(() => [...(found.value.console?.pieces ?? [])]).not.toThrow();
  }
});

it("stays with what it is joined with", () => {
  const part = (context: string, console?: string): Recording => ({
    origin: context,
    version: "",
    traces: [],
    samples: [],
    entries: [],
    ...(console === undefined ? {} : { console: { name: console, pieces: [{ time: 0, during: "", text: console }] } }),
  });
  const joined = joinRecordings([part("a", "one"), part("b"), part("c", "two")]);
  if (!joined.ok) throw new Error(joined.error);
  const { console } = joined.value;
  expect([console?.name, [...(console?.pieces ?? [])].map(({ text }) => text)]).toEqual(["one, two", ["one", "two"]]);
});
