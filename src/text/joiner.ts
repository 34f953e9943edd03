// Puts lines together again that were torn: by a message of the kernel in the middle, or at the width of a terminal or a mail.
import type { Grammar } from "./line.ts";

/** A line of a text before it is handed on. */
interface Piece {
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
interface Joiner {
  /** True if a line waits for its rest, so that every piece must come here. */
  readonly waits: boolean;
  take(piece: Piece): void;
  /** Lines that were put together. */
  readonly joined: number;
  end(): void;
}

/** The kernel's stamp. */
const STAMP = /\[[ \t]{0,5}\d{1,6}\.\d{6}\][ \t]/;
/** A rest waits for the end of so many lines of the kernel. */
const MOST_BETWEEN = 4;

/** True if a message of the kernel begins behind the first character. */
export function isTorn(text: string): boolean {
  return text.includes("[") && text.slice(1).search(STAMP) >= 0;
}

/** Hands lines to `give` in the order in which they begin; `waits` is false where a whole line need not come by. */
export function createJoiner({ stateOf }: Pick<Grammar, "stateOf">, give: (line: Piece) => void): Joiner {
  let head: Piece | undefined;
  let between: Piece[] = [];
  let joined = 0;

  function flush(): void {
    const lines = head === undefined ? between : [head, ...between];
    head = undefined;
    between = [];
    for (const line of lines) give(line);
  }
  function open(piece: Piece): void {
    const at = piece.anchored ? piece.text.slice(1).search(STAMP) : -1;
    const own = at < 0 ? piece : { ...piece, text: piece.text.slice(0, at + 1), full: false, torn: true };
    if (at >= 0) between.push({ ...piece, text: piece.text.slice(at + 1), anchored: false });
    head = own;
    const state = stateOf(own.text.trim());
    // What cannot be told to be whole was torn in the middle of it.
    const lacks = own.anchored && (state === "open" || (state === "other" && own.torn === true));
    if (!own.full && !lacks) flush();
  }
  return {
    get waits() {
      return head !== undefined;
    },
    get joined() {
      return joined;
    },
    take(piece) {
      if (head === undefined) {
        open(piece);
        return;
      }
      const text = restored(stateOf, head, piece);
      if (text !== undefined) {
        joined++;
        const { full, cut, clipped } = piece;
        const whole = { ...head, text, full, torn: false, cut, clipped };
        // It may be torn as well.
        head = undefined;
        open(whole);
        return;
      }
      const last = between.at(-1);
      if (last?.full === true && !piece.anchored) {
        between[between.length - 1] = { ...last, text: last.text + piece.text, full: piece.full };
        return;
      }
      if (piece.text.trimStart().search(STAMP) === 0 && between.length < MOST_BETWEEN && !head.full) {
        between.push(piece);
        return;
      }
      flush();
      open(piece);
    },
    end: flush,
  };
}

/** The head with its rest; undefined if the piece is none. */
function restored(stateOf: Grammar["stateOf"], first: Piece, rest: Piece): string | undefined {
  const words = rest.text.trim();
  if (rest.anchored || words === "") return undefined;
  const glued = first.text + rest.text;
  const state = stateOf(first.text.trim());
  if (state === "open") {
    const tries = [glued, first.text + words, `${first.text.trimEnd()} ${words}`];
    const text = tries.find((one) => stateOf(one.trim()) === "whole");
    if (text !== undefined) return text;
  }
  if (first.torn === true && state === "other") return glued;
  if (!first.full || rest.before !== "") return undefined;
  return state === "whole" && !/^\d{1,10}(?: %)?$/.test(words) ? undefined : glued;
}
