// The sections that a rewritten module has otherwise than its original.
import { type Cursor, createCursor } from "../../debug_info/cursor.ts";
import type { ModuleSection } from "../format/sections.ts";
import { readCount, readLimits } from "../format/types.ts";
import { RewriteRefusal } from "./body.ts";
import type { ModuleWriter } from "./module_writer.ts";
import type { RewriteOptions } from "./rewrite_options.ts";
import { TICKS_PER_CALL } from "./tick.ts";

const WIDE = 4;
const LIMITED = 1;

/** The types of functions, and one that takes and gives nothing. */
export function writeTypes(out: ModuleWriter, bytes: Uint8Array, section: ModuleSection): void {
  copyMore(out, bytes, section);
  out.u8(0x60, 0, 0);
}

/** The globals, and the count of ticks. */
export function writeGlobals(out: ModuleWriter, bytes: Uint8Array, section: ModuleSection): void {
  copyMore(out, bytes, section);
  out.u8(0x7f, 1, 0x41);
  out.sleb(TICKS_PER_CALL);
  out.u8(0x0b);
}

/** The first table gets a place more, and may grow. */
export function writeTables(
  out: ModuleWriter,
  bytes: Uint8Array,
  section: ModuleSection,
  { lower }: RewriteOptions,
): void {
  const cursor = at(bytes, section);
  out.uleb(cursor.uleb());
  out.u8(cursor.u8());
  const { flags, min } = readLimits(cursor);
  out.u8(narrow(flags, lower) & ~LIMITED);
  out.uleb(min + 1);
  out.copy(bytes, cursor.at, section.to);
}

/** The memory has its last size from the beginning. */
export function writeMemory(
  out: ModuleWriter,
  bytes: Uint8Array,
  section: ModuleSection,
  { lower, pages }: RewriteOptions,
): void {
  const cursor = at(bytes, section);
  out.uleb(cursor.uleb());
  const { flags, min } = readLimits(cursor);
  out.u8(narrow(flags, lower) | LIMITED);
  out.uleb(min + pages);
  out.uleb(min + pages);
  out.copy(bytes, cursor.at, section.to);
}

/** What the table begins with. */
export function writeElements(
  out: ModuleWriter,
  bytes: Uint8Array,
  section: ModuleSection,
  { lower }: RewriteOptions,
): void {
  if (!lower) return out.copy(bytes, section.from, section.to);
  const cursor = at(bytes, section);
  const count = readCount(cursor);
  out.uleb(count);
  for (let n = 0; n < count; n++) {
    const kind = cursor.uleb();
    if (kind !== 0) throw new RewriteRefusal(`a table is filled in a way that is not known: ${kind}`);
    out.uleb(kind);
    writePlace(out, cursor);
    const from = cursor.at;
    for (let left = readCount(cursor); left > 0; left--) cursor.uleb();
    out.copy(bytes, from, cursor.at);
  }
}

/** What memory begins with. */
export function writeSegments(
  out: ModuleWriter,
  bytes: Uint8Array,
  section: ModuleSection,
  { lower }: RewriteOptions,
): void {
  if (!lower) return out.copy(bytes, section.from, section.to);
  const cursor = at(bytes, section);
  const count = readCount(cursor);
  out.uleb(count);
  for (let n = 0; n < count; n++) {
    const kind = cursor.uleb();
    out.uleb(kind);
    if (kind === 2) out.uleb(cursor.uleb());
    if (kind !== 1) writePlace(out, cursor);
    const length = cursor.uleb();
    out.uleb(length);
    out.copy(bytes, cursor.at, cursor.at + length);
    cursor.at += length;
  }
}

/** A constant place, in 32 bits. */
function writePlace(out: ModuleWriter, cursor: Cursor): void {
  const op = cursor.u8();
  if (op !== 0x41 && op !== 0x42) throw new RewriteRefusal("data lies at a place that is not constant");
  out.u8(0x41);
  out.sleb(cursor.sleb() | 0);
  out.u8(cursor.u8());
}

function narrow(flags: number, lower: boolean): number {
  return lower ? flags & ~WIDE : flags;
}

function at(bytes: Uint8Array, { from, to }: ModuleSection): Cursor {
  return createCursor(bytes, from, to);
}

/** A section of entries that gets one more, which follows. */
function copyMore(out: ModuleWriter, bytes: Uint8Array, section: ModuleSection): void {
  if (section.from === section.to) return out.uleb(1);
  const cursor = at(bytes, section);
  out.uleb(cursor.uleb() + 1);
  out.copy(bytes, cursor.at, section.to);
}
