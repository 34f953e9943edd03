// Selects the tests of `xtest ARGS…`, by the options of optee_test 4.0.0 as its help describes them.

import { clip, type Printable, printableLines } from "../base/printable.ts";
import { err, ok, type Result } from "../base/result.ts";
import type { TestSelection } from "../xtest/results.ts";
import type { RegressionCase } from "./harness.ts";

const SUITES = ["regression", "benchmark", "pkcs11"];
const DEFAULT_SUITES = "regression+pkcs11";
const HIGHEST_LEVEL = 15;
/** The name by which libteec knows OP-TEE. */
const TEE_NAME = "optee-tz";

/** Tests that were chosen out of `all`. */
export interface Chosen {
  readonly selection: TestSelection;
  readonly chosen: readonly RegressionCase[];
  readonly skipped: number;
}

interface Given {
  suite: string;
  level: number;
  readonly wanted: string[];
  readonly excluded: string[];
}

/** Reads options and ids. A test is meant if an id is part of its name, `regression_4001`; without ids all are. */
export function selectCases(args: readonly string[], all: readonly RegressionCase[]): Result<Chosen> {
  const given: Given = { suite: DEFAULT_SUITES, level: 0, wanted: [], excluded: [] };
  for (let n = 0; n < args.length; n++) {
    const arg = args[n] ?? "";
    const take = OPTIONS.get(arg);
    if (take === undefined) {
      if (arg.startsWith("-")) return err(`unknown option '${clip(arg)}': 'xtest -h' lists the options`);
      given.wanted.push(arg);
      continue;
    }
    n++;
    const value = args[n];
    if (value === undefined) return err(`${arg} needs a value; see 'xtest -h'`);
    const problem = take(value, given);
    if (problem !== "") return err(problem);
  }
  return choose(given, all);
}

type Take = (value: string, given: Given) => string;

const OPTIONS: ReadonlyMap<string, Take> = new Map(
  Object.entries<Take>({
    "-d": (value) => (value === TEE_NAME ? "" : `unknown TEE '${clip(value)}': leave out -d, or name ${TEE_NAME}`),
    "-l"(value, given) {
      given.level = /^\d+$/.test(value) ? Number(value) : Number.NaN;
      return given.level <= HIGHEST_LEVEL ? "" : `'${clip(value)}' is not a level: -l takes 0 to ${HIGHEST_LEVEL}`;
    },
    "-t"(value, given) {
      given.suite = value;
      const unknown = value.split("+").find((name) => !SUITES.includes(name));
      return unknown === undefined ? "" : `unknown test suite '${clip(unknown)}'; known: ${SUITES.join(", ")}`;
    },
    "-x"(value, given) {
      given.excluded.push(value);
      return "";
    },
  }),
);

function choose({ suite, level, wanted, excluded }: Given, all: readonly RegressionCase[]): Result<Chosen> {
  if (!suite.split("+").includes("regression"))
    return err(`no test of suite ${suite} can be run here, only regression ${numbersOf(all)}`);
  const meant = (ids: readonly string[], { number }: RegressionCase): boolean =>
    ids.some((id) => `regression_${number}`.includes(id));
  const chosen = all.filter((one) => (wanted.length === 0 || meant(wanted, one)) && !meant(excluded, one));
  const missing = wanted.find((id) => !all.some((one) => meant([id], one)));
  if (missing !== undefined) return err(`no test '${clip(missing)}' can be run here, only ${numbersOf(all)}`);
  if (chosen.length === 0) return err(`-x leaves no test; the tests are ${numbersOf(all)}`);
  return ok({ selection: { suite, level, wanted, excluded }, chosen, skipped: all.length - chosen.length });
}

function numbersOf(all: readonly RegressionCase[]): string {
  return all.map(({ number }) => number).join(", ");
}

/** What `xtest -h` says of the tests, after upstream's text. */
export function listCases(all: readonly RegressionCase[]): Printable {
  return printableLines(
    ["Tests here:", ...all.map(({ number, title }) => `\t${number.padEnd(19)}${title}`), ""].join("\n"),
  );
}
