// The frame of both programs, apart from them, so that neither loads what only the other one needs.

import { printable, printableLines, shown } from "../base/printable.ts";
import { HeapPanic } from "../heap/panic.ts";
import type { Io, Outcome } from "./outcome.ts";
import { createOutput, type Output } from "./output.ts";

/**
 * The frame of a program: gives it the world, prints its errors in one line, and sets the exit code. Nothing else in this
 * project does.
 */
export async function runProgram(
  name: string,
  program: (args: readonly string[], io: Io) => Promise<Outcome>,
): Promise<void> {
  const out = createOutput(process.stdout);
  const error = createOutput(process.stderr);
  const io: Io = { out, err: error, input: process.stdin, clock: () => performance.now() };
  process.exitCode = await run(name, () => program(process.argv.slice(2), io), out, error);
}

async function run(name: string, program: () => Promise<Outcome>, out: Output, error: Output): Promise<number> {
  try {
    const outcome = await program();
    await out.flush();
    if (!outcome.ok && outcome.error !== "") error.write(shown`${printable(name)}: ${printable(outcome.error)}\n`);
    await error.flush();
    return outcome.ok ? outcome.value : 2;
  } catch (failure) {
    if (isClosedPipe(failure)) return 0;
    error.write(shown`${printable(name)}: ${printableLines(explain(failure))}\n`);
    await Promise.allSettled([out.flush(), error.flush()]);
    return 1;
  }
}

function explain(failure: unknown): string {
  if (process.env.TEEMEM_DEBUG === "1" && failure instanceof Error) return failure.stack ?? failure.message;
  if (failure instanceof HeapPanic) return `the heap panicked in ${failure.message}`;
  const message = failure instanceof Error ? failure.message : String(failure);
  if (failure instanceof Error && "syscall" in failure && failure.syscall === "write")
    return `cannot write: ${message}`;
  return `internal error: ${message}; TEEMEM_DEBUG=1 shows where, please report it`;
}

function isClosedPipe(failure: unknown): boolean {
  return (
    failure instanceof Error &&
    "code" in failure &&
    (failure.code === "EPIPE" || failure.code === "ERR_STREAM_DESTROYED")
  );
}
