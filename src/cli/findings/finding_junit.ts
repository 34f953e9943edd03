// Findings as JUnit XML: one test case for each, so that CI lists them.
import type { FindingGroup } from "../../analyze/findings/finding_group.ts";
import { findingSentence, findingStacks, findingTitle, lineToMend } from "../../analyze/findings/finding_words.ts";
import type { Judged } from "../../analyze/findings/suppress.ts";
import { placeParts } from "../../base/place_parts.ts";
import { junitForm, junitHead, xml } from "../outputs/junit_text.ts";

/** The reports that this file makes. */
export const JUNIT = junitForm("memcheck");

/** Findings as JUnit XML. What was suppressed is skipped; a run without findings is one test case that passed. */
export function findingsJunit({ shown, suppressed }: Judged): string {
  const tests = Math.max(1, shown.length + suppressed.length);
  const counts = `tests="${tests}" failures="${shown.length}" errors="0"`;
  const cases = [
    ...shown.map((group) => `${open(group)}>\n      ${failure(group)}\n    </testcase>\n`),
    ...suppressed.map(
      ({ by, group }) =>
        `${open(group)}>\n      <skipped message="${xml(by.why === "" ? `suppressed by line ${by.line}` : by.why)}"/>\n    </testcase>\n`,
    ),
  ];
  const none = `    <testcase classname="memcheck" name="no findings"/>\n`;
  return [
    `${junitHead("memcheck")}${counts}>\n  <testsuite name="memcheck" ${counts} skipped="${suppressed.length}">\n`,
    ...(cases.length === 0 ? [none] : cases),
    "  </testsuite>\n</testsuites>\n",
  ].join("");
}

function open(group: FindingGroup): string {
  const { uuid, finding } = group.first;
  const { file, line } = placeParts(lineToMend(finding)?.place ?? "");
  const place = file === "" ? "" : ` file="${xml(file)}"${line === 0 ? "" : ` line="${line}"`}`;
  const where = file === "" ? "" : ` at ${file}:${line}`;
  return `    <testcase classname="${xml(group.first.ta || uuid)}" name="${xml(`${findingTitle(group)}${where}`)}"${place}`;
}

function failure(group: FindingGroup): string {
  const { kind } = group.first.finding;
  const stacks = findingStacks(group.first.finding).flatMap(({ heading, frames }) => [
    ...(heading === "" ? [] : [heading]),
    ...frames.map(({ func, place }, n) => `  ${n === 0 ? "at" : "by"} ${func}${place === "" ? "" : ` (${place})`}`),
  ]);
  const sentence = findingSentence(group);
  return `<failure type="${kind}" message="${xml(sentence)}">${xml([sentence, ...stacks].join("\n"))}</failure>`;
}
