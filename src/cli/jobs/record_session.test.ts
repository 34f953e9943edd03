// Tests of record_session.ts.
import { expect, it } from "vitest";
import { importRecording } from "../../recording/import_recording.ts";
import type { HeapDone, HeapKnown } from "../../tee/monitor/event.ts";
import type { Output } from "../outputs/output.ts";
import { createRecordSession } from "./record_session.ts";

const STATS = { allocated: 0, maxAllocated: 0, size: 4096, failures: 0, biggestFailure: 0, biggestFailureUsed: 0 };
const known: HeapKnown = {
  kind: "known",
  sequence: 0,
  heap: "core",
  instance: 0,
  base: 0x1000,
  stats: STATS,
  blocks: [],
};

function malloc(sequence: number): HeapDone {
  const at = { pointer: 0, size: 16, arg: 0, result: 64 * sequence, file: "a.c", line: 1, allocated: 48 * sequence };
  return { kind: "heap", sequence, heap: "core", instance: 0, op: "M", ...at };
}

it("writes events with their own times, which never go back, and counters with the time of their coming", async () => {
  const chunks: Uint8Array[] = [];
  const file = {
    bytes: 0,
    failure: "",
    write: (bytes: Uint8Array) => void chunks.push(bytes.slice()),
    close() {},
    remove() {},
  };
  let clock = 100;
  const io = { err: { isTerminal: false } as Output, clock: () => clock };
  const session = await createRecordSession({ name: "x", version: "4.0.0" }, file, 1e6, io);
  session.feed(known, 100);
  [101, 103, 102, 104.5].forEach((time, n) => void session.feed(malloc(n + 1), time));
  clock = 110;
  session.mark("test", "a test");
  session.feed(malloc(5), 111);
  clock = 120;
  session.sample([{ time: 0, heap: "Public DDR", stats: STATS }]);
  expect(session.summary()).not.toContain("memcheck");
  const at = { instance: 1, session: 1, command: 1, sequence: 9 } as const;
  session.feed({ kind: "finding", ...at, finding: { kind: "leak", stack: "", detail: "" } }, 121);
  expect(session.summary()).toMatch(/; memcheck: 1 occurrence, which 'teemem report' tells$/);
  session.end();
  const read = await importRecording(Buffer.concat(chunks), "x.arrows");
  if (!read.ok) throw new Error(read.error);
  const [core] = read.value.traces;
  expect([...(core?.time ?? [])].slice(-5)).toEqual([1000, 3000, 3000, 4500, 11_000]);
  expect(core?.marks.map(({ name, row }) => [name, row])).toEqual([["test", (core?.length ?? 0) - 1]]);
  expect(read.value.samples.filter(({ heap }) => heap === "Public DDR")).toMatchObject([{ time: 20_000 }]);
});

it("each line of the console has its time, and the question or mark of that moment", async () => {
  const chunks: Uint8Array[] = [];
  const write = (bytes: Uint8Array): void => void chunks.push(bytes.slice());
  const file = { bytes: 0, failure: "", write, close() {}, remove() {} };
  let clock = 100;
  const io = { err: { isTerminal: false } as Output, clock: () => clock };
  const console = { name: "tcp://a:1", ended: "", listen: () => () => {} };
  const session = await createRecordSession({ name: "x", version: "", console }, file, 1e6, io);
  const hear = (at: number, text: string): void => {
    clock = at;
    session.hear(Buffer.from(text));
  };
  hear(101, "one\n");
  session.mark("xtest", "xtest 1004");
  hear(102, "two\n");
  session.asks("alloc");
  hear(103, "thr");
  session.asks("");
  hear(104, "ee\n");
  hear(105, "four\nhalf");
  expect(session.summary()).toMatch(/, 4 console lines, /);
  session.end();
  const read = await importRecording(Buffer.concat(chunks), "x.arrows");
  if (!read.ok) throw new Error(read.error);
  const pieces = [...(read.value.console?.pieces ?? [])].map(({ time, during, text }) => [time, during, text]);
  expect(pieces).toEqual([
    [1000, "", "one\n"],
    [2000, "xtest", "two\n"],
    [3000, "alloc", "three\n"],
    [5000, "xtest", "four\n"],
    [5000, "xtest", "half"],
  ]);
});
