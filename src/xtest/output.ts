// Everything that xtest can print, with stream and exit code.
import { own, type Printable } from "../base/printable.ts";
// What each kind of xtest output goes to and how xtest then ends, seen in OP-TEE 4.0.0, 4.5.0 and 4.10.0.

/** One finished output. */
export interface XtestOutput {
  /** Names in it are escaped where they hold what a terminal obeys. */
  readonly text: Printable;
  readonly stream: "stdout" | "stderr";
  /** Exit code of the process. */
  readonly exit: number;
}

/** What xtest can be made to print. `usage` is that of --stats, also for -h and unknown options; `help` is xtest -h. */
export type OutputKind =
  | "usage"
  | "help"
  | "pager"
  | "alloc"
  | "memleak"
  | "ta"
  | "time"
  | "clocks"
  | "regulators"
  | "failure";

const PRINTED = { stream: "stdout", exit: 0 } as const;
const REFUSED = { stream: "stderr", exit: 1 } as const;

/** Stream and exit code of each kind. Those that only make the secure console speak print nothing and end with 0. */
export const OUTCOMES: Readonly<Record<OutputKind, Omit<XtestOutput, "text">>> = {
  usage: REFUSED,
  help: PRINTED,
  pager: PRINTED,
  alloc: PRINTED,
  memleak: PRINTED,
  ta: PRINTED,
  time: PRINTED,
  clocks: PRINTED,
  regulators: PRINTED,
  failure: REFUSED,
};

/** Puts a printed text together with its stream and exit code. */
export function output(kind: OutputKind, text: Printable = own("")): XtestOutput {
  return { text, ...OUTCOMES[kind] };
}
