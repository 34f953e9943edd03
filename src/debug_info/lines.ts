// The line table of a program (DWARF 5, chapter 6.2, and versions 2 to 4): from an address to file and line.
import { countLeading } from "../base/bisect.ts";
import { type Cursor, createCursor, readUnitHead } from "./cursor.ts";
import { type ElfFile, sectionBytes } from "./elf_file.ts";
import { createForms, type ReadForm, type UnitShape } from "./forms.ts";

/** Gives `file:line` for an address; empty where the program does not say. */
type LineOf = (address: number) => string;

interface Row {
  readonly address: number;
  /** `file:line`; undefined where a sequence ends. */
  readonly place: string | undefined;
}

/** Reads the line tables of all units. Files are named as the compiler was given them. */
export function readLines(elf: ElfFile): LineOf {
  const bytes = sectionBytes(elf, ".debug_line");
  const forms = createForms(elf);
  const rows: Row[] = [];
  for (let start = 0; start + 10 < bytes.length; ) {
    const cursor = createCursor(bytes, start);
    const head = readUnitHead(cursor);
    if (head === null) break;
    const { end, offset } = head;
    readUnit(createCursor(bytes, cursor.at, end), offset, elf.word, forms, rows);
    start = end;
  }
  // An end stands before the begin of what follows it.
  const order = rows.map((row, n) => ({ row, n }));
  order.sort((a, b) => a.row.address - b.row.address || Number(!!a.row.place) - Number(!!b.row.place) || a.n - b.n);
  const sorted = order.map(({ row }) => row);
  return (address) =>
    sorted[countLeading(sorted.length, (n) => (sorted[n] as Row).address <= address) - 1]?.place ?? "";
}

interface Header {
  readonly least: number;
  readonly base: number;
  readonly range: number;
  readonly first: number;
  readonly operands: readonly number[];
  readonly files: readonly string[];
}

function readUnit(cursor: Cursor, offset: number, word: number, forms: ReadForm, rows: Row[]): void {
  const version = cursor.u16();
  if (version < 2 || version > 5) return;
  const address = version >= 5 ? cursor.u8() : word;
  if (version >= 5) cursor.u8();
  const program = cursor.sized(offset) + cursor.at;
  const least = cursor.u8();
  if (version >= 4) cursor.u8();
  cursor.u8();
  const base = (cursor.u8() << 24) >> 24;
  const range = cursor.u8() || 1;
  const first = cursor.u8();
  const operands = Array.from({ length: Math.max(0, first - 1) }, () => cursor.u8());
  const shape = { version, address, offset, start: 0, texts: 8, addresses: 8 };
  const files = version >= 5 ? readFiles(cursor, shape, forms) : readOldFiles(cursor);
  cursor.at = program;
  run(cursor, { least, base, range, first, operands, files }, rows);
}

/** Version 5: folders and files in tables that say what is in them. */
function readFiles(cursor: Cursor, shape: UnitShape, read: ReadForm): string[] {
  const table = (): { path: string; folder: number }[] => {
    const count = cursor.u8();
    const fields = Array.from({ length: count }, () => [cursor.uleb(), cursor.uleb()] as const);
    return Array.from({ length: Math.min(cursor.uleb(), 65536) }, () => {
      const row = { path: "", folder: 0 };
      for (const [content, form] of fields) {
        const value = read(form, cursor, shape, 0);
        if (content === 1 && typeof value === "string") row.path = value;
        if (content === 2 && typeof value === "number") row.folder = value;
      }
      return row;
    });
  };
  const folders = table().map(({ path }) => path);
  return table().map(({ path, folder }) => (folder === 0 ? path : join(folders[folder] ?? "", path)));
}

/** Versions 2 to 4: two lists; the first of each has the number 1. */
function readOldFiles(cursor: Cursor): string[] {
  const folders = [""];
  for (let path = cursor.text(); path !== "" && cursor.at < cursor.end; path = cursor.text()) folders.push(path);
  const files = [""];
  for (let path = cursor.text(); path !== "" && cursor.at < cursor.end; path = cursor.text()) {
    files.push(join(folders[cursor.uleb()] ?? "", path));
    cursor.uleb();
    cursor.uleb();
  }
  return files;
}

function join(folder: string, path: string): string {
  const whole = folder === "" || path.startsWith("/") ? path : `${folder}/${path}`;
  return whole.startsWith("./") ? whole.slice(2) : whole;
}

/** Runs the program that makes the rows. */
function run(cursor: Cursor, { least, base, range, first, operands, files }: Header, rows: Row[]): void {
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
