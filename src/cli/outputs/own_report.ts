// Writes a report in the place of an older one, but never over another file.
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { printable } from "../../base/printable.ts";
import { writeReason } from "./file_reason.ts";
import { statOf, writeText } from "./write_file.ts";

/** A form of reports, which are known by their beginning. */
export interface ReportForm {
  /** As the user knows it: `a report of 'teemem check'`. */
  readonly name: string;
  /** Whether a file that begins so is one, or empty. */
  isOwn(head: string): boolean;
}

/** Writes a report in the place of nothing, of an older report, or to a device; answers as `writeText` does. */
export function writeOwnReport(path: string, text: string, form: ReportForm): string | null {
  return reportProblem(path, form) ?? writeText(path, text, "replace");
}

/** What is wrong where a report would take the place of a file that is none; null if it would not. */
export function reportProblem(path: string, { name, isOwn }: ReportForm): string | null {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    const isFree = stat === undefined ? statOf(path) === null : !stat.isFile() || isOwn(beginOf(path));
    return isFree ? null : `${printable(path)} exists and is not ${name}; choose another file, or remove it`;
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
