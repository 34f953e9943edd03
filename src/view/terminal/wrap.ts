// Wraps text into lines.
import { asCalled, proseWords } from "../../base/call_words.ts";
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";

/** An empty line. */
export const BLANK = own("");

/** The width to draw for, and how commands are called. */
type Page = Pick<Paint, "width"> & Partial<Pick<Paint, "called">>;

/**
 * Breaks plain text into lines of at most `width` characters, at blanks; every line gets the indent. Commands get the names by
 * which they are called here before lines are filled, and one in quotes is not broken.
 */
export function wrap(text: string, page: Page, indent = ""): Printable {
  return joined(wrapLines(text, page, indent), "\n");
}

/** The same as a list of lines. */
export function wrapLines(text: string, { width, called }: Page, indent = ""): Printable[] {
  const lines: Printable[] = [];
  const margin = printable(indent);
  let line = margin;
  for (const part of proseWords(asCalled(text, called), called)) {
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
export function bullet(text: string, sign: Printable, page: Page): Printable[] {
  const [first = BLANK, ...rest] = wrapLines(text, page, "    ");
  return [shown`  ${sign} ${first.trimStart()}`, ...rest];
}
