// Attribute values of DWARF 2 to 5 (DWARF 5, 7.5.6): how long each form is, and what it says.
import { textAt } from "../base/elf_section.ts";
import { type Cursor, createCursor } from "./cursor.ts";
import { type DebugProgram, sectionBytes } from "./program.ts";

/** What a unit's forms depend on. */
export interface UnitShape {
  readonly version: number;
  /** Bytes of an address. */
  readonly address: number;
  /** Bytes of an offset: 4 in 32-bit DWARF. */
  readonly offset: number;
  /** Where the unit begins in its section: references count from there. */
  readonly start: number;
  /** Where the unit's tables of texts and addresses begin. */
  readonly texts: number;
  readonly addresses: number;
  /** Where its table of lists of ranges begins. */
  readonly ranges: number;
}

/** A number or a text; references are offsets in the section. Blocks and what else says nothing to us are null. */
export type FormValue = number | string | null;

/** Reads one value. `undefined` for a form that is not known: nothing behind it can be read. */
export type ReadForm = (form: number, cursor: Cursor, unit: UnitShape, constant: number) => FormValue | undefined;

/** The tables that forms point into. */
interface Tables {
  text(at: number): string;
  lineText(at: number): string;
  indexedText(unit: UnitShape, n: number): string;
  indexedAddress(unit: UnitShape, n: number): number;
  indexedRanges(unit: UnitShape, n: number): number;
}

type Form = (cursor: Cursor, unit: UnitShape, tables: Tables) => FormValue;

const skip =
  (length: (cursor: Cursor, unit: UnitShape) => number): Form =>
  (cursor, unit) => {
    const bytes = length(cursor, unit);
    cursor.at += bytes;
    return null;
  };
const reference =
  (read: (cursor: Cursor) => number): Form =>
  (cursor, { start }) =>
    start + read(cursor);
const indexedText =
  (read: (cursor: Cursor) => number): Form =>
  (cursor, unit, tables) =>
    tables.indexedText(unit, read(cursor));
const indexedAddress =
  (read: (cursor: Cursor) => number): Form =>
  (cursor, unit, tables) =>
    tables.indexedAddress(unit, read(cursor));
const uleb = (cursor: Cursor): number => cursor.uleb();
const u8 = (cursor: Cursor): number => cursor.u8();
const u16 = (cursor: Cursor): number => cursor.u16();
const u24 = (cursor: Cursor): number => cursor.u24();
const u32 = (cursor: Cursor): number => cursor.u32();
const u64 = (cursor: Cursor): number => cursor.u64();

/** DW_FORM_…, by their codes. */
const FORMS: Readonly<Record<number, Form>> = {
  1: (cursor, { address }) => cursor.sized(address),
  3: skip(u16), // block2
  4: skip(u32), // block4
  5: u16, // data2
  6: u32, // data4
  7: u64, // data8
  8: (cursor) => cursor.text(), // string
  9: skip(uleb), // block
  10: skip(u8), // block1
  11: u8, // data1
  12: u8, // flag
  13: (cursor) => cursor.sleb(), // sdata
  14: (cursor, { offset }, tables) => tables.text(cursor.sized(offset)), // strp
  15: uleb, // udata
  16: (cursor, { version, address, offset }) => cursor.sized(version === 2 ? address : offset), // ref_addr
  17: reference(u8),
  18: reference(u16),
  19: reference(u32),
  20: reference(u64),
  21: reference(uleb),
  23: (cursor, { offset }) => cursor.sized(offset), // sec_offset
  24: skip(uleb), // exprloc
  25: () => 1, // flag_present
  26: indexedText(uleb), // strx
  27: indexedAddress(uleb), // addrx
  28: skip(() => 4), // ref_sup4
  29: skip((_, { offset }) => offset), // strp_sup
  30: skip(() => 16), // data16
  31: (cursor, { offset }, tables) => tables.lineText(cursor.sized(offset)), // line_strp
  32: skip(() => 8), // ref_sig8
  34: uleb, // loclistx
  35: (cursor, unit, tables) => tables.indexedRanges(unit, cursor.uleb()), // rnglistx
  36: skip(() => 8), // ref_sup8
  37: indexedText(u8),
  38: indexedText(u16),
  39: indexedText(u24),
  40: indexedText(u32),
  41: indexedAddress(u8),
  42: indexedAddress(u16),
  43: indexedAddress(u24),
  44: indexedAddress(u32),
};
const INDIRECT = 0x16;
const IMPLICIT = 0x21;

/** Makes the reader of the forms in a file. */
export function createForms(program: DebugProgram): ReadForm {
  const strings = sectionBytes(program, ".debug_str");
  const lineStrings = sectionBytes(program, ".debug_line_str");
  const offsets = sectionBytes(program, ".debug_str_offsets");
  const addresses = sectionBytes(program, ".debug_addr");
  const ranges = sectionBytes(program, ".debug_rnglists");
  const tables: Tables = {
    text: (at) => textAt(strings, at),
    lineText: (at) => textAt(lineStrings, at),
    indexedText: ({ texts, offset }, n) => textAt(strings, createCursor(offsets, texts + n * offset).sized(offset)),
    indexedAddress: (unit, n) => createCursor(addresses, unit.addresses + n * unit.address).sized(unit.address),
    indexedRanges: ({ ranges: from, offset }, n) => from + createCursor(ranges, from + n * offset).sized(offset),
  };
  return function read(form, cursor, unit, constant) {
    if (form === IMPLICIT) return constant;
    // It may name itself again and again, but each time a byte is used up.
    let code = form;
    while (code === INDIRECT && cursor.at < cursor.end) code = cursor.uleb();
    return FORMS[code]?.(cursor, unit, tables);
  };
}
