// Draws the timeline of a heap.
import type { Timeline } from "../../analyze/report/timeline.ts";
import { grouped } from "../../base/format.ts";
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";

const LEVELS = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;
const LABEL = 10;

/**
 * Draws allocated bytes over the rows of a heap as an area: each column shows the most that was allocated in it. The top
 * is the size of the pool. Below it are a ✗ where a request failed, and the names of marks where they begin.
 */
export function drawTimeline(timeline: Timeline, pool: number, paint: Paint, height = 8): Printable[] {
  const { columns } = timeline;
  const top = Math.max(1, pool, ...columns.map(({ peak }) => peak));
  const highest = Math.max(...columns.map(({ peak }) => peak));
  const lines: Printable[] = [];
  for (let level = height - 1; level >= 0; level--) {
    const cells = joined(columns.map(({ peak }) => cell(peak / top, level, height)));
    const label = level === height - 1 ? grouped(top) : own(level === 0 ? "0" : "");
    lines.push(shown`${paint.dim(shown`${label.padStart(LABEL)} ┤`)}${paint.cyan(cells)}`);
  }
  const margin = own(" ").repeat(LABEL + 2);
  if (columns.some(({ refused }) => refused > 0)) {
    const crosses = joined(columns.map(({ refused }) => (refused > 0 ? "✗" : " ")));
    lines.push(shown`${margin}${paint.red(crosses.trimEnd())}`);
  }
  const peakAt = columns.findIndex(({ peak }) => peak === highest);
  lines.push(shown`${margin}${paint.yellow(note(peakAt, shown`▲ peak ${grouped(highest)}`, columns.length))}`);
  const names = markLine(timeline);
  if (names !== "") lines.push(shown`${margin}${paint.dim(names)}`);
  const each = (timeline.to - timeline.from) / columns.length;
  if (each >= 2) lines.push(shown`${margin}${paint.dim(shown`one column: ${grouped(Math.round(each))} operations`)}`);
  return lines;
}

function cell(share: number, level: number, height: number): Printable {
  const eighths = Math.round(share * height * 8) - level * 8;
  const filled = share > 0 && level === 0 ? Math.max(1, eighths) : eighths;
  return own(LEVELS[Math.max(0, Math.min(8, filled)) as 0]);
}

/** Sets a text so that its first character stands in a column, or its last where it would not fit. */
function note(column: number, text: Printable, width: number): Printable {
  if (column + text.length <= width) return shown`${own(" ").repeat(column)}${text}`;
  const turned = shown`${text.slice(2)} ${text.slice(0, 1)}`;
  return shown`${own(" ").repeat(Math.max(0, column + 1 - turned.length))}${turned}`;
}

/** Names of marks at the columns where they begin, as many as there is room for: the longest first. */
function markLine({ marks, columns }: Timeline): Printable {
  const cells = Array.from({ length: columns.length }, () => own(" "));
  const byLength = marks.map((mark) => ({ ...mark, text: shown`╵${printable(mark.name)}` }));
  byLength.sort((a, b) => b.columns - a.columns || a.column - b.column);
  for (const { column, text } of byLength) {
    const end = column + text.length;
    const room =
      cells.slice(column, end + 1).every((char) => char === " ") && (column === 0 || cells[column - 1] === " ");
    if (end > cells.length || !room) continue;
    for (let i = 0; i < text.length; i++) cells[column + i] = text.slice(i, i + 1);
  }
  return joined(cells).trimEnd();
}
