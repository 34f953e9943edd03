// The frame of both programs, apart from them, so that neither loads what only the other one needs.
import { DEEP_STACK } from "../base/deep_error.ts";
import { printable, printableLines, shown } from "../base/printable.ts";
import { HeapPanic } from "../heap/panic.ts";
import { writeReason } from "./outputs/file_reason.ts";
import type { CommandResult, Io } from "./outputs/outcome.ts";
import { createOutput, type Output } from "./outputs/output.ts";
import { hasLinks } from "./outputs/terminal_look.ts";
import { callWords } from "./package/call_words.ts";

/**
 * The frame of a program: gives it the world, prints its errors in one line, and sets the exit code. Nothing else in this
 * project does.
 */
export async function runProgram(
  name: string,
  program: (args: readonly string[], io: Io) => Promise<CommandResult>,
): Promise<void> {
  // The engine writes the stack of a trap, too.
  Error.stackTraceLimit = DEEP_STACK;
  const { env, argv } = process;
  const called = await callWords(argv[1] ?? "", env, process.cwd());
  const form = { env, asItIs: name === "xtest", called };
  const out = createOutput(process.stdout, { ...form, ...(await links(process.stdout)) });
  const error = createOutput(process.stderr, { ...form, ...(await links(process.stderr)), mayFail: true });
  const io: Io = { out, err: error, input: process.stdin, clock: () => performance.now() };
  process.exitCode = await run(name, () => program(process.argv.slice(2), io), out, error);
  await error.flush();
}

/** What makes links for a stream; nothing where they are not wanted. */
async function links(stream: NodeJS.WriteStream): Promise<{ linkOf?: (place: string) => string | undefined }> {
  if (!hasLinks(stream, process.env)) return {};
  const { fileLink } = await import("./outputs/file_link.ts");
  return { linkOf: (place) => fileLink(place, ".") };
}

/** The exit code: the outcome's, whoever still reads; where not all could be written, no less than 1. */
async function run(name: string, program: () => Promise<CommandResult>, out: Output, error: Output): Promise<number> {
  const say = (text: string): void => error.write(shown`${printable(name)}: ${printableLines(text)}\n`);
  try {
    const outcome = await program();
    const code = outcome.ok ? outcome.value : 2;
    // What it found is seen before what went wrong.
    const unwritten = await out.flush().catch((failure: unknown) => failure);
    if (!outcome.ok && outcome.error !== "") say(printable(outcome.error));
    if (unwritten === undefined) return code;
    say(explain(unwritten));
    return Math.max(1, code);
  } catch (failure) {
    await out.flush().catch(() => {});
    say(explain(failure));
    return 1;
  }
}

/** What to do about a folder of the cache, which nobody has named. */
function cacheAdvice(path: string): string {
  const { XDG_CACHE_HOME, HOME } = process.env;
  const cache = XDG_CACHE_HOME || `${HOME}/.cache`;
  return path.startsWith(cache) || cache.startsWith(`${path}/`) ? "; XDG_CACHE_HOME names another for the cache" : "";
}

function explain(failure: unknown): string {
  if (process.env.TEEMEM_DEBUG === "1" && failure instanceof Error) return failure.stack ?? failure.message;
  if (failure instanceof HeapPanic) return `the heap panicked in ${failure.message}`;
  const message = failure instanceof Error ? failure.message : String(failure);
  if (failure instanceof Error && "syscall" in failure && failure.syscall === "write")
    return `cannot write ${"path" in failure ? failure.path : "standard output"}: ${writeReason(failure)}`;
  if (failure instanceof Error && "syscall" in failure && /^mkd/.test(String(failure.syscall)) && "path" in failure)
    return `cannot make the folder ${failure.path}: ${writeReason(failure)}${cacheAdvice(String(failure.path))}`;
  return `internal error: ${message}; please report it. TEEMEM_DEBUG=1 shows the stack`;
}
