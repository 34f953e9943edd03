// Puts lines together again that were broken at the width of a terminal.
import { beginsStamped, stampIn } from "./kernel_stamp.ts";
import type { Grammar } from "./line.ts";
import type { Joiner, Piece } from "./piece.ts";

/** The rest of a figure of which enough stands before it. */
const DIGITS = /^\d{1,10}(?: %)?$/;

/** Hands lines to `give`, in order. A line of the full width goes on in the next one, if that begins as none does. */
export function createWrapJoiner({ stateOf }: Pick<Grammar, "stateOf">, give: (line: Piece) => void): Joiner {
  let held: Piece | undefined;
  let joined = 0;

  function release(): void {
    const one = held;
    held = undefined;
    if (one !== undefined) give(one);
  }
  function isRest(first: Piece, { anchored, before, text }: Piece): boolean {
    const words = text.trim();
    if (anchored || before !== "" || words === "" || beginsStamped(text)) return false;
    const at = stampIn(first.text);
    if (at > 0 && isOfHead(first.text.slice(0, at), words, first.before)) return false;
    return stateOf(first.text.trim()) !== "whole" || DIGITS.test(words);
  }
  /** A message of the kernel broke into the line: true for the rest of what stands before that. */
  function isOfHead(head: string, words: string, before: string): boolean {
    return stateOf((head + words).trim()) === "whole" || (before === "" && stateOf(head.trim()) === "other");
  }
  return {
    get waits() {
      return held !== undefined;
    },
    get joined() {
      return joined;
    },
    take(piece) {
      if (held !== undefined && isRest(held, piece)) {
        const { full, cut, clipped } = piece;
        joined++;
        held = { ...held, text: held.text + piece.text, full, cut, clipped };
      } else {
        release();
        held = piece;
      }
      if (!piece.full) release();
    },
    end: release,
  };
}
