// The program as commander has it: the list of commands, and the options of those that are meant.
import { Command } from "commander";
import { printableLines } from "../base/printable.ts";
import { ok } from "../base/result.ts";
import { commands } from "./commands.ts";
import { flowHelp, helpItem } from "./outputs/flow_help.ts";
import { foldLines } from "./outputs/fold_lines.ts";
import type { CommandResult, Io } from "./outputs/outcome.ts";
import type { Output } from "./outputs/output.ts";
import { ownVersion } from "./outputs/own_version.ts";

const EXAMPLES = `
Examples:
  teemem replay demo:core
                             check a recorded heap trace, address by address
  teemem replay --pool 48k demo:core
                             which requests fail with a smaller heap?
  teemem help replay         explain one command

demo:core and demo:all are files of a recorded OP-TEE that ship with teemem: its core heap, and all of its heaps.

Exit codes: 0 success, 1 a finding or a failure, 2 wrong usage.

TEEMEM_DEBUG=1 shows the stack of an internal error.
`;

/** The program, and how its command ended after it was parsed. */
interface BuiltProgram {
  readonly program: Command;
  outcome(): CommandResult;
}

/** Every command by name and summary; those that `isMeant` selects with their arguments and options, ready to run. */
export async function buildProgram(isMeant: (name: string) => boolean, io: Io): Promise<BuiltProgram> {
  let outcome: CommandResult = ok(0);
  const program = new Command("teemem")
    .description("Shows, explains and sizes the memory of an OP-TEE system.")
    .version(ownVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command")
    .addHelpText("after", EXAMPLES)
    .exitOverride()
    .configureHelp({
      formatItem: (term, column, about, help) => helpItem(term, column, about, help, io.out.called),
    })
    .configureOutput({
      writeOut: (text) => writeHelp(text, io.out),
      getOutHelpWidth: () => io.out.width,
      getErrHelpWidth: () => io.err.width,
      // Help, too, where no command was given; errors are printed elsewhere.
      writeErr: (text) => writeHelp(text, io.err),
      outputError: () => {},
    });
  for (const { name, summary, load } of commands) {
    const command = program.command(name).description(summary);
    if (!isMeant(name)) continue;
    const module = await load();
    module.declare(command);
    command.action(async () => {
      outcome = await module.run(command.args, command.opts(), io);
    });
  }
  return { program, outcome: () => outcome };
}

/** Commander wraps its own part of the help; ours comes behind it. */
function writeHelp(text: string, output: Output): void {
  const { width, called } = output;
  output.write(
    printableLines(text.startsWith("Usage:") ? foldLines(text, width, called) : flowHelp(text, width, called)),
  );
}
