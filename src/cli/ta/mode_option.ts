// `--memcheck` and `--memcheck=full`: which mode a TA is built and run in.
import { type Command, Option } from "commander";
import { MODES, type Mode } from "../../toolchain/mode/modes.ts";

/** What a command with the option is given. */
export interface ModeOptions {
  readonly memcheck?: boolean | undefined;
  readonly memcheckFull?: boolean | undefined;
  /** For the fuzzer. */
  readonly fuzz?: boolean | undefined;
}

/** Adds the options to a command. main.ts makes `--memcheck-full` of `--memcheck=full`. */
export function modeOption(command: Command, text: string): Command {
  return command.option("--memcheck", text).addOption(new Option("--memcheck-full").hideHelp());
}

/** True where findings are waited for. */
export function isChecked({ memcheck, memcheckFull }: ModeOptions): boolean {
  return memcheck === true || memcheckFull === true;
}

export function modeOf({ memcheck, memcheckFull, fuzz }: ModeOptions): Mode {
  if (fuzz === true) return memcheckFull === true ? MODES.fuzzFull : MODES.fuzz;
  if (memcheckFull === true) return MODES.full;
  return memcheck === true ? MODES.memcheck : MODES.plain;
}
