// Makes of a TA's module the one that is run: memory that never grows, loops that count, addresses that the engine has.
import { err, ok, type Result } from "../../base/result.ts";
import { type ModuleSection, SECTION } from "../format/sections.ts";
import { countImports, entriesOf, readTypes } from "../format/types.ts";
import { type BodyChanges, RewriteRefusal, writeBody } from "./body.ts";
import { createModuleWriter, type ModuleWriter } from "./module_writer.ts";
import { type OffsetMap, originalOffset } from "./offset_map.ts";
import type { RewriteOptions } from "./rewrite_options.ts";
import { writeElements, writeGlobals, writeMemory, writeSegments, writeTables, writeTypes } from "./section_writers.ts";

interface Rewritten {
  readonly bytes: Uint8Array;
  /** Where in the table the host's function for ticks belongs. */
  readonly tickSlot: number;
  /** The offset in the original file of an offset in this one. */
  original(offset: number): number;
}

/** An error for a module that cannot be rewritten. Names stay, other custom sections do not. */
export function rewriteModule(
  bytes: Uint8Array,
  sections: readonly ModuleSection[],
  options: RewriteOptions,
): Result<Rewritten> {
  const { lower, guard } = options;
  const table = options.table ?? ownTable(bytes, sections, lower);
  if (table === null) return err("the module has no table of functions");
  const { slot, wide: wideTable } = table;
  const tick = {
    global: countImports(bytes, sections, 3) + entriesOf(bytes, sections, SECTION.global).count,
    type: entriesOf(bytes, sections, SECTION.type).count,
    slot,
    wideTable,
  };
  const map: OffsetMap = { now: [], old: [] };
  const out = createModuleWriter(bytes.length);
  out.copy(bytes, 0, 8);
  try {
    for (const section of withGlobals(sections)) {
      if (section.id === SECTION.custom && section.name !== "name") continue;
      const content = createModuleWriter(section.to - section.from);
      const moves: OffsetMap = { now: [], old: [] };
      if (section.id === SECTION.code)
        writeCode(content, moves, bytes, sections, { tick, lower, low: guard?.low ?? 0, wide: guard?.wide ?? false });
      else if (section.id === SECTION.custom) content.copy(bytes, section.start, section.to);
      else (WRITERS[section.id] ?? copy)(content, bytes, section, options);
      out.u8(section.id);
      out.uleb(content.length);
      for (const now of moves.now) map.now.push(now + out.length);
      for (const old of moves.old) map.old.push(old);
      out.copy(content.take());
    }
  } catch (error) {
    if (error instanceof RewriteRefusal) return err(error.message);
    throw error;
  }
  return ok({ bytes: out.take(), tickSlot: slot, original: (offset) => originalOffset(map, offset) });
}

/** The table of the module itself, and the place behind its last one. */
function ownTable(
  bytes: Uint8Array,
  sections: readonly ModuleSection[],
  lower: boolean,
): { readonly slot: number; readonly wide: boolean } | null {
  const { cursor, count } = entriesOf(bytes, sections, SECTION.table);
  if (count === 0) return null;
  cursor.u8();
  const wide = (cursor.u8() & 4) !== 0 && !lower;
  return { wide, slot: cursor.uleb() };
}

/** The sections with one for globals, which a library may lack. */
function withGlobals(sections: readonly ModuleSection[]): readonly ModuleSection[] {
  if (sections.some(({ id }) => id === SECTION.global)) return sections;
  const at = sections.findIndex(({ id }) => id > SECTION.global && id <= SECTION.data);
  const none: ModuleSection = { id: SECTION.global, name: "", start: 0, from: 0, to: 0 };
  return [...sections.slice(0, at), none, ...sections.slice(at)];
}

type SectionWriter = (out: ModuleWriter, bytes: Uint8Array, section: ModuleSection, options: RewriteOptions) => void;

const WRITERS: Readonly<Record<number, SectionWriter>> = {
  [SECTION.type]: writeTypes,
  [SECTION.table]: writeTables,
  [SECTION.memory]: writeMemory,
  [SECTION.global]: writeGlobals,
  [SECTION.element]: writeElements,
  [SECTION.data]: writeSegments,
};

const copy: SectionWriter = (out, bytes, { from, to }) => out.copy(bytes, from, to);

/** The bodies of all functions, and where what stood. */
function writeCode(
  out: ModuleWriter,
  map: OffsetMap,
  bytes: Uint8Array,
  sections: readonly ModuleSection[],
  changes: BodyChanges,
): void {
  const types = readTypes(bytes, sections);
  const { cursor: functions, count: declared } = entriesOf(bytes, sections, SECTION.function);
  const { cursor, count } = entriesOf(bytes, sections, SECTION.code);
  if (declared !== count) throw new RewriteRefusal("functions and their bodies differ in number");
  out.uleb(count);
  for (let n = 0; n < count; n++) {
    const length = cursor.uleb();
    const body = createModuleWriter(2 * length);
    const moves: OffsetMap = { now: [], old: [] };
    const parameters = types[functions.uleb()]?.parameters.length ?? 0;
    writeBody(body, moves, bytes, { from: cursor.at, to: cursor.at + length, parameters }, changes);
    out.uleb(body.length);
    for (const now of moves.now) map.now.push(now + out.length);
    for (const old of moves.old) map.old.push(old);
    out.copy(body.take());
    cursor.at += length;
  }
}
