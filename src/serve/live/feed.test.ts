// Tests of the text of a stream: whoever begins anywhere ends with the same.
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { testSystems } from "../../../test/support/page_server.ts";
import { createFeed } from "./feed.ts";

/** The events in bytes, as EventSource gives them. */
function eventsIn(parts: readonly Uint8Array[]): { id: number; event: string; data: unknown }[] {
  const text = Buffer.concat(parts).toString();
  return text
    .split("\n\n")
    .filter((block) => block.includes("data:"))
    .map((block) => {
      const field = (name: string): string =>
        block
          .split("\n")
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2) ?? "";
      return { id: Number(field("id")), event: field("event"), data: JSON.parse(field("data")) as unknown };
    });
}

test("a reader has the state and every change behind it once, wherever it begins", () => {
  const live = testSystems([{ name: "sim", n: 0 }]);
  const sent: Uint8Array[] = [];
  const feed = createFeed(
    live,
    () => true,
    (batch) => sent.push(batch),
  );
  const beginnings: { parts: readonly Uint8Array[]; sentBefore: number }[] = [];
  for (let n = 1; n <= 20; n++) {
    live.change({ n }, [{ name: "sim", n }]);
    if (n % 3 === 0) beginnings.push({ parts: feed.beginning(), sentBefore: sent.length });
  }
  feed.flush();
  for (const { parts, sentBefore } of beginnings) {
    const [first, ...rest] = eventsIn([...parts, ...sent.slice(sentBefore)]);
    expect(first?.event).toBe("state");
    const n = first === undefined ? -1 : ((first.data as { n: number }[])[0]?.n ?? -1);
    expect(rest.map(({ data }) => (data as { n: number }).n)).toEqual(
      Array.from({ length: 20 - n }, (_, k) => n + 1 + k),
    );
  }
  feed.close();
  expect(live.listeners).toBe(0);
});

test("changes of a moment are one batch", async () => {
  const live = testSystems();
  const sent: Uint8Array[] = [];
  const feed = createFeed(
    live,
    () => true,
    (batch) => sent.push(batch),
  );
  live.change({ n: 1 });
  live.change({ n: 2 });
  while (sent.length === 0) await setTimeout(5);
  expect(eventsIn(sent).map(({ id, event }) => [id, event])).toEqual([
    [1, "change"],
    [2, "change"],
  ]);
  expect(sent).toHaveLength(1);
  feed.close();
});

test("where nobody reads, changes cost nothing and the next one begins with now", () => {
  const live = testSystems([{ n: 0 }]);
  const feed = createFeed(
    live,
    () => false,
    () => {},
  );
  feed.beginning();
  for (let n = 1; n <= 5; n++) live.change({ n }, [{ n }]);
  expect(eventsIn(feed.beginning())).toEqual([{ id: 5, event: "state", data: [{ n: 5 }] }]);
  feed.close();
});

test("what a beginning has behind it stays shorter than a new one", () => {
  const live = testSystems([{ n: 0 }]);
  const feed = createFeed(
    live,
    () => true,
    () => {},
  );
  feed.beginning();
  const text = "x".repeat(10_000);
  for (let n = 1; n <= 200; n++) {
    live.change({ n, text }, [{ n }]);
    feed.flush();
    const parts = feed.beginning();
    expect(parts.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(2 ** 18 + 20_000);
  }
  feed.close();
});

test("text of a board does not end an event", () => {
  const live = testSystems([{ text: "a\n\nevent: x\r\ndata: y\n\n" }]);
  const feed = createFeed(
    live,
    () => true,
    () => {},
  );
  expect(eventsIn(feed.beginning())).toHaveLength(1);
  feed.close();
});
