// Breaks lines that are longer than a terminal is wide, at blanks: a terminal alone would break them in the middle of a word.
import { terminalColumns } from "../../view/terminal/columns.ts";

// Colours and links take no room; what moves the cursor is left alone.
const LOOK = /\p{Cc}\[\d+m|\p{Cc}\]8;;\P{Cc}*\p{Cc}\\/gu;
const MOVES = /[\r\t]|\p{Cc}\[[\d;?]*[A-Za-ln-z]/u;

/** A command that is printed to be pasted. */
const COMMAND = /^ *(?:\$ )?(?:npx )?(?:teemem|xtest) /;

/** The same lines, none wider than `width` if it has a blank to break at. A command goes on behind a `\`. */
export function foldLines(text: string, width: number): string {
  if (text.length <= width) return text;
  return text
    .split("\n")
    .flatMap((line) => (line.length <= width || MOVES.test(line) ? [line] : foldLine(line, width)))
    .join("\n");
}

function foldLine(line: string, width: number): string[] {
  if (columnsOf(line) <= width) return [line];
  const isCommand = COMMAND.test(line);
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

function columnsOf(text: string): number {
  return terminalColumns(text.replace(LOOK, ""));
}
