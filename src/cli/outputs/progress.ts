// Shows the progress of long work on a terminal.
import { own, type Printable, printable, shown } from "../../base/printable.ts";
import type { Output } from "./output.ts";

/** Tells on a terminal how far long work is. */
export interface Progress {
  /** `done` of `total`, in any unit; a total of 0 is not known, then `done` is in bytes. */
  show(what: string, done: number, total: number): void;
  /** Wipes the line; call it before anything else is printed. */
  clear(): void;
}

const DELAY_MS = 500;
const STEP_MS = 100;

/** Milliseconds of work after which an estimate is worth something, and seconds that are worth a word. */
const SURE_MS = 2000;
const WORTH_S = 2;

/** What is left at the pace so far; empty where that is little, or too little is done to tell. */
function timeLeft(spent: number, done: number, left: number): Printable {
  const seconds = Math.round((spent * left) / done / 1000);
  if (spent < SURE_MS || done <= 0 || seconds < WORTH_S) return own("");
  return seconds < 100 ? shown`, about ${seconds} s left` : shown`, about ${Math.round(seconds / 60)} min left`;
}

/** Shows nothing where `err` is no terminal, and nothing in the first half second. */
export function createProgress(err: Output, clock: () => number): Progress {
  const start = clock();
  let last = start + DELAY_MS - STEP_MS;
  let isShown = false;
  /** Where the work that is shown began, and how far it was. */
  let begun = { at: start, done: 0 };
  let seen = 0;
  return {
    show(what, done, total) {
      if (!err.isTerminal || clock() - last < STEP_MS) return;
      last = clock();
      isShown = true;
      if (done < seen) begun = { at: last, done };
      seen = done;
      const far =
        total === 0
          ? shown`${Math.floor(done / 2 ** 20)} MiB`
          : shown`${Math.floor((100 * done) / total)}%${timeLeft(last - begun.at, done - begun.done, total - done)}`;
      err.write(shown`\r\x1b[K${printable(what)} ${far}`);
      // The work is synchronous: without a flush nothing would be seen before its end.
      err.flush().catch(() => {});
    },
    clear() {
      if (isShown) err.write("\r\x1b[K");
      isShown = false;
      err.flush().catch(() => {});
    },
  };
}
