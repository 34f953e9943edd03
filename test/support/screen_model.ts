// A small model of a terminal: applies what a program writes, and holds what would be seen.
import { terminalColumns } from "../../src/view/terminal/columns.ts";

/** A terminal of a fixed size. */
export interface ScreenModel {
  write(text: string): void;
  /** What is seen, row by row, without trailing blanks. */
  readonly rows: readonly string[];
  /** Whether the other screen is shown, the cursor hidden, wrapping off, an update open. */
  readonly modes: {
    readonly other: boolean;
    readonly cursor: boolean;
    readonly wraps: boolean;
    readonly updating: boolean;
  };
  /** Rows that were written since the last look. */
  touched(): number[];
  resize(columns: number, rows: number): void;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: this is what terminals obey
const SEQUENCE = /^\x1b\[(\??)([\d;]{0,12})([A-Za-z])/;

/** Throws at anything that it does not know, and where a line would be cut or wrapped. */
export function createScreenModel(width: number, height: number): ScreenModel {
  let [columns, lines] = [width, height];
  let cells = blank();
  let [row, column] = [0, 0];
  const modes = { other: false, cursor: true, wraps: true, updating: false };
  const written = new Set<number>();

  function blank(): string[][] {
    return Array.from({ length: lines }, () => Array.from({ length: columns }, () => " "));
  }
  function mode(number: string, on: boolean): void {
    if (number === "1049") modes.other = on;
    else if (number === "25") modes.cursor = on;
    else if (number === "7") modes.wraps = on;
    else if (number === "2026") modes.updating = on;
    else throw new Error(`mode ${number}`);
  }
  function obey(own: string, given: string, letter: string): void {
    if (own === "?") return mode(given, letter === "h");
    if (letter === "m") return;
    if (letter === "H") [row, column] = given.split(";").map((one) => Number(one) - 1) as [number, number];
    else if (letter === "J" && given === "2") cells = blank();
    else if (letter === "K") cells[row]?.fill(" ", column);
    else throw new Error(`sequence ${given}${letter}`);
  }
  function put(character: string): void {
    if (row >= lines || column >= columns) throw new Error(`'${character}' at ${row},${column} of ${lines},${columns}`);
    const wide = terminalColumns(character);
    (cells[row] as string[])[column] = character;
    if (wide === 2) (cells[row] as string[])[column + 1] = "";
    column += wide;
    written.add(row);
  }
  return {
    write(text) {
      for (let at = 0; at < text.length; ) {
        const found = text[at] === "\x1b" ? SEQUENCE.exec(text.slice(at, at + 24)) : null;
        if (found !== null) {
          obey(found[1] ?? "", found[2] ?? "", found[3] ?? "");
          at += found[0].length;
          continue;
        }
        const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
        if (character < " ") throw new Error(`control ${JSON.stringify(character)}`);
        put(character);
        at += character.length;
      }
    },
    get rows() {
      return cells.map((one) => one.join("").trimEnd());
    },
    modes,
    touched() {
      const rows = [...written].sort((a, b) => a - b);
      written.clear();
      return rows;
    },
    resize(wide, high) {
      [columns, lines] = [wide, high];
      cells = blank();
    },
  };
}
