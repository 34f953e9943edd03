// Mirrors the leak headers (ENABLE_MDBG) of OP-TEE 4.0.0 lib/libutils/isoc/bget_malloc.c.
import { roundUp } from "../base/integer.ts";
import { loadAddress, type Memory, store } from "../heap/memory.ts";
import { panic } from "../heap/panic.ts";

const HEADER_MAGIC = 0xadadadad | 0;
const FOOTER_MAGIC = 0xecececec | 0;
const FOOTER = 4;

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
export function writeLeakHeader(m: Memory, header: number, name: number, line: number, size: number): void {
  const field = fields(m, header);
  store(m, header, name);
  m.view.setUint16(field.line, line, true);
  m.view.setUint32(field.size, size, true);
  m.view.setInt32(field.magic, HEADER_MAGIC, true);
  m.view.setInt32(footerAt(m, header), FOOTER_MAGIC, true);
}

/** Reads a header, damaged or not. */
export function readLeakHeader(m: Memory, header: number): LeakHeader {
  const field = fields(m, header);
  return {
    name: loadAddress(m, header),
    line: m.view.getUint16(field.line, true),
    size: m.view.getUint32(field.size, true),
  };
}

/** What is wrong with header and footer: "header", "footer" or null. */
export function damagedPart(m: Memory, header: number): "header" | "footer" | null {
  if (header < 0 || header + leakHeaderSize(m) > m.bytes.length) return "header";
  if (m.view.getInt32(fields(m, header).magic, true) !== HEADER_MAGIC) return "header";
  const footer = footerAt(m, header);
  return footer <= m.bytes.length - FOOTER && m.view.getInt32(footer, true) === FOOTER_MAGIC ? null : "footer";
}

/** Panics unless both magic numbers stand. */
export function assertLeakHeader(m: Memory, header: number): void {
  const part = damagedPart(m, header);
  if (part === "header") panic("assert_header", header, "leak header is damaged, or this is not an allocated block");
  if (part === "footer") panic("assert_header", header, "footer is damaged: written beyond the end of the block");
}

/** Marks header and footer as freed. */
export function clearLeakHeader(m: Memory, header: number): void {
  m.view.setInt32(fields(m, header).magic, 0, true);
  m.view.setInt32(footerAt(m, header), 0, true);
}

function fields(m: Memory, header: number): { line: number; size: number; magic: number } {
  return m.wide
    ? { line: header + 8, size: header + 12, magic: header + 16 }
    : { line: header + 4, size: header + 8, magic: header + 12 };
}

function footerAt(m: Memory, header: number): number {
  const size = m.view.getUint32(fields(m, header).size, true);
  return header + leakHeaderSize(m) + roundUp(size, FOOTER);
}
