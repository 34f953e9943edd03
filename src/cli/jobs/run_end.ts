// How a command ended that ran for teemem: its own exit code is that of teemem.
import { constants } from "node:os";
import type { ExitCode } from "../outputs/outcome.ts";

/** How it ended, and what else went wrong. */
export interface RunEnd {
  /** The command's own; 1 where it could not be run to its end, 0 where nothing was run. */
  readonly code: ExitCode;
  /** In sentences; what is not empty makes the exit code at least 1. */
  readonly wrong: readonly string[];
}

export const ENDED_WELL: RunEnd = { code: 0, wrong: [] };

/** It did not come to its end, or nothing is known of that. */
export function failedRun(text: string): RunEnd {
  return { code: 1, wrong: [text] };
}

/** As a shell counts: where a signal ended it, 128 and the signal's number. */
export function endedWith(name: string, code: number | null, signal: string | null = null): RunEnd {
  if (code === 0) return ENDED_WELL;
  const ended = `'${name}' ended with ${signal ?? `exit code ${code}`}`;
  return { code: code ?? 128 + numberOf(signal), wrong: [ended] };
}

/** The same, with what went wrong besides. */
export function andWrong(end: RunEnd, ...texts: readonly string[]): RunEnd {
  return { ...end, wrong: [...new Set([...end.wrong, ...texts.filter((text) => text !== "")])] };
}

/** The exit code of teemem: the command's own where that is not 0. */
export function exitCode({ code, wrong }: RunEnd): ExitCode {
  return code === 0 && wrong.length > 0 ? 1 : code;
}

function numberOf(signal: string | null): number {
  return Object.entries(constants.signals).find(([name]) => name === signal)?.[1] ?? 0;
}
