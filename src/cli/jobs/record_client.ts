// Records a system while a client program runs on it.
import { ok, type Result } from "../../base/result.ts";
import type { Source } from "../../source/source.ts";
import type { Io } from "../outputs/outcome.ts";
import { openRecordFile } from "./record_file.ts";
import { createRecordSession } from "./record_session.ts";
import { hearing, recordSource } from "./record_source.ts";
import { runClientProgram } from "./run_client.ts";
import { andWrong, type RunEnd } from "./run_end.ts";

/** The client, and where the recording goes. */
interface ClientPlan {
  readonly words: readonly string[];
  /** The compiler for libteec. */
  readonly cc: string | undefined;
  readonly path: string;
  readonly force: boolean;
}

/** Milliseconds between two samples of the counters. */
const INTERVAL = 100;

/** Runs the client to its end, and closes the source. An error: it did not run. */
export async function recordClient(source: Source, plan: ClientPlan, io: Io): Promise<Result<RunEnd>> {
  const { words, path } = plan;
  const [name = ""] = words;
  const file = await openRecordFile(path, plan.force);
  if (!file.ok) return file;
  const session = await createRecordSession(source, file.value, INTERVAL, { err: quiet(io), clock: io.clock });
  const recording = {
    name,
    command: words.join(" "),
    interval: INTERVAL,
    clock: io.clock,
    says: () => {},
    async run(): Promise<Result<RunEnd>> {
      const end = await runClientProgram(source, words, { cc: plan.cc });
      // What an exit code means is between the client and its user; 128 and more are the shell's way to name a signal.
      return end.ok && end.value.code < 128 ? ok({ ...end.value, wrong: [] }) : end;
    },
  };
  const recorded = await hearing(source, session, () => recordSource(source, session, recording));
  session.end();
  if (!recorded.ok) {
    file.value.remove();
    return recorded;
  }
  file.value.close();
  return ok(andWrong(recorded.value, file.value.failure));
}

/** The terminal is the client's: no progress is drawn on it. */
function quiet({ err: output }: Pick<Io, "err">): Io["err"] {
  return Object.create(output, { isTerminal: { value: false } }) as Io["err"];
}
