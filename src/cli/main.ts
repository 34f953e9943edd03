// Runs teemem: finds the command, parses its options, prints its error.
import { CommanderError } from "commander";
import { clip } from "../base/printable.ts";
import { err, ok, type Result } from "../base/result.ts";
import { commands } from "./commands.ts";
import { COMPLETE } from "./completion/shell_scripts.ts";
import type { CommandResult, Io } from "./outputs/outcome.ts";
import { buildProgram } from "./program.ts";

/** Runs the command that the arguments name. */
export async function teemem(args: readonly string[], io: Io): Promise<CommandResult> {
  if (args[0] === COMPLETE) return complete(args.slice(1), io);
  const wanted = wantedCommand(args);
  if (args.length === 2 && args[0] === "help" && wanted === "help") return teemem(["help"], io);
  const names = commands.map(({ name }) => name);
  // Commander would answer with the general help.
  if (args[0] === "help" && wanted !== undefined && !names.includes(wanted)) {
    const { suggest } = await import("./outputs/nearest.ts");
    return err(`unknown command '${clip(wanted)}'${suggest(wanted, names)}`);
  }
  const words = await withFiles(withLevels(args));
  if (!words.ok) return words;
  const { program, outcome } = await buildProgram((name) => name === wanted, io);
  try {
    await program.parseAsync(words.value, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return usage(error, wanted);
  }
  return outcome();
}

/** The same with paths for names of bundled files, which few commands are given. */
async function withFiles(args: readonly string[]): Promise<Result<readonly string[]>> {
  if (!args.some((word) => word.includes("demo:"))) return ok(args);
  return (await import("./inputs/demo_files.ts")).withDemoFiles(args);
}

/** `--memcheck=full` is an option of its own: one with an optional word would take the word that follows `--memcheck`. */
function withLevels(args: readonly string[]): string[] {
  const end = args.indexOf("--");
  return args.map((word, at) =>
    (end < 0 || at < end) && word.startsWith("--memcheck=") ? word.replace("=", "-") : word,
  );
}

/** Name of the command that will run, or whose help will be shown. */
function wantedCommand(args: readonly string[]): string | undefined {
  const words = args.filter((arg) => !arg.startsWith("-"));
  return words[0] === "help" ? words[1] : words[0];
}

/** Help and version are well; all else is wrong usage, in one line. */
function usage(error: CommanderError, command: string | undefined): CommandResult {
  if (error.exitCode === 0) return ok(0);
  // Commander has already printed the help where no command was given.
  if (error.code === "commander.help") return err("");
  const message = error.message
    .replace(/^error: /, "")
    .replace(/\n\(Did (.*)\)$/, "; did $1")
    .replace(/'([^']{61,})'/g, (_, word: string) => `'${clip(word)}'`);
  const more = error.code === "commander.missingArgument" ? `; see 'teemem help ${command}'` : "";
  return err(`${message}${more}`);
}

/** Prints what the last of the words may become, for the script of a shell. */
async function complete(words: readonly string[], io: Io): Promise<CommandResult> {
  const { candidates } = await import("./completion/candidates.ts");
  const typed = words[0] === "--" ? words.slice(1) : words;
  const { program } = await buildProgram((name) => typed.slice(0, -1).includes(name), io);
  for (const { word, about } of candidates(program, typed)) io.out.writeData(`${word}\t${about}\n`);
  return ok(0);
}
