// A secure console that a test speaks through.
import type { ConsoleBytes } from "../../src/source/console/read_feed.ts";
import { pushed } from "../../src/source/event_queue.ts";

/** What a test does with it. */
interface FakeConsole extends ConsoleBytes {
  say(text: string): void;
  /** Ends it, for a reason. */
  end(why: string): void;
  readonly closed: boolean;
}

/** A console of which everything that is said arrives. */
export function fakeConsole(): FakeConsole {
  let push = (_bytes: Uint8Array): void => {};
  let finish = (): void => {};
  let ended = "";
  let closed = false;
  const queue = pushed<Uint8Array>((give, over) => {
    push = give;
    finish = over;
    return () => {};
  })[Symbol.asyncIterator]();
  return {
    incoming: { [Symbol.asyncIterator]: () => queue },
    get ended() {
      return ended;
    },
    get closed() {
      return closed;
    },
    say: (text) => push(Buffer.from(text, "latin1")),
    end(why) {
      ended = why;
      finish();
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      finish();
    },
  };
}
