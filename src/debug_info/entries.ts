// The entries of debug information (DWARF 5, chapter 7.5): units, their trees, and what each entry says of itself.
import { createCursor, readUnitHead } from "./cursor.ts";
import { createForms, type FormValue, type ReadForm, type UnitShape } from "./forms.ts";
import { type DebugProgram, sectionBytes } from "./program.ts";

/** DW_TAG_… of what we look for. */
export const TAG = {
  parameter: 0x05,
  member: 0x0d,
  unit: 0x11,
  structure: 0x13,
  inlined: 0x1d,
  function: 0x2e,
  variable: 0x34,
};
/** DW_AT_… of what we read. */
export const AT = {
  name: 0x03,
  size: 0x0b,
  lines: 0x10,
  low: 0x11,
  high: 0x12,
  origin: 0x31,
  offset: 0x38,
  declLine: 0x3b,
  external: 0x3f,
  specification: 0x47,
  type: 0x49,
  ranges: 0x55,
  callFile: 0x58,
  callLine: 0x59,
};
const STR_OFFSETS_BASE = 0x72;
const ADDR_BASE = 0x73;
const RANGES_BASE = 0x74;

export interface DebugEntry {
  readonly tag: number;
  /** Offset in the section, by which other entries refer to it. */
  readonly at: number;
  readonly values: ReadonlyMap<number, FormValue>;
  readonly children: readonly DebugEntry[];
  /** `high` is a length, not an address. */
  readonly length: boolean;
}

/** A unit: what was compiled from one file. */
export interface DebugUnit {
  readonly top: DebugEntry;
  /** All of its entries. */
  readonly entries: ReadonlyMap<number, DebugEntry>;
  readonly shape: UnitShape;
}

interface Abbreviation {
  readonly tag: number;
  readonly children: boolean;
  /** Attribute, form, constant. */
  readonly fields: readonly (readonly [number, number, number])[];
}

const DEEPEST = 256;

/** Reads the units of a file one by one. Ends early where the information is damaged. */
export function* readUnits(program: DebugProgram): Generator<DebugUnit> {
  const info = sectionBytes(program, ".debug_info");
  const read = createForms(program);
  for (let start = 0; start + 11 < info.length; ) {
    const cursor = createCursor(info, start);
    const head = readUnitHead(cursor);
    if (head === null) return;
    const { end, offset } = head;
    const version = cursor.u16();
    if (version < 2 || version > 5) return;
    const type = version >= 5 ? cursor.u8() : 1;
    const early = version >= 5 ? cursor.u8() : 0;
    const abbreviations = readAbbreviations(program, cursor.sized(offset));
    const address = version >= 5 ? early : cursor.u8();
    if (type === 1) {
      const shape = { version, address, offset, start, texts: 8, addresses: 8, ranges: 12 };
      const unit = readTree(createCursor(info, cursor.at, end), abbreviations, shape, read);
      if (unit !== undefined) yield unit;
    }
    start = end;
  }
}

function readTree(
  cursor: ReturnType<typeof createCursor>,
  abbreviations: ReadonlyMap<number, Abbreviation>,
  first: UnitShape,
  read: ReadForm,
): DebugUnit | undefined {
  const entries = new Map<number, DebugEntry>();
  const open: DebugEntry[][] = [];
  let shape = first;
  let top: DebugEntry | undefined;
  while (cursor.at < cursor.end && (top === undefined || open.length > 0)) {
    const at = cursor.at;
    const code = cursor.uleb();
    if (code === 0) {
      open.pop();
      continue;
    }
    const abbreviation = abbreviations.get(code);
    if (abbreviation === undefined || open.length > DEEPEST) return undefined;
    // Where the tables are is said by attributes of the top entry that may come late.
    if (top === undefined) shape = basesOf(cursor.at, abbreviation, cursor, shape, read);
    const values = new Map<number, FormValue>();
    let length = false;
    for (const [name, form, constant] of abbreviation.fields) {
      const value = read(form, cursor, shape, constant);
      if (value === undefined) return undefined;
      values.set(name, value);
      if (name === AT.high) length = form !== 0x01;
    }
    const children: DebugEntry[] = [];
    const entry = { tag: abbreviation.tag, at, values, children, length };
    entries.set(at, entry);
    open.at(-1)?.push(entry);
    top ??= entry;
    if (abbreviation.children) open.push(children);
  }
  return top && { top, entries, shape };
}

function basesOf(
  at: number,
  { fields }: Abbreviation,
  cursor: ReturnType<typeof createCursor>,
  shape: UnitShape,
  read: ReadForm,
): UnitShape {
  const bases = { texts: shape.texts, addresses: shape.addresses, ranges: shape.ranges };
  for (const [name, form, constant] of fields) {
    const value = read(form, cursor, shape, constant);
    if (name === STR_OFFSETS_BASE && typeof value === "number") bases.texts = value;
    if (name === ADDR_BASE && typeof value === "number") bases.addresses = value;
    if (name === RANGES_BASE && typeof value === "number") bases.ranges = value;
  }
  cursor.at = at;
  return { ...shape, ...bases };
}

function readAbbreviations(program: DebugProgram, from: number): Map<number, Abbreviation> {
  const cursor = createCursor(sectionBytes(program, ".debug_abbrev"), from);
  const found = new Map<number, Abbreviation>();
  for (let code = cursor.uleb(); code !== 0 && cursor.at < cursor.end; code = cursor.uleb()) {
    const tag = cursor.uleb();
    const children = cursor.u8() !== 0;
    const fields: [number, number, number][] = [];
    for (;;) {
      const name = cursor.uleb();
      const form = cursor.uleb();
      if ((name === 0 && form === 0) || cursor.at >= cursor.end) break;
      fields.push([name, form, form === 0x21 ? cursor.sleb() : 0]);
    }
    found.set(code, { tag, children, fields });
  }
  return found;
}
