// Tests of event_feed.ts.
import { expect, it } from "vitest";
import type { TeeEvent } from "../tee/monitor/event.ts";
import type { EventBody } from "../wire/event_frames.ts";
import { createEventFeed } from "./event_feed.ts";

const counters = { allocated: 0, maxAllocated: 0, size: 0, failures: 0, biggestFailure: 0, biggestFailureUsed: 0 };
const last = { uuid: "", name: "x", stats: counters, panicked: false, when: { seconds: 0, millis: 0 } };
const known: TeeEvent = {
  kind: "known",
  sequence: 0,
  heap: "core",
  instance: 0,
  base: 0,
  stats: counters,
  blocks: [],
};
const loaded: TeeEvent = { kind: "loaded", sequence: 1, instance: 1, uuid: "", name: "x" };
const step = { sequence: 2, instance: 1, entry: "invoke", session: 1, command: 0 } as const;
const heap = { sequence: 3, heap: "ta", instance: 1, op: "M", pointer: 0, size: 1, arg: 0, result: 8 } as const;
/** One of each kind. */
const EACH: readonly TeeEvent[] = [
  loaded,
  { kind: "entered", ...step },
  { kind: "left", ...step, code: 0 },
  { kind: "heap", ...heap, file: null, line: 0, allocated: 1 },
  { kind: "unloaded", sequence: 4, instance: 1, last },
];

/** A feed on a tap of our own; `said` are kinds of events, and the counts of what was lost. */
function feedOf() {
  const said: (string | number)[] = [];
  let sink: ((event: TeeEvent) => void) | null = null;
  const state = { jammed: false, taps: 0, stops: 0 };
  const tap = (to: (event: TeeEvent) => void): (() => void) => {
    state.taps++;
    sink = to;
    to(known);
    to(loaded);
    return () => {
      state.stops++;
      if (sink === to) sink = null;
    };
  };
  const encoder = { event: ({ kind }: TeeEvent) => void said.push(kind), moment: () => {} };
  const feed = createEventFeed(
    tap,
    encoder,
    () => state.jammed,
    (body: EventBody) => void said.push(body.kind === "lost" ? body.count : body.kind),
  );
  return {
    feed,
    state,
    happen: (...events: readonly TeeEvent[]) => events.forEach((event) => sink?.(event)),
    said: () => said.splice(0),
  };
}

it.each([
  [0, []],
  [1, ["loaded", "loaded", "entered", "left", "unloaded"]],
  [2, ["known", "loaded", "loaded", "heap", "unloaded"]],
  [3, ["known", "loaded", "loaded", "entered", "left", "heap", "unloaded"]],
])("a subscription to %i hears of %j", (events, heard) => {
  const { feed, happen, said, state } = feedOf();
  feed.subscribe(events);
  happen(...EACH);
  expect(said()).toEqual(heard);
  expect(state.taps).toBe(events === 0 ? 0 : 1);
});

it("another subscription ends the one before", () => {
  const { feed, happen, said, state } = feedOf();
  feed.subscribe(3);
  feed.subscribe(1);
  expect([state.taps, state.stops]).toEqual([2, 1]);
  said();
  happen(...EACH);
  expect(said()).toEqual(["loaded", "entered", "left", "unloaded"]);
  feed.subscribe(0);
  feed.subscribe(0);
  expect([state.taps, state.stops]).toEqual([2, 2]);
});

it("behind the first event that a jam leaves out nothing is told until it has drained, then the loss and all anew", () => {
  const { feed, happen, said, state } = feedOf();
  feed.subscribe(1);
  said();
  state.jammed = true;
  happen(...EACH);
  // Of five, the heap's was not subscribed to.
  expect(said()).toEqual([]);
  state.jammed = false;
  happen(loaded);
  expect(said()).toEqual([]);
  feed.drained();
  expect(said()).toEqual([5, "loaded"]);
  happen(loaded);
  expect(said()).toEqual(["loaded"]);
  feed.drained();
  expect(said()).toEqual([]);
  expect([state.taps, state.stops]).toEqual([2, 1]);
});

it("what was left out is told before an answer, once, and the gap stays one", () => {
  const { feed, happen, said, state } = feedOf();
  feed.subscribe(3);
  said();
  feed.tell();
  expect(said()).toEqual([]);
  state.jammed = true;
  happen(loaded, loaded);
  feed.tell();
  feed.tell();
  expect(said()).toEqual([2]);
  state.jammed = false;
  happen(loaded);
  feed.drained();
  expect(said()).toEqual([1, "known", "loaded"]);
});

it("a beginning is told in a jam, too, and a new subscription owes nothing of the one before", () => {
  const { feed, happen, said, state } = feedOf();
  state.jammed = true;
  feed.subscribe(3);
  expect(said()).toEqual(["known", "loaded"]);
  happen(loaded, loaded);
  feed.subscribe(1);
  feed.tell();
  expect(said()).toEqual(["loaded"]);
  state.jammed = false;
  happen(loaded);
  expect(said()).toEqual(["loaded"]);
});
