// Asks a source for a command: the user can give up, and a source without an answer says so.
import { printable, shown } from "../../base/printable.ts";
import { ok, type Result } from "../../base/result.ts";
import type { About, Answers, Question, Source, SourceError } from "../../source/source.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { interruptible } from "./signals.ts";

/** Asks, until a signal of the user gives up. */
export function ask<Q extends Question>(
  source: Source,
  question: Q,
  about: About = {},
): Promise<Result<Answers[Q], SourceError>> {
  return interruptible((signal) => source.ask(question, signal, about));
}

/** A source that does not answer is a finding, not wrong usage: why, on standard error, and exit code 1. */
export function unanswered(
  { lost }: Pick<Source, "lost">,
  { text }: SourceError,
  { err }: Pick<Io, "err">,
): CommandResult {
  err.write(shown`teemem: ${printable(lost === "" ? text : lost)}\n`);
  return ok(1);
}

/** The head line of what is shown of a source. */
export function titleOf({ version, profile, name }: Source): string {
  return `OP-TEE ${version === "" ? "of an unknown release" : version}, ${profile === "" ? name : profile}`;
}
