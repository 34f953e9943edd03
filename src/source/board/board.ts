// A board behind a shell: what it is, and what its xtest answers.
import { err, ok, type Result } from "../../base/result.ts";
import type { CallFailure } from "../../xtest/print.ts";
import { knownCause } from "../client/system_source.ts";
import type { SourceError } from "../source.ts";
import { createBoardCommands } from "./board_commands.ts";
import { type BoardFacts, factsCommand, readFacts } from "./board_facts.ts";
import type { Shell } from "./shell/shell.ts";
import { noTee, noXtest } from "./troubles.ts";
import { type NoAnswer, type Printed, readXtest, type XtestQuestion, xtestCommand } from "./xtest_command.ts";

/** What is known of the leak headers of a core. */
export interface LeakHeaders {
  readonly there: boolean;
  /** Who says so: `boards.yaml`, `--leak-headers`. */
  readonly says: string;
}

/** What a user says of a board. */
export interface BoardOptions {
  /** How xtest is called there, like `/opt/bin/xtest` or `sudo xtest`; default: looked for. */
  readonly xtest?: string | undefined;
  /** Whether its core was built with CFG_TEE_CORE_MALLOC_DEBUG, and who says so; undefined if that is not known. */
  readonly leakHeaders?: LeakHeaders | undefined;
  /** TAs are asked for, too: --ta, which can deadlock OP-TEE 4.x. */
  readonly ta?: boolean | undefined;
  /** Milliseconds that one question may take; default 10,000. */
  readonly timeout?: number | undefined;
}

/** An answer of xtest, and when it was given: milliseconds on our clock. */
interface BoardAnswer<Q extends XtestQuestion> {
  readonly printed: Printed[Q];
  readonly at: number;
  /** Milliseconds since the board booted. */
  readonly uptime: number;
}

/** A board that can be asked. */
export interface Board {
  readonly shell: Shell;
  /** As it was when it was opened, or looked at again. */
  readonly facts: BoardFacts;
  /** Asks it anew what it is. */
  look(signal?: AbortSignal): Promise<Result<BoardFacts, SourceError>>;
  /** One run of xtest. The error is a sentence that says what to do. */
  ask<Q extends XtestQuestion>(question: Q, signal?: AbortSignal): Promise<Result<BoardAnswer<Q>, SourceError>>;
}

/** A call of xtest that failed, and what it means. */
function failed({ call, code, origin }: CallFailure): SourceError {
  if (call !== "TEEC_OpenSession" && call !== "TEEC_InvokeCommand")
    return { text: `${call} failed with 0x${code.toString(16)}` };
  const failure = { call, code, origin } as const;
  return { text: knownCause(failure) || `failed with 0x${code.toString(16)}`, failure };
}

/** How the sentence on an answer begins that is not of any known xtest. */
export const NOT_UNDERSTOOD = "the answer of xtest was not understood";

const TIMEOUT = 10_000;

/** Looks at a board for the first time. `clock` is ours, in milliseconds. */
export async function openBoard(shell: Shell, options: BoardOptions, clock: () => number): Promise<Result<Board>> {
  const commands = createBoardCommands(shell, options.timeout ?? TIMEOUT, clock);
  const decoder = new TextDecoder();

  async function look(signal?: AbortSignal): Promise<Result<BoardFacts, SourceError>> {
    const answer = await commands.run(factsCommand(), signal);
    if (!answer.ok) return err({ text: answer.error.text });
    const read = readFacts(decoder.decode(answer.value.out));
    return read === undefined ? err({ text: `${shell.name}: the answer of the board was cut; ask again` }) : ok(read);
  }
  async function explain(why: NoAnswer, signal?: AbortSignal): Promise<SourceError> {
    if (why.kind === "not-understood") return { text: `${NOT_UNDERSTOOD}: ${why.text}` };
    if (why.kind === "no-xtest") return { text: noXtest(facts) };
    if (why.kind === "call") return failed(why.failure);
    const now = await look(signal);
    const text = now.ok ? noTee(now.value) : now.error.text;
    return { text: text || "xtest cannot reach OP-TEE on this board, though /dev/tee0 can be opened: see 'dmesg'" };
  }

  const first = await look();
  if (!first.ok) return err(first.error.text);
  let facts = first.value;
  if (facts.uptime !== undefined) commands.begin(facts.uptime);
  return ok({
    shell,
    get facts() {
      return facts;
    },
    look: lookAgain,
    async ask(question, signal) {
      const asked = await ask(question, signal);
      // It may have booted another build.
      if (!asked.ok && asked.error.rebooted === true) await lookAgain(signal);
      return asked;
    },
  });

  async function lookAgain(signal?: AbortSignal): Promise<Result<BoardFacts, SourceError>> {
    const seen = await look(signal);
    if (seen.ok) facts = seen.value;
    return seen;
  }
  async function ask<Q extends XtestQuestion>(
    question: Q,
    signal?: AbortSignal,
  ): Promise<Result<BoardAnswer<Q>, SourceError>> {
    const xtest = options.xtest ?? facts.xtest;
    if (xtest === "") return err({ text: (facts.ownXtest === "" && noTee(facts)) || noXtest(facts) });
    const before = clock();
    const answer = await commands.insist(xtestCommand(xtest, question, shell.mixed), question === "ta", signal);
    if (!answer.ok) return answer;
    const { code, out, err: said } = answer.value;
    const read = readXtest(question, { code, out: decoder.decode(out), err: said }, shell.mixed);
    if (!read.ok) return err({ text: `${shell.name}: ${read.error}` });
    const { uptime, printed } = read.value;
    const gone = commands.reached(uptime, before);
    if (gone !== undefined) return err(gone);
    if (!printed.ok) return err(await explain(printed.error, signal));
    return ok({ printed: printed.value, at: commands.at(uptime), uptime });
  }
}
