// Tests of record_source.ts.
import { expect, it } from "vitest";
import { fakeSource } from "../../../test/support/fake_source.ts";
import { err, ok } from "../../base/result.ts";
import { SINCE_4_0 } from "../../release/since_4_0.ts";
import { pushed } from "../../source/event_queue.ts";
import type { HeapEvent, TracedSource } from "../../source/source.ts";
import type { RecordSession } from "./record_session.ts";
import { hearing, type RecordPlan, recordSource } from "./record_source.ts";
import { ENDED_WELL } from "./run_end.ts";

const event = (sequence: number): HeapEvent["event"] => ({
  kind: "left",
  sequence,
  instance: 1,
  entry: "close",
  session: 1,
  command: 0,
  code: 0,
});

/** A source whose events the test makes, and what a recording of it hears. */
function recorded(more: Partial<TracedSource> & { readonly close?: (push: (event: HeapEvent) => void) => void }) {
  const heard: string[] = [];
  let push = (_event: HeapEvent): void => {};
  const { close, ...parts } = more;
  const source: TracedSource = {
    ...fakeSource("x", { answers: { running: [] } }),
    events: () =>
      pushed((put) => {
        push = put;
        return () => {};
      }),
    async [Symbol.asyncDispose]() {
      close?.(push);
    },
    ...parts,
  };
  const session: RecordSession = {
    feed: ({ sequence }) => void heard.push(`event ${sequence}`),
    moment: () => {},
    sample: (samples) => void heard.push(...samples.map(({ heap }) => `sample ${heap}`)),
    mark: (name) => void heard.push(`mark ${name}`),
    note: (name) => void heard.push(`note ${name}`),
    reboot: () => {},
    asks: () => {},
    hear: () => {},
    end: () => {},
    summary: () => "",
    recorded: () => ({ rows: 0, bytes: 0, late: [], findings: 0 }),
  };
  const plan: RecordPlan = {
    name: "leaky",
    command: "leaky 1",
    interval: 1,
    clock: () => 0,
    says: () => {},
    async run() {
      push({ time: 1, event: event(1) });
      return ok(ENDED_WELL);
    },
  };
  return { heard, end: hearing(source, session, () => recordSource(source, session, plan)) };
}

it("hears everything in its order, what the end of the source brings as well", async () => {
  const close = (push: (event: HeapEvent) => void): void =>
    [2, 3].forEach((n) => void push({ time: n, event: event(n) }));
  const { heard, end } = recorded({ close });
  expect(await end).toEqual(ok(ENDED_WELL));
  expect(heard).toEqual(["mark leaky", "event 1", "event 2", "event 3"]);
});

it("samples what the events of a source do not tell, and only that", async () => {
  const figures = { allocated: 1, size: 2 };
  const answers = {
    alloc: {
      release: SINCE_4_0,
      pools: [
        { name: "Heap", ...figures },
        { name: "unused", size: 0 },
      ],
    },
    ta: ["5ca1ab1e", ""].map((uuid) => ({ uuid, heap: { name: "", ...figures } })),
    running: [],
  };
  const { ask, answers: can } = fakeSource("x", { answers });
  const both = recorded({ ask, answers: can, untold: ["alloc", "ta"] });
  await both.end;
  expect(new Set(both.heard)).toEqual(new Set(["mark leaky", "event 1", "sample Heap", "sample 5ca1ab1e"]));
  const one = recorded({ ask, answers: can, untold: ["ta"] });
  await one.end;
  expect(new Set(one.heard)).toEqual(new Set(["mark leaky", "event 1", "sample 5ca1ab1e"]));
  const none = recorded({ ask, answers: can });
  await none.end;
  expect(none.heard).toEqual(["mark leaky", "event 1"]);
});

it("boots a system that has not booted, and runs nothing where that fails", async () => {
  const good = recorded({ start: async () => ok(undefined) });
  await good.end;
  expect(good.heard).toEqual(["mark boot", "mark leaky", "event 1"]);
  const bad = recorded({ start: async () => err("no room") });
  expect(await bad.end).toEqual(ok({ code: 1, wrong: ["no room"] }));
  expect(bad.heard).toEqual(["mark boot"]);
});

it("says why the source went away, which is why nothing ran, and what is missing", async () => {
  const gone = recorded({ lost: "it went away" });
  expect(await gone.end).toEqual(ok({ code: 1, wrong: ["it went away"] }));
  expect(gone.heard).toEqual([]);
  const gap = recorded({ close: (push) => push({ time: 2, event: { kind: "lost", count: 5 } }) });
  expect(await gap.end).toEqual(ok({ code: 0, wrong: ["5 events were lost, because they came too fast"] }));
});
