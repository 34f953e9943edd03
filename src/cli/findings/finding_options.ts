// The options that say how findings are told: which ones, where to, and the exit code.
import { existsSync, readFileSync } from "node:fs";
import { type Command, InvalidArgumentError, Option } from "commander";
import { parseSuppressions, type Suppression } from "../../analyze/findings/suppression.ts";
import { printable } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { readFailure } from "../inputs/read_failure.ts";
import { reportProblem } from "../outputs/own_report.ts";
import { JUNIT } from "./finding_junit.ts";
import { FINDING_SUMMARY } from "./finding_markdown.ts";
import { SARIF } from "./finding_sarif.ts";

/** What a command that tells findings is given. */
export interface FindingFileOptions {
  readonly suppressions?: readonly string[];
  readonly genSuppressions?: string;
  readonly junit?: string;
  readonly sarif?: string;
  readonly summary?: string;
}

/** What one is given that also runs what they are found in. */
export interface FindingOptions extends FindingFileOptions {
  readonly errorExitcode?: number;
  readonly format?: "text" | "json";
}

/** Adds all options to a command. */
export function findingOptions(command: Command): Command {
  return findingFileOptions(command)
    .option("--error-exitcode <n>", "exit code where there are findings, 1 to 255; default the client's", exitCodeOf)
    .addOption(
      new Option("--format <form>", "how findings are written; json: see 'teemem schema exec'").choices([
        "text",
        "json",
      ]),
    );
}

/** Adds the options that read and write files. */
export function findingFileOptions(command: Command): Command {
  return suppressionsOption(command)
    .option("--gen-suppressions <file>", "write a suppression for each finding into this file; - is standard error")
    .option("--junit <file>", "also write findings as JUnit XML; overwrites only an older report")
    .option(
      "--sarif <file>",
      "also write findings as SARIF 2.1.0, for GitHub and editors; overwrites only an older log",
    )
    .option("--summary <file>", "also write findings as a Markdown table; overwrites only an older one");
}

/** Adds the option that leaves findings out. */
export function suppressionsOption(command: Command): Command {
  return command.option(
    "--suppressions <file>",
    "findings that are not shown (docs/memcheck.md); may be repeated",
    collected,
  );
}

function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function exitCodeOf(text: string): number {
  const code = Number(text);
  if (!Number.isInteger(code) || code < 1 || code > 255) throw new InvalidArgumentError("Expected 1 to 255.");
  return code;
}

/** The suppressions of all files. The error names the file; it also says where a report would overwrite something else. */
export function readSuppressions(options: FindingFileOptions): Result<Suppression[]> {
  const { suppressions = [], genSuppressions = "-", junit, sarif, summary } = options;
  const lost =
    (junit === undefined ? null : reportProblem(junit, JUNIT)) ??
    (sarif === undefined ? null : reportProblem(sarif, SARIF)) ??
    (summary === undefined ? null : reportProblem(summary, FINDING_SUMMARY)) ??
    (genSuppressions === "-" || !existsSync(genSuppressions)
      ? null
      : `${printable(genSuppressions)} already exists; choose another file, or remove it`);
  if (lost !== null) return err(lost);
  const all: Suppression[] = [];
  for (const path of suppressions) {
    const text = textOf(path);
    if (!text.ok) return text;
    const parsed = parseSuppressions(text.value);
    if (!parsed.ok) return err(`${printable(path)}: ${parsed.error}`);
    all.push(...parsed.value);
  }
  return ok(all);
}

function textOf(path: string): Result<string> {
  try {
    return ok(readFileSync(path, "utf8"));
  } catch (error) {
    return err(`${printable(path)}: ${readFailure(error)}`);
  }
}
