// The check list of a board, as a table: one row for each thing that must be there before the next one can work.
import { TEE } from "../../abi/errors.ts";
import { counted } from "../../base/format.ts";
import type { Result } from "../../base/result.ts";
import { printedRelease } from "../../release/printed_release.ts";
import { parseUsage } from "../../xtest/match.ts";
import { releaseOfReport } from "../../xtest/parse.ts";
import type { PrintedRecord, PrintedTa } from "../../xtest/stat_lines.ts";
import type { StatsFailure } from "../source.ts";
import { type Board, type BoardOptions, NOT_UNDERSTOOD, openBoard } from "./board.ts";
import type { BoardFacts } from "./board_facts.ts";
import type { Shell } from "./shell/shell.ts";
import { fullTrouble, NO_XTEST, noTee, supplicantTrouble, taRisk } from "./troubles.ts";

/** How a step ended. Unknown: it cannot be seen from here, and need not be wrong. */
export type StepState = "ok" | "failed" | "unknown";

/** What a step found: what is there; or what is missing, and what to do. */
interface StepResult {
  readonly state: StepState;
  readonly text: string;
}

/** A board that is to be examined. */
export interface BoardToExamine {
  /** Reaches its shell. */
  open(signal?: AbortSignal): Promise<Result<Shell>>;
  readonly options: BoardOptions;
  /** Milliseconds, ascending. */
  readonly clock: () => number;
}

/** What the steps have found so far; each adds to it. */
export interface Examined extends BoardToExamine {
  shell?: Shell;
  board?: Board;
  pools?: readonly PrintedRecord[];
  tas?: readonly PrintedTa[];
  refused: StatsFailure[];
  /** An answer that is of no known xtest, in a sentence; empty while there was none. */
  notUnderstood: string;
}

/** A step. */
export interface CheckStep {
  readonly name: string;
  /** The step without which this one cannot be tried; empty for the first. */
  readonly after: string;
  run(examined: Examined, signal?: AbortSignal): Promise<StepResult>;
}

const found = (text: string): StepResult => ({ state: "ok", text });
const failed = (text: string): StepResult => ({ state: "failed", text });
const unknown = (text: string): StepResult => ({ state: "unknown", text });
/** What is wrong, in a sentence, or what is there. */
const orElse = (trouble: string, text: string): StepResult => (trouble === "" ? found(text) : failed(trouble));

const HIDDEN = "shows on the secure console alone";

export const CHECK_STEPS: readonly CheckStep[] = [
  {
    name: "reachable",
    after: "",
    async run(examined, signal) {
      const shell = await examined.open(signal);
      if (!shell.ok) return failed(shell.error);
      examined.shell = shell.value;
      return found(shell.value.name);
    },
  },
  {
    name: "shell",
    after: "reachable",
    async run(examined) {
      const { shell, options, clock } = examined;
      if (shell === undefined) return failed("no shell");
      const board = await openBoard(shell, options, clock);
      if (!board.ok) return failed(board.error);
      examined.board = board.value;
      const { system, user } = board.value.facts;
      const line = shell.mixed ? "; a console: other lines may stand in its answers" : "";
      return found(`${system === "" ? "answers" : system}, user ${user === "" ? "unknown" : user}${line}`);
    },
  },
  {
    name: "/dev/tee0",
    after: "shell",
    run: withFacts((facts) =>
      facts.tee === undefined ? unknown("the board did not say") : orElse(noTee(facts), "can be opened"),
    ),
  },
  {
    name: "driver",
    after: "shell",
    run: withFacts(({ kernel, version }) => {
      if (version !== "") return found(`OP-TEE ${version}; "${lastOf(kernel)}"`);
      if (kernel.length > 0)
        return unknown(`the revision is not in the kernel's log; its last line is "${lastOf(kernel)}"`);
      return unknown("the kernel's log has no line of it: dropped since the boot, or not for this user");
    }),
  },
  {
    name: "tee-supplicant",
    after: "shell",
    run: withFacts((facts) =>
      facts.supplicant === undefined ? unknown("/proc does not tell") : orElse(supplicantTrouble(facts), "runs"),
    ),
  },
  {
    name: "free space",
    after: "shell",
    run: withFacts((facts) => orElse(fullTrouble(facts), "there is some")),
  },
  {
    name: "xtest",
    after: "shell",
    async run({ board, options, shell }, signal) {
      const xtest = options.xtest ?? board?.facts.xtest ?? "";
      if (xtest === "" || shell === undefined) return failed(NO_XTEST);
      const answer = await shell.run(`${xtest} --stats 2>&1`, signal === undefined ? {} : { signal });
      if (!answer.ok) return failed(answer.error.text);
      if (answer.value.code === 127 || answer.value.code === 126) return failed(NO_XTEST);
      // It prints the path by which it was called.
      const text = new TextDecoder().decode(answer.value.out).replace(/^Usage: \S+ --stats/m, "Usage: xtest --stats");
      const usage = parseUsage(text);
      if (!usage.ok) return unknown(`${xtest} prints a usage that no known release has`);
      return found(`${xtest}, with the options of ${usage.value.driverInfo ? "4.1 or later" : "4.0"}`);
    },
  },
  {
    name: "statistics",
    after: "xtest",
    async run(examined, signal) {
      const answer = await examined.board?.ask("alloc", signal);
      if (answer === undefined) return failed("no board");
      if (!answer.ok) {
        const { failure, text } = answer.error;
        if (failure !== undefined) examined.refused.push(failure);
        if (text.startsWith(NOT_UNDERSTOOD)) examined.notUnderstood = text;
        return failed(text);
      }
      const pools = answer.value.printed;
      examined.pools = pools;
      const used = pools.filter(({ size }) => size !== 0).length;
      return found(
        `${counted(pools.length, "pool")}, ${used} in use: as OP-TEE ${printedRelease(releaseOfReport(pools))} prints them`,
      );
    },
  },
  {
    name: "of TAs",
    after: "statistics",
    async run(examined, signal) {
      const now = await examined.board?.look(signal);
      const risk = now?.ok === true ? taRisk(now.value) : "";
      if (risk !== "" && examined.options.ta !== true) return unknown(risk);
      const answer = await examined.board?.ask("ta", signal);
      if (answer === undefined) return failed("no board");
      if (answer.ok) {
        examined.tas = answer.value.printed;
        return tasResult(answer.value.printed);
      }
      const { failure, text } = answer.error;
      if (failure?.code === TEE.ITEM_NOT_FOUND && failure.call === "TEEC_InvokeCommand") {
        examined.tas = [];
        return found("answered: no TA is loaded");
      }
      if (failure !== undefined) examined.refused.push(failure);
      return failed(failure?.code === TEE.NOT_SUPPORTED ? "needs CFG_TA_STATS=y in the core's build" : text);
    },
  },
  {
    name: "leak list",
    after: "statistics",
    async run({ board }, signal) {
      const answer = await board?.ask("memleak", signal);
      if (answer === undefined) return failed("no board");
      if (!answer.ok) return failed(answer.error.text);
      return unknown(`answered; the list ${HIDDEN}, and needs CFG_TEE_CORE_MALLOC_DEBUG=y and log level 2`);
    },
  },
  {
    name: "log level",
    after: "shell",
    run: async () => unknown(`${HIDDEN}: 'teemem doctor --log FILE' reads what that prints`),
  },
  {
    name: "time",
    after: "statistics",
    async run({ board }, signal) {
      const answer = await board?.ask("time", signal);
      if (answer === undefined) return failed("no board");
      if (!answer.ok) return failed(answer.error.text);
      const { ree, tee } = answer.value.printed;
      const up = Math.floor(answer.value.uptime / 1000);
      const date = new Date(ree.seconds * 1000).toISOString().slice(0, 16).replace("T", " ");
      return found(`OP-TEE runs for ${tee.seconds} s, Linux for ${up} s; the board's date is ${date} UTC`);
    },
  },
];

function withFacts(say: (facts: BoardFacts) => StepResult): CheckStep["run"] {
  return async ({ board }) => (board === undefined ? failed("no board") : say(board.facts));
}

function lastOf(kernel: readonly string[]): string {
  return (kernel.at(-1) ?? "").replace(/^\[ *\d+\.\d+\] ?/, "");
}

/** Zeros of a TA with a session: its own build lacks the statistics, or it was busy. */
function tasResult(tas: readonly PrintedTa[]): StepResult {
  const zeros = tas.filter(({ sessions = 0, heap }) => sessions > 0 && heap.size === 0);
  if (zeros.length === 0) return found(`${tas.length} loaded`);
  const which = zeros.map(({ uuid }) => uuid.slice(0, 8)).join(", ");
  return failed(
    `${tas.length} loaded, but ${which} shows zeros: it was built with a kit without CFG_TA_STATS=y, or was busy at that moment`,
  );
}
