// Tests of reopened.ts.
import { expect, it } from "vitest";
import { fakeConsole } from "../../../test/support/fake_console.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { type ConsoleBytes, feedOf } from "./read_feed.ts";
import { reopened } from "./reopened.ts";

const turn = (): Promise<void> => new Promise((go) => setTimeout(go, 10));
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await turn();
}

/** A console whose next openings give these, and what is said of it. */
function opened(patience: number, ...next: Result<ConsoleBytes>[]) {
  const said: string[] = [];
  const first = fakeConsole();
  const open = async (): Promise<Result<ConsoleBytes>> => next.shift() ?? err("nothing listens there");
  const bytes = reopened(first, { name: "tcp://b:1", patience, open, says: (text) => said.push(text) });
  const feed = feedOf("tcp://b:1", bytes);
  let heard = "";
  feed.listen((chunk) => {
    heard += Buffer.from(chunk).toString();
  });
  return { first, feed, said, heard: () => heard };
}

it("goes on with the next one, and has ended in between", async () => {
  const second = fakeConsole();
  const { first, feed, said, heard } = opened(60_000, err("nothing listens there"), ok(second));
  first.say("one ");
  await turn();
  expect(feed.ended).toBe("");
  first.end("it closed the connection");
  await until(() => feed.ended !== "");
  expect(feed.ended).toBe("the secure console tcp://b:1 ended: it closed the connection");
  await until(() => feed.ended === "");
  second.say("two");
  await turn();
  expect(heard()).toBe("one two");
  expect(said).toEqual([
    "the secure console tcp://b:1 ended: it closed the connection; opening it again in 0.5 s",
    "the secure console tcp://b:1 ended: nothing listens there; opening it again in 1 s",
    "the secure console tcp://b:1 is open again; what it said meanwhile is missing",
  ]);
  await feed[Symbol.asyncDispose]();
  expect([first.closed, second.closed, feed.ended]).toEqual([true, true, ""]);
});

it("gives up in the end, and says why", async () => {
  const { first, feed } = opened(500);
  first.end("it closed the connection");
  await until(() => feed.ended.includes("nothing listens there"));
  await feed[Symbol.asyncDispose]();
  expect(feed.ended).toBe("the secure console tcp://b:1 ended: nothing listens there");
});

it("is not opened any more once it is left", async () => {
  const second = fakeConsole();
  const { first, feed } = opened(60_000, ok(second));
  first.end("it closed the connection");
  await until(() => feed.ended !== "");
  await feed[Symbol.asyncDispose]();
  expect(second.closed).toBe(false);
});
