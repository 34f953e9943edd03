// Tests of read_feed.ts.
import { setImmediate } from "node:timers/promises";
import { expect, it } from "vitest";
import { fakeConsole } from "../../../test/support/fake_console.ts";
import { feedOf } from "./read_feed.ts";

const soon = async (): Promise<void> => {
  for (let n = 0; n < 3; n++) await setImmediate();
};

it("gives each listener what comes while it listens, and the first what came before, if it wants that", async () => {
  const console = fakeConsole();
  const feed = feedOf("x", console);
  const heard: [string, string][] = [];
  const hear = (who: string) => (bytes: Uint8Array) => void heard.push([who, Buffer.from(bytes).toString("latin1")]);
  console.say("early");
  await soon();
  const stop = feed.listen(hear("a"), true);
  feed.listen(hear("b"), true);
  console.say("now");
  await soon();
  stop();
  console.say("late");
  await soon();
  expect(heard).toEqual([
    ["a", "early"],
    ["a", "now"],
    ["b", "now"],
    ["b", "late"],
  ]);
  await feed[Symbol.asyncDispose]();
  expect([feed.ended, console.closed]).toEqual(["", true]);
});

it("keeps a megabyte of what comes before, not more", async () => {
  const console = fakeConsole();
  const feed = feedOf("x", console);
  for (let n = 0; n < 40; n++) console.say("x".repeat(2 ** 16));
  await soon();
  let length = 0;
  feed.listen((bytes) => {
    length += bytes.length;
  }, true);
  expect(length).toBe(2 ** 20);
  await feed[Symbol.asyncDispose]();
});

it("a stream that breaks off is a console that ended, and no fault of the program", async () => {
  async function* breaking(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(1);
    throw new Error("premature close");
  }
  const feed = feedOf("x", { incoming: breaking(), ended: "the plug was pulled", async [Symbol.asyncDispose]() {} });
  await soon();
  expect(feed.ended).toBe("the secure console x ended: the plug was pulled");
  await feed[Symbol.asyncDispose]();
});
