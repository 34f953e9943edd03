// The head of a line table (DWARF 5, chapter 6.2.4, and versions 2 to 4): how its program is coded, and the names of files.
import { type Cursor, createCursor, readUnitHead } from "./cursor.ts";
import { createForms, type ReadForm, type UnitShape } from "./forms.ts";
import { type DebugProgram, sectionBytes } from "./program.ts";

/** What the program of a line table depends on. */
export interface LineHeader {
  readonly least: number;
  readonly base: number;
  readonly range: number;
  readonly first: number;
  readonly operands: readonly number[];
  /** By the numbers that the program and other entries of the unit name them with. */
  readonly files: readonly string[];
}

/** Names of the files of the unit whose line table begins there; empty where there is none. */
export function readFileNames(program: DebugProgram, at: number): readonly string[] {
  const cursor = createCursor(sectionBytes(program, ".debug_line"), at);
  const head = readUnitHead(cursor);
  return (head && readLineHeader(cursor, head.offset, program.word, createForms(program))?.files) ?? [];
}

/** Reads the head, and leads to the program behind it; null for a version that is not known. */
export function readLineHeader(cursor: Cursor, offset: number, word: number, forms: ReadForm): LineHeader | null {
  const version = cursor.u16();
  if (version < 2 || version > 5) return null;
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
  const shape = { version, address, offset, start: 0, texts: 8, addresses: 8, ranges: 0 };
  const files = version >= 5 ? readFiles(cursor, shape, forms) : readOldFiles(cursor);
  cursor.at = program;
  return { least, base, range, first, operands, files };
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
