// Puts lines together again into which a message of the kernel broke, or that a mail program broke.
import { beginsStamped, stampIn } from "./kernel_stamp.ts";
import type { Grammar } from "./line.ts";
import type { Joiner, Piece } from "./piece.ts";

/** A rest waits for the end of so many lines of the kernel. */
const MOST_BETWEEN = 4;

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
    const at = piece.anchored ? stampIn(piece.text) : -1;
    const own = at < 0 ? piece : { ...piece, text: piece.text.slice(0, at), torn: true };
    if (at >= 0) between.push({ ...piece, text: piece.text.slice(at), anchored: false });
    head = own;
    const state = stateOf(own.text.trim());
    // What cannot be told to be whole was torn in the middle of it.
    const lacks = own.anchored && (state === "open" || (state === "other" && own.torn === true));
    if (!lacks) flush();
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
        const { cut, clipped } = piece;
        const whole = { ...head, text, torn: false, cut, clipped };
        // It may be torn as well.
        head = undefined;
        open(whole);
      } else if (beginsStamped(piece.text) && between.length < MOST_BETWEEN) between.push(piece);
      else {
        flush();
        open(piece);
      }
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
  return first.torn === true && state === "other" ? glued : undefined;
}
