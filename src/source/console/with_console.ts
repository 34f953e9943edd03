// A source with a secure console that is read beside it: its leak lists become answers.
import { err, ok } from "../../base/result.ts";
import type { ConsoleFeed } from "../console_feed.ts";
import { unlessAborted } from "../give_up.ts";
import type { Source } from "../source.ts";
import { hearLines, LIST_WAIT, type ListWait } from "./heard_lines.ts";

/** The same source; its end is that of the console as well. */
export function withConsole(
  source: Source,
  console: ConsoleFeed & AsyncDisposable,
  wait: ListWait = LIST_WAIT,
): Source {
  const memleak = async (signal: AbortSignal | undefined, about: Parameters<Source["ask"]>[2]) => {
    if (console.ended !== "") return err({ text: console.ended });
    const heard = hearLines(console);
    try {
      const asked = await source.ask("memleak", signal, about);
      if (!asked.ok || asked.value !== undefined) return asked;
      await heard.settled(wait, signal);
      return console.ended === "" ? ok(heard.lines()) : err({ text: console.ended });
    } finally {
      heard.stop();
    }
  };
  const ask: Source["ask"] = async (question, signal, about) => {
    if (question !== "memleak") return source.ask(question, signal, about);
    return unlessAborted(signal, () => memleak(signal, about) as ReturnType<typeof source.ask<typeof question>>);
  };
  return {
    ...source,
    // A board tells its release with its first answer.
    get version() {
      return source.version;
    },
    get release() {
      return source.release;
    },
    get lost() {
      return source.lost;
    },
    console,
    ask,
    async [Symbol.asyncDispose]() {
      await source[Symbol.asyncDispose]();
      await console[Symbol.asyncDispose]();
    },
  };
}
