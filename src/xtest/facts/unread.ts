// Keeps the lines of errors that speak of memory and that no row reads: how many, and the first of them.
import type { Unread } from "./fact.ts";

/** Takes lines of the level of errors that no row has read. */
interface UnreadKeeper {
  /** The words of the line begin at `from`. */
  take(text: string, from: number, line: number): void;
  end(): Unread;
}

const MEMORY = /alloc|memory|exhaust|out of mem/i;
/** The end of the function's name and its line, which stand before the words. */
const NAME = /\w:\d+ /;
/** A line of a call stack with names. */
const FRAME = /^[ \d?]*0x[\da-f]+ /;
const KEPT = 5;

/** Keeps the first five. */
export function createUnread(): UnreadKeeper {
  const first: { line: number; text: string }[] = [];
  let count = 0;
  return {
    take(text, from, line) {
      const rest = text.slice(from);
      if (FRAME.test(rest)) return;
      const name = NAME.exec(rest);
      if (!MEMORY.test(name === null ? rest : rest.slice(name.index + name[0].length))) return;
      if (first.length < KEPT) first.push({ line, text: text.trim() });
      count++;
    },
    end: () => ({ count, first }),
  };
}
