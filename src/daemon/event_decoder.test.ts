// Tests of event_decoder.ts.
import { expect, it } from "vitest";
import type { TeeEvent } from "../tee/monitor/event.ts";
import type { EventBody } from "../wire/event_frames.ts";
import { createEventDecoder } from "./event_decoder.ts";
import { createEventEncoder } from "./event_encoder.ts";

const stats = { allocated: 11, maxAllocated: 12, size: 13, failures: 14, biggestFailure: 15, biggestFailureUsed: 16 };
const last = { uuid: "u", name: "x", stats, panicked: true, when: { seconds: 8, millis: 9 } };
const about = { sequence: 1, instance: 2, session: 4, command: 5 } as const;
const heap = { kind: "heap", sequence: 3, heap: "ta", instance: 4, op: "M", pointer: 1, size: 2, arg: 3 } as const;
const EVENTS: readonly TeeEvent[] = [
  {
    kind: "known",
    sequence: 5,
    heap: "loader",
    instance: 6,
    base: 7,
    stats,
    blocks: [
      { at: 31, bytes: 32, site: "core/a.c:123" },
      { at: 33, bytes: 34, site: null },
      { at: 35, bytes: 36, site: "pool table" },
    ],
  },
  { kind: "known", sequence: 5, heap: "nexus", instance: 0, base: 7, stats, blocks: [] },
  { kind: "loaded", sequence: 1, instance: 2, uuid: "u", name: "x" },
  { kind: "entered", entry: "destroy", ...about },
  { kind: "left", entry: "create", ...about, code: 6 },
  { ...heap, result: 5, file: "core/a.c", line: 6, allocated: 7 },
  { ...heap, result: 5, file: "ta/a.c", line: 6, allocated: 7, stack: "ta/a.c:6\tinner\nta/a.c:9\touter" },
  { ...heap, result: 5, file: null, line: 6, allocated: 7 },
  { kind: "unloaded", sequence: 3, instance: 4, last },
  { kind: "unloaded", sequence: 3, instance: 4, last: { ...last, panicked: false } },
];

/** A decoder, and what it said since it was last asked. */
function decoderOf() {
  const events: TeeEvent[] = [];
  const decoder = createEventDecoder((event) => events.push(event));
  return { decoder, said: () => events.splice(0) };
}

it("events read back as they were", () => {
  const { decoder, said } = decoderOf();
  const encoder = createEventEncoder();
  for (const event of EVENTS) {
    encoder.event(event, decoder.feed);
    expect(said()).toEqual([event]);
  }
  expect(decoder.lost).toBe(0);
});

it("a heap is told when the last of its blocks has come, and not at all where a loss comes between", () => {
  const { decoder, said } = decoderOf();
  const frames: EventBody[] = [];
  createEventEncoder().event(EVENTS[0] as TeeEvent, (body) => frames.push(body));
  frames.slice(0, -1).forEach(decoder.feed);
  expect(said()).toEqual([]);
  decoder.feed({ kind: "lost", count: 7 });
  decoder.feed(frames.at(-1) as EventBody);
  expect([said(), decoder.lost]).toEqual([[], 7]);
  decoder.feed({ kind: "lost", count: 3 });
  expect(decoder.lost).toBe(10);
  // It begins anew, and texts keep their numbers.
  frames.filter(({ kind }) => kind !== "text").forEach(decoder.feed);
  expect(said()).toEqual([EVENTS[0]]);
});

it("a status is no event", () => {
  const { decoder, said } = decoderOf();
  decoder.feed({ kind: "status", instance: 1, sessions: 1, panicked: 0, busy: 0 });
  expect(said()).toEqual([]);
});
