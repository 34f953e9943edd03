// The types of functions, and what a module imports and exports.
import { type Cursor, createCursor } from "../../debug_info/cursor.ts";
import { type ModuleSection, readName, SECTION } from "./sections.ts";

/** Codes of the types of values. */
export const VALUE = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c } as const;

/** Of what a function takes and gives, by `VALUE`. */
export interface FunctionType {
  readonly parameters: readonly number[];
  readonly results: readonly number[];
}

/** A function that the module takes from its host. */
export interface ImportedFunction {
  readonly module: string;
  readonly name: string;
  readonly type: FunctionType;
}

/** What a module exports: `kind` 0 function, 1 table, 2 memory, 3 global. */
interface Exported {
  readonly name: string;
  readonly kind: number;
  readonly index: number;
}

const CURSOR = (bytes: Uint8Array, sections: readonly ModuleSection[], id: number): Cursor | null => {
  const section = sections.find((one) => one.id === id);
  return section === undefined ? null : createCursor(bytes, section.from, section.to);
};

/** A cursor over the entries of a section, and how many there are; none where the section is missing. */
export function entriesOf(
  bytes: Uint8Array,
  sections: readonly ModuleSection[],
  id: number,
): { readonly cursor: Cursor; readonly count: number } {
  const cursor = CURSOR(bytes, sections, id) ?? createCursor(bytes, 0, 0);
  return { cursor, count: cursor.end === 0 ? 0 : readCount(cursor) };
}

/** How many follow, each of a byte at least: a number that cannot be is cut. */
export function readCount(cursor: Cursor): number {
  return Math.max(0, Math.min(cursor.uleb(), cursor.end - cursor.at));
}

export function readTypes(bytes: Uint8Array, sections: readonly ModuleSection[]): FunctionType[] {
  const { cursor, count } = entriesOf(bytes, sections, SECTION.type);
  const values = (): number[] => Array.from({ length: readCount(cursor) }, () => cursor.u8());
  return Array.from({ length: count }, () => {
    cursor.u8();
    return { parameters: values(), results: values() };
  });
}

/** Something that a module imports: `kind` as in `Exported`, and the type of a function. */
interface Imported {
  readonly module: string;
  readonly name: string;
  readonly kind: number;
  readonly type: FunctionType | null;
  /** A memory or table with 64-bit addresses. */
  readonly wide: boolean;
}

/** The functions that a module imports, in the order of their indices. */
export function readImports(bytes: Uint8Array, sections: readonly ModuleSection[]): ImportedFunction[] {
  return readAllImports(bytes, sections).flatMap(({ module, name, type }) =>
    type === null ? [] : [{ module, name, type }],
  );
}

/** How many of a kind a module imports. */
export function countImports(bytes: Uint8Array, sections: readonly ModuleSection[], kind: number): number {
  return readAllImports(bytes, sections).filter((one) => one.kind === kind).length;
}

export function readAllImports(bytes: Uint8Array, sections: readonly ModuleSection[]): Imported[] {
  const types = readTypes(bytes, sections);
  const { cursor, count } = entriesOf(bytes, sections, SECTION.import);
  return Array.from({ length: count }, () => {
    const module = readName(bytes, cursor);
    const name = readName(bytes, cursor);
    const kind = cursor.u8();
    return { module, name, kind, ...readImportType(cursor, kind, types) };
  });
}

/** The type of a function; of a table or a memory, how wide it is. */
function readImportType(
  cursor: Cursor,
  kind: number,
  types: readonly FunctionType[],
): { readonly type: FunctionType | null; readonly wide: boolean } {
  if (kind === 0) return { type: types[cursor.uleb()] ?? { parameters: [], results: [] }, wide: false };
  if (kind !== 2) cursor.u8();
  if (kind === 1 || kind === 2) return { type: null, wide: (readLimits(cursor).flags & 4) !== 0 };
  cursor.u8();
  return { type: null, wide: false };
}

/** The limits of a memory or a table, in pages or elements. */
export function readLimits(cursor: Cursor): { readonly flags: number; readonly min: number; readonly max: number } {
  const flags = cursor.u8();
  const min = cursor.uleb();
  return { flags, min, max: flags & 1 ? cursor.uleb() : -1 };
}

export function readExports(bytes: Uint8Array, sections: readonly ModuleSection[]): Exported[] {
  const { cursor, count } = entriesOf(bytes, sections, SECTION.export);
  return Array.from({ length: count }, () => ({
    name: readName(bytes, cursor),
    kind: cursor.u8(),
    index: cursor.uleb(),
  }));
}
