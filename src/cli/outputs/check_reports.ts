// The JUnit and GitHub reports of `teemem check`.
import type { Check } from "../../analyze/budget/check.ts";
import { showAmount, showDifference } from "../../analyze/budget/limit.ts";
import { joined, type Printable, printable, shown } from "../../base/printable.ts";
import { nameOfLimit } from "../../view/terminal/budget_table.ts";
import { junitHead, xml } from "./junit_text.ts";

/** Checks as JUnit XML: one test case for each limit and heap. A limit that could not be checked is an error. */
export function junitXml(checks: readonly Check[], file: string): string {
  const count = (status: Check["status"]): number => checks.filter((check) => check.status === status).length;
  const counts = `tests="${checks.length}" failures="${count("over")}" errors="${count("unknown")}"`;
  const cases = checks.map((check) => {
    const { heap, line, status, where } = check;
    const name = `${nameOfLimit(check)} ≤ ${showAmount(line.limit.value, line.limit.unit)}`;
    const head = `    <testcase classname="${xml(heap)}" name="${xml(name)}" file="${xml(file)}" line="${line.line}"`;
    if (status === "ok") return `${head}/>\n`;
    const kind = status === "over" ? "failure" : "error";
    const text = `${file}:${line.line}: ${sentence(check)}${where === "" ? "" : `\n${where}`}`;
    return `${head}>\n      <${kind} message="${xml(sentence(check))}">${xml(text)}</${kind}>\n    </testcase>\n`;
  });
  return [
    `${junitHead("check")}${counts}>\n`,
    `  <testsuite name="${xml(file)}" ${counts} skipped="0">\n${cases.join("")}  </testsuite>\n</testsuites>\n`,
  ].join("");
}

/** Broken limits as GitHub shows them beside the lines of the file. */
export function githubAnnotations(checks: readonly Check[], file: string): Printable {
  const broken = checks.filter(({ status }) => status !== "ok");
  const lines = broken.map((check) => {
    const { heap, line, where } = check;
    const title = `Memory budget: ${heap} ${nameOfLimit(check)}`;
    const message = `${sentence(check)}${where === "" ? "" : `; ${where}`}`;
    return shown`::error file=${property(file)},line=${line.line},title=${property(title)}::${data(message)}\n`;
  });
  return joined(lines);
}

/** What one limit says, in a sentence. */
function sentence(check: Check): string {
  const { heap, line, measured, over } = check;
  const { value, unit } = line.limit;
  const what = `${heap}: ${nameOfLimit(check)}`;
  if (measured === null) return `${what} could not be checked`;
  return `${what} is ${showAmount(measured, unit)}, ${showDifference(over, unit)} more than ${showAmount(value, unit)}`;
}

/** What GitHub would take for the end of the message, it gets in its own form. */
function data(text: string): Printable {
  return printable(text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A"));
}

function property(text: string): Printable {
  return printable(data(text).replaceAll(":", "%3A").replaceAll(",", "%2C"));
}
