// The text of JUnit reports: their head, by which later runs know them again, and what XML needs escaped.
import { printable } from "../../base/printable.ts";
import type { ReportForm } from "./own_report.ts";

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="teemem ';

/** The beginning of a report of a command, up to the counts. */
export function junitHead(command: string): string {
  return `${HEAD}${command}" `;
}

/** Reports of a command. */
export function junitForm(command: string): ReportForm {
  return {
    name: `a report of 'teemem ${command}'`,
    isOwn: (head) => head === "" || head.startsWith(junitHead(command)),
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
};

/** What XML 1.0 has no way to write at all is replaced. */
export function xml(text: string): string {
  return text
    .split("\n")
    .map(printable)
    .join("\n")
    .replace(/[^\n\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replace(/[&<>"\n]/g, (character) => ENTITIES[character] ?? "");
}
