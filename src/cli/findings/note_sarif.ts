// Writes what `teemem leaks` and `teemem inspect` found as SARIF.
import type { FindingGroup } from "../../analyze/findings/finding_group.ts";
import { notesSarif, type SarifNote } from "../../export/sarif_notes.ts";
import { reportProblem, writeOwnReport } from "../outputs/own_report.ts";
import { ownVersion } from "../outputs/own_version.ts";
import { sarifForm, sarifTool } from "../outputs/sarif_form.ts";
import { sourceLines } from "./source_lines.ts";

/** A log that was asked for. */
interface NotesToWrite {
  /** Undefined: none was asked for. */
  readonly sarif: string | undefined;
  readonly command: "leaks" | "inspect";
  readonly notes: readonly SarifNote[];
  readonly findings?: readonly FindingGroup[];
  /** Folders with sources, so that paths are those from the working folder. */
  readonly folders: readonly string[];
  /** The file that was read; empty if it was none. */
  readonly file: string;
}

/** Why a log cannot be written there, or null; asked before the work. */
export function noteProblem(sarif: string | undefined, command: NotesToWrite["command"]): string | null {
  return sarif === undefined ? null : reportProblem(sarif, sarifForm(command));
}

/** Writes a log where one was asked for. What could not be written is the answer, or null. */
export function writeNotes({ sarif, command, notes, findings = [], folders, file }: NotesToWrite): string | null {
  if (sarif === undefined) return null;
  const { pathOf } = sourceLines(folders);
  const log = notesSarif(notes, findings, { name: sarifTool(command), version: ownVersion(), pathOf, file });
  return writeOwnReport(sarif, `${JSON.stringify(log)}\n`, sarifForm(command));
}
