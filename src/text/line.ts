// What readers of a text get, and what they tell the one who cuts it into lines.
import { latin1, putLatin1 } from "./latin1.ts";

/** A line: its own words, without what stands before them, escape sequences, and blanks around. Used again for the next line. */
export interface Line {
  /** Where it begins in the text, from 1. */
  readonly number: number;
  /** Its bytes, from `from` (inclusive) to `to` (exclusive). Valid during the call. */
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  /** The same, one character a byte. */
  readonly text: string;
  /** What stood before it: time stamps, names, quotes. Empty if nothing did. */
  readonly before: string;
  /** It begins as a line that is wanted, see `Grammar`. */
  readonly anchored: boolean;
  /** The text ends in it, without a newline. */
  readonly cut: boolean;
  /** A tool cut the lines of the text at a column, and this one ends there: its end may be missing. */
  readonly clipped: boolean;
}

/** What a line is beside its words. */
type Marks = Pick<Line, "number" | "anchored" | "cut"> & { readonly clipped?: boolean };

/** Takes one line after the other. */
export type TakeLine = (line: Line) => void;

/** What is known of the lines that are wanted. The functions look at text with one character a byte. */
export interface Grammar {
  /** Where such a line begins in a text, or -1. */
  anchorIn(text: string): number;
  /** True where such a line begins at `from`: as `anchorIn`, but faster. */
  startsAt(bytes: Uint8Array, from: number, to: number): boolean;
  /** Whether a line that begins so lacks nothing, lacks its end, or cannot be told: then it is "other". */
  stateOf(text: string): "whole" | "open" | "other";
  /**
   * What the end of such a line tells: it was cut there ("torn"), nothing can follow ("sure"), a figure ends there, of which nobody
   * knows whether it is whole, or the words of a message do.
   */
  endOf(text: string): "torn" | "sure" | "figure" | "words";
  /** True for a line that seems to report a failure. */
  tellsError(text: string): boolean;
}

/** A line that can be filled again and again. */
interface ReusedLine extends Line {
  /** Its own words begin at `own`; what stands before them, at `start`. */
  ofBytes(marks: Marks, bytes: Uint8Array, start: number, own: number, to: number): Line;
  ofText(marks: Marks, text: string, before: string): Line;
}

/** Makes the line that is used for all. */
export function createLine(): ReusedLine {
  let scratch = new Uint8Array(1024);
  let start = 0;
  let known: string | undefined;
  let knownBefore: string | undefined;
  const line = {
    number: 0,
    bytes: scratch as Uint8Array,
    from: 0,
    to: 0,
    anchored: false,
    cut: false,
    clipped: false,
    get text(): string {
      known ??= latin1(line.bytes, line.from, line.to);
      return known;
    },
    get before(): string {
      knownBefore ??= latin1(line.bytes, start, line.from).trim();
      return knownBefore;
    },
    ofBytes(
      { number, anchored, cut, clipped = false }: Marks,
      bytes: Uint8Array,
      first: number,
      own: number,
      to: number,
    ): Line {
      line.number = number;
      line.anchored = anchored;
      line.cut = cut;
      line.clipped = clipped;
      line.bytes = bytes;
      line.from = own;
      line.to = to;
      start = first;
      known = undefined;
      knownBefore = undefined;
      return line;
    },
    ofText(marks: Marks, text: string, before: string): Line {
      if (text.length > scratch.length) scratch = new Uint8Array(2 * text.length);
      putLatin1(text, scratch);
      line.ofBytes(marks, scratch, 0, 0, text.length);
      known = text;
      knownBefore = before;
      return line;
    },
  };
  return line;
}
