// Protects input files from being overwritten by the output.
import { statSync } from "node:fs";
import { printable } from "../../base/printable.ts";

/** What is wrong where `output` is one of the files that are read: it would be lost. Null if it is another, or none. */
export function overwrites(output: string, inputs: readonly string[]): string | null {
  const own = identity(output);
  const input = own === null ? undefined : inputs.find((path) => identity(path) === own);
  return input === undefined
    ? null
    : `${printable(output)} is the input file (${printable(input)}); write to another file`;
}

/** Device and number of a regular file, whatever it is called. */
function identity(path: string): string | null {
  if (path === "-") return null;
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat?.isFile() === true ? `${stat.dev}:${stat.ino}` : null;
}
