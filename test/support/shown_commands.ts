// The commands of our programs that help, documents and outputs show.
import { type ShellCommand, shellCommands } from "./shell_words.ts";

/** A command as it is shown. */
export interface ShownCommand {
  /** The page or help that shows it. */
  readonly where: string;
  readonly program: "teemem" | "xtest";
  readonly variables: readonly string[];
  readonly args: readonly string[];
  /** It stands in a line of its own, to be pasted; else it is a mention, maybe with words for what a reader puts there. */
  readonly whole: boolean;
  readonly piped: boolean;
}

/** What may stand before the name of a program. */
const CALLS: readonly (readonly string[])[] = [
  ["npx"],
  ["npx", "--yes"],
  ["npx", "--no-install"],
  ["sudo"],
  ["time"],
  [],
];

/** Commands of a page in Markdown: lines of its blocks, and code in its text. */
export function commandsOfPage(where: string, page: string): ShownCommand[] {
  const blocks = [...page.matchAll(/^```(\w*)\n(.*?)^```/gms)];
  const whole = blocks
    .filter(([, language = ""]) => ["sh", "console", "bash"].includes(language))
    .flatMap(([, , text = ""]) => commandsOf(where, text, true));
  const prose = page.replace(/^```.*?^```/gms, "");
  const codes = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code.replaceAll("\\|", "|"));
  return [...whole, ...codes.flatMap((code) => commandsOf(where, code, false))];
}

/** Commands of a help text: its indented lines. */
export function commandsOfHelp(where: string, help: string): ShownCommand[] {
  const lines = help.replaceAll("\\\n", "").split("\n");
  return lines.flatMap((line) => (/^ {2}\S/.test(line) ? commandsOf(where, exampleOf(line), true) : []));
}

/** An entry without what it does, which stands behind two blanks. */
function exampleOf(line: string): string {
  return line.trim().replace(/\s{2,}(?![\s-]|demo:).*/, "");
}

/** Those of our programs among the commands of a text. */
export function commandsOf(where: string, text: string, whole: boolean): ShownCommand[] {
  return shellCommands(text).flatMap((command) => ours(where, command, whole));
}

function ours(where: string, { variables, words, piped }: ShellCommand, whole: boolean): ShownCommand[] {
  for (const before of CALLS) {
    const [program, ...args] = words.slice(before.length);
    if (!before.every((word, n) => words[n] === word)) continue;
    if (program !== "teemem" && program !== "xtest") continue;
    // The name alone is prose.
    return args.length === 0 && !whole ? [] : [{ where, program, variables, args, whole, piped }];
  }
  if (words[0] !== "node" || !words[1]?.endsWith("teemem.mjs")) return [];
  return ours(
    where,
    { variables, piped, words: words[2] === "xtest" ? words.slice(2) : ["teemem", ...words.slice(2)] },
    whole,
  );
}
