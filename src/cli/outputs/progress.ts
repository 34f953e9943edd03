// Shows the progress of long work on a terminal.
import { printable, shown } from "../../base/printable.ts";
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

/** Shows nothing where `err` is no terminal, and nothing in the first half second. */
export function createProgress(err: Output, clock: () => number): Progress {
  const start = clock();
  let last = start + DELAY_MS - STEP_MS;
  let isShown = false;
  return {
    show(what, done, total) {
      if (!err.isTerminal || clock() - last < STEP_MS) return;
      last = clock();
      isShown = true;
      const far = total === 0 ? shown`${Math.floor(done / 2 ** 20)} MiB` : shown`${Math.floor((100 * done) / total)}%`;
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
