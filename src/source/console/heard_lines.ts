// Collects what a console says from now on, and knows when it has said it all.
import type { ConsoleFeed } from "../console_feed.ts";

/** How long to wait for what is on its way, in milliseconds. */
export interface ListWait {
  /** Without a byte, until nothing is expected any more. */
  readonly quiet: number;
  /** The same once the last line of a list has come. */
  readonly after: number;
  /** At most. */
  readonly most: number;
}

/** The longest ways are those of a serial adapter, which collects for 16 ms, and of a file, which is looked at every 50 ms. */
export const LIST_WAIT: ListWait = { quiet: 400, after: 100, most: 20_000 };

/** What is heard. */
export interface Heard {
  /** Lines so far, without their ends; a last one that is not complete, too. */
  lines(): string[];
  /** Resolves when nothing more is expected, the console has ended, or at the signal. */
  settled(wait: ListWait, signal?: AbortSignal): Promise<void>;
  stop(): void;
}

/** The core's table of pools, which ends a leak list of 4.0 to 4.10. */
const LAST = "bget_malloc.c:";

/** Begins to listen. `onLine` gets each line once its end has come. */
export function hearLines(feed: ConsoleFeed, onLine: (line: string) => void = () => {}): Heard {
  const decoder = new TextDecoder();
  const whole: string[] = [];
  let rest = "";
  let lists = 0;
  let onPiece = (): void => {};
  const stop = feed.listen((bytes) => {
    const parts = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const line = part.replaceAll("\r", "");
      if (line.includes(LAST)) lists++;
      whole.push(line);
      onLine(line);
    }
    onPiece();
  });
  return {
    lines: () => (rest === "" ? [...whole] : [...whole, rest.replaceAll("\r", "")]),
    settled({ quiet, after, most }, signal) {
      return new Promise((resolve) => {
        const wait = (): NodeJS.Timeout => setTimeout(finish, lists > 0 ? after : quiet);
        const late = setTimeout(finish, most);
        let soon = wait();
        let seen = lists;
        function finish(): void {
          clearTimeout(late);
          clearTimeout(soon);
          signal?.removeEventListener("abort", finish);
          onPiece = () => {};
          resolve();
        }
        onPiece = () => {
          // Behind a list only another list is waited for: a noisy console never falls silent.
          if (seen > 0 && lists === seen) return;
          seen = lists;
          clearTimeout(soon);
          soon = wait();
        };
        signal?.addEventListener("abort", finish, { once: true });
        if (signal?.aborted === true || feed.ended !== "") finish();
      });
    },
    stop,
  };
}
