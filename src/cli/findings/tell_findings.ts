// Tells the findings of a run: as text like valgrind's or as JSON, and in the files that were asked for.
import { groupFindings } from "../../analyze/findings/finding_group.ts";
import { type Judged, suppress } from "../../analyze/findings/suppress.ts";
import type { Suppression } from "../../analyze/findings/suppression.ts";
import { suppressionText } from "../../analyze/findings/suppression_text.ts";
import { type Printable, printableLines, shown } from "../../base/printable.ts";
import { findingsSarif } from "../../export/sarif_log.ts";
import type { RecordedFinding } from "../../recording/finding_rows.ts";
import type { Recording } from "../../recording/recording.ts";
import { drawFindingSum, drawFindings } from "../../view/terminal/finding_list.ts";
import { createPaint, type Paint } from "../../view/terminal/paint.ts";
import { blocksText } from "../outputs/blocks_text.ts";
import { describedJson } from "../outputs/described_json.ts";
import type { Output } from "../outputs/output.ts";
import { writeOwnReport } from "../outputs/own_report.ts";
import { ownVersion } from "../outputs/own_version.ts";
import { writeText } from "../outputs/write_file.ts";
import type { FindingsJson } from "../schemas/findings.ts";
import { findingsJson } from "./finding_json.ts";
import { findingsJunit, JUNIT } from "./finding_junit.ts";
import { FINDING_SUMMARY, findingsMarkdown } from "./finding_markdown.ts";
import type { FindingFileOptions, FindingOptions } from "./finding_options.ts";
import { MEMCHECK, SARIF } from "./finding_sarif.ts";
import { sourceLines } from "./source_lines.ts";

/** What there is to tell about, and where it goes. */
export interface FindingsToTell {
  readonly judged: Judged;
  readonly options: FindingOptions;
  /** Folders of TAs, in which their sources are looked for. */
  readonly folders: readonly string[];
  readonly output: Output;
  /** No TA of those that were to be checked was called. */
  readonly unchecked?: boolean;
}

/** Equal findings counted, and those taken out that nobody wants to see. */
export function judgeFindings(findings: readonly RecordedFinding[], suppressions: readonly Suppression[]): Judged {
  return suppress(groupFindings(findings), suppressions);
}

/** Tells them, and writes the files that were asked for. What could not be written is the answer, or null. */
export function tellFindings({ judged, options, folders, output, unchecked = false }: FindingsToTell): string | null {
  if (unchecked && options.format !== "json")
    output.write(shown`\nteemem: no TA of --ta was called: nothing was checked\n`);
  if (options.format === "json") output.writeData(describedJson<FindingsJson>()(findingsJson(judged)));
  else if (!unchecked) output.write(shown`\n${blocksText(findingBlocks(judged, folders, createPaint(output)))}`);
  return writeFindings(judged, options, folders, output);
}

/** True where a client called one of these TAs. */
export function wasCalled({ traces }: Pick<Recording, "traces">, tas: readonly { readonly uuid: string }[]): boolean {
  return traces.some(({ context }) => tas.some(({ uuid }) => context === `ta-${uuid}`));
}

/** Findings as blocks of lines. */
export function findingBlocks(judged: Judged, folders: readonly string[], paint: Paint): Printable[][] {
  const { lineOf } = sourceLines(folders);
  return [...drawFindings(judged.shown, { lineOf, paint }), drawFindingSum(judged, paint)];
}

/** Writes the files that were asked for. Suppressions that go to no file go to `output`. */
export function writeFindings(
  judged: Judged,
  { junit, sarif, summary, genSuppressions }: FindingFileOptions,
  folders: readonly string[],
  output: Output,
): string | null {
  const text = genSuppressions === undefined ? "" : suppressionText(judged.shown);
  if (genSuppressions === "-" && text !== "") output.write(shown`\n${printableLines(text)}`);
  const log = (): string => {
    const tool = { name: MEMCHECK, version: ownVersion(), pathOf: sourceLines(folders).pathOf };
    return `${JSON.stringify(findingsSarif(judged, tool))}\n`;
  };
  const problems = [
    junit === undefined ? null : writeOwnReport(junit, findingsJunit(judged), JUNIT),
    sarif === undefined ? null : writeOwnReport(sarif, log(), SARIF),
    summary === undefined ? null : writeOwnReport(summary, findingsMarkdown(judged), FINDING_SUMMARY),
    genSuppressions === undefined || genSuppressions === "-" ? null : writeText(genSuppressions, text, "refuse"),
  ];
  return problems.find((problem) => problem !== null) ?? null;
}
