// Breaks lines that are longer than a terminal is wide, at blanks: a terminal alone would break them in the middle of a word.
import { terminalColumns } from "../../view/terminal/columns.ts";
import type { CallWords } from "../package/call_words.ts";

// Colours and links take no room; what moves the cursor is left alone.
const LOOK = /\p{Cc}\[\d+m|\p{Cc}\]8;;\P{Cc}*\p{Cc}\\/gu;
const MOVES = /[\r\t]|\p{Cc}\[[\d;?]*[A-Za-ln-z]/u;

/** A command that is printed to be pasted. */
const COMMAND = /^ *(?:\$ )?(?:[A-Z_]+=\S+ )*(?:npx )?(?:teemem|xtest) /;

/**
 * The same lines, none wider than `width` if it has a blank to break at. A command goes on behind a `\`. `called` is how commands
 * begin here.
 */
export function foldLines(text: string, width: number, called?: CallWords): string {
  if (text.length <= width) return text;
  return text
    .split("\n")
    .flatMap((line) => (line.length <= width || MOVES.test(line) ? [line] : foldLine(line, width, called)))
    .join("\n");
}

function foldLine(line: string, width: number, called?: CallWords): string[] {
  if (columnsOf(line) <= width) return [line];
  if (!COMMAND.test(line) && !beginsAsCalled(line, called)) return filled(line, width, false);
  const at = line.search(/ # /);
  if (at < 0) return filled(line, width, true);
  // A comment ends with its line, whatever it ends with.
  const indent = /^ */.exec(line)?.[0] ?? "";
  const comment = filled(`${indent}${line.slice(at + 3)}`, width - 2, false).map((one) => `${indent}# ${one.trim()}`);
  return [...filled(line.slice(0, at).trimEnd(), width, true), ...comment];
}

function filled(line: string, width: number, isCommand: boolean): string[] {
  const indent = `${/^ */.exec(line)?.[0] ?? ""}  `;
  const room = width - (isCommand ? 2 : 0);
  const lines: string[] = [];
  let now = "";
  let begun = false;
  // Blanks and words in turn: a run of blanks is part of the line unless it is broken there.
  for (const part of line.split(/( +)/)) {
    if (part === "") continue;
    if (part.startsWith(" ") || !begun || columnsOf(now + part) <= room) {
      now += part;
      begun ||= !part.startsWith(" ");
      continue;
    }
    lines.push(now.trimEnd() + (isCommand ? " \\" : ""));
    // A long word goes as far to the left as it needs.
    now = indent.slice(0, Math.max(0, width - columnsOf(part))) + part;
  }
  return now.trim() === "" ? lines : [...lines, now];
}

function beginsAsCalled(line: string, called?: CallWords): boolean {
  if (called === undefined) return false;
  const words = line.trimStart().replace(/^(?:[A-Z_]+=\S+ )*/, "");
  return [called.teemem, called.xtest].some((begin) => words.startsWith(`${begin} `));
}

function columnsOf(text: string): number {
  return terminalColumns(text.replace(LOOK, ""));
}
