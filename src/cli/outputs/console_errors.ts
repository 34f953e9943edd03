// The secure console of a system that a command starts, or reads beside its source.
import { printable, shown } from "../../base/printable.ts";
import { hearLines } from "../../source/console/heard_lines.ts";
import type { Source } from "../../source/source.ts";
import type { Io } from "./outcome.ts";

/** Takes the lines of a secure console: errors (`E/`) go to standard error, the others are dropped. */
export function consoleErrors({ err }: Pick<Io, "err">): (line: string) => void {
  return (line) => {
    if (line.startsWith("E/")) err.write(shown`${printable(line)}\n`);
  };
}

/** Which lines of a secure console are shown: errors, what TAs say besides, or all. */
export const SHOWN_LINES = ["errors", "ta", "all"] as const;

/** A line of the core or of the loader that is no error. */
const OF_THE_SYSTEM = /^[IDF]\/(?:TC|LD):/;

/** The same for a choice of lines: `ta` leaves out what the core and the loader say, unless it is an error. */
export function consoleLines({ err }: Pick<Io, "err">, which: (typeof SHOWN_LINES)[number]): (line: string) => void {
  if (which === "errors") return consoleErrors({ err });
  return (line) => {
    if (which === "all" || !OF_THE_SYSTEM.test(line)) err.write(shown`${printable(line)}\n`);
  };
}

/** What is on its way, in milliseconds: a file is looked at every 50. */
const WAIT = { quiet: 120, after: 120, most: 500 };

/**
 * Writes the errors that the secure console beside a source says from now on, as they come. The returned function waits for what
 * is on its way, and gives all lines; undefined where no console is read.
 */
export function hearErrors(
  { name, console }: Pick<Source, "name" | "console">,
  io: Pick<Io, "err">,
): () => Promise<readonly string[] | undefined> {
  if (console === undefined || console.name === name) return async () => undefined;
  const write = consoleErrors(io);
  let whole = 0;
  const heard = hearLines(console, (line) => {
    whole++;
    write(line);
  });
  return async () => {
    await heard.settled(WAIT);
    heard.stop();
    const lines = heard.lines();
    // The last one may have no end yet.
    lines.slice(whole).forEach(write);
    return lines;
  };
}
