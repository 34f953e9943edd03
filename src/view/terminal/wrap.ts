// Wraps text into lines.
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";

/** An empty line. */
export const BLANK = own("");

/** Breaks plain text into lines of at most `width` characters, at blanks; every line gets the indent. */
export function wrap(text: string, { width }: Pick<Paint, "width">, indent = ""): Printable {
  return joined(wrapLines(text, { width }, indent), "\n");
}

/** The same as a list of lines. */
export function wrapLines(text: string, { width }: Pick<Paint, "width">, indent = ""): Printable[] {
  const lines: Printable[] = [];
  const margin = printable(indent);
  let line = margin;
  for (const part of text.split(/ +/).filter((part) => part !== "")) {
    const word = printable(part);
    const longer = line === margin ? shown`${line}${word}` : shown`${line} ${word}`;
    if (longer.length > width && line !== margin) {
      lines.push(line);
      line = shown`${margin}${word}`;
    } else line = longer;
  }
  return [...lines, line];
}

/** A paragraph behind a sign. */
export function bullet(text: string, sign: Printable, paint: Pick<Paint, "width">): Printable[] {
  const [first = BLANK, ...rest] = wrapLines(text, paint, "    ");
  return [shown`  ${sign} ${first.trimStart()}`, ...rest];
}
