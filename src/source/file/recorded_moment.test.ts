// The counters of a heap at a moment, worked out by hand from the rows of a small trace.
import { expect, test } from "vitest";
import type { CommandSpan, Recording } from "../../recording/recording.ts";
import { parseRecordedTrace } from "../../replay/recorded_trace.ts";
import type { RecordedTrace } from "../../replay/trace_columns.ts";
import { statsAt, tasAt } from "./recorded_moment.ts";

const UUID = "8aaaf200-2450-11e4-abe2-0002a5d5c51b";

function traceOf(context: string, ...rows: string[]): RecordedTrace {
  const head = `# OP-TEE 4.0.0 heap event trace, context ${context}`;
  const lines = rows.map((row) => row.split(" ").join("\t"));
  const trace = parseRecordedTrace(new TextEncoder().encode(`${[head, ...lines].join("\n")}\n`));
  if (!trace.ok) throw new Error(trace.error);
  return trace.value;
}

const core = traceOf(
  "core",
  "1 10 P 1000 4096 0 0 0 0 f a.c:1",
  "1 20 M 0 100 0 1f00 128 0 f a.c:2",
  "1 30 M 0 200 0 1e00 352 0 f a.c:3",
  // Refused: counted once for each, but an impossible alignment is not.
  "1 40 M 0 5000 0 0 352 0 f a.c:4",
  "1 50 A 0 9000 3 0 352 0 f a.c:5",
  "1 60 A 0 6000 64 0 352 0 f a.c:6",
  "1 70 F 1e00 0 0 0 128 0 f a.c:7",
  "1 80 M 0 5500 0 0 128 0 f a.c:8",
  "1 90 P 3000 1024 0 0 128 0 f a.c:9",
);

test.each([
  [9, { allocated: 0, maxAllocated: 0, size: 0, failures: 0, biggestFailure: 0, biggestFailureUsed: 0 }],
  [10, { allocated: 0, maxAllocated: 0, size: 4096, failures: 0, biggestFailure: 0, biggestFailureUsed: 0 }],
  [29, { allocated: 128, maxAllocated: 128, size: 4096, failures: 0, biggestFailure: 0, biggestFailureUsed: 0 }],
  [30, { allocated: 352, maxAllocated: 352, size: 4096, failures: 0, biggestFailure: 0, biggestFailureUsed: 0 }],
  [50, { allocated: 352, maxAllocated: 352, size: 4096, failures: 1, biggestFailure: 5000, biggestFailureUsed: 352 }],
  [60, { allocated: 352, maxAllocated: 352, size: 4096, failures: 2, biggestFailure: 6000, biggestFailureUsed: 352 }],
  [70, { allocated: 128, maxAllocated: 352, size: 4096, failures: 2, biggestFailure: 6000, biggestFailureUsed: 352 }],
  // 5,500 is not the largest: what was used then is not noted.
  [80, { allocated: 128, maxAllocated: 352, size: 4096, failures: 3, biggestFailure: 6000, biggestFailureUsed: 352 }],
  [
    Number.POSITIVE_INFINITY,
    { allocated: 128, maxAllocated: 352, size: 5120, failures: 3, biggestFailure: 6000, biggestFailureUsed: 352 },
  ],
])("the core's counters at %d µs", (moment, stats) => {
  expect(statsAt(core, 0, moment)).toEqual(stats);
  expect(statsAt(core, 1, moment)).toMatchObject({ size: 0, allocated: 0 });
});

const ta = traceOf(
  `ta-${UUID}`,
  "1 100 P 1000 2048 0 0 0 - f a.c:1",
  "1 110 M 0 24 0 1700 48 - f a.c:2",
  "1 120 M 0 24 0 1600 96 - f a.c:2",
  "1 130 F 1600 0 0 0 48 - f a.c:3",
  "2 200 P 1000 2048 0 0 0 - f a.c:1",
  "2 210 M 0 24 0 1700 48 - f a.c:2",
);

function recording(entries: readonly CommandSpan[]): Recording {
  return { origin: "x", version: "", traces: [ta], samples: [], entries };
}

function span(instance: number, name: string, from: number, to: number): CommandSpan {
  return { trace: 0, instance, name, from, to, uuid: UUID };
}

const at = (record: Recording, moment: number) =>
  tasAt(record, moment).map(({ uuid, sessions, panicked, heap }) => [uuid, sessions, panicked, heap.allocated]);

test("without entries an application is there from its first to its last operation, with one session", () => {
  const record = recording([]);
  expect(at(record, 99)).toEqual([]);
  expect(at(record, 100)).toEqual([[UUID, 1, 0, 0]]);
  expect(at(record, 129)).toEqual([[UUID, 1, 0, 96]]);
  expect(at(record, 130)).toEqual([]);
  expect(at(record, 205)).toEqual([[UUID, 1, 0, 0]]);
});

test("with entries it has as many sessions as were opened and not closed, until it is destroyed", () => {
  const record = recording([
    span(0, "create", 0, 1),
    span(0, "open", 1, 2),
    span(0, "open", 2, 3),
    span(0, "close", 3, 4),
    span(0, "destroy", 3, 4),
    span(1, "open", 4, 6),
  ]);
  // Row 1 is at 110 µs: the first session is open then, the second at 120.
  expect(at(record, 105)).toEqual([[UUID, 0, 0, 0]]);
  expect(at(record, 110)).toEqual([[UUID, 1, 0, 48]]);
  expect(at(record, 120)).toEqual([[UUID, 2, 0, 96]]);
  expect(at(record, 129)).toEqual([[UUID, 2, 0, 96]]);
  expect(at(record, 130)).toEqual([]);
  expect(at(record, 209)).toEqual([[UUID, 0, 0, 0]]);
  expect(at(record, 210)).toEqual([[UUID, 1, 0, 48]]);
});

test("the core is no application", () => {
  expect(tasAt({ ...recording([]), traces: [core] }, 40)).toEqual([]);
});
