// The checks of `teemem check` as a Markdown table, for the summary of a CI job or a comment.
import type { Check } from "../../analyze/budget/check.ts";
import { showAmount, showDifference } from "../../analyze/budget/limit.ts";
import { counted } from "../../base/format.ts";
import { nameOfLimit } from "../../view/terminal/budget_table.ts";
import { markdown, markdownCode, markdownForm, markdownHead, markdownTable } from "./markdown_text.ts";

/** The summaries that this file makes. */
export const CHECK_SUMMARY = markdownForm("check");

const MARKS = { ok: "✓", over: "✗", unknown: "?" } as const;
const HEADS = ["", "heap", "limit", "measured", "at most", ""];

/** A title with the verdict, and a row for each limit: those that are not kept first. */
export function checkMarkdown(checks: readonly Check[], file: string): string {
  const broken = checks.filter(({ status }) => status !== "ok");
  const kept = checks.filter(({ status }) => status === "ok");
  const rows = [...broken, ...kept].map((check) => rowOf(check, file));
  return `${markdownHead("check")}### Memory budgets: ${verdict(checks)}\n\n${markdownTable(HEADS, rows)}`;
}

function verdict(checks: readonly Check[]): string {
  const over = checks.filter(({ status }) => status === "over").length;
  const unknown = checks.filter(({ status }) => status === "unknown").length;
  const parts = [
    over > 0 ? `${over} of ${counted(checks.length, "limit")} broken` : "",
    unknown > 0 ? `${counted(unknown, "limit")} could not be checked` : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? `${counted(checks.length, "limit")} kept` : parts.join(", ");
}

function rowOf(check: Check, file: string): string[] {
  const { status, heap, measured, over, where, line } = check;
  const { unit, value } = line.limit;
  const much = status === "over" ? `${showDifference(over, unit)} too much` : "not known";
  const words = [much, ...(where === "" ? [] : [where])].join("; ");
  return [
    MARKS[status],
    markdownCode(heap),
    markdown(nameOfLimit(check)),
    measured === null ? "?" : showAmount(measured, unit),
    showAmount(value, unit),
    status === "ok" ? "" : `${markdownCode(`${file}:${line.line}`)}: ${markdown(words)}`,
  ];
}
