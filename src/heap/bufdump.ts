// Mirrors the text of bufdump of OP-TEE 4.0.0 lib/libutils/isoc/bget.c.
import { sizeOf } from "./block.ts";
import type { Heap } from "./heap.ts";
import type { Memory } from "./memory.ts";
import { panic } from "./panic.ts";

const ROW = 16;

/** Dumps the data of a buffer, or what a free block holds behind its links: 16 bytes a line, repeated lines folded. */
export function bufdump(h: Heap, buffer: number): string[] {
  const g = h.geometry;
  const block = buffer - g.header;
  const size = sizeOf(h.memory, block);
  if (size === 0) panic("bufdump", block, "block size is 0");
  const start = size < 0 ? buffer : block + g.freeHeader;
  const end = block + Math.abs(size);
  if (end > h.memory.bytes.length) panic("data-abort", block, "the block leads out of the memory");
  return hexLines(h.memory, start, end);
}

function hexLines(m: Memory, start: number, end: number): string[] {
  const lines: string[] = [];
  let at = start;
  while (at < end) {
    const row = m.bytes.subarray(at, Math.min(at + ROW, end));
    lines.push(hexLine(row));
    at += row.length;
    let same = 0;
    // The last row is always shown, hence `>`.
    while (end - at > ROW && equalRows(m.bytes, at - ROW, at)) {
      same++;
      at += ROW;
    }
    if (same > 1) lines.push(`     (${same} lines [${same * ROW} bytes] identical to above line skipped)`);
    else if (same === 1) at -= ROW;
  }
  return lines;
}

function hexLine(row: Uint8Array): string {
  let hex = "";
  let text = "";
  for (const byte of row) {
    hex += `${byte.toString(16).toUpperCase().padStart(2, "0")} `;
    text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : " ";
  }
  return `${hex.padEnd(48)}   ${text}`;
}

function equalRows(bytes: Uint8Array, a: number, b: number): boolean {
  for (let i = 0; i < ROW; i++) if (bytes[a + i] !== bytes[b + i]) return false;
  return true;
}
