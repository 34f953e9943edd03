// A secure console that is opened again where it ended: a connection that broke off, an adapter that was plugged out and in.
import { setTimeout } from "node:timers/promises";
import type { Result } from "../../base/result.ts";
import { backOff } from "../back_off.ts";
import type { ConsoleBytes } from "./read_feed.ts";

interface Reopening {
  readonly name: string;
  /** Milliseconds for which it is tried. */
  readonly patience: number;
  open(): Promise<Result<ConsoleBytes>>;
  /** Told that it ended, is tried again, and is there again. */
  says(text: string): void;
}

/** The same bytes, and those of the consoles that are opened in its place. `ended` is why none is open now. */
export function reopened(first: ConsoleBytes, { name, patience, open, says }: Reopening): ConsoleBytes {
  const over = new AbortController();
  let now = first;
  let away = "";

  /** True where another one is open. */
  async function again(): Promise<boolean> {
    let told = "";
    for (const ms of backOff(patience)) {
      const text = `the secure console ${name} ended: ${away}; opening it again in ${ms / 1000} s`;
      if (text !== told) says(text);
      told = text;
      await setTimeout(ms, undefined, { signal: over.signal }).catch(() => {});
      if (over.signal.aborted) return false;
      const next = await open();
      if (next.ok) {
        now = next.value;
        if (!over.signal.aborted) return true;
        await now[Symbol.asyncDispose]();
        return false;
      }
      away = next.error;
    }
    return false;
  }
  async function* incoming(): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      try {
        yield* now.incoming;
      } catch {
        // A stream that breaks off ends as one that ends.
      }
      if (over.signal.aborted) return;
      away = now.ended || "nothing more comes from it";
      await now[Symbol.asyncDispose]();
      if (!(await again())) return;
      away = "";
      says(`the secure console ${name} is open again; what it said meanwhile is missing`);
    }
  }
  return {
    incoming: incoming(),
    get ended() {
      return away;
    },
    async [Symbol.asyncDispose]() {
      over.abort();
      await now[Symbol.asyncDispose]();
    },
  };
}
