// What a word on the command line may become.
import type { Argument, Command, Option } from "commander";
import { TEE } from "../../abi/errors.ts";
import { WORKLOADS } from "../jobs/workload.ts";
import { knownNames } from "../systems/known_tas.ts";
import { SCHEMES } from "../systems/schemes.ts";
import { FILES } from "./shell_scripts.ts";

/** A word, and what it does; of `FILES`, which stands for names of files, nothing. */
interface Candidate {
  readonly word: string;
  readonly about: string;
}

const NAMES_OF_FILES: Candidate = { word: FILES, about: "" };

/** Values of options that have no fixed choices, by the option's long name. */
const VALUES: Readonly<Record<string, () => readonly string[]>> = {
  "--on": () => Object.values(SCHEMES).map(({ usage }) => /^[^A-Z]*/.exec(usage)?.[0] ?? ""),
  "--error": () => Object.keys(TEE).map((name) => `TEE_ERROR_${name}`),
  "--heap": () => ["core", "ldelf", "all", ...knownNames()],
};

/**
 * What the last of the words may become, which are those behind the program's name. `program` has the options of the commands
 * among them. Candidates do begin with the last word.
 */
export function candidates(program: Command, words: readonly string[]): Candidate[] {
  const typed = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const names = before.filter((word) => !word.startsWith("-"));
  const command = program.commands.find((one) => one.name() === names[0]);
  const found = command === undefined ? first(program, names, typed) : inside(command, before, typed);
  return found.filter(({ word }) => word === FILES || word.startsWith(typed));
}

/** Before the command, and behind `help`. */
function first(program: Command, names: readonly string[], typed: string): Candidate[] {
  if (names.length > 0 && names[0] !== "help") return [NAMES_OF_FILES];
  if (typed.startsWith("-")) return optionsOf(program);
  const commands = program.commands.map((one) => ({ word: one.name(), about: one.description() }));
  return names[0] === "help" ? commands : [...commands, { word: "help", about: "show the help of a command" }];
}

function inside(command: Command, before: readonly string[], typed: string): Candidate[] {
  const dashes = before.indexOf("--");
  if (dashes >= 0)
    return before.length === dashes + 1 ? [...plain(Object.keys(WORKLOADS)), NAMES_OF_FILES] : [NAMES_OF_FILES];
  const option = command.options.find((one) => [one.short, one.long].includes(before.at(-1)));
  if (option !== undefined && (option.required || option.optional)) return valuesOf(option);
  if (typed.startsWith("-")) return optionsOf(command);
  return argumentsOf(command.registeredArguments);
}

function optionsOf(command: Command): Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ short, long, description }) =>
      [long, short].filter((word) => word !== undefined).map((word) => ({ word, about: description })),
    );
}

function valuesOf({ long, argChoices }: Option): Candidate[] {
  if (argChoices !== undefined) return plain(argChoices);
  const values = VALUES[long ?? ""]?.();
  return values === undefined ? [NAMES_OF_FILES] : [...plain(values), NAMES_OF_FILES];
}

function argumentsOf(list: readonly Argument[]): Candidate[] {
  const choices = list.flatMap(({ argChoices = [] }) => argChoices);
  return list.length === 0 ? [] : [...plain(choices), NAMES_OF_FILES];
}

function plain(words: readonly string[]): Candidate[] {
  return words.map((word) => ({ word, about: "" }));
}
