// The text of Markdown reports, for summaries and comments of CI: tables, and the head by which later runs know a report again.
import { type Printable, printable } from "../../base/printable.ts";
import type { ReportForm } from "./own_report.ts";

/** The first line of a report of a command, which no page shows. */
export function markdownHead(command: string): string {
  return `<!-- teemem ${command} -->\n`;
}

/** Reports of a command. */
export function markdownForm(command: string): ReportForm {
  return {
    name: `a summary of 'teemem ${command}'`,
    isOwn: (head) => head === "" || head.startsWith(markdownHead(command)),
  };
}

/** A table. The first column is as wide as a mark. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("");
}

/** Text from outside, so that it is shown as it is in a cell: no link, no mark-up, and nobody is mentioned. */
export function markdown(text: string): string {
  return flat(text)
    .replace(/[\\`*_[\]<>|~#&!$]/g, "\\$&")
    .replaceAll("@", "@<!-- -->");
}

/** A name from outside, as code in a cell. */
export function markdownCode(text: string): string {
  const inner = flat(text).replaceAll("|", "\\|");
  const longest = Math.max(0, ...(inner.match(/`+/g) ?? []).map(({ length }) => length));
  if (longest === 0 && inner !== "") return `\`${inner}\``;
  const fence = "`".repeat(longest + 1);
  return `${fence} ${inner} ${fence}`;
}

function flat(text: string): Printable {
  return printable(text.replaceAll("\n", " "));
}
