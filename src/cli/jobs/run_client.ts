// Runs a client program of the user on a system that has a socket.
import { err, ok, type Result } from "../../base/result.ts";
import type { Source } from "../../source/source.ts";
import { clientLibraries } from "../device/client_library.ts";
import { type ProgramOutput, runRecorded } from "./record_program.ts";
import { endedWith, type RunEnd } from "./run_end.ts";
import { WORKLOADS } from "./workload.ts";

/** How it is run. */
interface ClientForm {
  /** The compiler for libteec; default: the usual ones. */
  readonly cc?: string | undefined;
  /** False: it also runs where there is no libteec for it. Default true. */
  readonly needs?: boolean;
  readonly stdout?: ProgramOutput;
}

/** Runs it to its end, with libteec for its machine. An error: it did not run. */
export async function runClientProgram(
  source: Pick<Source, "name" | "socket">,
  words: readonly string[],
  { cc, needs = true, stdout }: ClientForm = {},
): Promise<Result<RunEnd>> {
  const libraries = clientLibraries(words, cc, process.env);
  if (!libraries.ok && needs) return libraries;
  if (source.socket === undefined) return err(`${source.name} takes no calls`);
  const socket = await source.socket();
  if (!socket.ok) return socket;
  // What must be a client is no workload.
  const known = needs ? [] : Object.keys(WORKLOADS);
  const end = await runRecorded(words, socket.value, libraries.ok ? libraries.value : [], known, stdout);
  return end.ok ? ok(endedWith(words[0] ?? "", end.value.code, end.value.signal)) : end;
}
