// The options that say which system is meant, in one wording for all commands.
import { type Command, Option } from "commander";
import { PLATFORM_NAMES } from "../../platform/platforms.ts";
import { CONSOLES } from "./consoles.ts";
import { usagesOf } from "./scheme_table.ts";
import { SCHEMES } from "./schemes.ts";
import { EMBEDDED_ONLY } from "./setting.ts";

type OptionName = "on" | "secure" | "taStats" | "leakHeaders" | "after" | "cfg" | "optee" | "profile";

const WORDINGS: Readonly<Record<OptionName, readonly [flags: string, text: string]>> = {
  on: ["--on <source>", `the source: ${usagesOf(SCHEMES)}; a path alone is a recording or the socket of a daemon`],
  secure: ["--secure <console>", `with --on: the system's secure console, read beside it: ${usagesOf(CONSOLES)}`],
  taStats: ["--ta-stats", "on a board: ask for the heaps of TAs, too, which can deadlock OP-TEE 4.x: docs/sources.md"],
  leakHeaders: [
    "--leak-headers <yes|no>",
    "on a board: its core has CFG_TEE_CORE_MALLOC_DEBUG; then what asking takes is left out; default: as boards.yaml or its elf file says",
  ],
  after: ["--after <mark>", "play the recorded run up to the end of this mark first"],
  cfg: ["--cfg <switches>", "build switches, like 'CFG_TEE_CORE_MALLOC_DEBUG=y CFG_TA_STATS=n'"],
  optee: ["--optee <version>", "release whose heaps, record layouts and texts are used, like 4.5.0"],
  profile: ["--profile <name>", `the platform: ${PLATFORM_NAMES.join(", ")}, or its folder, like ./my_platform/`],
};

/** Adds those options of them that a command has. */
export function systemOptions(command: Command, ...names: readonly OptionName[]): Command {
  for (const name of names) {
    const option = new Option(...WORDINGS[name]);
    if (name === "leakHeaders") option.choices(["yes", "no"]);
    command.addOption(name === "on" ? option.conflicts([...EMBEDDED_ONLY]) : option);
  }
  return command;
}
