// One run of `xtest --stats` on a board: the command, and what its answer says, whole or not at all.
import type { PagerStats } from "../../abi/pager.ts";
import type { StatsTime } from "../../abi/time.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { faultMessage, type TextFault } from "../../xtest/fault.ts";
import { parseAlloc, parseFailure, parsePager, parseTa, parseTime } from "../../xtest/parse.ts";
import type { CallFailure } from "../../xtest/print.ts";
import type { PrintedRecord, PrintedTa } from "../../xtest/stat_lines.ts";
import { UPTIME_COMMAND, uptimeIn } from "./shell/uptime.ts";

/** What each option prints, as it is read. */
export interface Printed {
  readonly alloc: readonly PrintedRecord[];
  readonly ta: readonly PrintedTa[];
  readonly pager: PagerStats;
  readonly time: StatsTime;
  /** Nothing: the list is printed on the secure console. */
  readonly memleak: "";
}

/** A question that xtest answers; its option is `--` and the name. */
export type XtestQuestion = keyof Printed;

const READERS: { readonly [Q in XtestQuestion]: (text: string) => Result<Printed[Q], TextFault> } = {
  alloc: parseAlloc,
  ta: parseTa,
  pager: parsePager,
  time: parseTime,
  memleak: () => ok(""),
};

/** Why a run of xtest has no answer. */
export type NoAnswer =
  | { readonly kind: "call"; readonly failure: CallFailure }
  /** No context: /dev/tee0 cannot be used. */
  | { readonly kind: "no-tee" }
  | { readonly kind: "no-xtest" }
  | { readonly kind: "not-understood"; readonly text: string };

/** An answer, and when the board gave it: its uptime in milliseconds. */
interface XtestAnswer<Q extends XtestQuestion> {
  readonly uptime: number;
  readonly printed: Result<Printed[Q], NoAnswer>;
}

const AGAIN = "@again";

/**
 * The command. Where the channel is a console, which loses bytes and has other lines in between, the answer is printed twice: what
 * is not twice the same is no answer.
 */
export function xtestCommand(xtest: string, question: XtestQuestion, mixed: boolean): string {
  const run = `${xtest} --stats --${question}`;
  if (!mixed) return `${UPTIME_COMMAND}; ${run}`;
  return `x=$(${run} 2>&1); r=$?; ${UPTIME_COMMAND}; echo "$x"; echo "${AGAIN}"; echo "$x"; (exit $r)`;
}

/** What the answer says. An error where even the uptime is missing, so that nothing is known of it. */
export function readXtest<Q extends XtestQuestion>(
  question: Q,
  given: { readonly code: number; readonly out: string; readonly err: string },
  mixed: boolean,
): Result<XtestAnswer<Q>> {
  const uptime = uptimeIn(given.out);
  if (uptime === undefined) return err(`the board printed no uptime: ${quoted(given)}`);
  const copies = mixed ? splitCopies(given.out) : [given.out];
  const [first, second] = copies.map((out) => readOnce(question, { ...given, out }));
  if (first === undefined) return err("the board's answer was cut");
  const same = !mixed || (second !== undefined && JSON.stringify(first) === JSON.stringify(second));
  const text = "the two copies of the answer differ: the console lost bytes of it";
  return ok({ uptime, printed: same ? first : err({ kind: "not-understood", text }) });
}

function readOnce<Q extends XtestQuestion>(
  question: Q,
  { code, out, err: said }: { readonly code: number; readonly out: string; readonly err: string },
): Result<Printed[Q], NoAnswer> {
  const all = `${out}\n${said}`;
  if (code === 0) {
    const read = READERS[question](out);
    if (!read.ok) return err({ kind: "not-understood", text: faultMessage(read.error) });
    return ok(read.value);
  }
  if (code === 127 || code === 126) return err({ kind: "no-xtest" });
  if (all.includes("TEEC_InitializeContext")) return err({ kind: "no-tee" });
  const failure = parseFailure(all);
  if (failure.ok) return err({ kind: "call", failure: failure.value });
  return err({ kind: "not-understood", text: `xtest ended with exit code ${code}: ${quoted({ out, err: said })}` });
}

/** Empty where the mark between them is missing. */
function splitCopies(out: string): string[] {
  const lines = out.split("\n");
  const at = lines.findIndex((line) => line.trimEnd() === AGAIN);
  return at < 0 ? [] : [lines.slice(0, at).join("\n"), lines.slice(at + 1).join("\n")];
}

/** The last line of what was printed, which mostly tells; the uptime is none of xtest's. */
function quoted({ out, err: said }: { readonly out: string; readonly err: string }): string {
  const last = `${out}\n${said}`
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && uptimeIn(line) === undefined)
    .at(-1);
  return last === undefined ? "it printed nothing" : JSON.stringify(last.slice(0, 120));
}
