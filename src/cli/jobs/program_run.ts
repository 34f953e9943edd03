// Runs a program on a system that is not this machine: its output passes through, what is seen of it goes to the caller.
import type { ExactMoment } from "../../recording/moment.ts";
import type { ProgramEvent, SystemProgram } from "../../source/program.ts";
import type { Source } from "../../source/source.ts";
import { preloadLibrary } from "../device/preload_library.ts";
import type { Output } from "../outputs/output.ts";
import { interruptible } from "../systems/signals.ts";
import { ENDED_WELL, endedWith, failedRun, type RunEnd } from "./run_end.ts";

/** A source that runs programs. */
export interface ProgramRunner {
  run(program: SystemProgram): AsyncIterable<ProgramEvent>;
}

/** True for a source that runs programs. */
export function takesPrograms(source: Source): source is Source & ProgramRunner {
  return source.run !== undefined;
}

/** The text of the option of commands that run one. */
export const RESET_MAXIMA =
  "on a board: set the core heap's maximum back after each call, so that every peak is exact; other readers see that";

/** What the caller wants to know. */
interface ProgramPlan {
  readonly words: readonly string[];
  readonly resets: boolean;
  /** Where its standard output and standard error go. */
  readonly out: Output;
  readonly err: Output;
  onMoment(moment: ExactMoment): void;
  /** Moments will not be seen, or (`ended`) were not, or not all: why, in a sentence. */
  onUnseen(why: string, ended: boolean): void;
  /** Ends it, besides a signal of the user. */
  readonly signal?: AbortSignal;
}

/** Runs a program to its end. Ctrl-C ends it, wherever it runs. */
export function runProgramOf(runner: ProgramRunner, plan: ProgramPlan): Promise<RunEnd> {
  return interruptible(async (stopped) => {
    const signal = AbortSignal.any([stopped, ...(plan.signal === undefined ? [] : [plan.signal])]);
    const { words, resets } = plan;
    for await (const event of runner.run({ words, resets, library: preloadLibrary(process.env), signal })) {
      if (event.kind === "moment") plan.onMoment(event.moment);
      else if (event.kind === "unseen") plan.onUnseen(event.why, event.ended);
      else if (event.kind === "line") {
        const output = event.error ? plan.err : plan.out;
        output.writeData(`${event.text}\n`);
        await output.flush();
      } else return event.code.ok ? endedWith(words[0] ?? "", event.code.value) : failedRun(event.code.error);
    }
    return ENDED_WELL;
  });
}
