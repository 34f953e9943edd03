// Tests of follow.ts.
import { expect, it } from "vitest";
import { fakeSource } from "../../test/support/fake_source.ts";
import { follow } from "./follow.ts";
import { type HeapEvent, isTraced } from "./source.ts";

const step = (sequence: number): HeapEvent["event"] => ({
  kind: "entered",
  sequence,
  instance: 1,
  entry: "invoke",
  session: 1,
  command: 0,
});
const lost = (count: number): HeapEvent["event"] => ({ kind: "lost", count });

function playing(...events: HeapEvent["event"][]) {
  const questions: string[] = [];
  const source = fakeSource("x", {
    answers: { running: [] },
    events: events.map((event, time) => ({ time, event })),
    onAsk: (question) => questions.push(question),
  });
  if (!isTraced(source)) throw new Error("it has events");
  return { source, questions };
}

it("feeds the sink with events and their times, counts what was left out, and says when there are no more", async () => {
  const { source } = playing(step(1), lost(3), step(5), lost(4));
  const fed: [number, number][] = [];
  const following = follow(source, ({ sequence }, time) => fed.push([sequence, time]));
  await following.ended;
  expect([fed, following.lost]).toEqual([
    [
      [1, 0],
      [5, 2],
    ],
    7,
  ]);
});

it("has caught up when the sink has had what happened before, for which it asks a question that leaves no trace", async () => {
  const { source, questions } = playing(...Array.from({ length: 1000 }, (_, n) => step(n)));
  let fed = 0;
  const following = follow(source, () => void fed++);
  await following.caughtUp();
  expect([fed, questions]).toEqual([1000, ["running"]]);
});

it("feeds nothing any more once it is stopped, not even what has come", async () => {
  const { source } = playing(step(1), step(2), step(3));
  let fed = 0;
  const following = follow(source, () => {
    fed++;
    following.stop();
  });
  await following.ended;
  expect(fed).toBe(1);
});

it("feeds nothing either that comes from a source that was busy when it was stopped", async () => {
  const { source } = playing();
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  async function* late(): AsyncGenerator<HeapEvent> {
    await gate;
    yield { time: 0, event: step(1) };
  }
  let fed = 0;
  const following = follow({ ...source, events: late }, () => void fed++);
  following.stop();
  open();
  await following.ended;
  expect(fed).toBe(0);
});
