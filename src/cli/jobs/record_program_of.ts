// Records a program that runs on the system: the counters at the exact moment of each of its calls, else polled ones.
import type { Result } from "../../base/result.ts";
import type { Source } from "../../source/source.ts";
import type { Io } from "../outputs/outcome.ts";
import { type ProgramRunner, runProgramOf } from "./program_run.ts";
import type { RecordSession } from "./record_session.ts";
import { andWrong, type RunEnd } from "./run_end.ts";
import { sampling } from "./sampling.ts";

/** What is run, and how. */
interface RecordedProgram {
  readonly words: readonly string[];
  readonly resets: boolean;
  /** Milliseconds between two samples, where the moments are not seen. */
  readonly interval: number;
}

/** Records a program to its end. `says` tells the user what is not seen. */
export async function recordProgramOf(
  source: Source & ProgramRunner,
  session: RecordSession,
  { words, resets, interval }: RecordedProgram,
  io: Io,
  says: (text: string) => void,
): Promise<RunEnd> {
  const [name = ""] = words;
  const over = new AbortController();
  let polled = null as Promise<Result<void>> | null;
  session.mark(name, words.join(" "));
  const ran = await runProgramOf(source, {
    words,
    resets,
    out: io.out,
    err: io.err,
    onMoment: (moment) => session.moment(moment),
    onUnseen(why, ended) {
      says(ended ? why : `${why}; the counters are polled every ${interval} ms instead`);
      if (!ended) polled ??= sampling(source, session, { interval, signal: over.signal, clock: io.clock, says });
    },
  });
  over.abort();
  const sampled = await polled;
  if (source.lost !== "") return andWrong(ran, source.lost);
  return sampled?.ok === false ? andWrong(ran, sampled.error) : ran;
}
