// Findings go into a recording and come out as they were, read whole or by an index.
import { expect, test } from "vitest";
import type { Finding } from "../tee/monitor/finding.ts";
import { createEventRecorder } from "./event_recorder.ts";
import { type RecordedFinding, writeFinding } from "./finding_rows.ts";
import { joinRecordings } from "./import_recording.ts";
import { indexOf } from "./indexed/indexed_view.ts";
import { openIndexed } from "./indexed/open_indexed.ts";
import { bytesInMemory } from "./indexed/range_bytes.ts";
import { readArrow } from "./read_arrow.ts";
import type { Recording } from "./recording.ts";
import { createRecordingWriter } from "./recording_writer.ts";
import type { Row } from "./rows.ts";
import { writeRecording } from "./write_recording.ts";

const UUID = "bccbe7f3-4243-412d-abe0-b8d993582ad4";
const OVERRUN: Finding = {
  kind: "invalid-write",
  stack: "ta/heap.c:19\tlabel\nta/bugs_ta.c:74\tTA_InvokeCommandEntryPoint",
  access: { write: true, bytes: 1, address: 66_000 },
  object: { kind: "heap", name: "", size: 16, offset: 16, allocated: "ta/heap.c:11\tlabel", freed: "" },
  detail: "",
};
const NULL_READ: Finding = { kind: "invalid-read", stack: "ta/tables.c:30\tbalance", detail: 'at "NULL" \u001b' };

const heap = {
  kind: "known",
  sequence: 0,
  instance: 1,
  base: 4096,
  stats: { allocated: 0, maxAllocated: 0, size: 32768, failures: 0, biggestFailure: 0, biggestFailureUsed: 0 },
  blocks: [],
} as const;

async function bytesOf(write: (writer: { add(row: Row): void }) => void): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const writer = await createRecordingWriter({ origin: "sim", version: "4.0.0" }, (bytes) => void chunks.push(bytes));
  write(writer);
  writer.end();
  return Buffer.concat(chunks);
}

/** The same overrun three times, and one thing else. */
function recorded(): Promise<Uint8Array> {
  return bytesOf((writer) => {
    let time = 10;
    const recorder = createEventRecorder(writer, () => time++);
    const at = { instance: 1, session: 7, command: 1 } as const;
    recorder.feed({ kind: "loaded", sequence: 1, instance: 1, uuid: UUID, name: "bugs" });
    recorder.feed({ ...heap, heap: "ta" });
    recorder.feed({ kind: "entered", sequence: 2, entry: "invoke", ...at });
    for (const finding of [OVERRUN, OVERRUN, NULL_READ, OVERRUN])
      recorder.feed({ kind: "finding", sequence: 3, ...at, finding });
    recorder.feed({ kind: "left", sequence: 4, entry: "invoke", code: 0, ...at });
    recorder.feed({ kind: "finding", sequence: 5, ...at, finding: { ...NULL_READ, kind: "leak" } });
    recorder.sample();
  });
}

async function read(bytes: Uint8Array): Promise<Recording> {
  const recording = await readArrow(bytes);
  if (!recording.ok) throw new Error(recording.error);
  return recording.value;
}

const told = ({ entry, times, finding }: RecordedFinding) => [entry, times, finding.kind] as const;

test("the first is written at once, what comes again is counted", async () => {
  const { findings = [] } = await read(await recorded());
  expect(findings.map(told)).toEqual([
    ["invoke 1", 1, "invalid-write"],
    ["invoke 1", 1, "invalid-read"],
    ["", 1, "leak"],
    ["invoke 1", 2, "invalid-write"],
  ]);
  expect(findings[0]).toMatchObject({ uuid: UUID, ta: "bugs", instance: 1, session: 7, finding: OVERRUN });
  expect(findings[1]?.finding).toEqual(NULL_READ);
});

test("a recording that is written anew keeps them, and so does one of several", async () => {
  const first = await read(await recorded());
  expect(await read(await bytesOf((writer) => writeRecording(first, writer)))).toMatchObject({
    findings: first.findings,
  });
  const other = { ...first, traces: [], samples: [], entries: [], findings: [] };
  expect(joinRecordings([other, first])).toMatchObject({ ok: true, value: { findings: first.findings } });
});

test("an index has them, with a mark at each, also when it was kept in a file", async () => {
  const bytes = await recorded();
  const { findings } = await read(bytes);
  const opened = await openIndexed(bytesInMemory(bytes));
  if (!opened.ok) throw new Error(opened.error);
  const again = await openIndexed(bytesInMemory(bytes), { index: indexOf(opened.value) });
  if (!again.ok) throw new Error(again.error);
  for (const { value } of [opened, again]) {
    expect(value.findings).toEqual([...(findings ?? [])].sort((a, b) => a.time - b.time));
    const marks = value.marks.filter(({ kind }) => kind === "finding");
    expect(marks.map(({ name, heap }) => [name, heap])).toEqual(
      value.findings.map(({ finding }) => [`${finding.kind}, ${placeOf(finding)}`, 0]),
    );
  }
});

test("what came again through hours is read as few, with the right number", async () => {
  const found = { time: 1, uuid: UUID, ta: "bugs", instance: 1, session: 1, entry: "", times: 3, finding: OVERRUN };
  const bytes = await bytesOf((writer) => {
    for (let n = 0; n < 100_000; n++) writeFinding({ ...found, time: n }, writer);
    writeFinding({ ...found, time: 1e6, finding: NULL_READ }, writer);
  });
  const { findings = [] } = await read(bytes);
  expect(findings.length).toBeLessThan(20);
  expect(findings.reduce((sum, { times }) => sum + times, 0)).toBe(300_003);
  expect(findings.at(-1)?.finding).toEqual(NULL_READ);
  const opened = await openIndexed(bytesInMemory(bytes));
  expect(opened).toMatchObject({ ok: true, value: { findings } });
});

test.each([
  ["no JSON", { command: "{" }],
  ["a kind that is none", { name: "toString" }],
  ["an access that is none", { command: '{"ta":"","session":1,"entry":"","detail":"","access":{"write":1}}' }],
  ["an object that is none", { command: '{"ta":"","session":1,"entry":"","detail":"","object":{"kind":"heaps"}}' }],
])("damage: %s", async (_, part) => {
  const row = {
    op: "mark",
    heap: "findings",
    name: "leak",
    command: '{"ta":"","session":1,"entry":"","detail":""}',
  } as const;
  expect((await read(await bytesOf((writer) => writer.add(row)))).findings).toHaveLength(1);
  const bytes = await bytesOf((writer) => writer.add({ ...row, ...part }));
  expect(await readArrow(bytes)).toMatchObject({ ok: false, error: expect.stringContaining("finding") });
});

function placeOf({ stack }: Finding): string {
  return stack.split("\t")[0] ?? "";
}
