// Tests of event_queue.ts.
import { expect, it } from "vitest";
import { pushed } from "./event_queue.ts";

/** A queue whose other end is held by the test. */
function held() {
  const ends = { push: (_n: number): void => {}, end: (): void => {}, stops: 0, listens: 0 };
  const events = pushed<number>((push, end) => {
    Object.assign(ends, { push, end, listens: ends.listens + 1 });
    return () => void ends.stops++;
  });
  return { ends, iterator: events[Symbol.asyncIterator]() };
}

it("gives what was pushed before it is asked, and what comes later, in order, then its end", async () => {
  const { ends, iterator } = held();
  expect(ends.listens).toBe(1);
  ends.push(1);
  ends.push(2);
  expect(await iterator.next()).toEqual({ done: false, value: 1 });
  expect(await iterator.next()).toEqual({ done: false, value: 2 });
  const next = iterator.next();
  ends.push(3);
  ends.push(4);
  expect(await next).toEqual({ done: false, value: 3 });
  ends.end();
  ends.push(5);
  expect(await iterator.next()).toEqual({ done: false, value: 4 });
  expect(await iterator.next()).toEqual({ done: true, value: undefined });
  expect(await iterator.next()).toEqual({ done: true, value: undefined });
});

it("ends one who waits, at its end and when it is left; what is left is not listened to", async () => {
  const { ends, iterator } = held();
  const next = iterator.next();
  ends.end();
  expect(await next).toEqual({ done: true, value: undefined });
  const other = held();
  const waiting = other.iterator.next();
  expect(await other.iterator.return?.()).toEqual({ done: true, value: undefined });
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(other.ends.stops).toBe(1);
  other.ends.push(1);
  expect(await other.iterator.next()).toEqual({ done: true, value: undefined });
});

it("hears what is pushed while it begins to listen", async () => {
  const events = pushed<number>((push) => {
    push(7);
    return () => {};
  });
  for await (const event of events) {
    expect(event).toBe(7);
    break;
  }
});
