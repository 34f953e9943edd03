// Breaks lines that are longer than a terminal is wide, at blanks: a terminal alone would break them in the middle of a word.
import { type CallWords, isCommand, prosePieces } from "../../base/call_words.ts";
import { plainText, shownColumns } from "../../view/terminal/columns.ts";

// What moves the cursor is left alone.
const MOVES = /[\r\t]|\p{Cc}\[[\d;?]*[A-Za-ln-z]/u;

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

/** A part of a line: a word or blanks. `command`: the first word of a command that has to be broken, or a later one. */
interface Part {
  readonly text: string;
  readonly command?: "first" | "later";
}

function foldLine(line: string, width: number, called?: CallWords): string[] {
  if (shownColumns(line) <= width) return [line];
  const at = isCommand(plainText(line), called) ? line.search(/ # /) : -1;
  if (at < 0) return filled(line, width, called);
  // A comment ends with its line, whatever it ends with.
  const indent = /^ */.exec(line)?.[0] ?? "";
  const comment = filled(`${indent}${line.slice(at + 3)}`, width - 2).map((one) => `${indent}# ${one.trim()}`);
  return [...filled(line.slice(0, at).trimEnd(), width, called), ...comment];
}

function filled(line: string, width: number, called?: CallWords): string[] {
  if (shownColumns(line) <= width) return [line];
  const indent = `${/^ */.exec(line)?.[0] ?? ""}  `;
  const lines: string[] = [];
  let now = "";
  let begun = false;
  for (const { text, command } of partsOf(line, width - indent.length, called)) {
    // A line of a command has room for the sign that it goes on.
    const fits = shownColumns(now + text) <= width - (command === undefined ? 0 : 2);
    if (text.startsWith(" ") || !begun || (fits && command !== "first")) {
      now += text;
      begun ||= !text.startsWith(" ");
      continue;
    }
    lines.push(now.trimEnd() + (command === "later" ? " \\" : ""));
    // A long word goes as far to the left as it needs.
    now = indent.slice(0, Math.max(0, width - shownColumns(text))) + text;
  }
  return now.trim() === "" ? lines : [...lines, now];
}

/** A command in quotes stays whole where a line has room for it. */
function partsOf(line: string, room: number, called: CallWords | undefined): Part[] {
  const all = isCommand(plainText(line), called);
  const pieces = all ? [line] : prosePieces(line, called);
  return pieces.flatMap((piece): Part[] => {
    const words = piece.split(/( +)/).filter((word) => word !== "");
    if (words.length === 1 || (!all && shownColumns(piece) <= room)) return [{ text: piece }];
    const first = words.findIndex((word) => !word.startsWith(" "));
    return words.map((text, n) => ({ text, command: n <= first ? "first" : "later" }));
  });
}
