// The look of text on a terminal: colours, links, and the width to draw for.
import { siteWords } from "../../analyze/leak/library.ts";
import type { CallWords } from "../../base/call_words.ts";
import { own, type Printable, printable, type Shown, shown } from "../../base/printable.ts";

/** Gives printable text a look. */
type Style = <T extends string>(text: Shown<T>) => Printable;

/** A colour or a weight. */
export type Look = keyof typeof CODES;

/** What a reader's terminal can show. */
interface TerminalLook {
  readonly colours: boolean;
  /** Columns, 40 to 200. */
  readonly width: number;
  /** How commands in texts are called here; undefined where they stay as they are. */
  readonly called?: CallWords;
  /** The address of the file behind a `file:line`; undefined where it is not at hand, or links are not wanted. */
  linkOf?(place: string): string | undefined;
}

/** Colours text and links call sites, or not: what the reader wants and the terminal can is decided where the output goes. */
export type Paint = Readonly<Record<Look, Style>> & {
  /** Columns to draw for. */
  readonly width: number;
  /** How commands in texts are called here; undefined where they stay as they are. */
  readonly called: CallWords | undefined;
  /** A call site in words, with a link to its file where there is one. */
  place(site: string): Printable;
};

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  inverse: [7, 27],
} as const;

/** Paints with the terminal's own colours, or passes text through. */
export function createPaint(look: TerminalLook): Paint {
  const by = (name: Look): Style => {
    const [on, off] = CODES[name];
    return look.colours ? (text) => shown`\x1b[${on}m${own(text)}\x1b[${off}m` : own;
  };
  return {
    bold: by("bold"),
    dim: by("dim"),
    red: by("red"),
    green: by("green"),
    yellow: by("yellow"),
    cyan: by("cyan"),
    inverse: by("inverse"),
    width: look.width,
    called: look.called,
    place(at) {
      const site = siteWords(at);
      const address = look.linkOf?.(at);
      return address === undefined
        ? printable(site)
        : shown`\x1b]8;;${printable(address)}\x1b\\${printable(site)}\x1b]8;;\x1b\\`;
    },
  };
}
