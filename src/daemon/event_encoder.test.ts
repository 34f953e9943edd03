// Tests of event_encoder.ts.
import { describe, expect, it } from "vitest";
import type { Entry } from "../tee/kernel/ta_instance.ts";
import type { HeapDone, HeapId, KnownBlock, TeeEvent } from "../tee/monitor/event.ts";
import type { EventBody } from "../wire/event_frames.ts";
import { createEventEncoder, endedBody } from "./event_encoder.ts";

// All different: what takes another one's place shows.
const stats = {
  allocated: 11,
  maxAllocated: 12,
  size: 13,
  failures: 14,
  biggestFailure: 15,
  biggestFailureUsed: 16,
};
const UUID = "00000000-0000-4000-8000-000000000001";
const operation: HeapDone = {
  kind: "heap",
  sequence: 21,
  heap: "ta",
  instance: 22,
  op: "M",
  pointer: 23,
  size: 24,
  arg: 25,
  result: 26,
  file: null,
  line: 27,
  allocated: 28,
};
const told = {
  kind: "operation",
  sequence: 21,
  heap: 3,
  instance: 22,
  op: 0x4d,
  pointer: 23,
  size: 24,
  arg: 25,
  result: 26,
  file: 0,
  line: 27,
  allocated: 28,
};

function framesOf(...events: readonly TeeEvent[]): EventBody[] {
  const bodies: EventBody[] = [];
  const encoder = createEventEncoder();
  for (const event of events) encoder.event(event, (body) => bodies.push(body));
  return bodies;
}

describe("an operation", () => {
  it("has its letter's code, and each text once, numbered from 1", () => {
    const frames = framesOf(
      operation,
      { ...operation, op: "W", file: "a.c" },
      { ...operation, file: "b.c" },
      { ...operation, file: "a.c" },
    );
    expect(frames).toEqual([
      told,
      { kind: "text", id: 1, text: "a.c" },
      { ...told, op: 0x57, file: 1 },
      { kind: "text", id: 2, text: "b.c" },
      { ...told, file: 2 },
      { ...told, file: 1 },
    ]);
  });

  it("has who called before it, each stack once as a text", () => {
    const frames = framesOf({ ...operation, stack: "a.c:1\tf" }, operation, { ...operation, stack: "a.c:1\tf" });
    expect(frames).toEqual([
      { kind: "text", id: 1, text: "a.c:1\tf" },
      { kind: "stack", stack: 1 },
      told,
      told,
      { kind: "stack", stack: 1 },
      told,
    ]);
  });

  it("of a size that the wire has not is told as the largest that it has", () => {
    const [body] = framesOf({ ...operation, size: 2 ** 64 - 1, arg: 2 ** 53 - 1 });
    expect(body).toEqual({ ...told, size: 2 ** 53 - 1, arg: 2 ** 53 - 1 });
  });

  it.each([
    ["core", 1],
    ["nexus", 2],
    ["ta", 3],
    ["loader", 4],
  ] as const)("on the heap of %s is on heap %i", (heap, number) => {
    expect(framesOf({ ...operation, heap: heap as HeapId })).toEqual([{ ...told, heap: number }]);
  });
});

describe("a heap as it stands", () => {
  it("has its blocks behind it, with the two halves of a place", () => {
    const blocks: KnownBlock[] = [
      { at: 31, bytes: 32, site: "core/a.c:123" },
      { at: 33, bytes: 34, site: null },
      { at: 35, bytes: 36, site: "pool table" },
      { at: 37, bytes: 38, site: "c:/core/a.c:4" },
    ];
    const frames = framesOf({ kind: "known", sequence: 5, heap: "nexus", instance: 6, base: 7, stats, blocks });
    const block = { kind: "block", heap: 2, instance: 6, size: 0 };
    expect(frames).toEqual([
      { kind: "heap", sequence: 5, heap: 2, instance: 6, base: 7, blocks: 4, ...stats },
      { kind: "text", id: 1, text: "core/a.c" },
      { ...block, pointer: 31, bytes: 32, file: 1, line: 123 },
      { ...block, pointer: 33, bytes: 34, file: 0, line: 0 },
      { kind: "text", id: 2, text: "pool table" },
      { ...block, pointer: 35, bytes: 36, file: 2, line: 0 },
      { kind: "text", id: 3, text: "c:/core/a.c" },
      { ...block, pointer: 37, bytes: 38, file: 3, line: 4 },
    ]);
  });
});

describe("an application", () => {
  it("comes and goes", () => {
    const last = { uuid: UUID, name: "x", stats, panicked: true, when: { seconds: 8, millis: 9 } };
    expect(
      framesOf(
        { kind: "loaded", sequence: 1, instance: 2, uuid: UUID, name: "x" },
        { kind: "unloaded", sequence: 3, instance: 4, last },
      ),
    ).toEqual([
      { kind: "instance", sequence: 1, instance: 2, uuid: UUID, name: "x" },
      {
        kind: "ended",
        sequence: 3,
        instance: 4,
        uuid: UUID,
        panicked: 1,
        seconds: 8,
        millis: 9,
        ...stats,
        name: "x",
      },
    ]);
    expect(endedBody({ ...last, panicked: false })).toMatchObject({ sequence: 0, instance: 0, panicked: 0 });
  });

  it.each([
    ["create", 1],
    ["open", 2],
    ["invoke", 3],
    ["close", 4],
    ["destroy", 5],
  ] as const)("is entered and left by %s, which is %i", (entry, number) => {
    const about = { sequence: 1, instance: 2, session: 4, command: 5 };
    const frames = framesOf(
      { kind: "entered", entry: entry as Entry, ...about },
      { kind: "left", entry: entry as Entry, ...about, code: 6 },
    );
    const step = { kind: "step", entry: number, ...about };
    expect(frames).toEqual([
      { ...step, step: 1, code: 0 },
      { ...step, step: 2, code: 6 },
    ]);
  });

  it.each([
    [true, false],
    [false, true],
  ])("is listed with what it is (panicked %s, busy %s) and its blocks", (panicked, busy) => {
    const bodies: EventBody[] = [];
    createEventEncoder().moment(
      { instance: 2, uuid: UUID, name: "x", sessions: 3, panicked, busy, stats },
      17,
      [{ at: 41, size: 42, file: "a.c", line: 43 }],
      (body) => bodies.push(body),
    );
    expect(bodies).toEqual([
      { kind: "instance", sequence: 17, instance: 2, uuid: UUID, name: "x" },
      { kind: "status", instance: 2, sessions: 3, panicked: panicked ? 1 : 0, busy: busy ? 1 : 0 },
      { kind: "heap", sequence: 17, heap: 3, instance: 2, base: 0, blocks: 1, ...stats },
      { kind: "text", id: 1, text: "a.c" },
      { kind: "block", heap: 3, instance: 2, pointer: 41, bytes: 0, size: 42, file: 1, line: 43 },
    ]);
  });
});
