// Makes the manual page of what help and docs/terminal.md say.
import { readFileSync } from "node:fs";
import type { Command } from "commander";
import type { Io } from "../src/cli/outputs/outcome.ts";
import { buildProgram } from "../src/cli/program.ts";

/** The page in roff, for the man macros. */
export async function manualPage(root: string): Promise<string> {
  const { program } = await buildProgram(() => true, silent);
  const variables = [
    ...readFileSync(`${root}docs/terminal.md`, "utf8").matchAll(/^\| (`[^|]*`) \| (?!does)(.*) \|$/gm),
  ];
  const commands = program.commands.filter((one) => one.name() !== "help");
  const lines = [
    `.\\" Made by 'npm run man' of the texts of help.`,
    `.TH TEEMEM 1 "" "teemem" "User Commands"`,
    ".SH NAME",
    `teemem \\- ${escaped(lowerFirst(program.description().replace(/\.$/, "")))}`,
    ".SH SYNOPSIS",
    ".B teemem",
    ".RI [ options ]",
    ".I command",
    ".RI [ arguments ]",
    ".SH OPTIONS",
    ...options(program),
    ".SH COMMANDS",
    ...commands.flatMap(described),
    ".SH ENVIRONMENT",
    ...variables.flatMap(([, names = "", text = ""]) => item(names.replaceAll("`", ""), text.replaceAll("`", ""))),
    ".SH EXAMPLES",
    ...prose(afterHelp(program)),
    ".SH SEE ALSO",
    "The folder docs of the package has a page for each task.",
  ];
  return `${lines.join("\n")}\n`;
}

const silent = { out: { width: 80, write() {} }, err: { write() {} } } as unknown as Io;

function described(command: Command): string[] {
  const words = command.registeredArguments.map((one) => {
    const name = `${one.name()}${one.variadic ? "..." : ""}`;
    return one.required ? `<${name}>` : `[${name}]`;
  });
  return [
    `.SS "${escaped(`teemem ${[command.name(), ...words].join(" ")}`)}"`,
    ...text(`${command.description()}.`),
    ...command.registeredArguments
      .filter(({ description }) => description !== "")
      .flatMap((one) => item(one.name(), one.description)),
    ...options(command),
    ...prose(afterHelp(command)),
  ];
}

function options(command: Command): string[] {
  const help = command.createHelp();
  return help
    .visibleOptions(command)
    .filter(({ long }) => long !== "--help")
    .flatMap((option) => item(option.flags, help.optionDescription(option)));
}

/** What stands behind the options in the help of a command. */
function afterHelp(command: Command): string {
  const written: string[] = [];
  command.configureOutput({ writeOut: (part) => void written.push(part) });
  command.outputHelp();
  return written.filter((part) => !part.startsWith("Usage:")).join("");
}

function item(term: string, about: string): string[] {
  return [".TP", `.B ${escaped(term)}`, ...text(about)];
}

/** Paragraphs are filled; what has an indent stands as it is. */
function prose(help: string): string[] {
  const lines: string[] = [];
  let verbatim = false;
  const turn = (to: boolean): void => {
    if (verbatim !== to) lines.push(to ? ".nf" : ".fi");
    verbatim = to;
  };
  for (const line of help.replace(/^\n+|\n+$/g, "").split("\n")) {
    if (line === "") {
      turn(false);
      lines.push(".PP");
      continue;
    }
    turn(line.startsWith(" "));
    lines.push(...text(line));
  }
  turn(false);
  return lines.length > 0 ? [".PP", ...lines] : [];
}

/** Lines that roff takes as text. */
function text(line: string): string[] {
  const plain = escaped(line);
  return [/^[.']/.test(plain) ? `\\&${plain}` : plain];
}

function escaped(words: string): string {
  return words.replaceAll("\\", "\\e").replaceAll("-", "\\-").replaceAll('"', "\\(dq");
}

function lowerFirst(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}
