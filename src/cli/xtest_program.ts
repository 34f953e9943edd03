// The bin `xtest` behaves as upstream's, so what it talks to is chosen by environment variables, not by options.
import { appendFileSync } from "node:fs";
import { clip, printable, shown } from "../base/printable.ts";
import { err, ok, type Result } from "../base/result.ts";
import type { Chosen } from "../regression/select.ts";
import type { Surroundings } from "../tee/boot.ts";
import type { ConsoleSink } from "../tee/kernel/console.ts";
import type { XtestOutput } from "../xtest/output.ts";
import { writeReason } from "./outputs/file_reason.ts";
import type { CommandResult, Io } from "./outputs/outcome.ts";
import type { EmbeddedOptions } from "./systems/embedded.ts";
import { openTalking, type TalkingSource } from "./systems/sources.ts";

/** Runs `xtest ARGS…`: texts, streams and exit codes are upstream's. What upstream has not is said with exit code 2. */
export async function xtest(args: readonly string[], io: Io): Promise<CommandResult> {
  const console = consoleOf(process.env.TEEMEM_CONSOLE, io);
  if (!console.ok) return console;
  // Only the embedded system has a console that could go elsewhere.
  const env = process.env.TEEMEM_CONSOLE ? { ...process.env, TEEMEM_SOCKET: "" } : process.env;
  const [first, ...rest] = args;
  const applet = first?.startsWith("--") ? first : undefined;
  if (applet !== undefined && applet !== "--stats")
    return err(`'xtest ${clip(applet)}' is not available here, only tests and --stats; 'xtest -h' lists them`);
  const help = applet === undefined && args.includes("-h");
  const tests = applet === undefined && !help ? await select(args) : null;
  if (tests?.ok === false) return tests;
  // Statistics of a system that has just booted need no TA and nothing secret.
  const bare = applet !== undefined && !env.TEEMEM_AFTER;
  const found = await openTalking({
    options: optionsFrom(env),
    env,
    io,
    console: console.value.print,
    surroundings: bare ? {} : await furnish(),
  });
  if (!found.ok) return found;
  await using system = found.value;
  const ended =
    tests === null
      ? print(help ? [await printList(system)] : await printStats(system, rest), io)
      : await (await import("./jobs/xtest_tests.ts")).runTests(system, tests.value, io);
  const { failure } = console.value;
  for (const problem of [system.lost, failure]) if (problem !== "") io.err.write(shown`xtest: ${printable(problem)}\n`);
  return failure === "" ? ended : ok(1);
}

function print(outputs: readonly XtestOutput[], io: Io): CommandResult {
  for (const { text, stream } of outputs) (stream === "stdout" ? io.out : io.err).write(text);
  return ok(outputs.at(-1)?.exit === 1 ? 1 : 0);
}

// Each part of the program is loaded when it is needed: most calls want one of them.

async function select(args: readonly string[]): Promise<Result<Chosen>> {
  const [{ CASES }, { selectCases }] = await Promise.all([
    import("../regression/cases.ts"),
    import("../regression/select.ts"),
  ]);
  return selectCases(args, CASES);
}

async function printList({ release }: TalkingSource): Promise<XtestOutput> {
  const [{ CASES }, { listCases }, { printHelp }, { output }] = await Promise.all([
    import("../regression/cases.ts"),
    import("../regression/select.ts"),
    import("../xtest/help.ts"),
    import("../xtest/output.ts"),
  ]);
  return output("help", shown`${printHelp(release)}${listCases(CASES)}`);
}

async function printStats(system: TalkingSource, args: readonly string[]): Promise<XtestOutput[]> {
  const { xtestStats } = await import("../source/client/xtest_stats.ts");
  return xtestStats(system, args);
}

/** What the tests need of the embedded system. */
async function furnish(): Promise<Partial<Surroundings>> {
  const [{ BUNDLED }, { nodeCrypto }] = await Promise.all([
    import("../tee/apps/bundled.ts"),
    import("../node/crypto.ts"),
  ]);
  return { apps: BUNDLED, host: { crypto: nodeCrypto() } };
}

function optionsFrom(env: NodeJS.ProcessEnv): EmbeddedOptions {
  return { profile: env.TEEMEM_PROFILE, optee: env.TEEMEM_OPTEE, cfg: env.TEEMEM_CFG, after: env.TEEMEM_AFTER };
}

/** The secure console of the embedded system. */
interface SecureConsole {
  readonly print: ConsoleSink;
  /** Why it is incomplete; empty while all is well. */
  readonly failure: string;
}

/** Where it goes: a file, `stderr`, or, as on a board without a cable, nowhere. */
function consoleOf(to: string | undefined, io: Io): Result<SecureConsole> {
  if (to === undefined || to === "") return ok({ print: () => {}, failure: "" });
  if (to === "stderr") return ok({ print: (line) => io.err.write(shown`${printable(line)}\n`), failure: "" });
  let failure = append(to, "");
  if (failure !== "") return err(`${failure}: give a file, or stderr`);
  return ok({
    get failure() {
      return failure;
    },
    // What runs must not be disturbed by a full disk.
    print: (line) => {
      failure ||= append(to, `${line}\n`);
    },
  });
}

/** Returns what went wrong, or nothing. */
function append(path: string, text: string): string {
  try {
    appendFileSync(path, text);
    return "";
  } catch (error) {
    return `cannot write the secure console to TEEMEM_CONSOLE=${printable(path)} (${writeReason(error)})`;
  }
}
