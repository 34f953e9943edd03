// A line of a window: its own words, what stands before them, where it ends.
import { latin1 } from "./latin1.ts";

/** A line in the window. Offsets are of its bytes, or of its text where it has one. */
export interface WindowLine {
  /** Of the text's lines, from 1. */
  number: number;
  /** Where the line begins, and where it ends without blanks. */
  start: number;
  end: number;
  /** Where its own words begin. */
  own: number;
  /** What became of its bytes, one character a byte; undefined while they are as they were. */
  text: string | undefined;
  /** It begins as a line that is wanted. */
  anchored: boolean;
  /** Characters, blanks at its end included. */
  width: number;
  /** No newline ends it. */
  cut: boolean;
  /** It ends at the column at which a tool cut the lines. */
  clipped: boolean;
}

const [TAB, BLANK, TICK, BAR] = [9, 32, 96, 124];

/** The own words of an entry, with the blanks behind them; with those before them, where nothing else is. */
export function wordsOf(entry: WindowLine, bytes: Uint8Array): string {
  const { text, start, own, end, width } = entry;
  const from = beforeOf(entry, bytes) === "" ? start : own;
  return text === undefined ? latin1(bytes, from, Math.max(end, start + width)) : text.slice(from);
}

/** What stands before its own words. */
export function beforeOf({ text, start, own }: WindowLine, bytes: Uint8Array): string {
  return own === start ? "" : (text?.slice(0, own) ?? latin1(bytes, start, own)).trim();
}

/** The line from its start, one character a byte. */
export function shownOf({ text, start, end }: WindowLine, bytes: Uint8Array): string {
  return text ?? latin1(bytes, start, end);
}

/** Takes off what closes behind the words what opens before them: the bar of a table, a mark of Markdown. */
export function closeWords(entry: WindowLine, bytes: Uint8Array): void {
  for (let own = entry.own; own > entry.start && entry.end > entry.own; ) {
    do own--;
    while (own > entry.start && isBlankByte(byteOf(entry, own, bytes)));
    const mark = byteOf(entry, own, bytes);
    if ((mark !== BAR && mark !== TICK) || byteOf(entry, entry.end - 1, bytes) !== mark) return;
    endAt(entry, entry.end - 1, bytes);
  }
}

function byteOf({ text }: WindowLine, at: number, bytes: Uint8Array): number | undefined {
  return text === undefined ? bytes[at] : text.charCodeAt(at);
}

/** The line ends there; blanks before that do not count. */
export function endAt(entry: WindowLine, at: number, bytes: Uint8Array): void {
  let end = at;
  while (end > entry.own && isBlankByte(byteOf(entry, end - 1, bytes))) end--;
  entry.end = end;
  entry.width = end - entry.start;
  entry.text = entry.text?.slice(0, end);
}

/** Takes off the last characters. */
export function dropEnd(entry: WindowLine, count: number): void {
  entry.width -= count;
  entry.end = Math.max(entry.own, entry.end - count);
  entry.text = entry.text?.slice(0, -count);
}

/** It does not begin as a wanted line, and is not blank behind its prefix, if it has one. */
export function isRest(entry: WindowLine): boolean {
  return !entry.anchored && entry.own < entry.end;
}

/** The same, with nothing before it. */
export function continues(entry: WindowLine, bytes: Uint8Array): boolean {
  return isRest(entry) && beforeOf(entry, bytes) === "";
}

/** A blank or a tab. */
export function isBlankByte(byte: number | undefined): boolean {
  return byte === BLANK || byte === TAB;
}
