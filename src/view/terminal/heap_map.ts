// Draws the map of a pool.
import { grouped } from "../../base/format.ts";
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import type { PoolWalk } from "../../heap/walk.ts";
import type { Paint } from "./paint.ts";

/** Columns beside the map. */
const MARGIN = 16;

const SHADES = ["·", "░", "▒", "▓", "█"] as const;

/** Draws how used and free bytes of a pool lie: one character for so many bytes, darker for more in use. */
export function drawHeapMap(walk: PoolWalk, paint: Paint, rows = 12): Printable[] {
  const { at, length } = walk.pool;
  const width = paint.width - MARGIN;
  const quantum = 16;
  const cell = Math.max(quantum, Math.ceil(length / (width * rows) / quantum) * quantum);
  const used = new Float64Array(Math.ceil(length / cell));
  for (const block of walk.blocks) {
    if (block.free) continue;
    for (let from = block.at - at, end = from + block.size; from < end; ) {
      const index = Math.floor(from / cell);
      const to = Math.min(end, (index + 1) * cell);
      used[index] = (used[index] ?? 0) + to - from;
      from = to;
    }
  }
  const lines: Printable[] = [];
  for (let start = 0; start < used.length; start += width) {
    const cells = [...used.subarray(start, start + width)].map((bytes) => shade(bytes, cell));
    const offset = shown`0x${printable((start * cell).toString(16).padStart(5, "0"))}`;
    lines.push(shown`${paint.dim(offset)} ${joined(cells)}`);
  }
  const legend = shown`one character = ${grouped(cell)} bytes   ${SHADES[0]} free   ${joined(SHADES.slice(1))} in use`;
  return [...lines, shown`${own(" ").repeat(8)}${paint.dim(legend)}`];
}

function shade(bytes: number, cell: number): Printable {
  if (bytes <= 0) return own(SHADES[0]);
  return own(SHADES[Math.min(4, Math.max(1, Math.ceil((bytes / cell) * 4))) as 1]);
}
