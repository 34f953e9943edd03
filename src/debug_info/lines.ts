// The line table of a program (DWARF 5, chapter 6.2, and versions 2 to 4): from an address to file and line.
import { countLeading } from "../base/bisect.ts";
import { type Cursor, createCursor, readUnitHead } from "./cursor.ts";
import { createForms } from "./forms.ts";
import { type LineHeader, readLineHeader } from "./line_header.ts";
import { type DebugProgram, sectionBytes } from "./program.ts";

/** Gives `file:line` for an address; empty where the program does not say. */
type LineOf = (address: number) => string;

interface Row {
  readonly address: number;
  /** `file:line`; undefined where a sequence ends. */
  readonly place: string | undefined;
}

/**
 * Reads the line tables of all units. Files are named as the compiler was given them. Code that has no line of its own has that
 * of the code before it.
 */
export function readLines(program: DebugProgram): LineOf {
  const bytes = sectionBytes(program, ".debug_line");
  const forms = createForms(program);
  const rows: Row[] = [];
  for (let start = 0; start + 10 < bytes.length; ) {
    const cursor = createCursor(bytes, start);
    const head = readUnitHead(cursor);
    if (head === null) break;
    const { end, offset } = head;
    const unit = createCursor(bytes, cursor.at, end);
    const header = readLineHeader(unit, offset, program.word, forms);
    if (header !== null) run(unit, header, rows);
    start = end;
  }
  // An end stands before the begin of what follows it.
  const order = rows.map((row, n) => ({ row, n }));
  order.sort((a, b) => a.row.address - b.row.address || Number(!!a.row.place) - Number(!!b.row.place) || a.n - b.n);
  const sorted = order.map(({ row }) => row);
  return (address) => {
    let at = countLeading(sorted.length, (n) => (sorted[n] as Row).address <= address) - 1;
    while (sorted[at]?.place === "") at--;
    return sorted[at]?.place ?? "";
  };
}

/** Runs the program that makes the rows. */
function run(cursor: Cursor, { least, base, range, first, operands, files }: LineHeader, rows: Row[]): void {
  let address = 0;
  let file = 1;
  let line = 1;
  const add = (): void => void rows.push({ address, place: line === 0 ? "" : `${files[file] ?? ""}:${line}` });
  while (cursor.at < cursor.end) {
    const code = cursor.u8();
    if (code >= first) {
      address += Math.floor((code - first) / range) * least;
      line += base + ((code - first) % range);
      add();
    } else if (code === 0) {
      const length = cursor.uleb();
      const next = cursor.at + length;
      const extended = cursor.u8();
      if (extended === 1) {
        rows.push({ address, place: undefined });
        [address, file, line] = [0, 1, 1];
      } else if (extended === 2) address = cursor.sized(length - 1);
      cursor.at = next;
    } else if (code === 1) add();
    else if (code === 2) address += cursor.uleb() * least;
    else if (code === 3) line += cursor.sleb();
    else if (code === 4) file = cursor.uleb();
    else if (code === 8) address += Math.floor((255 - first) / range) * least;
    else if (code === 9) address += cursor.u16();
    else for (let n = operands[code - 1] ?? 0; n > 0; n--) cursor.uleb();
  }
}
