// Writes the JUnit report, but never over another file.
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { printable } from "../../base/printable.ts";
import { isOwnJunit } from "./check_reports.ts";
import { writeReason } from "./file_reason.ts";
import { statOf, writeText } from "./write_file.ts";

/** Writes a JUnit report in the place of nothing, of an older report, or to a device; answers as `writeText` does. */
export function writeJunit(path: string, text: string): string | null {
  return junitProblem(path) ?? writeText(path, text, "replace");
}

/** What is wrong where a report would take the place of a file that is none; null if it would not. */
export function junitProblem(path: string): string | null {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    const isFree = stat === undefined ? statOf(path) === null : !stat.isFile() || isOwnJunit(beginOf(path));
    return isFree
      ? null
      : `${printable(path)} exists and is not a report of 'teemem check'; choose another file, or remove it`;
  } catch (error) {
    return `${printable(path)}: ${writeReason(error)}`;
  }
}

const BEGIN = 200;

function beginOf(path: string): string {
  const file = openSync(path, "r");
  try {
    const bytes = new Uint8Array(BEGIN);
    return new TextDecoder().decode(bytes.subarray(0, readSync(file, bytes)));
  } finally {
    closeSync(file);
  }
}
