// The text of `xtest NUMBER…`: a run of the regression suite, as optee_test 4.0.0 prints it. Seen for one number and for none; the
// form of several numbers and of -x is our own. Failures are as upstream words them, with the name of the check for the place.

const HASHES = "#".repeat(54);
const RULE = `+${"-".repeat(53)}`;

/** What was asked for. */
export interface TestSelection {
  /** Names of suites, with plus signs between. */
  readonly suite: string;
  /** Parts of names of tests to run; all if there are none. */
  readonly wanted: readonly string[];
  /** Parts of names of tests to leave out. */
  readonly excluded: readonly string[];
  readonly level: number;
}

/** A failed check: what it looked at, and all that is to be said of it. */
export interface TestFailure {
  readonly what: string;
  readonly text: string;
}

/** How a case or a sub case ended: `failure` is its own first one, outside of sub cases. */
export interface Ended {
  /** `regression_4001` or `regression_4001.2`. */
  readonly name: string;
  readonly failed: boolean;
  readonly failure: TestFailure | null;
}

/** A case with its sub cases. */
export interface CaseEnded extends Ended {
  readonly subCases: readonly Ended[];
}

/** Numbers of a whole run. */
export interface Totals {
  readonly checks: number;
  readonly failedChecks: number;
  readonly skipped: number;
}

export function runHead({ suite, wanted, level }: TestSelection): string {
  const ids = wanted.map((id) => `Test ID: ${id}\n`).join("");
  return (
    `${ids}Run test suite with level=${level}\n\nTEE test application started over default TEE instance\n` +
    `${HASHES}\n#\n# ${suite}\n#\n${HASHES}\n`
  );
}

export function caseHead(name: string, title: string): string {
  return ` \n* ${name} ${title}\n`;
}

export function subCaseHead(name: string, title: string): string {
  return `o ${name} ${title}\n`;
}

export function failureLine(name: string, { text }: TestFailure): string {
  return `${name}: ${text}\n`;
}

/** The end of a case or a sub case. */
export function endLine({ name, failed }: Ended): string {
  return `  ${name} ${failed ? "FAILED" : "OK"}\n`;
}

/** The summary: each case, before it its sub cases that failed, and the counts. */
export function runEnd(selection: TestSelection, cases: readonly CaseEnded[], totals: Totals): string {
  const lines = cases.flatMap((one) => [...one.subCases.filter(({ failed }) => failed), one].map(summaryLine));
  const failed = cases.filter((one) => one.failed).length;
  const { checks, failedChecks, skipped } = totals;
  return [
    RULE,
    `Result of testsuite ${selection.suite}${filterOf(selection)}:`,
    ...lines,
    RULE,
    `${counted(checks, "subtest")} of which ${failedChecks} failed`,
    `${counted(cases.length, "test case")} of which ${failed} failed`,
    `${counted(skipped, "test case")} ${skipped === 1 ? "was" : "were"} skipped`,
    "TEE test application done!\n",
  ].join("\n");
}

function filterOf({ wanted, excluded }: TestSelection): string {
  const parts = [...wanted.map((id) => `"${id}"`), ...excluded.map((id) => `-x "${id}"`)];
  return parts.length === 0 ? "" : ` filtered by ${parts.join(" ")}`;
}

function summaryLine({ name, failed, failure }: Ended): string {
  if (!failed) return `${name} OK`;
  return failure === null ? `${name} FAILED` : `${name} FAILED first error at ${failure.what}`;
}

function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
