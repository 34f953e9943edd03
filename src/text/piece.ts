// What is put together to lines, and who does that.

/** A line of a text before it is handed on. */
export interface Piece {
  readonly number: number;
  /** Own words, one character a byte, with the blanks around them. */
  readonly text: string;
  readonly before: string;
  /** The text ends in it, without a newline. */
  readonly cut: boolean;
  /** It ends at the column at which a tool cut the lines. */
  readonly clipped: boolean;
  /** It begins as a wanted line does. */
  readonly anchored: boolean;
  /** It was broken at the width of the text. */
  readonly full: boolean;
  /** A message of the kernel began before its end. */
  readonly torn?: boolean;
}

/** Puts pieces together. */
export interface Joiner {
  /** True if a line waits for its rest, so that every piece must come here. */
  readonly waits: boolean;
  take(piece: Piece): void;
  /** Lines that were put together. */
  readonly joined: number;
  end(): void;
}
