// Findings as a Markdown table, for the summary of a CI job or a comment.
import type { FindingGroup } from "../../analyze/findings/finding_group.ts";
import { findingSentence, isError, lineToMend } from "../../analyze/findings/finding_words.ts";
import type { Judged } from "../../analyze/findings/suppress.ts";
import { counted } from "../../base/format.ts";
import { markdown, markdownCode, markdownForm, markdownHead, markdownTable } from "../outputs/markdown_text.ts";

/** The summaries that this file makes. */
export const FINDING_SUMMARY = markdownForm("memcheck");

const HEADS = ["", "finding", "line to mend", "TA"];

/** A title with the number of findings, and a row for each that is not suppressed. */
export function findingsMarkdown({ shown, suppressed }: Judged): string {
  const few = suppressed.length === 0 ? "" : `, ${suppressed.length} suppressed`;
  const title = `${markdownHead("memcheck")}### Memory errors: ${shown.length === 0 ? "no findings" : counted(shown.length, "finding")}${few}\n`;
  return shown.length === 0 ? title : `${title}\n${markdownTable(HEADS, shown.map(rowOf))}`;
}

function rowOf(group: FindingGroup): string[] {
  const { finding, ta, uuid, entry } = group.first;
  const place = lineToMend(finding)?.place ?? "";
  return [
    isError(finding) ? "✗" : "!",
    markdown(findingSentence(group)),
    place === "" ? "" : markdownCode(place),
    markdown([ta || uuid, entry].filter((part) => part !== "").join(", ")),
  ];
}
