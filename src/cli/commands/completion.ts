// `teemem completion`: prints the script that completes words in a shell.
import { Argument, type Command, type OptionValues } from "commander";
import { ok } from "../../base/result.ts";
import { SHELL_SCRIPTS } from "../completion/shell_scripts.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";

const EXAMPLES = `
Commands, options, their values and files are completed as they are typed.

Examples:
  source <(teemem completion bash)
                            in ~/.bashrc
  source <(teemem completion zsh)
                            in ~/.zshrc, behind compinit
  teemem completion fish | source
                            in ~/.config/fish/config.fish
`;

/** The argument and examples of `teemem completion`. */
export function declare(command: Command): void {
  command
    .addArgument(new Argument("<shell>", "the shell").choices(Object.keys(SHELL_SCRIPTS)))
    .addHelpText("after", EXAMPLES);
}

/** Prints the script of a shell. */
export async function run([shell]: readonly string[], _options: OptionValues, io: Io): Promise<CommandResult> {
  io.out.writeData(SHELL_SCRIPTS[shell as keyof typeof SHELL_SCRIPTS]);
  return ok(0);
}
