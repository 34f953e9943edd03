// The secure console of a system that a command starts.
import { printable, shown } from "../../base/printable.ts";
import type { Io } from "./outcome.ts";

/** Takes the lines of a secure console: errors (`E/`) go to standard error, the others are dropped. */
export function consoleErrors({ err }: Pick<Io, "err">): (line: string) => void {
  return (line) => {
    if (line.startsWith("E/")) err.write(shown`${printable(line)}\n`);
  };
}
