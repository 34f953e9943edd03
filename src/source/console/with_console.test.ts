// Tests of with_console.ts, and of how it knows that a console has said all.
import { setImmediate } from "node:timers/promises";
import { expect, it } from "vitest";
import { fakeConsole } from "../../../test/support/fake_console.ts";
import { fakeSource } from "../../../test/support/fake_source.ts";
import { emptyRecord } from "../../abi/record.ts";
import { err, ok } from "../../base/result.ts";
import { RELEASES } from "../../release/releases.ts";
import type { Source } from "../source.ts";
import { feedOf } from "./read_feed.ts";
import { withConsole } from "./with_console.ts";

const NEVER = 1e8;
const PATIENT = { quiet: NEVER, after: 0, most: NEVER };
const HASTY = { quiet: 0, after: 0, most: NEVER };
const LIST = [
  "I/TC: buffer: 24 bytes core/mm/tee_mm.c:19",
  "I/TC: buffer: 16 bytes lib/libutils/isoc/bget_malloc.c:831",
];

/** A board with a console. */
function board(wait: typeof PATIENT, onMemleak: (say: (text: string) => void) => void = () => {}) {
  const console = fakeConsole();
  let closed = 0;
  const source = fakeSource("ssh://board", {
    answers: { alloc: { release: RELEASES[0], pools: [emptyRecord("Heap")] }, memleak: undefined as never },
    onClose: () => void closed++,
  });
  const asked: Source = {
    ...source,
    async ask(question, signal, about) {
      if (question !== "memleak") return source.ask(question, signal, about);
      onMemleak(console.say);
      return ok(undefined) as never;
    },
  };
  const both = withConsole(asked, feedOf("tcp://a:1", console), wait);
  return { console, both, closed: () => closed };
}

it("answers memleak with the lines that come meanwhile, and waits for those on their way, to the end of the list", async () => {
  const { both } = board(PATIENT, (say) => {
    say(`D/TC:? 0 open\r\n${LIST[0]}\r`);
    void setImmediate().then(() => say(`\n${LIST[1]}`));
    void setImmediate()
      .then(() => setImmediate())
      .then(() => say("\r\n"));
  });
  const answer = await both.ask("memleak");
  expect(answer).toEqual(ok(["D/TC:? 0 open", ...LIST]));
});

it("is not kept waiting by a console that never falls silent", async () => {
  const { both, console } = board(PATIENT, (say) => say(`${LIST.join("\n")}\n`));
  const noise = setInterval(() => console.say("D/TC:? 0 tick\n"), 0);
  const answer = await both.ask("memleak");
  clearInterval(noise);
  expect(answer.ok && answer.value?.slice(0, 2)).toEqual(LIST);
});

it("hands over what there is where no list comes, and hears nothing of what was said before", async () => {
  const { both, console } = board(HASTY);
  console.say(`${LIST.join("\n")}\n`);
  await setImmediate();
  await setImmediate();
  expect(await both.ask("memleak")).toEqual(ok([]));
});

it("gives up at the signal, and says so when the console has ended", async () => {
  const { both, console } = board(PATIENT);
  const over = new AbortController();
  const asked = both.ask("memleak", over.signal);
  await setImmediate();
  over.abort();
  expect(await asked).toEqual(err({ text: "given up" }));
  console.end("the other side closed it");
  await setImmediate();
  const why = "the secure console tcp://a:1 ended: the other side closed it";
  expect(await both.ask("memleak")).toEqual(err({ text: why }));
  expect(both.console?.ended).toBe(why);
  // The rest of the system is still there.
  expect((await both.ask("alloc")).ok).toBe(true);
});

it("closes both, and a console that is closed has not ended by itself", async () => {
  const { both, console, closed } = board(HASTY);
  await both[Symbol.asyncDispose]();
  expect([closed(), console.closed, both.console?.ended]).toEqual([1, true, ""]);
});
