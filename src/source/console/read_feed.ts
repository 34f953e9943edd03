// Reads the secure console of a board over a channel or out of a file.
import { setTimeout } from "node:timers/promises";
import type { ConsoleFeed, HearConsole } from "../console_feed.ts";

/** Milliseconds: longer than a file is not looked at, and than a serial adapter collects. */
const LINGER = 150;

/** Bytes of a console, wherever they come from: a `Channel`, or a file that grows. */
export interface ConsoleBytes extends AsyncDisposable {
  /** Chunks as they arrive. */
  readonly incoming: AsyncIterable<Uint8Array>;
  /** Why it ended, as a sentence; empty while it is open. */
  readonly ended: string;
}

/** Bytes that are kept until somebody listens: commands do so at once. */
const KEPT = 2 ** 20;

/** Reads a console until it is disposed of, or ends. What comes while nobody listens any more is gone. */
export function feedOf(name: string, bytes: ConsoleBytes): ConsoleFeed & AsyncDisposable {
  const hearers = new Set<HearConsole>();
  let ended = "";
  let closing = false;
  let before: Uint8Array[] = [];
  let room = KEPT;

  function take(chunk: Uint8Array): void {
    for (const hear of [...hearers]) hear(chunk);
    room -= chunk.length;
    if (room >= 0) before.push(chunk);
  }
  async function read(): Promise<void> {
    try {
      for await (const chunk of bytes.incoming) take(chunk);
    } catch {
      // A stream that breaks off ends as one that ends.
    }
    if (!closing) ended = sentence(bytes.ended || "nothing more comes from it");
  }
  const sentence = (why: string): string => `the secure console ${name} ended: ${why}`;
  const reading = read();
  return {
    name,
    get ended() {
      if (ended !== "" || closing || bytes.ended === "") return ended;
      return sentence(bytes.ended);
    },
    listen(hear, earlier = false) {
      // The same function may listen twice.
      const own: HearConsole = (chunk) => hear(chunk);
      hearers.add(own);
      if (earlier) for (const chunk of before) hear(chunk);
      before = [];
      room = 0;
      return () => void hearers.delete(own);
    },
    async [Symbol.asyncDispose]() {
      // What is on its way still comes, where somebody wants it.
      if (hearers.size > 0 && ended === "") await setTimeout(LINGER);
      closing = true;
      await bytes[Symbol.asyncDispose]();
      await reading;
    },
  };
}
