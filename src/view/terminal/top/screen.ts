// Draws frames on a terminal: the lines that changed, in one step where the terminal knows synchronized output (DEC mode 2026).
import { joined, own, type Printable, shown } from "../../../base/printable.ts";
import type { ScreenLine } from "./line.ts";

/** A screen that is drawn by lines. */
interface Screen {
  /** Shows a frame: as many lines as the screen has. */
  draw(lines: readonly ScreenLine[], width: number): void;
  /** The next frame is drawn whole: the terminal was resized, or showed something else meanwhile. */
  forget(): void;
}

/** The other screen, without a cursor and without wrapping. */
export const ENTER = own("\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J");
/** The screen as it was before; harmless where nothing was entered. */
export const LEAVE = own("\x1b[?2026l\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l");
const BEGIN = own("\x1b[?2026h");
const END = own("\x1b[?2026l");

export function createScreen(write: (text: Printable) => void): Screen {
  let shownLines: readonly string[] = [];
  let whole = true;
  return {
    draw(lines, width) {
      const texts = lines.map(({ text }) => text);
      const changed = lines.flatMap(({ text, columns }, i) => {
        if (!whole && shownLines[i] === text) return [];
        // A line that fills its row has nothing behind it; erasing there would take its last character.
        return [shown`\x1b[${i + 1};1H${text}${columns < width ? own("\x1b[K") : own("")}`];
      });
      const clears = whole ? own("\x1b[2J") : own("");
      whole = false;
      shownLines = texts;
      if (changed.length > 0 || clears !== "") write(joined([BEGIN, clears, ...changed, END]));
    },
    forget() {
      whole = true;
    },
  };
}
