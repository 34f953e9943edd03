// A board as a source: what its xtest answers, without what asking costs.
import { TEE } from "../../abi/errors.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { printedRelease } from "../../release/printed_release.ts";
import type { Release } from "../../release/release.ts";
import { RELEASES, releaseOf } from "../../release/releases.ts";
import { releaseOfReport } from "../../xtest/parse.ts";
import { unlessAborted } from "../give_up.ts";
import type { Answers, Question, Source, SourceError } from "../source.ts";
import type { Board, BoardOptions } from "./board.ts";
import { runClient } from "./client/run_client.ts";
import { ownShare } from "./own_share.ts";
import { NO_TAS, otherPools } from "./troubles.ts";

type Asks = { readonly [Q in Question]?: (signal?: AbortSignal) => Promise<Result<Answers[Q], SourceError>> };

const [USUAL] = RELEASES;

/** The source of a board that was opened. Its end closes the shell. */
export function boardSource(board: Board, options: BoardOptions): Source {
  const { shell } = board;
  /** By the layout of its answers; before the first one by what the driver said, else the usual. */
  let release: Release = releaseByVersion(board.facts.version) ?? USUAL;
  let pools = 0;
  /** The releases that its answers look like; empty before the first one. */
  let layout = "";

  const asks = {
    async alloc(signal) {
      const answer = await board.ask("alloc", signal);
      if (!answer.ok) {
        if (answer.error.rebooted === true) pools = 0;
        return answer;
      }
      const { printed, at } = answer.value;
      // A part of the answer may be missing, and still look like one of another release.
      if (pools !== 0 && printed.length !== pools) return err({ text: otherPools(printed.length, pools) });
      pools = printed.length;
      const printing = releaseOfReport(printed);
      layout = printedRelease(printing);
      const named = releaseByVersion(board.facts.version);
      release = named !== undefined && printedRelease(named) === layout ? named : printing;
      const share = ownShare(board.facts.version || layout, options.leakHeaders, options.ta === true);
      return ok({ release, pools: share.without(printed), at, own: share.own });
    },
    async ta(signal) {
      if (options.ta !== true) return err({ text: NO_TAS });
      const answer = await board.ask("ta", signal);
      if (answer.ok) return ok(answer.value.printed);
      const { failure } = answer.error;
      const none = failure?.code === TEE.ITEM_NOT_FOUND && failure.call === "TEEC_InvokeCommand";
      return none ? ok([]) : answer;
    },
    pager: (signal) => printed(board.ask("pager", signal)),
    time: (signal) => printed(board.ask("time", signal)),
    async memleak(signal) {
      const answer = await board.ask("memleak", signal);
      return answer.ok ? ok(undefined) : answer;
    },
  } satisfies Asks;
  const given: Asks = asks;

  return {
    name: shell.name,
    get version() {
      return board.facts.version || layout;
    },
    get release() {
      return release;
    },
    profile: "",
    get lost() {
      return shell.lost;
    },
    answers: new Set((Object.keys(asks) as Question[]).filter((one) => one !== "ta" || options.ta === true)),
    async ask(question, signal) {
      const ask = given[question];
      if (ask === undefined) return err({ text: NOT_ASKED });
      return unlessAborted(signal, () => ask(signal));
    },
    run: (program) => runClient(shell, program),
    async [Symbol.asyncDispose]() {
      await shell[Symbol.asyncDispose]();
    },
  };
}

const NOT_ASKED = "a board answers only what its xtest can ask";

function releaseByVersion(version: string): Release | undefined {
  const found = releaseOf(version);
  return found.ok ? found.value : undefined;
}

async function printed<T>(
  asked: Promise<Result<{ readonly printed: T }, SourceError>>,
): Promise<Result<T, SourceError>> {
  const answer = await asked;
  return answer.ok ? ok(answer.value.printed) : answer;
}
