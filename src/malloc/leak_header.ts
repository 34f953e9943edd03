// Mirrors the leak headers (ENABLE_MDBG) of OP-TEE lib/libutils/isoc/bget_malloc.c.
import { roundUp } from "../base/integer.ts";
import { loadAddress, type Memory, store } from "../heap/memory.ts";
import { panic } from "../heap/panic.ts";
import type { LeakFields } from "../release/leak_fields.ts";
import type { Release } from "../release/release.ts";
import { RELEASES } from "../release/releases.ts";

const HEADER_MAGIC = 0xadadadad | 0;
const FOOTER_MAGIC = 0xecececec | 0;
const FOOTER = 4;

/** The oldest release of each layout. */
const LAYOUTS = RELEASES.filter(
  ({ allocator }, n) => n === RELEASES.findIndex((row) => row.allocator.leakLayout === allocator.leakLayout),
);

/** The call site of a block, from its leak header. */
export interface LeakHeader {
  /** Address of the file name; 0 for none. */
  readonly name: number;
  /** Line, cut to 16 bits. */
  readonly line: number;
  /** Payload asked for, in bytes, cut to 32 bits. */
  readonly size: number;
}

/** Bytes of a leak header: 32 on aarch64, 16 on arm. */
export function leakHeaderSize(m: Memory): number {
  return 2 * m.geometry.header;
}

/** Bytes behind a payload up to the end of its footer. */
export function footerSize(payload: number): number {
  return roundUp(payload, FOOTER) - payload + FOOTER;
}

/** Writes header and footer around a payload of `size` bytes. The padding is not written. */
export function writeLeakHeader(
  m: Memory,
  header: number,
  fields: LeakFields,
  name: number,
  line: number,
  size: number,
): void {
  store(m, header, name);
  m.view.setUint16(header + fields.line, line, true);
  m.view.setUint32(header + fields.size, size, true);
  m.view.setInt32(header + fields.magic, HEADER_MAGIC, true);
  m.view.setInt32(footerAt(m, header, fields), FOOTER_MAGIC, true);
}

/** Reads a header, damaged or not. */
export function readLeakHeader(m: Memory, header: number, fields: LeakFields): LeakHeader {
  return {
    name: loadAddress(m, header),
    line: m.view.getUint16(header + fields.line, true),
    size: m.view.getUint32(header + fields.size, true),
  };
}

/** What is wrong with header and footer: "header", "footer" or null. */
export function damagedPart(m: Memory, header: number, fields: LeakFields): "header" | "footer" | null {
  if (header < 0 || header + leakHeaderSize(m) > m.bytes.length) return "header";
  if (m.view.getInt32(header + fields.magic, true) !== HEADER_MAGIC) return "header";
  const footer = footerAt(m, header, fields);
  return footer <= m.bytes.length - FOOTER && m.view.getInt32(footer, true) === FOOTER_MAGIC ? null : "footer";
}

/**
 * The release whose leak header stands at this offset, by where its magic number stands: the oldest with that layout. Null
 * where none stands. Where the bytes fit two layouts, the one whose footer stands, too. On arm all releases have one layout.
 */
export function releaseOfLeakHeader(m: Memory, header: number): Release | null {
  const part = ({ allocator }: Release): ReturnType<typeof damagedPart> =>
    damagedPart(m, header, allocator.leakLayout[m.geometry.word]);
  const fitting = LAYOUTS.filter((release) => part(release) !== "header");
  return fitting.find((release) => part(release) === null) ?? fitting[0] ?? null;
}

/** Panics unless both magic numbers stand. */
export function assertLeakHeader(m: Memory, header: number, fields: LeakFields): void {
  const part = damagedPart(m, header, fields);
  if (part === "header") panic("assert_header", header, "leak header is damaged, or this is not an allocated block");
  if (part === "footer") panic("assert_header", header, "footer is damaged: written beyond the end of the block");
}

/** Marks header and footer as freed. */
export function clearLeakHeader(m: Memory, header: number, fields: LeakFields): void {
  m.view.setInt32(header + fields.magic, 0, true);
  m.view.setInt32(footerAt(m, header, fields), 0, true);
}

function footerAt(m: Memory, header: number, fields: LeakFields): number {
  const size = m.view.getUint32(header + fields.size, true);
  return header + leakHeaderSize(m) + roundUp(size, FOOTER);
}
