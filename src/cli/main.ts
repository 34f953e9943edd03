// Runs teemem: finds the command, parses its options, prints its error.
import { Command, CommanderError } from "commander";
import { clip, printableLines } from "../base/printable.ts";
import { err, ok } from "../base/result.ts";
import { commands } from "./commands.ts";
import { flowHelp, helpItem } from "./outputs/flow_help.ts";
import { foldLines } from "./outputs/fold_lines.ts";
import { suggest } from "./outputs/nearest.ts";
import type { CommandEntry, CommandResult, Io } from "./outputs/outcome.ts";
import { ownVersion } from "./outputs/own_version.ts";

const EXAMPLES = `
Examples:
  teemem replay data/optee-4.0.0/core.trace.gz
                             check a recorded heap trace, address by address
  teemem replay --pool 48k data/optee-4.0.0/core.trace.gz
                             which requests fail with a smaller heap?
  teemem help replay         explain one command

Exit codes: 0 success, 1 a finding or a failure, 2 wrong usage.

TEEMEM_DEBUG=1 shows the stack of an internal error.
`;

/** Runs the command that the arguments name. */
export async function teemem(args: readonly string[], io: Io): Promise<CommandResult> {
  let outcome: CommandResult = ok(0);
  const program = new Command("teemem")
    .description("Shows, explains and sizes the memory of an OP-TEE system.")
    .version(ownVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command")
    .addHelpText("after", EXAMPLES)
    .exitOverride()
    .configureHelp({ formatItem: helpItem })
    .configureOutput({
      // Commander wraps its own part of the help; ours comes behind it.
      writeOut: (text) => {
        const { width } = io.out;
        const help = text.startsWith("Usage:") ? foldLines(text, width) : flowHelp(text, width);
        io.out.write(printableLines(help));
      },
      getOutHelpWidth: () => io.out.width,
      writeErr: (text) => io.err.write(printableLines(text)),
      outputError: () => {},
    });
  const wanted = wantedCommand(args);
  if (args.length === 2 && args[0] === "help" && wanted === "help") return teemem(["help"], io);
  const names = commands.map(({ name }) => name);
  // Commander would answer with the general help.
  if (args[0] === "help" && wanted !== undefined && !names.includes(wanted)) {
    return err(`unknown command '${clip(wanted)}'${suggest(wanted, names)}`);
  }
  for (const entry of commands) {
    const command = program.command(entry.name).description(entry.summary);
    if (entry.name === wanted)
      await load(command, entry, io, (result) => {
        outcome = result;
      });
  }
  try {
    await program.parseAsync(withLevels(args), { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return usage(error, wanted);
  }
  return outcome;
}

/** `--memcheck=full` is an option of its own: one with an optional word would take the word that follows `--memcheck`. */
function withLevels(args: readonly string[]): string[] {
  const end = args.indexOf("--");
  return args.map((word, at) =>
    (end < 0 || at < end) && word.startsWith("--memcheck=") ? word.replace("=", "-") : word,
  );
}

async function load(
  command: Command,
  entry: CommandEntry,
  io: Io,
  done: (outcome: CommandResult) => void,
): Promise<void> {
  const module = await entry.load();
  module.declare(command);
  command.action(async () => done(await module.run(command.args, command.opts(), io)));
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
