// Help for any width: paragraphs are wrapped, and what an example does stands behind it or below.
import type { Help } from "commander";
import { asCalled, type CallWords, proseWords } from "../../base/call_words.ts";

/** Where less room is, what something does stands below it. */
const NARROW = 64;

/** Columns of the explanations of examples, where the terminal has room for them. */
const EXPLAINED = 28;
const INDENT = "  ";

/** The first line of a file in YAML. */
const FILE = /^ {2}[a-z]+:$/;

/** A command with what it does, as they stand in the text: `  command   what it does`, which may go on in the next lines. */
interface Entry {
  readonly words: string;
  readonly about: readonly string[];
}

/** An option or command with its description: behind it, or below it where the terminal is narrow. */
export function helpItem(
  term: string,
  column: number,
  description: string,
  help: Help,
  called: CallWords | undefined,
): string {
  const width = help.helpWidth ?? 0;
  if (description === "") return `${INDENT}${term}`;
  const below = width < NARROW;
  const [first = "", ...rest] = filled(description, width, " ".repeat(below ? 3 * INDENT.length : column + 4), called);
  const head = below ? `${INDENT}${term}\n${first}` : `${INDENT}${term.padEnd(column + 2)}${first.trimStart()}`;
  return [head, ...rest].join("\n");
}

/**
 * A help text of ours for a width. Lines without an indent form paragraphs. Lines with two blanks are entries; after two blanks
 * or more, or deeper in the next lines, stands what an entry does. A file that is shown, from a line `  key:` to an empty one, stays
 * as it is.
 */
export function flowHelp(text: string, width: number, called?: CallWords): string {
  const lines: string[] = [];
  let paragraph: string[] = [];
  let entries: Entry[] = [];
  let isFile = false;
  const end = (): void => {
    if (paragraph.length > 0) lines.push(...filled(paragraph.join(" "), width, "", called));
    lines.push(...entries.flatMap((entry) => drawEntry(entry, width, called)));
    paragraph = [];
    entries = [];
  };
  // Names of programs make lines longer, so they come first.
  for (const line of asCalled(text, called).split("\n")) {
    const rest = line.trimStart();
    const indent = line.length - rest.length;
    if (rest === "") {
      end();
      isFile = false;
      lines.push("");
    } else if (isFile || FILE.test(line)) {
      end();
      isFile = true;
      lines.push(line);
    } else if (indent === 0) {
      if (entries.length > 0) end();
      paragraph.push(rest);
      if (rest.endsWith(":")) end();
    } else if (indent <= 4 || entries.length === 0) {
      if (paragraph.length > 0) end();
      const [words = "", about = ""] = rest.split(/ {2,}(.*)/);
      entries.push({ words, about: about === "" ? [] : [about] });
    } else {
      const last = entries.pop() as Entry;
      entries.push({ ...last, about: [...last.about, rest] });
    }
  }
  end();
  return lines.join("\n");
}

function drawEntry({ words, about }: Entry, width: number, called: CallWords | undefined): string[] {
  const [first = "", ...rest] = command(words, width);
  const column = width < NARROW ? 3 * INDENT.length : EXPLAINED;
  const text = filled(about.join(" "), width, " ".repeat(column), called);
  if (about.length === 0) return [first, ...rest];
  if (rest.length === 0 && first.length + 2 <= column)
    return [`${first.padEnd(column)}${text[0]?.trimStart()}`, ...text.slice(1)];
  return [first, ...rest, ...text];
}

/** A command in lines of a width: one that goes on ends with a `\`. */
function command(words: string, width: number): string[] {
  const lines = fill(words.split(/ +/), width - 2, INDENT, INDENT.repeat(3));
  return lines.map((line, n) => (n + 1 < lines.length ? `${line} \\` : line));
}

/** Prose in lines of a width, behind an indent. A command in quotes is not broken. */
function filled(text: string, width: number, indent: string, called: CallWords | undefined): string[] {
  return fill(proseWords(asCalled(text, called), called), width, indent, indent);
}

/** Words in lines of a width; the first has an indent, the others have theirs. */
function fill(words: readonly string[], width: number, indent: string, others: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    const margin = lines.length === 0 ? indent : others;
    if (line !== "" && margin.length + line.length + 1 + word.length > width) {
      lines.push(`${margin}${line}`);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, `${lines.length === 0 ? indent : others}${line}`];
}
