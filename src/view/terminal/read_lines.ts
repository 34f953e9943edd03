// Says what was read in texts: one line each, and the first lines that were not understood.
import { type Printable, printable, shown } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";

/** What was read in a text, in words. */
interface ReadText {
  readonly name: string;
  /** `5 pools in 12 samples · 3 faults`. */
  readonly what: string;
  readonly firstUnread: readonly { readonly line: number; readonly text: string }[];
}

const WIDTH = 160;

/** The lines; none where nothing was read from a text. */
export function drawRead(texts: readonly ReadText[], paint: Paint): Printable[] {
  return texts.flatMap(({ name, what, firstUnread }) => [
    paint.dim(shown`${printable(name)}: ${printable(what)}`),
    ...firstUnread.map(({ line, text }) => paint.yellow(shown`  line ${line}: ${printable(text.slice(0, WIDTH))}`)),
  ]);
}
